"""Tokens over three processes on one database: who is signed out is so at once, and new keys sign nobody out."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Page, expect

from app import App
from postgres import Postgres
from server import PASSWORD, Account, Server, binary


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgres"])
def three(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[list[Server]]:
    """Three processes on one database and one data folder."""
    settings = {} if request.param == "sqlite" else {"LM_DATABASE_URL": request.getfixturevalue("postgres").database()}
    servers = [Server(tmp_path / "data", log=f"{number}.log", **settings) for number in range(3)]
    for server in servers:
        server.start()
    yield servers
    for server in servers:
        server.stop()


def status(server: Server, token: str, path: str = "/users/me") -> int:
    return httpx.get(f"{server.url}/api/v1{path}", headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code


def seconds_until(servers: list[Server], token: str, wanted: int) -> float:
    """How long it takes until all of them answer so."""
    begun = time.monotonic()
    open_ = list(servers)
    while open_:
        open_ = [server for server in open_ if status(server, token) != wanted]
        assert time.monotonic() - begun < 20, "it does not come to an end"
    return time.monotonic() - begun


def test_a_session_that_is_ended_in_one_process_is_worth_nothing_in_all_within_a_second(three: list[Server]) -> None:
    account = three[0].account("ada@example.org")
    waits = []
    for round_ in range(12):
        doomed = three[round_ % 3].sign_in(account.email)
        token = doomed.session["access_token"]
        assert [status(server, token) for server in three] == [200, 200, 200]
        # Ended in one of them, by turns.
        answer = httpx.post(f"{three[(round_ + 1) % 3].url}/api/v1/auth/logout", json={"refresh_token": doomed.session["refresh_token"]})
        assert answer.status_code == 204
        waits.append(seconds_until(three, token, 401))
    print("ended everywhere after", [round(wait, 3) for wait in waits])
    assert max(waits) < 1, waits


def test_fifty_who_show_one_refresh_token_to_three_processes_stay_signed_in_and_a_thief_ends_it_for_all(three: list[Server]) -> None:
    session = three[0].account("ada@example.org").session

    def trade(number: int, token: str) -> httpx.Response:
        return httpx.post(f"{three[number % 3].url}/api/v1/auth/refresh", json={"refresh_token": token}, timeout=30)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda number: trade(number, session["refresh_token"]), range(50)))
    assert {answer.status_code for answer in answers} == {200}
    successors = {answer.json()["refresh_token"] for answer in answers}
    assert len(successors) == 1
    # Fifty thieves after the grace: all are refused, and the session with them.
    time.sleep(11)
    with ThreadPoolExecutor(50) as pool:
        late = list(pool.map(lambda number: trade(number, session["refresh_token"]), range(50)))
    assert {answer.status_code for answer in late} == {401}
    assert trade(1, successors.pop()).status_code == 401
    assert seconds_until(three, answers[0].json()["access_token"], 401) < 1


def test_new_keys_are_taken_up_by_all_while_they_run_and_sign_nobody_out(three: list[Server]) -> None:
    account = three[0].account("ada@example.org")
    first = account.session["access_token"]
    refused: list[int] = []
    done = threading.Event()

    def work(server: Server) -> None:
        """Signs in here and asks there, all the time."""
        while not done.is_set():
            token = server.sign_in(account.email).session["access_token"]
            refused.extend(code for code in (status(each, token) for each in three) if code != 200)

    threads = [threading.Thread(target=work, args=(server,)) for server in three]
    for thread in threads:
        thread.start()
    environment = {**os.environ, "LM_DATA_DIR": str(three[0].data), **three[0].settings}
    for _ in range(2):
        time.sleep(1)
        rotated = subprocess.run([binary(), "keys", "rotate"], env=environment, capture_output=True, text=True, timeout=60)
        assert rotated.returncode == 0, rotated.stderr
    time.sleep(2)
    done.set()
    for thread in threads:
        thread.join(30)
    assert refused == []
    assert [status(server, first) for server in three] == [200, 200, 200]
    keys = (three[0].data / "signing.key").read_text().splitlines()
    assert len(keys) == 3
    # What is signed now, the newest key signs, in every process.
    import base64
    import json
    for server in three:
        header = server.sign_in(account.email).session["access_token"].split(".")[0]
        assert json.loads(base64.urlsafe_b64decode(header + "=="))["kid"] == keys[0].split()[0]


def test_a_token_for_a_program_is_made_in_the_settings_used_and_taken_away(server: Server, account: Account, app: App, page: Page) -> None:
    page.goto(server.url + "/settings/devices")
    page.get_by_role("button", name="Make a token").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is it for?").fill("Backup at home")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Make a token").click()
    token = dialog.get_by_label("Token", exact=True).input_value()
    assert re.fullmatch(r"lm_pat_[A-Za-z0-9_-]{43}", token)
    dialog.get_by_role("button", name="I have it").click()
    expect(page.get_by_role("list", name="Tokens for programs")).to_contain_text("Backup at home")
    asked = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", f"Authorization: Bearer {token}", f"{server.url}/api/v1/documents"],
        capture_output=True, text=True, timeout=30)
    assert asked.stdout == "200"
    headers = {"Authorization": f"Bearer {token}"}
    assert httpx.post(f"{server.url}/api/v1/courses", json={"name": "Biology"}, headers=headers).status_code == 403
    assert status(server, token, "/users/me/tokens") == 403
    page.get_by_role("button", name="Take the token “Backup at home” away").click()
    expect(page.get_by_role("button", name="Take the token")).to_have_count(0)
    assert status(server, token, "/documents") == 401


#: What must be found nowhere but where it was given.
CANARIES = {
    "LM_OPENAI_API_KEY": "canary-openai-7f3a", "LM_GOOGLE_CLIENT_SECRET": "canary-google-91bc", "LM_LRS_SECRET": "canary-lrs-22de",
    "LM_EVENTS_KEY": "canary-events-55aa",
}


def test_secrets_are_in_no_log_no_error_no_dump_and_no_child(tmp_path: pathlib.Path) -> None:
    password, wrong = "canary password of ada 4c", "canary wrong password 8e"
    server = Server(
        tmp_path / "data", LM_LOG_LEVEL="debug", LM_OPENAI_URL="http://127.0.0.1:9/v1", LM_OPENAI_MODEL="m", LM_GOOGLE_CLIENT_ID="id",
        LM_LRS_URL="http://127.0.0.1:9/xapi", LM_LRS_KEY="key", LM_EVENTS_URL="http://127.0.0.1:9/events", **CANARIES,
    ).start()
    try:
        client = httpx.Client(base_url=f"{server.url}/api/v1", timeout=60)
        grant = client.post("/auth/register", json={"email": "ada@example.org", "password": password, "display_name": "Ada"}).json()
        client.headers["Authorization"] = f"Bearer {grant['access_token']}"
        made = client.post("/users/me/tokens", json={"name": "a", "scopes": ["read"], "password": password}).json()["token"]
        texts = [
            client.post("/auth/login", json={"email": "ada@example.org", "password": wrong}).text,
            client.post("/auth/login", json={"email": ["ada@example.org"], "password": wrong}).text,
            client.post("/auth/login", content=b'{"password": "' + wrong.encode() + b'", broken').text,
            client.post("/users/me/password", json={"current_password": wrong, "new_password": password}).text,
            client.post("/auth/refresh", json={"refresh_token": grant["refresh_token"] + "x"}).text,
            client.get(f"/documents?token={made}").text, httpx.get(f"{server.url}/sign-in/google?code=canary-code-77&state=canary-state-77").text,
            client.get("/documents", headers={"Authorization": f"Bearer {made}x"}).text,
            client.get("/nowhere", headers={"Cookie": f"lm_refresh={grant['refresh_token']}"}).text,
            client.get("/users/me/tokens").text, client.get("/users/me/sessions").text, httpx.get(f"{server.url}/metrics").text,
        ]
        account = Account(client, "ada@example.org", grant)
        # Children parse it; what they are started with is read while they run.
        children: dict[int, str] = {}
        assert server.process is not None
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                for found in pathlib.Path("/proc").glob("[0-9]*"):
                    try:
                        if int((found / "stat").read_text().rsplit(")", 1)[1].split()[1]) != server.process.pid:
                            continue
                        for what in ("cmdline", "environ"):
                            text = (found / what).read_text(errors="replace")
                            # Between fork and exec a child is still the server by name and surroundings.
                            if (found / "exe").readlink() == pathlib.Path(f"/proc/{server.process.pid}/exe").readlink():
                                break
                            children[int(found.name)] = children.get(int(found.name), "") + text
                    except OSError:
                        pass

        watcher = threading.Thread(target=watch)
        watcher.start()
        for number in range(20):
            account.bring(f"cells{number}.html", b"<html><body><h1>Cells %d</h1><p>A cell has a membrane.</p></body></html>" % number)
            if children:
                break
        talk = account.conversation()
        client.post(f"/chat/conversations/{talk}/messages", json={"content": "What has a cell?"})
        stop.set()
        watcher.join()
        assert children, "no child was seen"
        texts += list(children.values())
        texts.append(pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_text())
        texts.append(subprocess.run([binary(), "settings"], env={**os.environ, **CANARIES}, capture_output=True, text=True).stdout)
        secrets = [password, wrong, made, grant["access_token"], grant["refresh_token"], "canary-code-77", "canary-state-77", *CANARIES.values()]
        secrets += [line.split()[1] for name in ("signing.key", "sealing.key") for line in (server.data / name).read_text().splitlines()]
        for text in [*texts, server.log.read_text(errors="replace")]:
            for secret in secrets:
                assert secret not in text, f"{secret[:24]} in {text[:200]}"
        # Neither a dump nor a debugger of the same user sees its memory.
        limits = pathlib.Path(f"/proc/{server.process.pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0", limits)
        server.process.send_signal(6)
        server.process.wait(20)
        assert not list(tmp_path.rglob("core*")) and not list(pathlib.Path.cwd().glob("core*"))
    finally:
        server.stop()
