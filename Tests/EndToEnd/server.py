"""A real `lm serve` with a data folder of its own, which a test may kill and start again."""

from __future__ import annotations

import os
import pathlib
import random
import signal
import socket
import subprocess
import time
import typing

import httpx

if typing.TYPE_CHECKING:
    from mail_server import MailServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "violet lantern under nine bridges"


def binary() -> str:
    named = os.environ.get("LM_BINARY")
    candidates = [named] if named else [ROOT / ".build/debug/lm", ROOT / ".build/release/lm"]
    for candidate in candidates:
        if pathlib.Path(candidate).is_file():
            return str(candidate)
    raise FileNotFoundError(f"none of these is built: {', '.join(map(str, candidates))}. Set LM_BINARY or run make build.")


def free_port() -> int:
    """Below those that the system gives to connections, one of which could take it before the server does, or while it restarts."""
    # Those who test side by side take theirs from different parts, so that none takes another's between the look and the start.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 4
    while True:
        port = 15_000 + 4 * random.randrange(4_000) + worker
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Server:
    """Speaks to the process only as a user can: by signals, its log and HTTP."""

    def __init__(
        self, data: pathlib.Path, *command: str, log: str | None = None, prefix: list[str] | None = None, **settings: str
    ) -> None:
        self.data = data
        self.prefix = prefix or []
        self.command = command or ("serve",)
        self.port = free_port()
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data.parent / (log or f"{data.name}.log")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_") or key == "LM_MODEL_DIR"}
        environment |= {"LM_DATA_DIR": str(self.data), "LM_RATE_LIMITS": "off", "LM_SPEECH": "off", "LM_WEB_DIR": str(ROOT / "Web/dist")}
        environment |= self.settings
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, binary(), *self.command, "--host", "127.0.0.1", "--port", str(self.port)],
                env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )
        self.wait_until_healthy()
        return self

    def wait_until_healthy(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"lm ended with {self.process.returncode}:\n{self.tail()}")
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"lm did not become healthy:\n{self.tail()}")

    def kill(self) -> None:
        """As a power cut would: no handler runs."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """As an administrator would; answers the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode

    def peak_memory(self) -> int:
        """The most bytes of memory that the process itself, without its children, has had resident."""
        assert self.process is not None
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) << 10

    def tail(self, lines: int = 40) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def account(self, email: str, name: str = "Someone", post: "MailServer | None" = None) -> "Account":
        """A client signed in as a new account. `post` has the link that newcomers are mailed where mail is sent."""
        client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=60)
        answer = client.post("/auth/register", json={"email": email, "password": PASSWORD, "display_name": name})
        if post and answer.status_code == 202:
            answer = client.post("/auth/confirm-sign-up", json={"token": post.sign_up_token(email), "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return Account(client, email, answer.json())

    def sign_in(self, email: str) -> "Account":
        client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=60)
        answer = client.post("/auth/login", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Account(client, email, answer.json())


class Account:
    """The API as one account sees it."""

    def __init__(self, client: httpx.Client, email: str, session: dict) -> None:
        self.client = client
        self.email = email
        self.session = session
        client.headers["Authorization"] = f"Bearer {session['access_token']}"

    def upload(self, name: str, content: bytes, **fields: str) -> httpx.Response:
        return self.client.post("/documents/upload", files={"file": (name, content)}, data=fields)

    def bring(self, name: str, content: bytes, **fields: str) -> dict:
        """Uploads and waits until the document is ready."""
        answer = self.upload(name, content, **fields)
        assert answer.status_code in (200, 202), answer.text
        return self.ready(answer.json()["id"])

    def document(self, identifier: str) -> dict:
        answer = self.client.get(f"/documents/{identifier}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ready(self, identifier: str, seconds: float = 240) -> dict:
        document = self.until(identifier, lambda found: found["status"] in ("completed", "failed"), seconds)
        assert document["status"] == "completed", document
        return document

    def until(self, identifier: str, condition, seconds: float = 60) -> dict:
        deadline = time.monotonic() + seconds
        document: dict = {}
        while time.monotonic() < deadline:
            document = self.document(identifier)
            if condition(document):
                return document
            time.sleep(0.05)
        raise AssertionError(f"the document did not get there: {document}")

    def conversation(self, **fields: object) -> str:
        answer = self.client.post("/chat/conversations", json=fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def messages(self, conversation: str) -> list[dict]:
        answer = self.client.get(f"/chat/conversations/{conversation}/messages", params={"limit": 100})
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]
