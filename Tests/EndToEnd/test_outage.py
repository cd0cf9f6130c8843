"""While the server is gone, the page says so once, and what was done meanwhile is told or done later."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app import App
from papers import note
from server import Server

TEA = note("On tea", "Green tea is steeped for two minutes in water of eighty degrees.")
BANNER = "The server cannot be reached. Trying again…"


def test_what_fails_while_the_server_is_gone_is_told_in_the_banner_alone(page: Page, fresh_server: Server) -> None:
    account = fresh_server.account("outage@example.org")
    assert account.client.post("/courses", json={"name": "Steam plants"}).status_code == 201
    account.bring("tea.md", TEA)
    app = App(page, fresh_server.url).sign_in("outage@example.org")
    page.goto(f"{app.url}/courses")
    actions = page.get_by_role("button", name="Actions for Steam plants")
    expect(actions).to_be_visible()
    toasts = page.locator(".toast")
    fresh_server.kill()
    actions.click()
    page.get_by_role("menuitem", name="Put away").click()
    banner = page.get_by_role("status").filter(has_text=BANNER)
    expect(banner).to_contain_text("What you just did was not done.")
    expect(page.get_by_text("cannot be reached")).to_have_count(1)
    expect(toasts).to_have_count(0)
    # What a page shows is read when it can be: no page tells of the outage a second time.
    app.go("Notifications")
    expect(app.heading("Notifications")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("cannot be reached")).to_have_count(1)
    fresh_server.start()
    expect(banner).to_have_count(0)
    expect(page.get_by_role("list", name="Notifications")).to_contain_text("On tea")
    assert [each["is_archived"] for each in account.client.get("/courses").json()["data"]] == [False]


def test_what_was_deleted_while_the_server_is_gone_stays_away_and_goes_when_it_is_back(page: Page, fresh_server: Server) -> None:
    account = fresh_server.account("deletes@example.org")
    account.bring("tea.md", TEA)
    account.bring("coffee.md", note("On coffee", "Coffee is brewed with water just off the boil."))
    app = App(page, fresh_server.url).sign_in("deletes@example.org")
    expect(app.document("On tea")).to_be_visible()
    page.clock.install()
    fresh_server.kill()
    app.document("On tea").get_by_role("button", name="Actions for On tea").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()
    page.clock.run_for(11_000)
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)
    expect(app.document("On tea")).to_have_count(0)
    fresh_server.start()
    while page.get_by_text(BANNER).count() > 0:
        page.clock.run_for(1000)
    expect(app.document("On coffee")).to_be_visible()
    deadline = 60
    while account.client.get("/documents").json()["pagination"]["total"] != 1 and deadline > 0:
        page.clock.run_for(1000)
        deadline -= 1
    assert [each["title"] for each in account.client.get("/documents").json()["data"]] == ["On coffee"]
