"""All pages, and what lies over them, keep the rules of accessibility that a machine can check."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app import App
from conftest import unique_email
from places import ADMIN, SHEETS, Places, missed
from server import Account, Server

SIZES = {"phone": (360, 740), "desktop": (1440, 900)}
#: WCAG 2.1, levels A and AA, and what axe's authors find good practice besides.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def everyone(server: Server) -> tuple[Account, Places]:
    account = server.account(unique_email(), "Everyone")
    return account, Places(account)


def broken_rules(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']} ({each['impact']}): {[node['html'][:160] for node in each['nodes']][:3]}" for each in found]


def settle(page: Page) -> None:
    """Until the page shows what it is about and asks for nothing more."""
    expect(page.locator("h1").first).to_be_attached()
    page.wait_for_load_state("load")
    expect(page.locator("[role=status] .spinner, .loading")).to_have_count(0)


def problems_of(page: Page, url: str, places: dict[str, str]) -> dict[str, list[str]]:
    problems = {}
    for name, path in places.items():
        page.goto(url + path)
        settle(page)
        if found := broken_rules(page):
            problems[name] = found
    return problems


# Both sizes and both themes; what depends on both at once would be found by no rule.
@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desktop", "dark")])
def test_every_page_keeps_the_rules(page: Page, server: Server, everyone: tuple[Account, Places], theme: str, size: str) -> None:
    account, places = everyone
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size])))
    problems = problems_of(page, server.url, {"sign in": "/sign-in", "register": "/register", "reset": "/reset", "back from another service": "/sign-in/google", "unsubscribe": "/unsubscribe"})
    App(page, server.url).sign_in(account.email)
    problems |= problems_of(page, server.url, {**places.all, **places.beside, **SHEETS, "share": f"/library?sheet=share-document:{places.text}"})
    assert missed([*places.all.values(), *ADMIN.values()]) == set()
    assert problems == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_administrators_pages_keep_the_rules(page: Page, server: Server, everyone: tuple[Account, Places], theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    App(page, server.url).sign_in("administrator@example.org")
    problems = problems_of(page, server.url, {**ADMIN, **everyone[1].taught})
    page.goto(server.url + ADMIN["people"])
    page.get_by_role("button", name="Give Olga Beispiel a new password").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    problems["new password"] = broken_rules(page)
    assert {name: found for name, found in problems.items() if found} == {}
