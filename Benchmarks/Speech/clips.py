#!/usr/bin/env python3
"""Writes recordings of people down and counts the words that are wrong, of each and of all. Prints a table.

    clips.py --lm .build/release/lm --clips FOLDER [--models FOLDER]

FOLDER holds `transcripts.json`: a list of {"file", "text"}, the words in small letters without signs. Beside faster-whisper with the same
weights, where it is installed.
"""
import argparse
import json
import os
import pathlib
import re
import sys
import tempfile
import time

import httpx

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "Tests/EndToEnd")]
from run import Client, in_child, faster_whisper, whisper_base, word_errors, words  # noqa: E402
from server import Server  # noqa: E402

#: What one writes and the other spells out.
SPELT = {"mr": "mister", "mrs": "missus", "dr": "doctor", "st": "saint"}


def plain(text):
    return [SPELT.get(word, word) for word in words(re.sub(r"\b(Mrs?|Dr|St)\.", r"\1", text))]


def ours(client, path):
    with open(path, "rb") as file:
        sent = httpx.post(
            client.url + "/stt/transcribe", data={"language": "en"}, files={"file": (path.name, file)},
            headers={"Authorization": f"Bearer {client.token}"}, timeout=60).json()
    while (made := client.get(f"/stt/transcripts/{sent['id']}"))["state"] not in ("completed", "failed", "cancelled"):
        time.sleep(0.1)
    return " ".join(segment["text"] for segment in made["segments"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--clips", required=True, type=pathlib.Path)
    parser.add_argument("--models", default=os.environ.get("LM_SPEECH_DIR", str(HERE.parents[1] / ".models/speech")))
    arguments = parser.parse_args()
    os.environ["LM_BINARY"] = arguments.lm
    clips = json.loads((arguments.clips / "transcripts.json").read_text())
    with tempfile.TemporaryDirectory() as name:
        server = Server(pathlib.Path(name, "data"), LM_SPEECH="off", LM_SPEECH_DIR=arguments.models).start()
        try:
            client, model = Client(server.url), whisper_base(pathlib.Path(name))
            print(f"| recording | words | ours, % | {'faster-whisper, int8, beam 1, %' if model else 'no peer here'} |\n|---|---|---|---|")
            total, wrong, theirs = 0, 0.0, 0.0
            for clip in clips:
                path, said = arguments.clips / clip["file"], plain(clip["text"])
                errors = word_errors(said, plain(ours(client, path)))
                peer = word_errors(said, plain(in_child(faster_whisper, str(path), model)[1])) if model else float("nan")
                total, wrong, theirs = total + len(said), wrong + errors * len(said), theirs + peer * len(said)
                print(f"| {clip['file']} | {len(said)} | {errors:.1f} | {peer:.1f} |", flush=True)
            print(f"| **all** | {total} | **{wrong / total:.1f}** | {theirs / total:.1f} |")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
