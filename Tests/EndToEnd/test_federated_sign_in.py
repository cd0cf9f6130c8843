"""Signing in by others: two providers at once, in a real browser."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app import App
from server import PASSWORD, Server, free_port


class Provider:
    """A provider of OpenID Connect that takes anybody's word for who they are."""

    def __init__(self, name: str, title: str, log: pathlib.Path) -> None:
        self.name, self.title, self.port = name, title, free_port()
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [str(pathlib.Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(self.port), "--host", "127.0.0.1"],
                stdout=file, stderr=file, stdin=subprocess.DEVNULL,
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                self.issuer = httpx.get(f"{self.url}/.well-known/openid-configuration", timeout=2).json()["issuer"]
                return
            except httpx.TransportError:
                assert self.process.poll() is None and time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        return {"name": self.name, "title": self.title, "issuer": self.issuer, "client_id": "little-monster", "client_secret": "secret"}

    def person(self, subject: str, **claims: object) -> None:
        assert httpx.put(f"{self.url}/users/{subject}", json=claims).status_code in (200, 204)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def providers(tmp_path: pathlib.Path) -> Iterator[list[Provider]]:
    made = [Provider("college", "Old College", tmp_path / "one.log"), Provider("library", "City Library", tmp_path / "two.log")]
    yield made
    for provider in made:
        provider.stop()


@pytest.fixture
def study(tmp_path: pathlib.Path, providers: list[Provider]) -> Iterator[Server]:
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([provider.settings for provider in providers]))
    file.chmod(0o600)
    server = Server(tmp_path / "data", LM_SIGN_IN_PROVIDERS=str(file))
    server.settings["LM_PUBLIC_URL"] = server.url
    server.start()
    server.account("administrator@example.org", "Administrator")
    yield server
    server.stop()


def offline(page: Page) -> None:
    """The mock's pages would have a style sheet of another server."""
    page.route("https://**", lambda route: route.abort())


def say_yes(page: Page, subject: str) -> None:
    """At the provider."""
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_two_providers_let_one_person_in_and_take_no_account_over(
    study: Server, providers: list[Provider], page: Page,
) -> None:
    offline(page)
    providers[0].person("grace-1", email="grace@example.org", email_verified=True, name="Grace Hopper")
    providers[1].person("g.hopper", email="administrator@example.org", email_verified=True, name="Grace")
    app = App(page, study.url).open("/library")
    page.get_by_role("button", name="Continue with Old College").click()
    say_yes(page, "grace-1")
    # Back where she wanted to be, with an account of her own.
    expect(app.heading("Library")).to_be_visible()
    assert "code=" not in page.url and "state=" not in page.url

    # Signed out, the other provider says that she is the administrator: it opens nobody's account.
    page.goto(study.url + "/settings/devices")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Continue with City Library").click()
    say_yes(page, "g.hopper")
    expect(page.get_by_role("heading", name="That did not work")).to_be_visible()
    expect(page.get_by_text("There is an account with your email address.")).to_be_visible()
    page.get_by_role("link", name="Back to sign in").click()

    # By the first she comes in, links the second, and then comes in by it.
    page.get_by_role("button", name="Continue with Old College").click()
    say_yes(page, "grace-1")
    expect(app.main).to_be_attached()
    page.goto(study.url + "/settings/account")
    expect(page.get_by_role("heading", name="Sign in with others")).to_be_visible()
    # She has no password: that it is she, she shows by the service that she comes by.
    page.get_by_role("button", name="Link City Library").click()
    page.get_by_role("button", name="Sign in again with Old College").click()
    say_yes(page, "grace-1")
    page.get_by_role("button", name="Link City Library").click()
    expect(page.get_by_text("You have proved that it is you.", exact=True)).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Link City Library").click()
    say_yes(page, "g.hopper")
    expect(page.get_by_role("button", name="Unlink City Library")).to_be_visible()
    # And what asks for a password elsewhere asks for none now.
    page.goto(study.url + "/settings/data")
    page.get_by_role("button", name="Download everything").click()
    page.get_by_role("button", name="Sign in again with Old College").click()
    say_yes(page, "grace-1")
    expect(page).to_have_url(re.compile("/settings/data"))
    page.get_by_role("button", name="Download everything").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Download everything").click()
    assert download.value.suggested_filename == "little-monster.zip"
    page.goto(study.url + "/settings/account")
    # She has just shown that it is she.
    page.get_by_role("button", name="Unlink Old College").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink Old College").click()
    expect(page.get_by_role("button", name="Unlink Old College")).to_have_count(0)
    page.get_by_role("button", name="Unlink City Library").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink City Library").click()
    expect(page.get_by_text("It is the only way into your account.")).to_be_visible()
    page.keyboard.press("Escape")

    # A password, by way of the provider; then the link may go.
    page.get_by_role("button", name="Set a password by way of City Library").click()
    say_yes(page, "g.hopper")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(app.main).to_be_attached()
    page.goto(study.url + "/settings/account")
    page.get_by_role("button", name="Unlink City Library").click()
    # There is a password now, which is asked for.
    dialog = page.get_by_role("dialog", name="Unlink City Library")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Unlink City Library").click()
    expect(page.get_by_role("button", name="Unlink City Library")).to_have_count(0)
    assert study.sign_in("grace@example.org").client.get("/users/me").status_code == 200


def test_who_says_no_and_who_comes_with_nothing_is_told_so(study: Server, providers: list[Provider], page: Page) -> None:
    offline(page)
    App(page, study.url).open("/sign-in")
    page.get_by_role("button", name="Continue with Old College").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("You said no there")).to_be_visible()
    page.goto(study.url + "/sign-in/college?code=made-up&state=made-up")
    expect(page.get_by_text("This sign-in is not known here")).to_be_visible()
    assert "made-up" not in page.url
    providers[1].stop()
    page.goto(study.url + "/sign-in")
    page.get_by_role("button", name="Continue with City Library").click()
    expect(page.get_by_role("alert")).to_be_visible()
