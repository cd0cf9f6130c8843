"""Passkeys: in a browser with an authenticator of its own, and as PyPI's fido2 makes them."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from app import App
from server import PASSWORD, Account, Server
from soft_authenticator import BACKED_UP, PRESENT, Authenticator


@pytest.fixture
def server(tmp_path: pathlib.Path) -> Iterator[Server]:
    """By the name of this machine: browsers make no passkeys for numbers."""
    server = Server(tmp_path / "data").start()
    yield server
    server.stop()


def named(server: Server) -> str:
    return server.url.replace("127.0.0.1", "localhost")


def authenticator(page: Page) -> tuple[CDPSession, str]:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_passkey_is_made_signs_in_and_takes_the_password_s_place(server: Server, browser: Browser) -> None:
    server.account("ada@example.org")
    page = browser.new_page(reduced_motion="reduce")
    devtools, device = authenticator(page)
    app = App(page, named(server)).sign_in("ada@example.org")
    app.open("/settings/account")
    page.get_by_role("button", name="Add a passkey").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What to call it").fill("My laptop")
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_role("button", name="Add a passkey").click()
    expect(dialog.get_by_role("alert")).to_contain_text("not right")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("“My laptop” signs you in from now on.")).to_be_visible()
    kept = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [(each["rpId"], each["isResidentCredential"]) for each in kept] == [("localhost", True)]

    # The device is known already.
    page.get_by_role("button", name="Add a passkey").click()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Add a passkey").click()
    expect(dialog.get_by_role("alert")).to_contain_text("keeps a passkey of yours already")
    dialog.get_by_role("button", name="Cancel").click()

    # Where the browser offers passkeys for the field, that alone signs in.
    app.open("/settings/devices")
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": False})
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": True})
    page.reload()
    expect(app.main).to_be_attached()
    # Elsewhere the button does.
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)")
    app.open("/settings/devices")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(app.main).to_be_attached()

    app.open("/settings/account")
    page.get_by_role("button", name="Rename My laptop").click()
    dialog.get_by_label("What to call it").fill("Old laptop")
    dialog.get_by_role("button", name="Rename the passkey").click()
    page.get_by_role("button", name="Remove Old laptop").click()
    dialog.get_by_role("button", name="Use a passkey instead").click()
    expect(dialog.get_by_text("You have proved that it is you.")).to_be_visible()
    dialog.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("“Old laptop” signs you in no more.")).to_be_visible()
    page.close()


def begin(account: Account) -> dict:
    answer = account.client.post("/users/me/passkeys/options", json={"password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "EdDSA"])
@pytest.mark.parametrize("form", ["none", "packed"])
def test_what_others_authenticators_make_is_taken(server: Server, algorithm: str, form: str) -> None:
    account = server.account("ada@example.org")
    device = Authenticator(named(server), algorithm)
    made = account.client.post("/users/me/passkeys", json={"name": algorithm, "credential": device.create(begin(account), form=form)})
    assert made.status_code == 201, made.text
    for _ in range(2):
        options = account.client.post("/auth/passkey/options").json()
        assert options["allowCredentials"] == [] and options["rpId"] == "localhost"
        answer = account.client.post("/auth/passkey", json={"credential": device.get(options, flags=0x05 | BACKED_UP)})
        assert answer.status_code == 200 and answer.json()["user"]["email"] == "ada@example.org", answer.text
    assert account.client.get("/users/me/passkeys").json()["data"][0]["is_backed_up"] is True


def test_what_is_not_theirs_is_refused_and_nothing_is_kept(server: Server) -> None:
    account = server.account("ada@example.org")
    device = Authenticator(named(server))

    def keep(credential: dict) -> int:
        answer = account.client.post("/users/me/passkeys", json={"name": "x", "credential": credential})
        assert answer.status_code < 500, answer.text
        return answer.status_code

    def altered(credential: dict, **changes: str) -> dict:
        return credential | {"response": credential["response"] | changes}

    options = begin(account)
    assert keep(Authenticator("https://evil.example").create(options)) == 400
    assert keep(device.create(begin(account), flags=PRESENT)) == 400
    assert keep(device.create(begin(account) | {"rp": {"id": "example.org"}})) == 400
    assert keep(device.create(begin(account), client=device.client_data("webauthn.get", "AAAA"))) in (400, 404)
    good = device.create(begin(account))
    assert keep(altered(good, attestationObject="o2NmbXQ")) in (400, 404)
    assert keep(altered(good, attestationObject="not base 64!")) == 400
    assert account.client.get("/users/me/passkeys").json()["data"] == []
    assert keep(device.create(begin(account))) == 201
    for wrong in ({"flags": PRESENT}, {"client": device.client_data("webauthn.create", "AAAA")}):
        options = account.client.post("/auth/passkey/options").json()
        assert account.client.post("/auth/passkey", json={"credential": device.get(options, **wrong)}).status_code in (401, 404)
    assert account.client.post("/users/me/passkeys/options", json={}).status_code == 400
    assert not re.search(r"Traceback|Fatal", server.tail(1000))
