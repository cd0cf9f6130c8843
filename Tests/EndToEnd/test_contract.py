"""The contract as scripts use it, word by word, over plain HTTP."""

from __future__ import annotations

import json
import socket

import httpx
import pytest

from conftest import unique_email
from papers import encrypted_pdf, note
from server import PASSWORD, Account, Server

FOX = note("Foxes", "The fennec fox cools itself with ears that are half as long as its body.", "It drinks almost nothing.")


def test_register_log_in_refresh_and_log_out(server: Server) -> None:
    client = httpx.Client(base_url=f"{server.url}/api/v1", timeout=30)
    email = unique_email()
    made = client.post("/auth/register", json={"email": email, "password": PASSWORD, "display_name": "Fox"})
    assert made.status_code == 201
    body = made.json()
    assert body["user"]["email"] == email and body["user"]["display_name"] == "Fox" and body["user"]["role"]
    assert body["token_type"] == "Bearer" and body["expires_in"] > 0
    assert client.post("/auth/login", json={"email": email, "password": PASSWORD}).status_code == 200
    me = client.get("/users/me", headers={"Authorization": f"Bearer {body['access_token']}"})
    assert me.status_code == 200 and me.json()["email"] == email
    renewed = client.post("/auth/refresh", json={"refresh_token": body["refresh_token"]})
    assert renewed.status_code == 200 and renewed.json()["refresh_token"] != body["refresh_token"]
    # Two tabs may show the same refresh token at once: both get the same successor, and both stay signed in.
    other = client.post("/auth/login", json={"email": email, "password": PASSWORD}).json()["refresh_token"]
    once, again = (client.post("/auth/refresh", json={"refresh_token": other}) for _ in range(2))
    assert once.status_code == again.status_code == 200
    assert once.json()["refresh_token"] == again.json()["refresh_token"] != other
    out = client.post("/auth/logout", json={"refresh_token": renewed.json()["refresh_token"]}, headers={"Authorization": f"Bearer {renewed.json()['access_token']}"})
    assert out.status_code in (200, 204)
    assert client.post("/auth/refresh", json={"refresh_token": renewed.json()["refresh_token"]}).status_code == 401


@pytest.mark.parametrize("method, path", [("GET", "/documents"), ("GET", "/users/me"), ("POST", "/chat/conversations"), ("GET", "/events"), ("POST", "/documents/upload")])
def test_without_a_token_nothing_is_told(server: Server, method: str, path: str) -> None:
    answer = httpx.request(method, f"{server.url}/api/v1{path}")
    assert answer.status_code == 401
    body = answer.json()
    assert body["error"] and body["message"] and body["request_id"]


def test_upload_list_file_search_and_delete(account: Account) -> None:
    answer = account.upload("fox.md", FOX, title="About foxes", subject="Zoology")
    assert answer.status_code == 202
    body = answer.json()
    assert body["title"] == "About foxes" and body["status"] in ("pending", "processing") and body["job_id"]
    document = account.ready(body["id"])
    assert document["chunk_count"] >= 1 and document["progress"]["stage"]
    listing = account.client.get("/documents", params={"page": 1, "limit": 5}).json()
    assert listing["pagination"] == {"page": 1, "limit": 5, "total": 1, "pages": 1}
    file = account.client.get(f"/documents/{body['id']}/file")
    assert file.content == FOX
    part = account.client.get(f"/documents/{body['id']}/file", headers={"Range": "bytes=2-6"})
    assert part.status_code == 206 and part.content == FOX[2:7]
    for mode in ("hybrid", "vector", "keyword"):
        hits = account.client.post("/documents/search", json={"query": "fennec fox ears", "limit": 5, "mode": mode}).json()["data"]
        assert hits and set(hits[0]) >= {"chunk_id", "document_id", "title", "text", "score"}
        assert "half as long" in hits[0]["text"]
    assert account.client.delete(f"/documents/{body['id']}").status_code == 204
    assert account.client.get(f"/documents/{body['id']}").status_code == 404
    assert account.client.post("/documents/search", json={"query": "fennec fox ears", "limit": 5}).json()["data"] == []


def test_an_answer_as_json_and_as_a_stream_that_resumes(account: Account) -> None:
    account.bring("fox.md", FOX)
    conversation = account.conversation()
    path = f"/chat/conversations/{conversation}/messages"
    whole = account.client.post(path, json={"content": "How does the fennec fox cool itself?"})
    assert whole.status_code == 200
    message = whole.json()
    assert message["role"] == "assistant" and message["citations"] and "usage" in message
    citation = message["citations"][0]
    assert set(citation) >= {"number", "document_id", "chunk_id", "title", "quote", "start", "end", "score"}
    assert f"[{citation['number']}]" in message["content"]
    chunk = account.client.get(f"/documents/{citation['document_id']}/chunks/{citation['chunk_id']}").json()
    assert chunk["text"][citation["start"] : citation["end"]] == citation["quote"]

    with account.client.stream("POST", path, json={"content": "What does the fox drink?"}, headers={"Accept": "text/event-stream"}) as answer:
        raw = b"".join(answer.iter_raw()).decode()
    events = parse(raw)
    names = [event["event"] for event in events]
    assert names[0] == "message.started" and names[-1] == "message.completed"
    assert "retrieval" in names and "delta" in names
    assert all(event["id"] for event in events)
    final = events[-1]["data"]
    middle = events[len(events) // 2]["id"]
    again = account.client.get(f"/chat/messages/{final['id']}/stream", headers={"Last-Event-ID": middle})
    assert again.text and raw.endswith(again.text), "a resumed stream must be the same bytes"


def parse(raw: str) -> list[dict]:
    events = []
    for block in raw.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
        if "data" in fields:
            events.append({"id": fields.get("id"), "event": fields["event"], "data": json.loads(fields["data"])})
    return events


def test_clear_errors_for_bad_files_and_the_server_goes_on(account: Account) -> None:
    assert account.upload("empty.txt", b"").status_code in (400, 422)
    assert account.upload("program.exe", b"MZ" + bytes(4000)).status_code == 415
    locked = account.upload("locked.pdf", encrypted_pdf())
    if locked.status_code == 202:
        failed = account.until(locked.json()["id"], lambda found: found["status"] == "failed")
        assert "password" in json.dumps(failed["error"]).lower()
    else:
        assert locked.status_code == 422
    account.bring("fox.md", FOX)


def test_a_file_beyond_the_limit_is_refused_without_being_read_whole(server: Server, account: Account) -> None:
    def body():
        yield b'--big\r\nContent-Disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
        for _ in range(300):
            yield b"x" * (1 << 20)
        yield b"\r\n--big--\r\n"

    headers = {**account.client.headers, "Content-Type": "multipart/form-data; boundary=big"}
    try:
        status = httpx.post(f"{server.url}/api/v1/documents/upload", content=body(), headers=headers, timeout=120).status_code
    except httpx.WriteError:
        # The server may answer and close while the client is still sending.
        status = 413
    assert status == 413
    assert account.client.get("/documents").json()["data"] == []


def test_an_upload_of_many_megabytes_takes_little_memory(server: Server, account: Account) -> None:
    # Warmed up by one upload, so what the first one loads does not count.
    account.upload("first.pdf", b"%PDF-1.4\n" + bytes(1 << 20))
    before = server.peak_memory()
    answer = account.upload("scans.pdf", b"%PDF-1.4\n" + bytes(150 << 20))
    assert answer.status_code == 202, answer.text
    failed = account.until(answer.json()["id"], lambda found: found["status"] == "failed")
    assert failed["error"]
    assert server.peak_memory() - before < 75 << 20


def test_a_length_beyond_the_limit_is_refused_before_the_body_comes(server: Server, account: Account) -> None:
    head = (
        "POST /api/v1/documents/upload HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {account.session['access_token']}\r\n"
        f"Content-Type: multipart/form-data; boundary=big\r\nContent-Length: {300 << 20}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")


def test_health_readiness_metrics_and_description(server: Server) -> None:
    assert httpx.get(f"{server.url}/health").status_code == 200
    assert httpx.get(f"{server.url}/ready").status_code == 200
    assert "# TYPE" in httpx.get(f"{server.url}/metrics").text
    description = httpx.get(f"{server.url}/openapi.json").json()
    assert description["openapi"].startswith("3.")
    assert "/api/v1/documents/upload" in description["paths"] or "/documents/upload" in description["paths"]


def test_the_pages_policy_allows_no_inline_script(server: Server) -> None:
    answer = httpx.get(server.url)
    policy = answer.headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in policy and "'self'" in scripts
    assert "<script>" not in answer.text and "style=" not in answer.text
    # The same page at every address, its files named from there.
    deep = httpx.get(f"{server.url}/documents/some-deep-link").text
    assert deep != answer.text and deep.replace('="../', '="./') == answer.text
