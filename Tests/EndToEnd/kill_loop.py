"""Students upload, ask, review and write while the server is killed at random moments. At the end all that was acknowledged is there,
once, and the database finds nothing wrong with itself."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import subprocess
import sys
import threading
import time
import uuid

import httpx

from postgres import Postgres
from server import PASSWORD, Server

QUESTION = "Who keeps the road?"


class Student(threading.Thread):
    """Does one thing after the other; what was not acknowledged is done again, where it can be told that it is the same."""

    def __init__(self, loop: "KillLoop") -> None:
        super().__init__(daemon=True)
        self.loop, self.fault = loop, None

    def run(self) -> None:
        number = 0
        while not self.loop.ends.is_set():
            try:
                if self.act(number):
                    number += 1
            except httpx.TransportError:
                time.sleep(0.02)
            except Exception as error:  # told by the loop, in its own thread
                self.fault = repr(error)
                return

    def send(self, method: str, path: str, **more) -> httpx.Response | None:
        """None if it has to be tried again: the server is on its way, or so busy that it says so."""
        answer = self.loop.client.request(method, path, **more)
        # 409: an answer that the last kill cut off is still being brought to its end.
        if answer.status_code in (401, 503) or answer.status_code == 409 and path.endswith("/messages"):
            time.sleep(0.05)
            return None
        assert answer.status_code in (200, 201, 202), f"{path}: {answer.status_code} {answer.text}"
        return answer

    def act(self, number: int) -> bool:
        raise NotImplementedError

    def check(self) -> str:
        raise NotImplementedError


def road(number: int) -> bytes:
    body = "\n\n".join(f"Milestone {place} of road {number} stands beside a well." for place in range(8))
    return f"# Road {number}\n\nThe keeper of this road is called keeper{number}name.\n\n{body}\n".encode()


class Uploader(Student):
    def __init__(self, loop: "KillLoop") -> None:
        super().__init__(loop)
        self.known: dict[str, int] = {}

    def act(self, number: int) -> bool:
        answer = self.send("POST", "/documents/upload", files={"file": (f"road {number}.md", road(number))})
        if answer is None:
            return False
        self.known[answer.json()["id"]] = number
        # Reading is the slower of the two; the line need not grow without end.
        time.sleep(0.3)
        return True

    def check(self) -> str:
        deadline = time.monotonic() + 120 + 2 * len(self.known)
        while True:
            listed = self.loop.everything("/documents")
            states = {document["id"]: document["status"] for document in listed}
            if all(state == "completed" for state in states.values()):
                break
            assert "failed" not in states.values(), [document for document in listed if document["status"] == "failed"]
            assert time.monotonic() < deadline, states
            time.sleep(0.2)
        assert len(listed) == len(states) == len({document["sha256"] for document in listed}), "a document is there twice"
        assert set(self.known) <= set(states), f"acknowledged and gone: {set(self.known) - set(states)}"
        # One more may have been kept of which the answer was cut off.
        assert len(states) - len(self.known) <= 1, "documents nobody brought"
        for identifier, number in self.known.items():
            assert self.loop.client.get(f"/documents/{identifier}/file").content == road(number), f"file of road {number}"
        for identifier, number in random.Random(1).sample(sorted(self.known.items()), min(10, len(self.known))):
            found = self.loop.client.post("/documents/search", json={"query": f"keeper{number}name", "mode": "keyword", "limit": 3}).json()
            hits = [hit["document_id"] for hit in found["data"]]
            assert hits and set(hits) == {identifier}, f"road {number}: {hits}"
        # Read to its end once, however often it was begun: it is told once, and each of its passages is there once.
        told = self.loop.rows("SELECT payload FROM events WHERE event_type = 'document.processed'")
        for identifier in states:
            assert sum(identifier in payload for (payload,) in told) == 1, f"{identifier} was told {told}"
        doubled = self.loop.rows("SELECT document_id, ordinal FROM chunks GROUP BY document_id, ordinal HAVING count(*) > 1")
        assert doubled == [], doubled
        return f"{len(self.known)} documents"


class Asker(Student):
    """Its messages cannot be told apart by the server, so none is sent twice: one whose answer was cut off is there once or not at all."""

    def __init__(self, loop: "KillLoop") -> None:
        super().__init__(loop)
        self.conversation: str | None = None
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()

    def act(self, number: int) -> bool:
        if self.conversation is None:
            answer = self.send("POST", "/chat/conversations", json={})
            self.conversation = answer.json()["id"] if answer else None
            return False
        text = f"{QUESTION} {uuid.uuid4()}"
        self.sent.add(text)
        answer = self.send("POST", f"/chat/conversations/{self.conversation}/messages", json={"content": text})
        if answer is not None:
            self.acknowledged.add(text)
        time.sleep(0.2)
        return answer is not None

    def check(self) -> str:
        deadline = time.monotonic() + 60
        while True:
            messages = self.loop.everything(f"/chat/conversations/{self.conversation}/messages")
            if all(message["status"] != "streaming" for message in messages):
                break
            assert time.monotonic() < deadline, "an answer is never finished"
            time.sleep(0.2)
        asked = [message["content"] for message in messages if message["role"] == "user"]
        assert len(asked) == len(set(asked)), "a message is there twice"
        assert self.acknowledged <= set(asked) <= self.sent, self.acknowledged - set(asked)
        assert len(messages) == 2 * len(asked), "a question without its answer"
        return f"{len(self.acknowledged)} messages"


class Reviewer(Student):
    """Sends what was not acknowledged again under the same id."""

    def __init__(self, loop: "KillLoop") -> None:
        super().__init__(loop)
        self.deck: str | None = None
        self.card: str | None = None
        self.next = str(uuid.uuid4())
        self.known: set[str] = set()

    def act(self, number: int) -> bool:
        if self.deck is None:
            answer = self.send("POST", "/decks", json={"name": f"Roads {uuid.uuid4()}"})
            self.deck = answer.json()["id"] if answer else None
            return False
        if self.card is None:
            answer = self.send("POST", "/cards", json={"deck_id": self.deck, "front": f"A road {uuid.uuid4()}", "back": "A keeper"})
            self.card = answer.json()["id"] if answer else None
            return False
        answer = self.send("POST", "/reviews", json={"id": self.next, "card_id": self.card, "rating": 3})
        if answer is None:
            return False
        self.known.add(self.next)
        self.next = str(uuid.uuid4())
        time.sleep(0.05)
        return True

    def check(self) -> str:
        kept = [str(identifier) for (identifier,) in self.loop.rows(f"SELECT id FROM card_reviews WHERE card_id = '{self.card}'")]
        assert len(kept) == len(set(kept)) and self.known <= set(kept), self.known - set(kept)
        assert set(kept) - self.known <= {self.next}, "reviews nobody sent"
        return f"{len(self.known)} reviews"


class Writer(Student):
    def __init__(self, loop: "KillLoop") -> None:
        super().__init__(loop)
        self.known: dict[str, str] = {}

    def act(self, number: int) -> bool:
        text = f"Line {number} {uuid.uuid4()}"
        answer = self.send("POST", "/notes", json={"title": f"Note {number}", "content": text})
        if answer is None:
            return False
        self.known[answer.json()["id"]] = text
        time.sleep(0.1)
        return True

    def check(self) -> str:
        for identifier, text in self.known.items():
            answer = self.loop.client.get(f"/notes/{identifier}")
            assert answer.status_code == 200 and text in answer.json()["content"], f"note {identifier}"
        return f"{len(self.known)} notes"


class KillLoop:
    def __init__(self, server: Server, postgres: Postgres | None, seed: int) -> None:
        self.server, self.postgres, self.source = server, postgres, random.Random(seed)
        self.ends = threading.Event()
        self.client = httpx.Client(timeout=60)
        self.account = {"email": "ada@example.org", "password": PASSWORD}
        self.students = [kind(self) for kind in (Uploader, Asker, Reviewer, Writer)]

    def begin(self) -> None:
        self.client.base_url = f"{self.server.url}/api/v1"
        answer = self.client.post("/auth/register", json={**self.account, "display_name": "Ada"})
        assert answer.status_code == 201, answer.text
        self.client.headers["Authorization"] = "Bearer " + answer.json()["access_token"]
        for student in self.students:
            student.start()

    def sign_in(self) -> None:
        # A session outlives a restart; a token may have run out by now.
        answer = self.client.post("/auth/login", json=self.account)
        assert answer.status_code == 200, answer.text
        self.client.headers["Authorization"] = "Bearer " + answer.json()["access_token"]

    def check_faults(self) -> None:
        for student in self.students:
            assert student.fault is None, f"{type(student).__name__}: {student.fault}"

    def run(self, kills: int, told: bool = False) -> str:
        self.begin()
        for kill in range(kills):
            time.sleep(self.source.uniform(0.05, 1.2))
            self.server.kill()
            # Every few times the database's server goes the same way.
            if self.postgres is not None and kill % 5 == 4:
                self.postgres.crash()
            self.server.start()
            self.check_faults()
            if kill % 20 == 19:
                self.sign_in()
                if told:
                    print(f"soak: {kill + 1} kills", file=sys.stderr)
        return self.finish()

    def finish(self) -> str:
        # So that each has come to something, however slow the machine is.
        time.sleep(1)
        self.ends.set()
        for student in self.students:
            student.join(60)
        self.check_faults()
        self.sign_in()
        facts = [student.check() for student in self.students]
        self.server.stop()
        self.check_database()
        return ", ".join(facts)

    def everything(self, path: str) -> list[dict]:
        listed, page = [], 1
        while chunk := self.client.get(path, params={"page": page, "limit": 100}).json()["data"]:
            listed += chunk
            page += 1
        return listed

    def rows(self, sql: str) -> list[tuple]:
        if self.postgres is not None:
            return self.postgres.rows(sql)
        with contextlib.closing(sqlite3.connect(self.server.data / "little-monster.db", timeout=10)) as base:
            return base.execute(sql).fetchall()

    def check_database(self) -> None:
        if self.postgres is not None:
            self.postgres.check()
            return
        with contextlib.closing(sqlite3.connect(self.server.data / "little-monster.db")) as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
