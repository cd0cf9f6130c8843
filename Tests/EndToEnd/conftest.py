from __future__ import annotations

import itertools
import os
import pathlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app import App
from papers import long_pdf
from server import Account, Server
from slow_model import SlowModel

_numbers = itertools.count(1)

#: How long anything may take, in milliseconds. A condition is met as soon as it can be; only a busy machine takes long.
PATIENT = 60_000
expect.set_options(timeout=PATIENT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("soak") and not os.environ.get("LM_SOAK"):
            item.add_marker(pytest.mark.skip(reason="make soak runs it"))
    # The newcomer's path first: if it is broken, nothing else matters.
    items.sort(key=lambda item: "newcomer" not in item.nodeid)


def unique_email() -> str:
    return f"student{next(_numbers)}@example.org"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def handbook() -> bytes:
    return long_pdf()


@pytest.fixture
def fresh_server(tmp_path) -> Iterator[Server]:
    """A server that nobody has used yet."""
    server = Server(tmp_path / "data").start()
    yield server
    server.stop()


@pytest.fixture
def serve(tmp_path: pathlib.Path) -> Iterator[Callable[..., Server]]:
    """Starts servers with settings of the test's own, on one folder."""
    servers: list[Server] = []

    def make(**settings: str) -> Server:
        servers.append(Server(tmp_path / "data", **settings))
        return servers[-1].start()

    yield make
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """A server that has its administrator already; tests share it and use an account each."""
    server = Server(tmp_path_factory.mktemp("shared") / "data").start()
    server.account("administrator@example.org", "Olga Beispiel")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def slow_server(tmp_path_factory) -> Iterator[Server]:
    """A server whose model takes its time."""
    model = SlowModel()
    server = Server(tmp_path_factory.mktemp("slow") / "data", **model.settings).start()
    server.account("administrator@example.org", "Olga Beispiel")
    yield server
    server.stop()
    model.close()


#: What a browser reports although all is well: no session yet, and files that are refused on purpose.
_expected = re.compile(r"status of (400|401|403|404|409|413|415|422|429|502)")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 850}, reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(PATIENT)
    troubles: list[str] = []
    # Most breaches of the content policy are logged by the browser itself; this names the rest.
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => "
        "console.error('content policy', event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber))"
    )
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" and not _expected.search(message.text) else None,
    )
    yield context
    context.close()
    # A broken connection is the point of some tests; a script error or a breach of the content policy never is.
    troubles = [trouble for trouble in troubles if "net::ERR" not in trouble]
    assert troubles == [], "the browser reported errors"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def account(server: Server) -> Account:
    return server.account(unique_email())


@pytest.fixture
def app(page: Page, server: Server, account: Account) -> App:
    """The web app, signed in as an account of its own."""
    return App(page, server.url).sign_in(account.email)


@pytest.fixture
def slow_account(slow_server: Server) -> Account:
    return slow_server.account(unique_email())


@pytest.fixture
def slow_app(page: Page, slow_server: Server, slow_account: Account) -> App:
    return App(page, slow_server.url).sign_in(slow_account.email)
