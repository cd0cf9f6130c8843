"""The web app asks the server for little: few calls a page, none twice, and no error where waiting a moment is enough."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from app import App
from papers import note
from places import ADMIN, Places, missed
from server import Account, Server

#: Renews the session and opens the event stream: what every page begins with, whatever it shows.
BEGINNING = {"POST /auth/refresh", "GET /events"}
#: What a page may ask for besides: what stands around it takes three, the courses, the latest conversations and how many cards wait; a
#: document its contents, its pages and its figures; a conversation its messages, its documents and what might be asked next.
MOST = 6
#: Of Today, which has something of every area: documents, where one left off, what comes next, the last quiz.
MOST_OF_TODAY = 7


class Calls:
    """What a page asks of the API."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made: list[str] = []
        page.on("request", self._take)

    def _take(self, request: Request) -> None:
        if found := re.search(r"/api/v1(/.*)$", request.url):
            self.made.append(f"{request.method} {found[1]}")

    def load(self, url: str) -> list[str]:
        """Loads a page and answers what it had asked for when it was quiet."""
        self.page.goto("about:blank")
        self.made.clear()
        self.page.goto(url)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        quiet = 0
        while quiet < 4:
            before = len(self.made)
            self.page.wait_for_timeout(250)
            quiet = quiet + 1 if len(self.made) == before else 0
        return list(self.made)


def test_a_page_asks_for_little_and_for_nothing_twice(app: App, server: Server, account: Account) -> None:
    places = Places(account)
    calls = Calls(app.page)
    asked = {path: calls.load(app.url + path) for path in places.all.values()}
    # What stands beside a page is a page more.
    beside = {path: calls.load(app.url + path) for path in places.beside.values()}
    administrator = App(app.page.context.browser.new_page(), app.url).sign_in("administrator@example.org")
    calls = Calls(administrator.page)
    asked |= {path: calls.load(app.url + path) for path in ADMIN.values()}
    administrator.page.close()
    assert missed(asked) == set()
    report = json.dumps(asked | beside, indent=1)
    # A talk begins a conversation, so that the list of them is read again.
    asked["/live"] = list(dict.fromkeys(asked["/live"]))
    for path, made in (asked | beside).items():
        assert BEGINNING <= set(made), f"{path}: {report}"
        assert [each for each, times in Counter(made).items() if times > 1] == [], f"{path}: {report}"
        assert len(set(made) - BEGINNING) <= (MOST_OF_TODAY if path == "/" else MOST + (3 if path in beside else 0)), f"{path}: {report}"


def test_coming_back_to_a_list_asks_for_nothing(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    app.open("/library").wait_ready("On tea")
    calls = Calls(app.page)
    app.go("Settings")
    expect(app.heading("Settings")).to_be_visible()
    app.go("Library")
    expect(app.document("On tea")).to_be_visible()
    assert not [each for each in calls.made if each.startswith("GET /documents?")]
    # Not even after a change, of which the server tells.
    other = account.upload("coffee.md", note("On coffee", "Coffee is brewed with water just off the boil."))
    assert other.status_code == 202
    app.wait_ready("On coffee")


@pytest.fixture
def limited_server(tmp_path) -> Iterator[Server]:
    """One that counts requests, as it does for everybody but tests."""
    server = Server(tmp_path / "data", LM_RATE_LIMITS="on").start()
    yield server
    server.stop()


def test_who_turns_pages_fast_is_never_told_of_too_many_requests(page: Page, limited_server: Server) -> None:
    account = limited_server.account("ada@example.org", "Ada")
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    app = App(page, limited_server.url).sign_in(account.email)
    start = time.monotonic()
    for number in range(24):
        page.goto(f"{app.url}/{('library', 'chat', 'search?q=tea')[number % 3]}")
        expect(page.get_by_role("main")).to_be_visible()
        page.wait_for_timeout(max(0, (number + 1) * 600 - (time.monotonic() - start) * 1000))
    app.open("/library")
    expect(app.document("On tea")).to_be_visible()
    expect(page.get_by_text("Too many requests")).to_have_count(0)


def test_an_answer_that_asks_to_wait_is_waited_out_unseen(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    refused: list[str] = []

    def refuse_twice(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            body = json.dumps({"error": "RateLimited", "message": "Too many requests.", "details": {}, "request_id": "r"})
            route.fulfill(status=429, headers={"Retry-After": "1", "Content-Type": "application/json"}, body=body)
        else:
            route.continue_()

    app.page.route("**/api/v1/documents?*", refuse_twice)
    app.open("/library")
    expect(app.document("On tea")).to_be_visible()
    assert len(refused) == 2
    expect(app.page.get_by_role("alert")).to_have_count(0)


def test_letters_typed_fast_are_one_question(app: App, account: Account) -> None:
    for name in ("Tea", "Coffee", "Cocoa", "Water", "Milk", "Juice", "Cider"):
        account.upload(f"{name}.md", note(name, f"{name} is a drink that is served in cups or glasses."))
    app.page.clock.install()
    app.open("/library")
    box = app.page.get_by_role("searchbox", name="Filter by title")
    expect(box).to_be_visible()
    calls = Calls(app.page)
    # No time goes by between the letters, however busy the machine is.
    app.page.clock.pause_at(time.time() + 3600)
    box.press_sequentially("coffee")
    assert not [each for each in calls.made if "q=" in each]
    app.page.clock.resume()
    expect(app.page.get_by_role("list", name="Documents").get_by_role("listitem")).to_have_count(1)
    assert [each for each in calls.made if "q=" in each] == ["GET /documents?page=1&limit=25&q=coffee"]


def test_one_renewal_of_the_session_serves_all_tabs(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    context = app.page.context
    tokens: set[str | None] = set()
    context.on("request", lambda request: tokens.add(request.headers.get("authorization")))
    tabs = [app, *(App(context.new_page(), app.url) for _ in range(3))]
    for tab in tabs:
        tab.open("/search")
        expect(tab.heading("Search")).to_be_visible()
    renewals: list[str] = []
    expired = set(tokens)
    refused: list[str] = []

    def expire(route: Route) -> None:
        """As if all tokens had just run out."""
        if route.request.headers.get("authorization") not in expired:
            return route.continue_()
        refused.append(route.request.url)
        body = json.dumps({"error": "Unauthenticated", "message": "The token has run out.", "details": {}, "request_id": "r"})
        return route.fulfill(status=401, headers={"Content-Type": "application/json"}, body=body)

    context.route("**/api/v1/documents/search", expire)
    context.on("request", lambda request: renewals.append(request.url) if request.url.endswith("/auth/refresh") else None)
    for tab in tabs:
        tab.page.evaluate("""() => {
            const box = document.querySelector("input[type=search]");
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, "tea");
            box.dispatchEvent(new Event("input", { bubbles: true }));
            setTimeout(() => box.form.requestSubmit(), 0);
        }""")
    for tab in tabs:
        expect(tab.page.get_by_role("link", name="On tea")).to_be_visible()
    assert refused
    # A tab that is refused while the others' new token is on its way to it may ask once more; the server answers it alike.
    assert 1 <= len(renewals) < len(tabs)


def test_signing_out_in_one_tab_signs_out_all(app: App) -> None:
    other = App(app.page.context.new_page(), app.url).open("/library")
    expect(other.heading("Library")).to_be_visible()
    app.open("/settings/devices")
    app.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(app.heading("Sign in")).to_be_visible()
    expect(other.heading("Sign in")).to_be_visible()
