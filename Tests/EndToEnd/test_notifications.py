"""How a student is told of things, in the web app: the choice, this browser, what is pushed to it, and the link that ends mail."""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app import App
from conftest import unique_email
from mail_server import MailServer
from push_server import PushServer
from server import Account, Server


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """The browser that people use: the headless shell shows no notifications."""
    whole = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield whole
    whole.close()


def test_what_is_told_by_which_way_is_chosen_and_kept(server: Server, account: Account, page: Page) -> None:
    app = App(page, server.url).sign_in(account.email)
    app.open("/settings/notifications")
    expect(page.get_by_role("checkbox", name="Events: Browser")).to_be_checked()
    # This server sends no mail, and says so.
    expect(page.get_by_role("checkbox", name="Events: Mail")).to_be_disabled()
    expect(page.get_by_text("This server sends no mail.")).to_be_visible()
    page.get_by_role("checkbox", name="Events: Browser").uncheck()
    page.get_by_role("checkbox", name="Cards: In the app").check()
    page.get_by_label("Tell me of cards at").fill("18:30")
    page.get_by_role("switch", name="Quiet hours").check()
    page.get_by_label("From", exact=True).fill("21:30")
    expect(page.get_by_label("To", exact=True)).to_have_value("07:00")
    page.reload()
    expect(page.get_by_role("checkbox", name="Events: Browser")).not_to_be_checked()
    expect(page.get_by_label("Tell me of cards at")).to_have_value("18:30")
    expect(page.get_by_label("From", exact=True)).to_have_value("21:30")
    kept = account.client.get("/notifications/settings").json()["settings"]
    assert kept["quiet"] == {"start": "21:30", "end": "07:00"} and kept["language"] == "en", kept
    # The app that is open says it itself, in its own words.
    assert account.client.post("/notifications/test", json={"channel": "app"}).status_code == 204
    expect(page.get_by_text("This is what a notification looks like.")).to_be_visible()


def test_what_is_pushed_is_shown_and_opens_its_place(server: Server, account: Account, whole_browser: Browser) -> None:
    context = whole_browser.new_context(viewport={"width": 1280, "height": 850}, reduced_motion="reduce")
    try:
        context.grant_permissions(["notifications"], origin=server.url)
        page = context.new_page()
        App(page, server.url).sign_in(account.email)
        page.wait_for_function("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)")
        worker = context.service_workers[0]
        devtools = context.new_cdp_session(page)
        found: list[dict] = []
        devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
        devtools.send("ServiceWorker.enable")
        while not found:
            page.wait_for_timeout(50)
        registration = next(each for each in found if each["scopeURL"] == f"{server.url}/")

        def push(notice: dict | str) -> None:
            data = notice if isinstance(notice, str) else json.dumps(notice)
            devtools.send("ServiceWorker.deliverPushMessage", {
                "origin": server.url, "registrationId": registration["registrationId"], "data": data})

        shown = "async () => (await self.registration.getNotifications()).map(({title, body, tag, lang, data}) => ({title, body, tag, lang, path: data.path}))"

        def notifications(count: int) -> list[dict]:
            for _ in range(200):
                if len(listed := worker.evaluate(shown)) == count:
                    return listed
                page.wait_for_timeout(50)
            raise AssertionError(listed)

        notice = {
            "title": "Biologie", "body": "Morgen, 09:00 Uhr", "path": "planner?day=2027-03-02", "tag": "exam", "language": "de", "is_in_app": False,
        }
        push(notice)
        assert notifications(1) == [{key: notice[name] for key, name in (
            ("title", "title"), ("body", "body"), ("tag", "tag"), ("lang", "language"), ("path", "path"))}]
        # The same again takes its place; what cannot be read is shown without its words.
        push(notice)
        push("not JSON")
        assert sorted(each["title"] for each in notifications(2)) == ["Biologie", "Little Monster"]

        click = """async (path) => {
            const [notification] = await self.registration.getNotifications({tag: 'exam'});
            self.dispatchEvent(new NotificationEvent('notificationclick', {notification}));
        }"""
        worker.evaluate(click)
        page.wait_for_url(re.compile(r"/planner\?day=2027-03-02"))
        notifications(1)
    finally:
        context.close()


def test_a_browser_without_a_push_service_says_so_and_another_is_listed(server: Server, whole_browser: Browser) -> None:
    service = PushServer()
    own = server.account(unique_email())
    context = whole_browser.new_context(viewport={"width": 1280, "height": 850}, reduced_motion="reduce")
    try:
        subscriber = service.subscriber("Firefox, Linux")
        # This server knows no service on loopback: the guard holds for it as for any other.
        refused = own.client.post("/push/subscriptions", json=subscriber.body)
        assert refused.status_code == 400 and "endpoint" in refused.json()["details"], refused.text
        listed = own.client.post("/push/subscriptions", json=subscriber.body | {"endpoint": "https://push.example.invalid/1"})
        assert listed.status_code == 201, listed.text
        context.grant_permissions(["notifications"], origin=server.url)
        page = context.new_page()
        App(page, server.url).sign_in(own.email).open("/settings/notifications")
        switch = page.get_by_role("switch", name="Notifications in this browser")
        others = page.get_by_role("list", name="Other browsers that are told")
        expect(others).to_contain_text("Firefox, Linux")
        others.get_by_role("button", name="Tell Firefox, Linux nothing more").click()
        expect(others).to_have_count(0)
        switch.click()
        # Chromium asks Google's servers, which a test does not reach.
        expect(page.get_by_text("The browser cannot reach its maker's service")).to_be_visible()
        expect(switch).not_to_be_checked()
        assert own.client.get("/push/subscriptions").json()["data"] == []
    finally:
        context.close()
        service.close()


def test_a_browser_that_may_not_says_how_it_may(server: Server, account: Account, page: Page) -> None:
    page.add_init_script("Object.defineProperty(Notification, 'permission', {get: () => 'denied'})")
    App(page, server.url).sign_in(account.email).open("/settings/notifications")
    expect(page.get_by_text("This browser was told not to show notifications")).to_be_visible()
    expect(page.get_by_role("switch", name="Notifications in this browser")).to_be_disabled()


def test_the_link_in_a_message_ends_mail_without_signing_in(tmp_path: pathlib.Path, page: Page) -> None:
    post = MailServer(tmp_path / "mail").start()
    server = Server(tmp_path / "data", **post.settings)
    server.settings["LM_PUBLIC_URL"] = server.url
    server.start()
    try:
        account = server.account("ada@example.org")
        wishes = account.client.get("/notifications/settings").json()["settings"]
        wishes["events"]["mail"] = True
        assert account.client.put("/notifications/settings", json=wishes).status_code == 200
        assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
        text = post.wait()[0].get_body(("plain",)).get_content()
        page.goto(re.findall(r"https?://\S+", text)[-1])
        expect(page.get_by_role("heading", name="No more reminders by mail?")).to_be_visible()
        assert account.client.get("/notifications/settings").json()["settings"]["events"]["mail"]
        page.get_by_role("button", name="No more mail").click()
        expect(page.get_by_role("heading", name="That was the last")).to_be_visible()
        assert not account.client.get("/notifications/settings").json()["settings"]["events"]["mail"]
        page.goto(f"{server.url}/unsubscribe#token=nonsense")
        page.reload()
        page.get_by_role("button", name="No more mail").click()
        expect(page.get_by_role("alert")).to_contain_text("This link is not whole")
    finally:
        server.stop()
        post.stop()
