"""Drives a real `lm serve` that talks with a language model and a provider of pictures; see `Tests/Parts/companion`."""
from __future__ import annotations

import asyncio
import base64
import contextlib
import http.server
import io
import json
import pathlib
import sqlite3
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as xml
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import openai  # noqa: E402
import pydantic  # noqa: E402
from openai.types import ImagesResponse  # noqa: E402
from openai.types.image_generate_params import ImageGenerateParamsNonStreaming  # noqa: E402
from PIL import Image  # noqa: E402
from server import Account, Server  # noqa: E402
from websockets.asyncio.client import connect  # noqa: E402

from llama import NAME, Llama  # noqa: E402

CELLS = b"# Cells\n\nEvery cell carries the same plan, which is its DNA. Enzymes copy the DNA before a cell divides. The cell membrane surrounds the cell."


@contextlib.contextmanager
def study(**settings: str) -> Iterator[tuple[Server, Account]]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "data", **settings).start()
        try:
            account = server.account("ada@example.org", "Ada")
            account.client.timeout = 900
            account.bring("cells.md", CELLS)
            yield server, account
        finally:
            server.stop()


def says(server: Server, account: Account, session: str, *texts: str) -> list[dict]:
    """What the companion answers, one after the other."""
    async def talk() -> list[dict]:
        answers = []
        address = f"{server.url.replace('http', 'ws')}/api/v1/voice/live?session_id={session}"
        async with connect(address, subprotocols=["lm.talk.v1", f"bearer.{account.session['access_token']}"], max_size=None) as client:
            for text in texts:
                await client.send(json.dumps({"type": "text", "text": text}))
                async with asyncio.timeout(900):
                    while True:
                        message = await client.recv()
                        told = json.loads(message) if isinstance(message, str) else {"type": "sound"}
                        assert told["type"] != "error", told
                        if told["type"] == "answer":
                            answers.append(told)
                            break
        return answers

    return asyncio.run(talk())


def session(account: Account, persona: str = "rose") -> str:
    answer = account.client.post("/session/start", json={"persona": persona, "language": "en"})
    assert answer.status_code == 201, answer.text
    return answer.json()["session_id"]


def until(found, seconds: float = 300):
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.3)
    return value


# A provider of pictures.

def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 24), "white").save(file, "PNG")
    return file.getvalue()


class Painter(http.server.BaseHTTPRequestHandler):
    """`/v1/images/generations` that takes what OpenAI's client may send, and answers what it may read."""
    requests = pydantic.TypeAdapter(ImageGenerateParamsNonStreaming)
    asked: list[dict] = []
    faults: list[str] = []
    behaves = "well"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/images/generations" or self.headers["Authorization"] != "Bearer sk-right":
            return self.answer(401, {"error": {"message": "Incorrect API key provided.", "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}})
        asked = json.loads(body)
        type(self).asked.append(asked)
        try:
            self.requests.validate_python(asked)
            unknown = set(asked) - set(ImageGenerateParamsNonStreaming.__annotations__) - {"model", "prompt", "n", "size", "response_format"}
            assert not unknown, unknown
        except Exception as fault:  # noqa: BLE001
            type(self).faults.append(repr(fault))
        if self.behaves == "broken":
            return self.answer(500, {"error": {"message": "The server had an error.", "type": "server_error", "param": None, "code": None}})
        if self.behaves == "cut off":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"created": 1, "data": [{"b64_json": "iVBOR')
            self.close_connection = True
            return None
        picture = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>" if self.behaves == "lying" else png()
        answer = ImagesResponse.model_validate({"created": 1, "data": [{"b64_json": base64.b64encode(picture).decode()}]}, strict=True)
        return self.answer(200, answer.model_dump(mode="json", exclude_none=True))

    def answer(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def pictures() -> None:
    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Painter)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{provider.server_port}/v1"
    # OpenAI's own client first.
    own = openai.OpenAI(base_url=url, api_key="sk-right", max_retries=0).images.generate(model="sd", prompt="x", response_format="b64_json")
    assert base64.b64decode(own.data[0].b64_json) == png()
    Painter.asked.clear()

    def drawn(server: Server, account: Account) -> tuple[str, bytes]:
        [answer] = says(server, account, session(account), "Draw a diagram of the cell")
        picture = account.client.get(f"/{answer['image_url']}")
        assert picture.status_code == 200 and "Every cell carries the same plan" in answer["text"], answer
        return picture.headers["Content-Type"], picture.content

    with study(LM_IMAGE_URL=url, LM_IMAGE_KEY="sk-right", LM_IMAGE_MODEL="sd") as (server, account):
        assert drawn(server, account) == ("image/png", png())
        assert not Painter.faults and Painter.asked[0]["model"] == "sd" and "cell" in Painter.asked[0]["prompt"], (Painter.faults, Painter.asked)
        for behaviour in ["broken", "cut off", "lying"]:
            Painter.behaves = behaviour
            kind, content = drawn(server, account)
            assert kind == "image/svg+xml" and b">cell</text>" in content, (behaviour, kind)
        Painter.behaves = "well"
        provider.shutdown()
        provider.server_close()
        began = time.monotonic()
        assert drawn(server, account)[0] == "image/svg+xml" and time.monotonic() - began < 30
    with study(LM_IMAGE_URL=url, LM_IMAGE_KEY="sk-wrong") as (server, account):
        assert drawn(server, account)[0] == "image/svg+xml"


# A language model.

def told(asked: dict) -> str:
    return "\n".join(message["content"] for message in asked["messages"])


def model(folder: pathlib.Path) -> None:
    llama = Llama(folder)

    def asked(*parts: str) -> bool:
        """Whether the model was asked something with all of these in it."""
        return any(all(part in told(request) for part in parts) for request in llama.asked)

    try:
        with study(LM_OPENAI_URL=llama.url, LM_OPENAI_MODEL=NAME, LM_CONTEXT_WINDOW="4096") as (server, account):
            began = session(account, "coach")
            [small] = says(server, account, began, "I passed my exam!")
            # The job that remembers asks too.
            assert small["text"].strip() and asked("cheerful study coach"), small
            writer = account.messages(began)[-1]["usage"]["model"]
            assert writer in (NAME, "little-monster"), writer
            print(f"small talk by {writer}: {small['text'][:80]!r}", file=sys.stderr)

            # A base model draws no SVG that passes: the documents are laid out then, and nothing of its own is shown.
            [drawn] = says(server, account, began, "Draw a diagram of the cell")
            assert asked("one SVG document")
            picture = account.client.get(f"/{drawn['image_url']}")
            allowed = {"svg", "g", "rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "text", "tspan", "marker", "defs", "title", "desc"}
            assert picture.headers["Content-Type"] == "image/svg+xml"
            assert {element.tag.rsplit("}", 1)[-1] for element in xml.fromstring(picture.content).iter()} <= allowed, picture.text

            # A cited answer in the persona's manner: whatever the model says, it ends, and cites nothing that was not found.
            [answer] = says(server, account, began, "What does every cell carry?")
            assert asked("<manner>", "cheerful study coach", "Every cell carries the same plan", "Question: What does every cell carry?")
            message = account.messages(began)[-1]
            assert message["status"] == "completed" and message["usage"]["model"] == NAME, message
            assert all(citation["quote"] for citation in message["citations"])
            print(f"cited answer: {answer['text'][:80]!r}, {len(message['citations'])} citations", file=sys.stderr)

            # What is remembered: the rules' words, and of the model's only what the student said.
            says(server, account, began, "My exam is on 12 December.")
            until(lambda: asked("<message>", "12 December"))
            memories = until(lambda: account.client.get("/memories").json()["data"])
            assert any("12 December" in memory["text"] for memory in memories), memories

            # A long conversation in short.
            long = session(account)
            says(server, account, long, *["Who are you?"] * 11)
            assert asked("Sum up this conversation", "Student: Who are you?")

            def summary() -> str | None:
                with sqlite3.connect(f"file:{server.data}/little-monster.db?mode=ro", uri=True) as database:
                    [found] = database.execute("SELECT summary FROM chat_conversations WHERE summary IS NOT NULL").fetchone() or [None]
                    return found

            print(f"summary: {until(summary)[:80]!r}", file=sys.stderr)
            says(server, account, long, "Thank you")
            assert asked("Before in this conversation: ")

            # The model dies in the middle: the talk goes on in the companion's own words.
            llama.process.kill()
            llama.process.wait(20)
            [own] = says(server, account, long, "Thank you")
            assert own["text"] == "You are welcome.", own
        speed = "llama.cpp without vector instructions" if llama.slow else "llama-server"
        print(f"RAN companion: {len(llama.asked)} requests to {NAME} on {speed}", file=sys.stderr)
    finally:
        llama.close()


pictures()
print("RAN companion: a provider of pictures, requests and answers as OpenAI's client types them", file=sys.stderr)
model(pathlib.Path(sys.argv[1]))
