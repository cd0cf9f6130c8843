"""What is not as it always is reaches the person, the administrator and the channel of alerts; and what the audit log has of the rest."""

from __future__ import annotations

import http.server
import json
import subprocess
import threading
import time

import httpx
import pytest

from mail_server import MailServer
from server import PASSWORD, Account, Server, binary


class Channel:
    """Takes alerts as Slack and Teams do; it is away for the first."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.arrived = threading.Condition()
        channel = self

        class Handler(http.server.BaseHTTPRequestHandler):
            refused = False

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                first, Handler.refused = not Handler.refused, True
                if not first:
                    with channel.arrived:
                        channel.texts.append(body["text"])
                        channel.arrived.notify_all()
                self.send_response(503 if first else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/services/secret"

    def wait(self, count: int, seconds: float = 60) -> list[str]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.texts) >= count, seconds), self.texts
            return list(self.texts)


@pytest.fixture
def post(tmp_path):
    server = MailServer(tmp_path / "mail").start()
    yield server
    server.stop()


def log_of(admin: Account, kind: str, count: int = 1) -> list[dict]:
    """Entries of a kind, once so many are there."""
    for _ in range(300):
        answer = admin.client.get("/admin/audit", params={"kind": kind})
        assert answer.status_code == 200, answer.text
        if len(answer.json()["data"]) >= count:
            return answer.json()["data"]
        time.sleep(0.1)
    raise AssertionError(f"{kind} is not in the audit log")


def told(post: MailServer, address: str, words: str) -> None:
    """That a message to somebody came which says so."""
    with post.arrived:
        assert post.arrived.wait_for(lambda: any(
            message["To"].endswith(address) and words in message["Subject"] + message.get_body(("plain",)).get_content()
            for message in post.messages), 60), [(message["To"], message["Subject"]) for message in post.messages]


def test_many_failures_a_copied_token_and_a_mass_download_reach_everybody_concerned(post: MailServer, serve) -> None:
    channel = Channel()
    server: Server = serve(**post.settings, LM_ALERT_URL=channel.url, LM_ANOMALY_DOWNLOADS="3", LM_LOG_LEVEL="debug")
    ada = server.account("ada@example.org", "Ada")
    ben = server.account("ben@example.org", "Ben", post=post)
    identifier = ben.session["user"]["id"]
    for _ in range(10):
        wrong = httpx.post(f"{server.url}/api/v1/auth/login", json={"email": "ben@example.org", "password": "not the one that it is"})
        assert wrong.status_code == 401
    text = channel.wait(1)[0]
    assert "10 sign-ins to one account failed within 10 minutes" in text and identifier in text and "ben@" not in text, text
    assert "/admin/audit" in text or "Audit log" in text
    told(post, "ben@example.org", "Something about your account")
    told(post, "ada@example.org", "Something about an account of this server")
    assert log_of(ada, "anomaly.sign_in_failures")[0]["subject_id"] == identifier

    spent = ben.session["refresh_token"]
    again = {"refresh_token": spent}
    assert ben.client.post("/auth/refresh", json=again).status_code == 200
    # For ten seconds it gives the same successor; after that somebody has a copy.
    for _ in range(40):
        if ben.client.post("/auth/refresh", json=again).status_code == 401:
            break
        time.sleep(0.5)
    assert "a spent token was shown again" in channel.wait(2)[1]
    before = len(post.messages)
    ben = server.sign_in("ben@example.org")
    log_of(ada, "anomaly.token_reused")

    for number in range(3):
        document = ben.bring(f"note{number}.md", f"# Note {number}\n\nMitochondria number {number} make ATP.\n".encode())
        assert ben.client.get(f"/documents/{document['id']}/file").status_code == 200
    assert "opened 3 different documents" in channel.wait(3)[2]
    post.wait(max(before, 6))
    to = [message["To"] for message in post.messages]
    assert sum("ben@" in each for each in to) >= 3 and sum("ada@" in each for each in to) >= 3, to
    assert "/services/secret" not in server.tail(100_000)
    shown = subprocess.run(
        [binary(), "settings"], env={"PATH": "/usr/bin", "LM_DATA_DIR": str(server.data), "LM_ALERT_URL": channel.url}, capture_output=True, text=True)
    assert "LM_ALERT_URL" in shown.stdout and "/services/secret" not in shown.stdout


def test_the_audit_log_has_keys_settings_exports_and_every_way_in_that_failed(serve) -> None:
    server: Server = serve()
    ada = server.account("ada@example.org")
    for secret in ("wrong-wrong-wrong", "another"):
        refused = httpx.request("PROPFIND", f"{server.url}/dav/", auth=("ada@example.org", secret), headers={"User-Agent": "Thunderbird/128"})
        assert refused.status_code == 401
    # To be asked for a password is no failure.
    assert httpx.request("PROPFIND", f"{server.url}/dav/").status_code == 401
    failed = log_of(ada, "user.sign_in_failed", 2)
    assert len(failed) == 2 and all(each["subject_id"] == ada.session["user"]["id"] for each in failed)
    assert all("app_password" in json.dumps(each["details"]) for each in failed), failed

    assert ada.client.post("/users/me/export", json={"password": PASSWORD}).status_code == 200
    assert log_of(ada, "user.exported")[0]["subject_id"] == ada.session["user"]["id"]

    environment = {"PATH": "/usr/bin", "LM_DATA_DIR": str(server.data)}
    subprocess.run([binary(), "keys", "rotate"], env=environment, check=True, capture_output=True)
    assert log_of(ada, "installation.keys_rotated")

    server.stop()
    server.settings |= {"LM_AUDIT_DAYS": "30"}
    server.start()
    ada = server.sign_in("ada@example.org")
    changed = log_of(ada, "installation.settings_changed")
    assert json.dumps(changed[0]["details"]).count("LM_") == 1 and "LM_AUDIT_DAYS" in json.dumps(changed[0]["details"]), changed
    server.stop()
    checked = subprocess.run([binary(), "audit", "verify"], env=environment, capture_output=True, text=True)
    assert checked.returncode == 0 and "as written" in checked.stdout, checked.stdout + checked.stderr
