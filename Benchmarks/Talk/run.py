#!/usr/bin/env python3
"""How long it takes in a live talk from the end of what is said to the first sound of the answer, and from a voice to silence.

    run.py --lm PATH_TO_lm --models FOLDER [--rounds 7]

The microphone is a file that flite spoke, sent as fast as it is spoken. The time that the tutor takes for the answer, from `heard` to the
first `sentence`, is taken off: what is left is the end of the turn, writing it down, and the voice. Medians.
"""
import argparse
import asyncio
import json
import os
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

from websockets.asyncio.client import connect

RATE = 16_000
TEXT = "# Cells\n\nEvery cell of the body carries the same plan, which is its DNA. Enzymes copy the DNA before a cell divides.\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(url, path, body=None, token=None, content="application/json"):
    headers = {"Content-Type": content, **({"Authorization": f"Bearer {token}"} if token else {})}
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data, headers), timeout=60) as answer:
        return json.load(answer)


def spoken(folder, words, voice):
    """The samples of a sentence, and where its voice begins and ends: a file has silence around it."""
    path = pathlib.Path(folder, "said.raw")
    subprocess.run(["ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", f"flite=text='{words}':voice={voice}", "-f", "s16le", "-ar", str(RATE), "-ac", "1", path], check=True)
    sound = path.read_bytes()
    loud = [at for at in range(0, len(sound) - 1, 2) if abs(int.from_bytes(sound[at : at + 2], "little", signed=True)) > 400]
    return sound, loud[0], loud[-1] + 2


async def round_of(address, token, sound, start, end):
    """Seconds from the end of the voice to the first sound, the tutor's share of them, and from a voice to the interruption."""
    marks = {}
    async with connect(address, subprotocols=["lm.talk.v1", f"bearer.{token}"], max_size=None) as client:
        silence = bytes(RATE * 2 * 3)
        stream = bytes(RATE) + sound[:end] + silence

        async def microphone(samples, mark, at):
            began = time.perf_counter()
            for place in range(0, len(samples), 640):
                # As it is spoken: a fiftieth of a second at a time.
                await asyncio.sleep(max(0, began + place / (RATE * 2) - time.perf_counter()))
                await client.send(samples[place : place + 640])
                if mark not in marks and place + 640 >= at:
                    marks[mark] = time.perf_counter()

        async def wait(wanted):
            async with asyncio.timeout(60):
                while True:
                    message = await client.recv()
                    kind = "sound" if isinstance(message, bytes) else json.loads(message)["type"]
                    if kind != "partial" and kind not in marks:
                        marks[kind] = time.perf_counter()
                    if kind == wanted:
                        return

        speaking = asyncio.create_task(microphone(stream, "end", RATE + end))
        await wait("sound")
        await speaking
        again = asyncio.create_task(microphone(bytes(3200) + sound[: start + RATE] + bytes(RATE * 2), "voice", 3200 + start))
        await wait("interrupted")
        again.cancel()
    own = marks["sentence"] - marks["heard"]
    return marks["sound"] - marks["end"] - own, own, marks["interrupted"] - marks["voice"]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--lm", required=True)
    options.add_argument("--models", required=True)
    options.add_argument("--rounds", type=int, default=7)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "LM_DATA_DIR": f"{folder}/data", "LM_SPEECH_DIR": options.models, "LM_SPEECH": "off", "LM_RATE_LIMITS": "off"}
        server = subprocess.Popen([options.lm, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{url}/health", timeout=2)
                    break
                except OSError:
                    time.sleep(0.1)
            api = f"{url}/api/v1"
            token = call(api, "/auth/register", {"email": "a@example.org", "password": "violet lantern under nine bridges", "display_name": "A"})["access_token"]
            form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cells.md"\r\n\r\n' + TEXT.encode() + b"\r\n--b--\r\n"
            document = call(api, "/documents/upload", form, token, "multipart/form-data; boundary=b")
            while call(api, f"/documents/{document['id']}", token=token)["status"] != "completed":
                time.sleep(0.1)
            sound, start, end = spoken(folder, "What carries every cell of the body?", "slt")
            found = []
            for number in range(options.rounds + 1):
                session = call(api, "/session/start", {}, token)["session_id"]
                found.append(asyncio.run(round_of(f"ws://127.0.0.1:{port}/api/v1/voice/live?session_id={session}", token, sound, start, end)))
            # The first loads the models.
            found = found[1:]
        finally:
            server.terminate()
            server.wait()
    trip, own, stop = (statistics.median(column) for column in zip(*found))
    print("| what | median, s | slowest, s | wanted, s |\n|---|---|---|---|")
    print(f"| from the end of speech to the first sound, without the answer's own time | {trip:.2f} | {max(row[0] for row in found):.2f} | 1.2 |")
    print(f"| the tutor's own time for the answer | {own:.2f} | {max(row[1] for row in found):.2f} | |")
    print(f"| from a voice to the companion's silence | {stop:.2f} | {max(row[2] for row in found):.2f} | 0.3 |")


if __name__ == "__main__":
    main()
