"""Reminders by mail, through a real mail server: secure, with a password, refused, put off, and gone for a while."""

from __future__ import annotations

import pathlib
import re
import time
import urllib.parse
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import httpx
import pytest
from playwright.sync_api import Page, expect

from app import App
from mail_server import MailServer
from server import PASSWORD, Account, Server


@pytest.fixture
def post(tmp_path: pathlib.Path) -> Iterator[MailServer]:
    server = MailServer(tmp_path / "mail").start()
    yield server
    server.stop()


def problem(account: Account, wanted: Callable[[str | None], bool], seconds: float = 60) -> str | None:
    deadline = time.monotonic() + seconds
    while True:
        found = account.client.get("/notifications/settings").json().get("mail_problem")
        if wanted(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def job(account: Account, wanted: Callable[[dict], bool], seconds: float = 60) -> dict:
    """The newest job of mail, once it is as wanted."""
    deadline = time.monotonic() + seconds
    while True:
        jobs = [job for job in account.client.get("/jobs").json()["data"] if job["kind"] == "notifications.mail"]
        if jobs and wanted(jobs[0]):
            return jobs[0]
        assert time.monotonic() < deadline, jobs
        time.sleep(0.1)


def test_a_message_goes_over_tls_with_a_password_and_its_link_ends_all_others(post: MailServer, serve) -> None:
    server = serve(**post.settings, LM_PUBLIC_URL="https://study.example.org/monster")
    account = server.account("jörg@example.org")
    wishes = account.client.get("/notifications/settings").json()
    assert wishes["has_mail"] and wishes["address"] == "jörg@example.org"
    by_mail = {"app": False, "push": False, "mail": True}
    settings = wishes["settings"] | {"language": "de", "time_zone": "Europe/Berlin", "events": by_mail, "cards": by_mail}
    assert account.client.put("/notifications/settings", json=settings).status_code == 200
    assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
    message = post.wait()[0]
    assert post.encrypted == [True]
    assert post.recipients == ["jörg@example.org"]
    assert message["Subject"] == "Es klappt" and message["From"] == "Little Monster <study@example.org>"
    assert message["Message-ID"].endswith("@example.org>") and message["Date"] and message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert "So sieht eine Mitteilung" in text and "So sieht eine Mitteilung" in html
    assert "https://study.example.org/monster/settings/notifications" in text
    # One a minute.
    again = account.client.post("/notifications/test", json={"channel": "mail"})
    assert again.status_code == 429 and again.headers["Retry-After"], again.text

    # As a mail program does it (RFC 8058): a POST to the address, with no one signed in.
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = urllib.parse.urlsplit(message["List-Unsubscribe"].strip("<> "))
    here = f"{server.url}{link.path.removeprefix('/monster')}"
    assert httpx.get(here).status_code == 303
    assert account.client.get("/notifications/settings").json()["settings"]["events"]["mail"]
    assert httpx.post(here, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    after = account.client.get("/notifications/settings").json()["settings"]
    assert not after["events"]["mail"] and not after["cards"]["mail"]


def test_a_server_that_says_no_for_now_is_asked_again_and_one_that_refuses_is_not(post: MailServer, serve) -> None:
    server = serve(**post.settings)
    account = server.account("ada@example.org")
    post.answers = ["451 4.7.1 Try again later"]
    assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
    assert job(account, lambda job: job["state"] == "failed")["attempts"] == 1
    post.wait()
    assert job(account, lambda job: job["state"] == "succeeded")["attempts"] == 2

    other = server.account("nobody@example.org", post=post)
    post.answers = ["550 5.1.1 No such user here"]
    assert other.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
    assert job(other, lambda job: job["state"] == "dead")["attempts"] == 1
    assert "550 5.1.1 No such user here" in (problem(other, lambda found: found is not None) or "")
    assert len(post.messages) == 1


def test_a_server_that_is_gone_gets_its_mail_when_it_is_back(post: MailServer, serve) -> None:
    post.stop()
    account = serve(**post.settings).account("ada@example.org")
    assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
    job(account, lambda job: job["state"] == "failed")
    post.start()
    post.wait()
    assert job(account, lambda job: job["state"] == "succeeded")["attempts"] > 1
    assert len({message["Message-ID"] for message in post.messages}) == len(post.messages) == 1


def test_a_wrong_password_and_a_strange_certificate_are_told_and_send_nothing(post: MailServer, serve, tmp_path: pathlib.Path) -> None:
    wrong = post.settings | {"LM_SMTP_URL": f"smtp://study%40example.org:guess@127.0.0.1:{post.port}"}
    strange = post.settings | {"LM_SMTP_CA_FILE": str(MailServer(tmp_path / "another").authorities)}
    said = []
    for number, settings in enumerate((wrong, strange)):
        server = Server(tmp_path / f"data{number}", **settings).start()
        try:
            account = server.account("ada@example.org")
            assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
            said.append(job(account, lambda job: job["state"] == "failed")["error"]["message"])
            assert "guess" not in server.tail(1000)
        finally:
            server.stop()
    assert "user and password" in said[0] and "secure connection" in said[1], said
    assert post.messages == []


def test_without_a_mail_server_nothing_is_sent_and_with_log_it_is_in_the_log(serve, tmp_path: pathlib.Path) -> None:
    account = serve().account("ada@example.org")
    assert not account.client.get("/notifications/settings").json()["has_mail"]
    assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 409
    server = Server(tmp_path / "logged", LM_SMTP_URL="log").start()
    try:
        account = server.account("ada@example.org")
        assert account.client.post("/notifications/test", json={"channel": "mail"}).status_code == 204
        job(account, lambda job: job["state"] == "succeeded")
        assert f"{server.url.removesuffix('/')}/settings/notifications" in server.tail(1000)
    finally:
        server.stop()


def test_a_server_without_an_address_to_send_from_does_not_start(tmp_path: pathlib.Path) -> None:
    server = Server(tmp_path / "data", LM_SMTP_URL="smtp://127.0.0.1:2525")
    with pytest.raises(AssertionError, match="LM_MAIL_FROM must be set"):
        server.start()


def test_who_forgot_the_password_chooses_another_by_mail(post: MailServer, serve, page: Page) -> None:
    server = serve(**post.settings)
    account = server.account("ada@example.org")
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    for address in ("nobody@example.org", "ada@example.org"):
        page.goto(f"{server.url}/forgot")
        page.get_by_label("Email").fill(address)
        page.get_by_role("button", name="Send me a link").click()
        expect(page.get_by_role("status").filter(has_text=f"account with {address}")).to_be_visible()
    message = post.wait()[0]
    assert message["Subject"] == "A new password for Little Monster" and message["To"] == "ada@example.org"
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    link = re.search(r"http://\S+/reset#token=\S+", text).group()
    assert f'href="{link}"' in html
    # Asked for again at once, no second is sent; and until it is used the old password is good.
    assert account.client.post("/auth/forgot", json={"email": "Ada@Example.org"}).status_code == 204
    assert account.client.post("/auth/login", json={"email": "ada@example.org", "password": PASSWORD}).status_code == 200
    page.goto(link)
    page.get_by_label("New password", exact=True).fill("quiet meadow under seven moons")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()
    assert account.client.post("/auth/login", json={"email": "ada@example.org", "password": PASSWORD}).status_code == 401
    assert len(post.messages) == 1 and post.recipients == ["ada@example.org"]
    # The link stands nowhere on the server.
    token = link.split("token=")[1]
    assert token not in server.tail(10_000)
    assert not any(token.encode() in file.read_bytes() for file in server.data.rglob("*") if file.is_file())


def link_in(message: EmailMessage, page: str) -> str:
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    link = re.search(rf"http://\S+/{page}#token=\S+", text).group()
    assert f'href="{link}"' in html
    return link


def test_an_address_is_confirmed_and_changed_by_links_that_stand_nowhere(post: MailServer, serve, page: Page) -> None:
    server = serve(**post.settings)
    account = server.account("ada@example.org")
    app = App(page, server.url).sign_in("ada@example.org")
    notice = page.get_by_role("complementary", name="Confirm your address")
    expect(notice).to_contain_text("Is ada@example.org yours?")
    first = link_in(post.greeting(), "confirm-email")
    assert account.client.post("/users/me/email/verification").status_code == 429
    page.goto(first)
    page.get_by_role("button", name="Confirm the address").click()
    expect(app.heading("Confirmed")).to_be_visible()
    page.get_by_role("link", name="Go to the first page").click()
    expect(app.main).to_be_attached()
    expect(notice).to_have_count(0)
    page.goto(first)
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_role("alert")).to_contain_text("used already")

    server.account("ben@example.org", post=post)
    app.open("/settings/account")
    for address in ("Ben@example.org", "grace@example.org"):
        page.get_by_role("button", name="Change the email").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("New email").fill(address)
        dialog.get_by_label("Password").fill(PASSWORD)
        dialog.get_by_role("button", name="Change the email").click()
        expect(page.get_by_role("status").filter(has_text=f"A link went to {address}")).to_be_visible()
        if address.startswith("Ben"):
            # Whoever has the address is told; whoever asked learns nothing of it.
            assert post.wait()[0]["To"] == "Ben@example.org" and "already" in post.messages[0]["Subject"]
            page.get_by_role("button", name="Keep the old address").click()
            expect(page.get_by_text("A link went to Ben@example.org")).to_have_count(0)
    message = post.wait(2)[1]
    assert message["To"] == "grace@example.org" and message["Subject"] == "Your new address for Little Monster"
    second = link_in(message, "confirm-email")
    page.goto(second)
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_text("From now on you sign in with grace@example.org")).to_be_visible()
    told = post.wait(3)[2]
    assert told["To"] == "ada@example.org" and "grace" not in told.as_string()
    for address, status in (("ada@example.org", 401), ("grace@example.org", 200)):
        assert account.client.post("/auth/login", json={"email": address, "password": PASSWORD}).status_code == status
    log = server.tail(10_000)
    for link in (first, second):
        token = link.split("token=")[1]
        assert token not in log
        assert not any(token.encode() in file.read_bytes() for file in server.data.rglob("*") if file.is_file())


def test_who_signs_up_learns_nothing_of_who_has_an_account(post: MailServer, serve, page: Page) -> None:
    server = serve(**post.settings)
    server.account("ada@example.org")
    post.greeting()
    app = App(page, server.url)

    def sign_up(email: str) -> None:
        app.open("/register")
        page.get_by_label("Name").fill("Ben")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        expect(app.heading("Look into your mail")).to_be_visible()
        expect(page.get_by_text(f"A mail went to {email}.")).to_be_visible()

    sign_up("ada@example.org")
    told = post.wait()[0]
    assert told["To"] == "ada@example.org" and told["Subject"] == "You have an account of Little Monster already"
    sign_up("ben@example.org")
    token = post.sign_up_token("ben@example.org")
    # There is no account yet, and nobody can try whether there is.
    assert httpx.post(f"{server.url}/api/v1/auth/login", json={"email": "ben@example.org", "password": PASSWORD}).status_code == 401
    page.goto("about:blank")
    page.goto(f"{server.url}/confirm-sign-up#token={token}")
    page.get_by_label("Password").fill("some other long password")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("alert")).to_contain_text("not the password")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()
    ben = server.sign_in("ben@example.org")
    assert ben.client.get("/users/me").json()["email_verified"] is True
    assert token not in server.tail(10_000)
    assert not any(token.encode() in file.read_bytes() for file in server.data.rglob("*") if file.is_file())
    # It was good once.
    again = httpx.post(f"{server.url}/api/v1/auth/confirm-sign-up", json={"token": token, "password": PASSWORD})
    assert again.status_code == 404


def test_where_it_is_demanded_nothing_opens_before_the_address_is_confirmed(post: MailServer, serve, page: Page) -> None:
    # Accounts from before there was mail: later newcomers confirm their address before they have one.
    server = serve()
    for name in ("ada", "ben"):
        server.account(f"{name}@example.org")
    server.stop()
    server.settings |= post.settings | {"LM_VERIFIED_EMAIL": "on"}
    server.start()
    ben = server.sign_in("ben@example.org")
    answer = ben.client.get("/documents")
    assert answer.status_code == 403 and answer.json()["details"] == {"email": "is not verified"}, answer.text
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email").fill("ben@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="One more step")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    other = page.context.browser.new_page()
    other.goto(link_in(post.greeting(), "confirm-email"))
    other.get_by_role("button", name="Confirm the address").click()
    expect(other.get_by_role("heading", level=1, name="Confirmed")).to_be_visible()
    other.close()
    page.get_by_role("button", name="I have followed it").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()


def test_a_sign_in_on_a_new_kind_of_device_is_told_with_its_place(post: MailServer, serve, page: Page) -> None:
    server = serve(**post.settings, LM_TRUSTED_PROXIES="127.0.0.1")
    account = server.account("ada@example.org")
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
    for version in ("133.0", "134.0"):
        signed_in = httpx.post(
            f"{server.url}/api/v1/auth/login", json={"email": "ada@example.org", "password": PASSWORD},
            headers={"User-Agent": firefox.replace("133.0", version), "X-Forwarded-For": "141.20.1.77"},
        )
        assert signed_in.status_code == 200, signed_in.text
    with post.arrived:
        assert post.arrived.wait_for(lambda: any("new device" in each["Subject"] for each in post.greetings), 60)
    told = [each for each in post.greetings if "new device" in each["Subject"]]
    assert len(told) == 1
    text = told[0].get_body(("plain",)).get_content()
    assert "Firefox, Windows, DE" in text and "/settings/devices" in text, text
    assert "141.20" not in text
    used = [session for session in account.client.get("/users/me/sessions").json()["data"] if "Firefox" in session["user_agent"]]
    assert [session["country"] for session in used] == ["DE", "DE"]
    app = App(page, server.url).sign_in("ada@example.org")
    app.open("/settings/devices")
    expect(page.get_by_role("listitem").filter(has_text="Firefox").first).to_contain_text("Germany")
    app.open("/settings/notifications")
    page.get_by_role("checkbox", name="New devices: Mail").uncheck()
    page.reload()
    expect(page.get_by_role("checkbox", name="New devices: Mail")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="New devices: Browser")).to_be_checked()


def test_without_mail_the_door_offers_no_link(server: Server, page: Page) -> None:
    answer = httpx.post(f"{server.url}/api/v1/auth/forgot", json={"email": "ada@example.org"})
    assert answer.status_code == 403 and "sends no mail" in answer.json()["message"]
    page.goto(f"{server.url}/sign-in")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Forgot your password?")).to_have_count(0)
