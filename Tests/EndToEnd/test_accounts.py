"""Who may see what, and how a session begins and ends."""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import subprocess
import time
import zipfile

from playwright.sync_api import Browser, expect

from app import App
from conftest import unique_email
from papers import note
from server import PASSWORD, Account, Server, binary


def test_a_second_student_sees_nothing_of_the_first(server: Server, account: Account, app: App) -> None:
    document = account.bring("diary.md", note("Private diary", "The key of the garden gate lies under the blue flower pot."))
    conversation = account.conversation(title="Private talk")
    other = server.account(unique_email())
    assert other.client.get("/documents").json()["data"] == []
    for path in ("", "/file", "/pages", "/outline"):
        assert other.client.get(f"/documents/{document['id']}{path}").status_code == 404
    assert other.client.delete(f"/documents/{document['id']}").status_code == 404
    assert other.client.patch(f"/documents/{document['id']}", json={"title": "Mine"}).status_code == 404
    assert other.client.get(f"/chat/conversations/{conversation}").status_code == 404
    assert other.client.get(f"/chat/conversations/{conversation}/messages").status_code == 404
    assert other.client.post("/documents/search", json={"query": "garden gate key"}).json()["data"] == []
    # Nor in the browser.
    stranger = App(app.page.context.browser.new_page(), server.url).sign_in(other.email)
    stranger.page.goto(f"{server.url}/documents/{document['id']}")
    expect(stranger.page.get_by_role("alert")).to_contain_text("no such document", ignore_case=True)
    stranger.page.close()
    assert account.document(document["id"])["title"] == "Private diary"


def test_a_session_survives_a_reload_and_ends_with_sign_out(app: App) -> None:
    app.page.reload()
    expect(app.heading("Library")).to_be_visible()
    # Scripts hold no lasting secret.
    assert app.page.evaluate("() => document.cookie") == ""
    assert "token" not in app.page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })").lower()
    app.settings("Devices")
    app.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(app.heading("Sign in")).to_be_visible()
    app.page.reload()
    expect(app.heading("Sign in")).to_be_visible()


def test_an_address_inside_asks_to_sign_in_and_then_leads_there(browser: Browser, server: Server, account: Account) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/settings")
    app = App(page, server.url)
    expect(app.heading("Sign in")).to_be_visible()
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill("not the password at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(app.heading("Settings")).to_be_visible()
    page.close()


def test_two_tabs_renew_their_session_at_once_without_losing_it(app: App, server: Server) -> None:
    others = [app.page.context.new_page() for _ in range(3)]
    for page in others:
        page.goto(f"{server.url}/library", wait_until="commit")
    app.page.reload()
    for page in [app.page, *others]:
        expect(page.get_by_role("heading", level=1, name="Library")).to_be_visible()


def test_a_profile_shows_what_was_done_and_keeps_what_is_said(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    deck = account.client.post("/decks", json={"name": "Drinks"}).json()["id"]
    card = account.client.post("/cards", json={"deck_id": deck, "front": "How long?", "back": "Two minutes"}).json()["id"]
    assert account.client.post("/reviews", json={"card_id": card, "rating": 3, "duration_ms": 90_000}).status_code == 200
    app.page.get_by_role("button", name=re.compile("^Account of")).click()
    app.page.get_by_role("menuitem", name="Profile").click()
    figures = app.page.get_by_label("What you have done")
    for name, value in {"In a row": "1 day", "Time studied": "1 minute", "Documents": "1", "Cards": "1", "Cards answered": "1", "Quizzes taken": "0"}.items():
        expect(figures.locator("div").filter(has=app.page.get_by_text(name, exact=True))).to_have_text(f"{name}{value}")
    app.page.get_by_label("Name", exact=True).fill("Grace Example")
    app.page.get_by_role("radio", name="Teal").check(force=True)
    app.page.get_by_label("Subjects").fill("Biology, statistics,  Biology")
    app.page.get_by_role("button", name="Save the profile").click()
    expect(app.page.get_by_text("Your profile was saved.")).to_be_visible()
    expect(app.page.get_by_role("button", name="Account of Grace Example")).to_be_visible()
    app.page.reload()
    expect(app.heading("Grace Example")).to_be_visible()
    expect(app.page.get_by_label("Subjects")).to_have_value("Biology, statistics")
    expect(app.page.get_by_role("radio", name="Teal")).to_be_checked()


def test_everything_is_taken_away_as_one_whole_zip(app: App, account: Account) -> None:
    document = account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    assert account.client.post("/users/me/export", json={}).status_code == 400
    app.settings("Data")
    app.page.get_by_role("button", name="Download everything").click()
    dialog = app.page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    with app.page.expect_download() as download:
        dialog.get_by_role("button", name="Download everything").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["format"] == "little-monster-account" and manifest["version"] == 2 and manifest["missing"] == []
        assert {each["path"] for each in manifest["files"]} | {"manifest.json"} == set(archive.namelist())
        for each in manifest["files"]:
            content = archive.read(each["path"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (each["size"], each["sha256"]), each
        brought = [name for name in archive.namelist() if document["id"] in name]
        assert any(b"Green tea is steeped" in archive.read(name) for name in brought), archive.namelist()
        assert json.loads(archive.read("account.json"))["email"] == account.email
        assert b"password_hash" not in archive.read("account.json")


def test_name_theme_and_password_can_be_changed(app: App, account: Account, server: Server) -> None:
    app.go("Settings")
    app.page.get_by_label("Name", exact=True).fill("Grace Example")
    app.page.get_by_role("button", name="Save the name").click()
    expect(app.page.get_by_text("Your name was saved.")).to_be_visible()
    expect(app.page.locator("html")).to_have_attribute("data-theme", "light")
    app.settings("Appearance")
    app.page.get_by_role("radio", name="Dark").check(force=True)
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.page.reload()
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.settings("Account")
    app.page.get_by_label("Current password").fill(PASSWORD)
    app.page.get_by_label("New password").fill("another long pass phrase")
    app.page.get_by_role("button", name="Change the password").click()
    expect(app.page.get_by_text("Your password was changed.")).to_be_visible()
    app.page.reload()
    expect(app.heading("Settings")).to_be_visible()


def test_an_account_can_be_deleted_with_all_it_holds(app: App, account: Account, server: Server) -> None:
    account.bring("gone.md", note("Soon gone", "This note goes when the account goes, and nobody will miss it."))
    app.settings("Data")
    app.page.get_by_role("button", name="Delete the account…").click()
    dialog = app.page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Delete everything").click()
    expect(app.heading("Sign in")).to_be_visible()
    answer = account.client.post("/auth/login", json={"email": account.email, "password": PASSWORD})
    assert answer.status_code == 401


def one_time_code(secret: str, step: int) -> str:
    """As an authenticator app shows it (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), "sha1").digest()
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def test_an_authenticator_app_guards_the_door(browser: Browser, server: Server) -> None:
    account = server.account(unique_email())
    page = browser.new_page()
    app = App(page, server.url).sign_in(account.email)
    app.settings("Account")
    page.get_by_role("button", name="Use an authenticator app").click()
    dialog = page.get_by_role("dialog", name="Use an authenticator app")
    dialog.get_by_label("Password", exact=True).fill("not the password at all")
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The password is not right.")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    # What a camera reads is what is typed without one.
    secret = dialog.locator(".factor-secret code").inner_text().replace(" ", "")
    dialog.locator(".qr-code").screenshot(path=server.data.parent / "qr.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", server.data.parent / "qr.png"], capture_output=True, text=True, check=True)
    assert f"secret={secret}&" in read.stdout and read.stdout.startswith("otpauth://totp/Little%20Monster:")
    app.shot("second-factor")
    step = int(time.time()) // 30
    dialog.get_by_label("Code", exact=True).fill(one_time_code(secret, step))
    dialog.get_by_role("button", name="Use an authenticator app").click()
    codes = page.get_by_role("dialog", name="Your recovery codes")
    expect(codes.get_by_role("listitem")).to_have_count(10)
    paper = codes.get_by_role("listitem").all_inner_texts()
    app.shot("recovery-codes")
    codes.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Signing in takes a code of your authenticator app")).to_be_visible()

    # The next sign-in asks for it, and takes one on paper too.
    app.settings("Devices")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    code.fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The code is not right.")
    code.fill(one_time_code(secret, step + 1))
    page.get_by_role("button", name="Sign in").click()
    app.settings("Account")
    page.get_by_role("button", name="Stop asking for codes").click()
    dialog = page.get_by_role("dialog", name="Stop asking for codes")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_label("Code", exact=True).fill(paper[2])
    dialog.get_by_role("button", name="Stop asking for codes").click()
    expect(page.get_by_role("button", name="Use an authenticator app")).to_be_visible()
    page.close()


def test_new_keys_sign_nobody_out_and_open_what_the_old_ones_sealed(tmp_path) -> None:
    server = Server(tmp_path / "data").start()
    account = server.account("ada@example.org")
    made = account.client.post("/users/me/second-factor", json={"password": PASSWORD}).json()
    step = int(time.time()) // 30
    codes = account.client.post("/users/me/second-factor/confirm", json={"code": one_time_code(made["secret"], step)})
    assert codes.status_code == 200, codes.text
    push = account.client.get("/push/key").json()
    assert server.stop() == 0
    before = {name: (server.data / name).read_text() for name in ("signing.key", "sealing.key")}
    environment = {**os.environ, "LM_DATA_DIR": str(server.data)}
    told = subprocess.run([binary(), "keys", "rotate"], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout == "The keys are new. 3 secrets in the database are sealed with them.\n"
    after = {name: (server.data / name).read_text() for name in before}
    # New ones come first; the old ones are still known, to processes that have sealed and signed with them a moment ago.
    assert after["sealing.key"].splitlines()[1:] == [before["sealing.key"].strip()]
    assert after["signing.key"].splitlines()[1] == before["signing.key"].strip()
    server.start()
    account.client.base_url = f"{server.url}/api/v1"
    assert account.client.get("/users/me").status_code == 200
    assert account.client.get("/push/key").json() == push
    whole = {"email": "ada@example.org", "password": PASSWORD, "code": one_time_code(made["secret"], step + 1)}
    assert account.client.post("/auth/login", json=whole).status_code == 200
    # Without the key nothing that is sealed opens, and that is said.
    server.stop()
    (server.data / "sealing.key").unlink()
    server.start()
    account.client.base_url = f"{server.url}/api/v1"
    refused = account.client.post("/auth/login", json=whole | {"code": "123456"})
    assert refused.status_code == 503 and "sealing keys" in refused.json()["message"], refused.text
    server.stop()
