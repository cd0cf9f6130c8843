#!/usr/bin/env python3
"""Who speaks when: people take turns in recordings made of clips of each, and what the server says of each word is compared. Prints a table.

    speakers.py --lm .build/release/lm --clips FOLDER --people 'ss=ss*.flac,1089=ls1089*.flac,jfk=jfk.flac' [--models FOLDER]

Clips are cut where they are quiet, every two to five seconds, and with `--quick` every one to two; the turns of two or three people follow
each other with a short silence between, and each recording is made once as it is and once with noise 15 dB below the voices. Counted is the
time of the words that were written down: an error is a word that is given to somebody else than most of that person's words.
"""
import argparse
import array
import itertools
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import wave

import httpx

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Tests/EndToEnd"))
from server import PASSWORD, Server  # noqa: E402

RATE = 16_000


def decoded(path):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-ar", str(RATE), "-ac", "1", "-f", "s16le", "-"], check=True, capture_output=True).stdout
    return array.array("h", raw)


def loudness(samples):
    return (sum(each * each for each in samples) / max(1, len(samples))) ** 0.5


def turns(samples, least, most):
    """Cut at the quietest tenth of a second between `least` and `most` seconds."""
    parts, start, step = [], 0, RATE // 20
    while len(samples) - start > most * RATE:
        places = range(start + int(least * RATE), start + int(most * RATE), step)
        end = min(places, key=lambda place: loudness(samples[place:place + 2 * step])) + step
        parts.append(samples[start:end])
        start = end
    return parts + [samples[start:]]


def conversation(people, seed, noise):
    """The samples, and who speaks from when to when in seconds."""
    chance, left, last = random.Random(seed), {name: list(parts) for name, parts in people.items()}, None
    samples, said = array.array("h"), []
    while any(left.values()):
        able = [name for name in left if left[name] and name != last] or [name for name in left if left[name]]
        last = max(able, key=lambda name: len(left[name]) + chance.random() * 1.5)
        part = left[last].pop(0)
        scale = 2_000 / max(1, loudness(part))
        begun = len(samples) / RATE
        samples.extend(max(-32_768, min(32_767, int(each * scale))) for each in part)
        said.append((begun, len(samples) / RATE, last))
        samples.extend([0] * int(chance.uniform(0.05, 0.6) * RATE))
    if noise:
        samples = array.array("h", (max(-32_768, min(32_767, each + int(chance.gauss(0, 2_000 * 10 ** (-15 / 20))))) for each in samples))
    return samples, said


def errors(segments, said):
    """The share of the time of words that is given to somebody else, in per cent."""
    shares = {}
    for segment in segments:
        for word in segment["words"]:
            middle = (word["start"] + word["end"]) / 2
            who = min(said, key=lambda turn: max(turn[0] - middle, middle - turn[1], 0))[2]
            pair = (who, segment.get("speaker"))
            shares[pair] = shares.get(pair, 0) + max(0.05, word["end"] - word["start"])
    names, labels = sorted({who for who, _ in shares}), sorted({label or "" for _, label in shares})
    labels += [f"nobody {number}" for number in range(len(names) - len(labels))]
    best = max(sum(shares.get((name, label or None), 0) for name, label in zip(names, order)) for order in itertools.permutations(labels, len(names)))
    return 100 * (1 - best / sum(shares.values())), len({label for _, label in shares if label})


class Client:
    def __init__(self, url):
        self.http = httpx.Client(base_url=url + "/api/v1", timeout=120)
        account = {"email": "bench@example.org", "password": PASSWORD, "display_name": "Bench"}
        self.http.headers["Authorization"] = "Bearer " + self.http.post("/auth/register", json=account).json()["access_token"]

    def heard(self, path, count):
        with open(path, "rb") as file:
            sent = self.http.post("/stt/transcribe", files={"file": (path.name, file)}, data={"language": "en", "speakers": str(count)}).raise_for_status().json()
        return self.told(sent["id"])

    def again(self, id, count):
        self.http.post(f"/stt/transcripts/{id}/speakers", json={} if count is None else {"count": count}).raise_for_status()
        return self.told(id)

    def told(self, id):
        while True:
            now = self.http.get(f"/stt/transcripts/{id}").json()
            if now["state"] == "failed" or now["speakers_state"] == "failed":
                raise SystemExit(f"{now.get('problem')} {now.get('speakers_problem')}")
            if now["state"] == "completed" and now["speakers_state"] == "completed":
                return now
            time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--clips", type=pathlib.Path, required=True)
    parser.add_argument("--people", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--models", default=os.environ.get("LM_SPEECH_DIR", str(HERE.parents[1] / ".models/speech")))
    arguments = parser.parse_args()
    os.environ["LM_BINARY"] = arguments.lm
    span = (0.9, 2.2) if arguments.quick else (2.0, 5.0)
    people = {}
    for pair in arguments.people.split(","):
        name, pattern = pair.split("=")
        people[name] = [part for path in sorted(arguments.clips.glob(pattern)) for part in turns(decoded(path), *span)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        server = Server(folder / "data", LM_SPEECH="off", LM_SPEECH_DIR=arguments.models, LM_RATE_LIMITS="off").start()
        try:
            client = Client(server.url)
            print("| people | noise | recordings | count told: error, % (worst) | count found: error, % (worst) | found as many as there are |\n|---|---|---|---|---|---|")
            for noise, count in itertools.product((False, True), (1, 2, 3)):
                told, found, right = [], [], 0
                sets = list(itertools.combinations(people, count))
                for number, names in enumerate(sets):
                    samples, said = conversation({each: people[each] for each in names}, number, noise)
                    path = folder / f"{'-'.join(names)}.wav"
                    with wave.open(str(path), "wb") as file:
                        file.setnchannels(1)
                        file.setsampwidth(2)
                        file.setframerate(RATE)
                        file.writeframes(samples.tobytes())
                    now = client.heard(path, "auto")
                    error, many = errors(now["segments"], said)
                    found.append(error)
                    right += many == count
                    if count > 1:
                        told.append(errors(client.again(now["id"], count)["segments"], said)[0])
                shown = f"{statistics.mean(told):.1f} ({max(told):.1f})" if told else "-"
                print(f"| {count} | {'15 dB' if noise else 'none'} | {len(sets)} | {shown} | {statistics.mean(found):.1f} ({max(found):.1f}) | {right} of {len(sets)} |", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
