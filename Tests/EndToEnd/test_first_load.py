"""The first page comes fast and small, and can be used before the app is there."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, BrowserContext, Page, expect

from app import App
from server import PASSWORD, Account, Server

BUDGET = 200 * 1024

#: Slow 3G, as browsers' tools call it: 400 kbit/s, 400 ms there and back.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


def slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)


def wire_bytes(page: Page) -> int:
    """What the page and all that it fetched took over the wire, headers included."""
    return page.evaluate("() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                         ".reduce((sum, entry) => sum + entry.transferSize, 0)")


def test_the_first_load_is_small(page: Page, server: Server, account: Account) -> None:
    page.goto(server.url, wait_until="networkidle")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert 20_000 < wire_bytes(page) <= BUDGET


def test_the_form_is_there_on_a_slow_line_before_any_script_of_the_app(page: Page, server: Server, account: Account) -> None:
    # The app never comes: the form is the page's own.
    page.route("**/assets/main-*.js", lambda route: route.abort())
    page.goto(server.url)
    page.get_by_label("Email").fill(account.email)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.locator("#app").evaluate("(app) => app.childElementCount") == 1


def test_what_is_typed_while_the_app_is_on_its_way_is_kept_and_sent(page: Page, server: Server, account: Account) -> None:
    slow(page)
    start = time.monotonic()
    page.goto(server.url, wait_until="commit")
    page.get_by_label("Email").fill(account.email)
    usable = time.monotonic() - start
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    print(f"the form could be written into {usable:.2f} s after it was asked for")


def test_the_form_speaks_the_readers_language_from_the_first_moment(browser: Browser, server: Server, account: Account) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.route("**/assets/main-*.js", lambda route: route.abort())
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.unroute("**/assets/main-*.js")
    page.reload()
    page.get_by_label("E-Mail").fill(account.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Anmelden")).to_have_count(0)
    context.close()


def test_who_is_signed_in_is_shown_no_form_on_the_way_in(app: App) -> None:
    app.page.route("**/assets/main-*.js", lambda route: route.abort())
    app.page.reload()
    expect(app.page.locator(".entry")).to_have_count(1)
    expect(app.page.get_by_label("Email")).to_be_hidden()
