"""Behind nginx under a path of its own, as in https://host/study/: nothing is configured for the path but nginx itself."""

import asyncio
import json
import pathlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import httpx
import pytest
from playwright.sync_api import Page, expect
from websockets.asyncio.client import connect

from app import App
from papers import long_pdf, note
from proxy import Proxy
from server import PASSWORD, Server


@pytest.fixture
def proxy(tmp_path: pathlib.Path, server: Server) -> Iterator[Proxy]:
    proxy = Proxy(tmp_path / "nginx", server, "/study/").start()
    yield proxy
    proxy.stop()


def test_the_whole_app_works_below_a_path(page: Page, server: Server, proxy: Proxy) -> None:
    account = server.account("below@example.org")
    pdf = account.bring("short.pdf", long_pdf(3, title="A short handbook"))
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes in water of eighty degrees."))
    app = App(page, proxy.url).sign_in(account.email)
    expect(app.document("On tea")).to_contain_text("Ready")
    assert page.url.startswith(f"{proxy.url}/library")

    # The session outlives a reload, at any depth.
    page.goto(f"{proxy.url}/documents/{pdf['id']}?page=2")
    expect(page.get_by_role("group", name="Page 2").locator("canvas")).to_be_visible(timeout=30_000)
    app.go("Ask")
    app.ask("How long is green tea steeped?")
    answer = app.wait_answered()
    expect(answer).to_contain_text("two minutes")
    expect(page).to_have_url(re.compile(r"/study/talk/.+"))
    page.reload()
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(page.get_by_role("complementary", name="Document").locator("mark").first).to_be_in_viewport()

    app.go("Library")
    app.drop(("new.md", "text/markdown", note("Through the proxy", "This note came in through nginx and is ready soon.")))
    app.wait_ready("Through the proxy")
    app.go("Settings")
    page.get_by_role("link", name="The API").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("API")
    page.go_back()
    app.settings("Devices")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(app.heading("Sign in")).to_be_visible()
    assert page.context.cookies() == []
    page.goto(f"{proxy.url}/library")
    expect(app.heading("Sign in")).to_be_visible()


def test_the_cookie_belongs_to_the_apps_own_sign_in_alone(page: Page, server: Server, proxy: Proxy) -> None:
    account = server.account("cookie@example.org")
    App(page, proxy.url).sign_in(account.email)
    [cookie] = page.context.cookies()
    assert cookie["path"] == "/study/api/v1/auth"
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    # Removing the account takes the cookie along, although another address than the cookie's does it.
    App(page, proxy.url).settings("Data")
    page.get_by_role("button", name="Delete the account…").click()
    page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    assert page.context.cookies() == []


def test_the_description_names_addresses_below_the_path(server: Server, proxy: Proxy) -> None:
    account = server.account("described@example.org")
    for address in (server.url, proxy.url):
        where = f"{address}/openapi.json"
        description = httpx.get(where).json()
        [base] = [urljoin(where, entry["url"]).rstrip("/") for entry in description["servers"]]
        assert base == address
        # As a generated client would: the server's address and a path.
        assert "get" in description["paths"]["/health"]
        assert httpx.get(f"{base}/health").json()["status"] == "ok"
        assert "get" in description["paths"]["/api/v1/users/me"]
        headers = {"Authorization": account.client.headers["Authorization"]}
        assert httpx.get(f"{base}/api/v1/users/me", headers=headers).json()["email"] == account.email


def test_the_page_for_people_works_below_the_path(page: Page, proxy: Proxy) -> None:
    page.goto(f"{proxy.url}/docs")
    expect(page.get_by_role("heading", level=1)).to_contain_text("API")
    assert page.evaluate("() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")
    with page.expect_response(lambda answer: answer.url.endswith("openapi.json")) as described:
        page.get_by_role("link", name="openapi.json").click()
    assert described.value.status == 200
    assert described.value.url == f"{proxy.url}/openapi.json"


def test_a_redirect_stays_below_the_path(proxy: Proxy) -> None:
    answer = httpx.get(f"{proxy.url}/docs/", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/study/docs")
    assert httpx.get(f"{proxy.url}/docs/", follow_redirects=True).status_code == 200


def test_a_live_talk_comes_through(server: Server, proxy: Proxy) -> None:
    account = server.account("talking@example.org")
    begun = account.client.post("/session/start", json={}).json()["session_id"]
    address = f"{proxy.url.replace('http', 'ws')}/api/v1/voice/live?session_id={begun}"
    # As a page behind the proxy names its origin: without its port where nginx passes on the host alone.
    options = {"subprotocols": ["lm.talk.v1", f"bearer.{account.session['access_token']}"], "origin": f"http://127.0.0.1:{proxy.port}"}

    async def talk() -> None:
        async with asyncio.timeout(60), connect(address, **options) as client:
            assert client.subprotocol == "lm.talk.v1"
            await asyncio.wait_for(await client.ping(b"there?"), 10)
            await client.send(json.dumps({"type": "text", "text": "Thank you"}))
            # Its sound comes in between.
            async for message in client:
                if isinstance(message, str) and (told := json.loads(message))["type"] == "answer":
                    assert told["text"] == "You are welcome."
                    return
            raise AssertionError("the talk ended without an answer")

    # The browser's tests have a loop running in this thread.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(talk())).result()
