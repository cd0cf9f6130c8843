#!/usr/bin/env python3
"""Writes one long recording down: its whole time, and the most memory that each program took meanwhile. Prints a table.

    long.py --lm .build/release/lm --clips FOLDER [--hours 3] [--speakers 5] [--models FOLDER]

The clips follow each other, with a second between, until there are so many hours; the file is Opus in OGG, as a recording of a browser is kept.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import httpx

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Tests/EndToEnd"))
from server import PASSWORD, Server  # noqa: E402

ACCOUNT = {"email": "bench@example.org", "password": PASSWORD}


class Peaks(threading.Thread):
    """The most memory of each program below a process, in MB, looked at five times a second."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.peaks, self.together, self.stopped = root, {}, 0, threading.Event()

    def run(self):
        while not self.stopped.wait(0.2):
            parents, found = {}, {}
            for status in pathlib.Path("/proc").glob("[0-9]*/status"):
                try:
                    text = status.read_text()
                except OSError:
                    continue
                number = int(status.parent.name)
                parents[number] = int(re.search(r"^PPid:\s*(\d+)", text, re.M).group(1))
                if size := re.search(r"^VmRSS:\s*(\d+)", text, re.M):
                    found[number] = (re.search(r"^Name:\t(.*)$", text, re.M).group(1), int(size.group(1)) / 1024)
            mine = {}
            for number, (name, size) in found.items():
                at = number
                while at > 1 and at != self.root:
                    at = parents.get(at, 0)
                if at == self.root:
                    mine[number] = (name, size)
            for name, size in mine.values():
                self.peaks[name] = max(self.peaks.get(name, 0), size)
            self.together = max(self.together, sum(size for _, size in mine.values()))


class Client:
    """Signs in anew before its token ends."""

    def __init__(self, url):
        self.http = httpx.Client(base_url=url + "/api/v1", timeout=600)
        self.take(self.http.post("/auth/register", json=ACCOUNT | {"display_name": "Bench"}))

    def take(self, answer):
        self.http.headers["Authorization"] = "Bearer " + answer.raise_for_status().json()["access_token"]
        self.until = time.monotonic() + 15 * 60

    def get(self, path):
        if time.monotonic() > self.until:
            del self.http.headers["Authorization"]
            self.take(self.http.post("/auth/login", json=ACCOUNT))
        return self.http.get(path).raise_for_status().json()


def made(clips, hours, folder):
    once, target = folder / "once.ogg", folder / "long.ogg"
    inputs = [word for clip in clips for word in ("-i", str(clip))]
    padded = "".join(f"[{number}]aresample=16000,apad=pad_dur=1[a{number}];" for number in range(len(clips)))
    joined = "".join(f"[a{number}]" for number in range(len(clips))) + f"concat=n={len(clips)}:v=0:a=1"
    subprocess.run(["ffmpeg", "-v", "error", *inputs, "-filter_complex", padded + joined, "-c:a", "libopus", "-b:a", "32k", once], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-stream_loop", "-1", "-i", once, "-t", str(hours * 3600), "-c:a", "libopus", "-b:a", "32k", target], check=True)
    return target


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--clips", type=pathlib.Path, required=True)
    parser.add_argument("--hours", type=float, default=3)
    parser.add_argument("--speakers", default="auto")
    parser.add_argument("--models", default=os.environ.get("LM_SPEECH_DIR", str(HERE.parents[1] / ".models/speech")))
    arguments = parser.parse_args()
    os.environ["LM_BINARY"] = arguments.lm
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = made(sorted(arguments.clips.glob("*.flac")), arguments.hours, folder)
        server = Server(folder / "data", LM_SPEECH="off", LM_SPEECH_DIR=arguments.models).start()
        try:
            client, peaks = Client(server.url), Peaks(server.process.pid)
            peaks.start()
            begun = time.monotonic()
            with open(path, "rb") as file:
                sent = client.http.post(
                    "/stt/transcribe", files={"file": (path.name, file)}, data={"language": "en", "speakers": arguments.speakers}).raise_for_status().json()
            stored, written = time.monotonic() - begun, None
            while True:
                now = client.get(f"/stt/transcripts/{sent['id']}")
                if now["state"] == "failed":
                    raise SystemExit(now["problem"])
                if now["state"] == "completed" and written is None:
                    written = time.monotonic() - begun
                if written and now["speakers_state"] != "pending" and now["shelf"] == "completed":
                    break
                print(f"{time.monotonic() - begun:.0f} s: {now['heard']:.0f} s heard", file=sys.stderr, flush=True)
                time.sleep(10)
            whole = time.monotonic() - begun
            peaks.stopped.set()
            seconds, words = arguments.hours * 3600, sum(len(each["words"]) for each in now["segments"])
            print("| what | figure |\n|---|---|")
            print(f"| file | {path.stat().st_size / 1e6:.0f} MB, {seconds / 3600:g} h |\n| stored | {stored:.1f} s |")
            print(f"| written down | {written:.0f} s, {written / seconds:.3f} a second of sound |")
            print(f"| speakers told apart ({now['speakers_state']}, {len({each.get('speaker') for each in now['segments']})}) and in the library | {whole - written:.0f} s more |")
            print(f"| words, gaps | {words}, {len(now['gaps'])} |")
            for program, size in sorted(peaks.peaks.items(), key=lambda each: -each[1]):
                print(f"| most memory of one {program} | {size:.0f} MB |")
            print(f"| most memory of all together | {peaks.together:.0f} MB |")
        finally:
            server.stop()
    print(f"\nThe machine's load was {os.getloadavg()[0]:.1f} at the end, its own of about 2 in it.")


if __name__ == "__main__":
    main()
