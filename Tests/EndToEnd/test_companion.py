"""The companion: a WebSocket as a real client sees it, a turn by recording, a live talk, and Talk in the browser."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import re
import subprocess
import time
import wave
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import websockets
from playwright.sync_api import Browser, expect
from websockets.asyncio.client import ClientConnection, connect

from app import App
from conftest import unique_email
from papers import note
from server import ROOT, Account, Server

MODELS = pathlib.Path(os.environ.get("LM_SPEECH_DIR", ROOT / ".models/speech"))
hears = pytest.mark.skipif(not (MODELS / "whisper.bin").exists(), reason="the models of speech are not here")

CELLS = "Every cell of the body carries the same plan, which is its DNA. Enzymes copy the DNA before a cell divides."
ASKED = "What carries every cell of the body?"


@pytest.fixture(scope="module")
def talking(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("talking") / "data", LM_SPEECH_DIR=str(MODELS)).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def ada(talking: Server) -> Account:
    account = talking.account(unique_email(), "Ada")
    account.bring("cells.md", note("Cells", CELLS))
    return account


@pytest.fixture(scope="module")
def question(tmp_path_factory) -> pathlib.Path:
    """A question, spoken by flite, between silences."""
    spoken = tmp_path_factory.mktemp("question") / "question.wav"
    subprocess.run([
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"flite=text='{ASKED}':voice=slt", "-af", "adelay=1000,apad=pad_dur=20", "-t", "24", "-ar", "16000", "-ac", "1", str(spoken),
    ], check=True)
    return spoken


def socket(server: Server, account: Account, session: str, **options) -> connect:
    return connect(
        f"{server.url.replace('http', 'ws')}/api/v1/voice/live?session_id={session}",
        subprotocols=["lm.talk.v1", f"bearer.{account.session['access_token']}"], **options,
    )


def session(account: Account, **fields: object) -> dict:
    answer = account.client.post("/session/start", json=fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def apart(talk: Callable[[], Coroutine[None, None, None]]) -> None:
    """Runs in a thread of its own: the browser's tests have a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(talk())).result()


async def until(client: ClientConnection, kind: str, seen: list[dict] | None = None) -> dict:
    """The next message of a kind; sound is passed over."""
    async with asyncio.timeout(60):
        while True:
            message = await client.recv()
            if isinstance(message, bytes):
                continue
            found = json.loads(message)
            if seen is not None:
                seen.append(found)
            if found["type"] == kind:
                return found


def test_a_socket_is_refused_as_http_and_kept_as_the_standard_says(talking: Server, ada: Account) -> None:
    begun = session(ada)["session_id"]
    address = f"{talking.url.replace('http', 'ws')}/api/v1/voice/live?session_id={begun}"

    async def talk() -> None:
        for options, status in [
            ({}, 401), ({"subprotocols": ["lm.talk.v1", "bearer.wrong"]}, 401), ({"origin": "https://evil.example", "subprotocols": [f"bearer.{ada.session['access_token']}"]}, 403),
        ]:
            with pytest.raises(websockets.InvalidStatus) as refused:
                await connect(address, **options)
            assert refused.value.response.status_code == status
        async with socket(talking, ada, begun, origin=talking.url) as client:
            assert client.subprotocol == "lm.talk.v1"
            # An extension that the client offers is not taken up.
            assert client.protocol.extensions == []
            assert await until(client, "state") == {"type": "state", "state": "listening"}
            await asyncio.wait_for(await client.ping(b"there?"), 10)
            await client.send(['{"type":', '"mute"}'])  # in two fragments
            assert (await until(client, "state"))["state"] == "muted"
            await client.send("no JSON")
            assert (await until(client, "error"))["code"] == "BadRequest"
        async with socket(talking, ada, begun) as client:
            await client.send(b"\0" * (300 << 10))
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await until(client, "never")
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009

    apart(talk)


@hears
def test_a_recording_is_answered_from_the_library_and_spoken(talking: Server, ada: Account, question: pathlib.Path) -> None:
    begun = session(ada, persona="examiner")
    assert "Strict examiner" in begun["greeting"]
    answer = ada.client.post("/voice/process", data={"session_id": begun["session_id"]}, files={"audio": ("q.wav", question.read_bytes())})
    assert answer.status_code == 200, answer.text
    turn = answer.json()
    assert "cell of the body" in turn["transcript"] and "same plan" in turn["text"]
    assert [each["stage"] for each in turn["timings"]] == ["recognition", "memory", "router", "context", "question", "answer", "summary", "speech"]
    sound = ada.client.get(f"/{turn['audio_url']}")
    assert sound.content[:4] == b"RIFF" and abs(len(sound.content) / 44_100 - turn["audio_duration_ms"] / 1000) < 0.1
    assert ada.client.get(f"/{turn['audio_url']}", headers={"Range": "bytes=0-3"}).content == b"RIFF"
    asked, answered = ada.messages(begun["session_id"])
    assert asked["content"] == turn["transcript"] and answered["id"] == turn["message_id"] and answered["citations"]


@hears
def test_a_live_talk_is_heard_answered_and_interrupted(talking: Server, ada: Account, question: pathlib.Path) -> None:
    begun = session(ada)["session_id"]
    with wave.open(str(question)) as file:
        sound = file.readframes(16_000 * 5)

    async def talk() -> None:
        async with socket(talking, ada, begun) as client:

            async def microphone(samples: bytes) -> None:
                for start in range(0, len(samples), 3_200):
                    await client.send(samples[start : start + 3_200])
                    await asyncio.sleep(0.1)

            await until(client, "state")
            speaking = asyncio.create_task(microphone(sound))
            assert "cell of the body" in (await until(client, "heard"))["text"]
            assert "same plan" in (await until(client, "sentence"))["text"]
            # Sound is on its way: the student speaks into it.
            while not isinstance(await client.recv(), bytes):
                pass
            await speaking
            second = asyncio.create_task(microphone(sound[32_000:]))
            began = time.monotonic()
            await until(client, "interrupted")
            # The voice begins a little after the sound does; how fast exactly is the benchmark's.
            assert time.monotonic() - began < 2
            await until(client, "heard")
            await until(client, "sentence")
            await second
        assert len(ada.messages(begun)) == 4

    apart(talk)


def test_distress_drawings_and_personas(talking: Server, ada: Account) -> None:
    begun = session(ada, language="de")["session_id"]

    async def talk() -> None:
        async with socket(talking, ada, begun) as client:
            await client.send(json.dumps({"type": "text", "text": "Ich will nicht mehr leben"}))
            assert "116 123" in (await until(client, "answer"))["text"]
            await client.send(json.dumps({"type": "text", "text": "Zeichne mir ein Diagramm von DNA"}))
            drawn = await until(client, "answer")
            picture = ada.client.get(f"/{drawn['image_url']}")
            assert picture.headers["content-type"] == "image/svg+xml" and "<script" not in picture.text
            assert ">dna</text>" in picture.text

    apart(talk)
    changed = ada.client.put("/companion/personas", json={"key": "rose", "name": "Rosa", "style": "Speak like a gardener.", "speed": 0.8})
    assert changed.status_code == 200, changed.text
    assert session(ada)["persona"]["name"] == "Rosa"
    assert ada.client.put("/companion/personas", json={"key": "rose", "name": "", "style": "x", "speed": 9}).status_code == 400
    assert ada.client.delete("/companion/personas/rose").status_code == 204
    assert session(ada)["persona"]["name"] == "Rose"
    unknown = ada.client.post("/session/start", json={"persona": "nobody"})
    assert unknown.status_code == 400 and "rose, examiner, coach" in unknown.json()["message"]


def test_a_persona_is_made_changed_chosen_and_removed(talking: Server, browser: Browser) -> None:
    email = unique_email()
    account = talking.account(email, "Ada")
    page = browser.new_context(locale="en-GB").new_page()
    app = App(page, talking.url).sign_in(email)
    page.goto(f"{talking.url}/personas")
    cards = page.get_by_role("main").get_by_role("listitem")
    expect(cards).to_have_count(3)
    page.get_by_role("button", name="New persona").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill("Old Professor")
    form.get_by_label("How it speaks").fill("Dry, with a Latin word now and then.")
    form.get_by_label("Its voice").select_option("slt")
    form.get_by_label("Pace").fill("0.8")
    form.get_by_role("button", name="Save").click()
    own = cards.filter(has_text="Old Professor")
    expect(own).to_contain_text("Pace: 0.8×")
    # One that was given is changed, and given back.
    page.get_by_role("button", name="Edit Rose").click()
    form.get_by_label("Name").fill("Rosa")
    form.get_by_role("button", name="Save").click()
    expect(cards.filter(has_text="Rosa")).to_contain_text("Changed by you")
    page.get_by_role("button", name="Undo your changes of Rosa").click()
    expect(page.get_by_role("heading", name="Rose")).to_be_visible()
    # It speaks in a talk, and in the text of the same conversation a model is told its manner.
    own.get_by_role("link", name="Talk with Old Professor").click()
    expect(app.heading("Old Professor")).to_be_visible()
    page.get_by_role("button", name="End talk").click()
    expect(page).to_have_url(re.compile("/talk/"))
    chosen = account.client.get(f"/session/{page.url.rsplit('/', 1)[1].split('?')[0]}").json()["persona"]
    assert (chosen["name"], chosen["voice"], chosen["speed"]) == ("Old Professor", "slt", 0.8)
    page.goto(f"{talking.url}/personas")
    page.get_by_role("button", name="Delete Old Professor").click()
    form.get_by_role("button", name="Delete").click()
    expect(cards).to_have_count(3)
    page.context.close()


@hears
def test_talk_hears_a_question_and_speaks_its_answer(talking: Server, browser: Browser, question: pathlib.Path, tmp_path: pathlib.Path) -> None:
    email = unique_email()
    talking.account(email, "Ada").bring("cells.md", note("Cells", CELLS))
    # As a microphone would give it.
    loud = tmp_path / "question.wav"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(question), "-ar", "48000", str(loud)], check=True)
    hearing = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[
        "--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={loud}",
        "--autoplay-policy=no-user-gesture-required",
    ])
    page = hearing.new_context(locale="en-GB", permissions=["microphone"]).new_page()
    app = App(page, talking.url).sign_in(email)
    app.go("Ask")
    page.get_by_role("link", name="Go on by voice").click()
    state = page.get_by_role("status").filter(has_text="Listening")
    expect(state).to_be_visible()
    captions = page.get_by_role("region", name="Captions")
    expect(captions).to_contain_text("cell of the body")
    expect(captions).to_contain_text("same plan")
    expect(page.get_by_role("status").filter(has_text="Speaking")).to_be_visible()
    page.get_by_role("button", name="Mute", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Muted")).to_be_visible()
    page.get_by_label("Write instead").fill("What do enzymes copy?")
    page.get_by_role("button", name="Send").click()
    expect(captions).to_contain_text("Enzymes copy the DNA")
    page.get_by_role("button", name="End talk").click()
    # What was said stands in the conversation, with its sources; and nothing listens any more.
    expect(page.get_by_role("group", name="Messages")).to_contain_text("same plan")
    hearing.close()
