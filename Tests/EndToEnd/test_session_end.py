"""What is still being sent ends with the session that asked for it, wherever that was ended."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from app import App
from papers import note
from server import Account, Server

VALVE = note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals.")
#: Seconds until a stream has to have ended; far less than an answer takes, or a silent stream lives.
SOON = 3


class Stream:
    """Reads a stream on a thread of its own; its lines come as they come, None at its end."""

    def __init__(self, account: Account, method: str, path: str, body: dict | None = None) -> None:
        self.lines: queue.Queue[str | None] = queue.Queue()
        self._client = httpx.Client(base_url=account.client.base_url, headers={**account.client.headers, "Accept": "text/event-stream"}, timeout=60)
        self._thread = threading.Thread(target=self._read, args=(method, path, body), daemon=True)
        self._thread.start()

    def _read(self, method: str, path: str, body: dict | None) -> None:
        try:
            with self._client.stream(method, path, json=body) as response:
                assert response.status_code == 200
                for line in response.iter_lines():
                    self.lines.put(line)
        except httpx.TransportError:
            pass
        finally:
            self.lines.put(None)

    def until(self, start: str) -> None:
        while (line := self.lines.get(timeout=30)) is not None:
            if line.startswith(start):
                return
        raise AssertionError(f"the stream ended before a line that begins with {start}")

    def rest(self) -> list[str]:
        """What still comes, and only if the end comes soon."""
        lines = []
        while (line := self.lines.get(timeout=SOON)) is not None:
            lines.append(line)
        return lines

    def close(self) -> None:
        self._client.close()
        self._thread.join(5)


@contextmanager
def streams(account: Account, talk: str) -> Iterator[tuple[Stream, Stream]]:
    events = Stream(account, "GET", "/events")
    answer = Stream(account, "POST", f"/chat/conversations/{talk}/messages", {"content": "When does the Halvorsen valve open?"})
    try:
        answer.until("event: delta")
        events.until("event:")
        yield events, answer
    finally:
        events.close()
        answer.close()


@pytest.mark.parametrize("way", ["everywhere", "this device alone"])
def test_an_answer_and_the_events_end_when_their_session_is_ended_elsewhere(slow_server: Server, way: str) -> None:
    here = slow_server.account(f"ended-{way.split()[0]}@example.org")
    here.bring("valve.md", VALVE)
    talk = here.conversation()
    elsewhere = slow_server.sign_in(here.email)
    with streams(here, talk) as (events, answer):
        if way == "everywhere":
            assert elsewhere.client.post("/auth/logout-all", json={}).status_code == 204
        else:
            others = [each["id"] for each in elsewhere.client.get("/users/me/sessions").json()["data"] if not each["current"]]
            assert len(others) == 1
            assert elsewhere.client.delete(f"/users/me/sessions/{others[0]}").status_code == 204
        assert "event: message.completed" not in answer.rest()
        events.rest()
    assert here.client.get("/users/me").status_code == 401
    if way == "everywhere":
        return
    # Nobody stopped the answer itself: it is there for whoever is signed in.
    while (last := elsewhere.messages(talk)[-1])["status"] == "streaming":
        pass
    assert last["status"] == "completed" and last["content"].endswith("end.")


def test_a_page_whose_session_ends_elsewhere_while_an_answer_is_written_asks_to_sign_in(slow_app: App, slow_account: Account, slow_server: Server) -> None:
    slow_account.bring("valve.md", VALVE)
    slow_app.go("Ask")
    slow_app.ask("When does the Halvorsen valve open?")
    expect(slow_app.answer).to_contain_text("word2")
    slow_server.sign_in(slow_account.email).client.post("/auth/logout-all", json={})
    expect(slow_app.page.get_by_text("Your session has ended.")).to_be_visible()
