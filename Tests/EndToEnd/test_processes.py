"""Two processes on one database: what one does, the other's users see at once."""

from __future__ import annotations

import contextlib
import itertools
import json
import pathlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import httpx
import pytest

from papers import long_pdf, note
from postgres import Postgres
from server import Account, Server
from slow_model import SlowModel


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[Callable[..., Server]]:
    """Makes servers on one fresh database and data folder; stops them at the end."""
    settings = {} if request.param == "sqlite" else {"LM_DATABASE_URL": request.getfixturevalue("postgres").database()}
    servers: list[Server] = []

    def make(*arguments: str, **more: str) -> Server:
        server = Server(tmp_path / "data", *arguments, log=f"{len(servers)}.log", **settings, **more)
        servers.append(server)
        return server.start()

    yield make
    for server in servers:
        server.stop()


class Heard(NamedTuple):
    at: float
    type: str
    payload: dict


class Events:
    """Follows an account's events on a thread; `until` waits for one."""

    def __init__(self, server: Server, account: Account) -> None:
        self.all: list[Heard] = []
        self.changed = threading.Condition()
        self.failure: Exception | None = None
        begun = threading.Event()

        def follow() -> None:
            try:
                headers = {"Authorization": account.client.headers["Authorization"]}
                with httpx.stream("GET", f"{server.url}/api/v1/events", headers=headers, timeout=None) as stream:
                    assert stream.status_code == 200
                    for line in stream.iter_lines():
                        begun.set()
                        if line.startswith("data: {\"event_id\""):
                            event = json.loads(line[6:])
                            with self.changed:
                                self.all.append(Heard(time.monotonic(), event["event_type"], event["payload"]))
                                self.changed.notify_all()
            except Exception as failure:  # the stream ends with the server
                self.failure = failure

        threading.Thread(target=follow, daemon=True).start()
        assert begun.wait(20), f"the stream does not begin: {self.failure}"

    def until(self, wanted: Callable[[Heard], bool], seconds: float = 120) -> Heard:
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                found = next((event for event in self.all if wanted(event)), None)
                if found:
                    return found
                assert self.changed.wait(deadline - time.monotonic()), f"not heard in {seconds} s: {self.all[-5:]}"


def test_progress_and_completion_of_a_document_that_another_process_reads(place) -> None:
    # The worker first: on the embedded database it holds the lock of the jobs.
    worker = place("serve", "jobs")
    front = place("serve", "auth,llm")
    account = front.account("reader@example.org")
    events = Events(front, account)
    began = time.monotonic()
    document = account.upload("handbook.pdf", long_pdf(60)).json()

    first = events.until(lambda event: event.type == "document.progress" and event.payload["id"] == document["id"])
    done = events.until(lambda event: event.type == "document.processed" and event.payload["id"] == document["id"])
    # Read by the other process: this one has no worker.
    assert "jobs_attempts_total" in httpx.get(f"{worker.url}/metrics").text
    assert "jobs_attempts_total" not in httpx.get(f"{front.url}/metrics").text
    # New work wakes the other's worker; a second is far more than either database needs.
    assert first.at - began < 1.5, first.at - began
    progress = [event for event in events.all if event.type == "document.progress"]
    assert len({(event.payload["progress"]["stage"], event.payload["progress"]["done"]) for event in progress}) > 5
    assert {event.payload["progress"]["stage"] for event in progress} >= {"extracting", "embedding"}
    assert progress[-1].at <= done.at, "no progress after completion"

    # The stream is prompt: the document is completed in the table hardly before it is told.
    headers = {"Authorization": account.client.headers["Authorization"]}
    job = httpx.get(f"{worker.url}/api/v1/jobs/{document['job_id']}", headers=headers).json()
    assert job["state"] == "succeeded"
    second = account.upload("note.md", note("Note", "A valve opens at 417 kilopascals, says the second document.")).json()
    seen = account.until(second["id"], lambda found: found["status"] == "completed")
    told = time.monotonic()
    late = events.until(lambda event: event.type == "document.processed" and event.payload["id"] == second["id"], 5).at - told
    assert seen and late < 1, late


def test_signals_are_written_only_while_another_process_lives(tmp_path: pathlib.Path) -> None:
    alone = Server(tmp_path / "data", "serve", log="alone.log").start()
    other = Server(tmp_path / "data", "serve", "auth,llm", log="other.log")

    def signals() -> int:
        with contextlib.closing(sqlite3.connect(f"file:{tmp_path}/data/little-monster.db?mode=ro", uri=True)) as database:
            return database.execute("SELECT coalesce(max(id), 0) FROM process_signals").fetchone()[0]

    numbers = itertools.count(1)

    def bring() -> None:
        number = next(numbers)
        account.bring(f"{number}.md", note(f"Valve {number}", f"Valve {number} opens at {400 + number} kilopascals."))

    try:
        account = alone.account("alone@example.org")
        bring()
        assert signals() == 0
        other.start()
        deadline = time.monotonic() + 60
        while signals() == 0:
            assert time.monotonic() < deadline
            bring()
        # However a listener dies, it is gone. What was on its way when it died may still be written.
        other.kill()
        bring()
        told = signals()
        bring()
        assert signals() == told
    finally:
        alone.stop()
        other.stop()


def test_a_job_that_one_process_cancels_stops_in_the_other(place) -> None:
    worker = place("serve", "jobs")
    front = place("serve", "auth,llm")
    account = front.account("canceller@example.org")
    document = account.upload("handbook.pdf", long_pdf(300)).json()
    account.until(document["id"], lambda found: found["status"] == "processing" and found["progress"]["stage"] == "embedding", 120)
    began = time.monotonic()
    # Deleting the document cancels its job here; the worker is in the other process.
    assert account.client.delete(f"/documents/{document['id']}").status_code == 204
    headers = {"Authorization": account.client.headers["Authorization"]}
    while True:
        job = httpx.get(f"{worker.url}/api/v1/jobs/{document['job_id']}", headers=headers).json()
        if job["state"] != "running":
            break
        assert time.monotonic() - began < 20
        time.sleep(0.02)
    # Well before the next heartbeat would be due.
    assert time.monotonic() - began < 2, time.monotonic() - began


def test_an_answer_that_one_process_stops_ends_in_the_other(place) -> None:
    model = SlowModel(pause=0.5)
    try:
        place("serve", "jobs")
        writer = place("serve", "auth,llm", **model.settings)
        other = place("serve", "auth,llm", **model.settings)
        account = writer.account("stopper@example.org")
        account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
        conversation = account.conversation()
        elsewhere = other.sign_in(account.email)
        ended: list[float] = []
        body = {"content": "When does the Halvorsen valve open?"}
        stopped = 0.0
        with account.client.stream(
            "POST", f"/chat/conversations/{conversation}/messages", json=body, headers={"Accept": "text/event-stream"}
        ) as answer:
            for line in answer.iter_lines():
                if not stopped and line.startswith("data:") and "text" in line and "handbook" in line:
                    message = elsewhere.messages(conversation)[-1]
                    stopped = time.monotonic()
                    done = elsewhere.client.post(f"/chat/messages/{message['id']}/stop")
                    assert done.status_code == 200 and done.json()["status"] == "stopped", done.text
            ended.append(time.monotonic())
        assert stopped and ended[0] - stopped < 2, ended[0] - stopped
        assert account.messages(conversation)[-1]["status"] == "stopped"
    finally:
        model.close()
