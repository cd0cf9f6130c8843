"""SIGKILL in the middle of things: nothing that was acknowledged is lost, and what was begun is finished."""

from __future__ import annotations

import contextlib
import json
import pathlib
import socket
import sqlite3
import time

import httpx
import pytest

from papers import FACT_PAGE, QUESTION, long_pdf, note
from server import Account, Server
from slow_model import SlowModel


@pytest.fixture
def doomed(tmp_path: pathlib.Path):
    server = Server(tmp_path / "data").start()
    yield server
    server.stop()


def again(server: Server, account: Account) -> Account:
    server.kill()
    server.start()
    return server.sign_in(account.email)


def test_killed_in_the_middle_of_an_upload(doomed: Server) -> None:
    account = doomed.account("upload@example.org")
    kept = account.upload("kept.md", note("Kept", "This note was acknowledged before the power went, so it must be there afterwards."))
    assert kept.status_code == 202
    with socket.create_connection(("127.0.0.1", doomed.port)) as connection:
        body = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="half.pdf"\r\n\r\n' + long_pdf(20)
        head = (
            "POST /api/v1/documents/upload HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {account.session['access_token']}\r\n"
            f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(body) + 5_000_000}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        time.sleep(0.3)
        account = again(doomed, account)
    found = account.client.get("/documents").json()["data"]
    assert [document["title"] for document in found] == ["Kept"]
    account.ready(found[0]["id"])
    # The half file left nothing behind that gets in the way.
    account.bring("whole.pdf", long_pdf(3, title="Whole"))


def test_killed_in_the_middle_of_an_ingestion(doomed: Server) -> None:
    account = doomed.account("ingest@example.org")
    document = account.upload("handbook.pdf", long_pdf(300)).json()
    account.until(document["id"], lambda found: found["status"] == "processing" and found["progress"]["stage"] == "embedding", 120)
    account = again(doomed, account)
    finished = account.ready(document["id"])
    assert finished["page_count"] == 300
    assert finished["chunk_count"] > 0
    hits = account.client.post("/documents/search", json={"query": QUESTION, "limit": 3}).json()["data"]
    assert hits[0]["page"] == FACT_PAGE
    # Each passage is there once, although part of the work was done twice.
    assert len({hit["chunk_id"] for hit in hits}) == len(hits)


@pytest.mark.soak
def test_killed_in_the_middle_of_a_change_of_the_embedding_model(doomed: Server) -> None:
    def rows(sql: str) -> list[tuple]:
        with contextlib.closing(sqlite3.connect(doomed.data / "little-monster.db", timeout=10)) as base:
            return base.execute(sql).fetchall()

    def until(sql: str, seen) -> None:
        deadline = time.monotonic() + 90
        while not seen(rows(sql)):
            assert time.monotonic() < deadline, rows(sql)
            time.sleep(0.05)

    account = doomed.account("models@example.org")
    account.bring("handbook.pdf", long_pdf(80))
    leaf = account.bring("blatt.md", note("Das Blatt", "Die Photosynthese wandelt Licht in Zucker um."))
    doomed.settings["LM_EMBEDDING_MODEL"] = "multilingual-e5-small"
    account = again(doomed, account)
    until("SELECT count(*) FROM other_chunk_vectors", lambda found: found[0][0] > 0)
    account = again(doomed, account)
    # All is found while it goes on, and when it is done; a quick machine may have done it already.
    for known in (["all-MiniLM-L6-v2", "multilingual-e5-small"], ["multilingual-e5-small"]):
        until("SELECT serving FROM search_model", lambda found: found[0][0] in known)
        hits = account.client.post("/documents/search", json={"query": QUESTION, "limit": 3}).json()["data"]
        assert hits[0]["page"] == FACT_PAGE
    assert rows("SELECT DISTINCT embedding_model FROM documents") == [("multilingual-e5-small",)]
    until("SELECT count(*) FROM chunk_vectors", lambda found: found == [(0,)])
    # A question in another language than the text has no word of it.
    hits = account.client.post("/documents/search", json={"query": "how do plants make food from sunlight", "limit": 3}).json()["data"]
    assert hits[0]["document_id"] == leaf["id"]


def test_killed_in_the_middle_of_an_answer(tmp_path: pathlib.Path) -> None:
    model = SlowModel()
    server = Server(tmp_path / "data", **model.settings).start()
    try:
        account = server.account("answer@example.org")
        account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
        conversation = account.conversation()
        seen = stream_until(account, conversation, "word8")
        assert "word8" in seen
        account = again(server, account)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            question, answer = account.messages(conversation)
            if answer["status"] != "streaming":
                break
            time.sleep(0.2)
        assert question["content"] == "When does the Halvorsen valve open?"
        assert answer["status"] == "completed", answer
        assert answer["content"].count("word8 ") == 1
        assert answer["content"].endswith("end.")
    finally:
        server.stop()
        model.close()


def stream_until(account: Account, conversation: str, word: str) -> str:
    """Reads the answer's stream up to a word, then lets go of it."""
    text = ""
    body = {"content": "When does the Halvorsen valve open?"}
    with account.client.stream("POST", f"/chat/conversations/{conversation}/messages", json=body, headers={"Accept": "text/event-stream"}) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("data:"):
                text += json.loads(line[5:]).get("text", "")
            if word in text:
                break
    return text


def test_a_polite_stop_ends_cleanly_and_quickly(doomed: Server) -> None:
    account = doomed.account("stop@example.org")
    document = account.upload("handbook.pdf", long_pdf(60)).json()
    began = time.monotonic()
    with httpx.stream("GET", f"{doomed.url}/api/v1/events", headers=dict(account.client.headers), timeout=30) as events:
        assert events.status_code == 200
        assert doomed.stop() == 0
    assert time.monotonic() - began < 20
    doomed.start()
    doomed.sign_in(account.email).ready(document["id"])
