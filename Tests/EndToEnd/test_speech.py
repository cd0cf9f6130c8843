"""Answers are read aloud, and what is said is written down: with the real engines, and a microphone that plays a file."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app import App
from conftest import unique_email
from papers import note, plain_pdf
from server import ROOT, Server

MODELS = pathlib.Path(os.environ.get("LM_SPEECH_DIR", ROOT / ".models/speech"))
#: Whisper is fetched by checksum; where there is no network its tests are left out, and the run says so.
hears = pytest.mark.skipif(not (MODELS / "whisper.bin").exists(), reason="the models of speech are not here")

SAID = "Every cell of the body carries the same plan."


@pytest.fixture(scope="module")
def speaking(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("speaking") / "data", LM_SPEECH_DIR=str(MODELS)).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def lecture(tmp_path_factory) -> pathlib.Path:
    """What the microphone hears: a sentence, spoken by flite, and a second of silence."""
    spoken = tmp_path_factory.mktemp("lecture") / "lecture.wav"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"flite=text='{SAID}':voice=slt", "-af", "apad=pad_dur=1", "-ar", "48000", str(spoken)], check=True)
    return spoken


@pytest.fixture(scope="module")
def hearing_browser(browser: Browser, lecture: pathlib.Path) -> Iterator[Browser]:
    hearing = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[
        "--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={lecture}", "--autoplay-policy=no-user-gesture-required",
    ])
    yield hearing
    hearing.close()


def test_a_text_is_read_aloud_with_the_time_of_each_word(speaking: Server) -> None:
    account = speaking.account(unique_email(), "Ada")
    made = account.client.post("/tts/synthesize", json={"text": "Water boils at 100 °C.", "voice": "slt", "format": "wav"})
    assert made.status_code == 201
    spoken = made.json()
    assert [each["word"] for each in spoken["words"]] == ["Water", "boils", "at", "100", "°C"]
    sound = account.client.get(f"/tts/audio/{spoken['id']}")
    assert sound.content[:4] == b"RIFF"
    part = account.client.get(f"/tts/audio/{spoken['id']}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")


@hears
def test_a_lecture_is_recorded_through_a_lost_network_and_cited_to_the_second(speaking: Server, hearing_browser: Browser) -> None:
    context = hearing_browser.new_context(locale="en-GB", permissions=["microphone"])
    page = context.new_page()
    email = unique_email()
    account = speaking.account(email, "Ada")
    app = App(page, speaking.url).sign_in(email)
    app.go("Recordings")
    page.get_by_role("button", name="Record", exact=True).click()
    recorder = page.get_by_role("region", name="Recorder")
    expect(recorder.get_by_role("timer")).to_have_text("0:01")
    context.set_offline(True)
    expect(recorder).to_contain_text("will be sent when the connection is back", timeout=10_000)
    expect(recorder.get_by_role("timer")).to_have_text("0:07", timeout=10_000)
    context.set_offline(False)
    expect(recorder).to_contain_text("safe on the server", timeout=15_000)
    recorder.get_by_role("button", name="Finish recording").click()

    # It opens by itself once all of it is there.
    stages = page.get_by_role("list", name="What becomes of it")
    expect(stages).to_contain_text("In the library done", timeout=60_000)
    said = page.get_by_role("region", name="What is said").get_by_role("listitem").first
    expect(said).to_contain_text("cell of the body")
    recording = account.client.get("/stt/transcripts").json()["data"][0]
    # What was said without a network is in it.
    assert recording["duration"] > 6.5 and recording["gaps"] == []

    said.get_by_role("button", name="Correct").click()
    page.get_by_label("The corrected text").fill("Every cell of the body carries the same plan, its DNA.")
    page.get_by_role("button", name="Save").click()
    expect(said).to_contain_text("its DNA")
    stages.get_by_role("button", name="Bring the document up to date").click()
    expect(stages.get_by_role("button", name="Bring the document up to date")).to_have_count(0)
    account.ready(recording["document_id"])

    app.go("Ask")
    app.ask("What does every cell of the body carry?")
    app.wait_answered()
    page.get_by_role("button", name=re.compile("^Source 1")).first.click()
    hear = page.get_by_role("button", name=re.compile("^Hear it from 0:0")).first
    expect(hear).to_be_visible()
    second = int(re.search(r"0:(\d\d)", hear.get_attribute("aria-label") or "").group(1))
    player = page.get_by_role("group", name="Recording")
    # Where its words are said, which is not before its paragraph begins.
    page.wait_for_function("from => { const at = document.querySelector('.player input[type=range]').value; return at >= from && at < from + 8; }", arg=second)
    hear.click()
    expect(player.get_by_role("button", name="Pause")).to_be_visible()
    context.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="a disk of its own is made by root alone")
def test_full_disks_on_both_sides_and_a_second_tab_lose_nothing(tmp_path: pathlib.Path, hearing_browser: Browser) -> None:
    folder = tmp_path / "data/recordings"
    # 64 MB are to stay free for the database, so this disk is full from the beginning.
    disk = f'mkdir -p {folder} && mount -t tmpfs -o size=63m none {folder} && exec "$@"'
    server = Server(tmp_path / "data", prefix=["unshare", "-m", "bash", "-c", disk, "bash"], LM_SPEECH_DIR=str(MODELS)).start()
    context = hearing_browser.new_context(locale="en-GB", permissions=["microphone"])
    try:
        page, email = context.new_page(), unique_email()
        account = server.account(email, "Ada")
        refused = account.client.post("/stt/transcribe", files={"file": ("l.wav", b"RIFF\0\0\0\0WAVE")})
        assert refused.status_code == 507 and account.client.get("/stt/transcripts").json()["data"] == []
        App(page, server.url).sign_in(email).go("Recordings")
        devtools = context.new_cdp_session(page)
        devtools.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 1})
        page.get_by_role("button", name="Record", exact=True).click()
        recorder = page.get_by_role("region", name="Recorder")
        expect(recorder).to_contain_text("The server takes nothing now", timeout=15_000)
        expect(recorder).to_contain_text("This device has no room left")

        other = context.new_page()
        other.goto(server.url + "/recordings")
        expect(other.get_by_text("You are recording in another tab")).to_be_visible()
        expect(other.get_by_role("button", name="Record", exact=True)).to_have_count(0)

        assert server.process is not None
        subprocess.run(["nsenter", "-m", "-t", str(server.process.pid), "mount", "-o", "remount,size=512m", str(folder)], check=True)
        expect(recorder).to_contain_text("safe on the server", timeout=20_000)
        devtools.send("Storage.overrideQuotaForOrigin", {"origin": server.url})
        expect(recorder).not_to_contain_text("This device has no room left", timeout=15_000)
        recorder.get_by_role("button", name="Finish recording").click()
        expect(page.get_by_role("list", name="What becomes of it")).to_contain_text("Recorded done", timeout=30_000)
        expect(other.get_by_role("button", name="Record", exact=True)).to_be_visible()
        recording = account.client.get("/stt/transcripts").json()["data"][0]
        assert recording["size"] > 0 and recording["gaps"] == []
    finally:
        context.close()
        server.stop()


@pytest.mark.skipif(not (MODELS / "speakers.onnx").exists(), reason="the model that tells speakers apart is not here")
def test_two_who_talk_are_told_apart_in_a_recording_that_plays_by_parts(speaking: Server, browser: Browser, tmp_path: pathlib.Path) -> None:
    said = [("slt", "Every cell of the body carries the same plan."), ("rms", "And where does a cell get its energy from?"),
            ("slt", "The mitochondria make the energy that it needs."), ("rms", "So each of them is a power station of its own.")]
    talk, inputs = tmp_path / "talk.wav", []
    for voice, text in said:
        inputs += ["-f", "lavfi", "-i", f"flite=text='{text}':voice={voice}"]
    joined = "".join(f"[{number}]aresample=16000,apad=pad_dur=0.4[a{number}];" for number in range(4)) + "[a0][a1][a2][a3]concat=n=4:v=0:a=1"
    subprocess.run(["ffmpeg", "-v", "error", *inputs, "-filter_complex", joined, str(talk)], check=True)
    email = unique_email()
    account = speaking.account(email, "Ada")
    sent = account.client.post("/stt/transcribe", files={"file": ("talk.wav", talk.read_bytes())}).json()
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    parts = []
    page.on("response", lambda answer: parts.append(answer.status) if "/play?" in answer.url else None)
    App(page, speaking.url).sign_in(email).open(f"/recordings/{sent['id']}")
    page.get_by_label("People who speak").select_option("2", timeout=60_000)
    page.get_by_role("button", name="Tell them apart").click()
    lines = page.get_by_role("region", name="What is said").get_by_role("listitem")
    expect(lines.filter(has_text="Speaker 2:").first).to_be_visible(timeout=60_000)
    expect(lines.filter(has_text="carries the same plan")).to_contain_text("Speaker 1:")
    expect(lines.filter(has_text="get its energy")).to_contain_text("Speaker 2:")
    lines.filter(has_text="get its energy").get_by_role("button", name="Correct").click()
    page.get_by_label("Name of the speaker").fill("Ben")
    page.get_by_role("button", name="Save").click()
    expect(lines.filter(has_text="power station")).to_contain_text("Ben:")

    lines.filter(has_text="power station").get_by_role("button", name=re.compile(r"^0:\d\d$")).click()
    expect(page.get_by_role("group", name="Recording").get_by_role("button", name="Pause")).to_be_visible()
    assert parts and set(parts) == {206}
    context.close()


@hears
def test_a_question_is_dictated_and_its_answer_read_aloud(speaking: Server, hearing_browser: Browser) -> None:
    context = hearing_browser.new_context(locale="en-GB", permissions=["microphone"])
    page = context.new_page()
    email = unique_email()
    account = speaking.account(email, "Ada")
    account.bring("cells.md", note("Cells", "Every cell of the body carries the same plan, which is its DNA."))
    app = App(page, speaking.url).sign_in(email)
    app.go("Ask")
    page.get_by_role("button", name="Dictate").click()
    expect(page.get_by_role("button", name="Finish dictating")).to_be_visible()
    page.wait_for_timeout(4_000)  # What is said takes its time.
    page.get_by_role("button", name="Finish dictating").click()
    expect(page.get_by_label("Your question")).to_have_value(re.compile("cell of the body"))
    page.get_by_role("button", name="Send the question").click()
    page.get_by_role("button", name="Read aloud").click()
    expect(page.get_by_role("button", name="Pause reading aloud")).to_be_visible()
    page.wait_for_function("() => CSS.highlights.has('spoken')")
    page.get_by_role("button", name="Stop reading aloud").click()
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    context.close()


def test_a_document_is_read_aloud_from_where_one_is(speaking: Server, hearing_browser: Browser) -> None:
    context = hearing_browser.new_context(locale="en-GB")
    page = context.new_page()
    email = unique_email()
    account = speaking.account(email, "Ada")
    short = account.bring("cells.md", note("Cells", "Cells divide.", "Enzymes copy their plan."))
    long = account.bring("book.pdf", plain_pdf("Handbook", "Chapter", "Coffee is brewed in a pot on the stove."))
    spoken = "word => [...(CSS.highlights.get('spoken') ?? [])].some((range) => range.toString() === word)"
    App(page, speaking.url).sign_in(email)

    page.goto(f"{speaking.url}/d/{short['id']}")
    region = page.get_by_role("region", name="Text of Cells")
    region.focus()
    # By the keyboard, word for word to its end.
    page.keyboard.press("r")
    page.wait_for_function(spoken, arg="divide")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Go on reading aloud")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_role("button", name=re.compile("^Speed")).click()
    expect(page.get_by_role("button", name="Speed 1.25×")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud from here")).to_be_visible()

    # A selection alone.
    region.get_by_text("Enzymes copy their plan.").select_text()
    page.mouse.move(5, 5)
    page.mouse.up()
    page.get_by_role("button", name="Read it aloud").click()
    page.wait_for_function(spoken, arg="copy")
    page.keyboard.press("Escape")

    # On a PDF's page the word is marked where it is drawn.
    page.goto(f"{speaking.url}/d/{long['id']}")
    expect(page.locator(".text-layer")).to_be_attached()
    page.get_by_role("button", name="Read aloud from here").click()
    page.wait_for_function(spoken, arg="brewed")
    assert page.evaluate("[...CSS.highlights.get('spoken')][0].startContainer.parentElement.closest('.text-layer') !== null")
    page.get_by_role("button", name="Stop reading aloud").click()
    expect(page.get_by_role("button", name="Read aloud from here")).to_be_visible()
    context.close()
