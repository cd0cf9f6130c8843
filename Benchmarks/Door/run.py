#!/usr/bin/env python3
"""What the door tells by its time, of who has an account; and what a storm of sign-ins does to everybody else.

    run.py --lm PATH_TO_lm [--pairs 1000] [--rounds 4] [--only alike|storm]

A server of its own, with mail that is taken by nobody's program (`LM_SMTP_URL` to a small server here). Pairs are interleaved, each in an
order drawn by lot: one question about an address with an account, one about an address without. Medians of both, and their difference.
"""
import argparse
import asyncio
import http.client
import json
import multiprocessing
import os
import pathlib
import random
import socket
import statistics
import subprocess
import tempfile
import threading
import time

PASSWORD = "violet lantern under nine bridges"
WRONG = "violet lantern under ten bridges"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox(threading.Thread):
    """Takes every mail and forgets it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rwb") as lines:
            def say(text):
                lines.write(text + b"\r\n")
                lines.flush()

            say(b"220 here")
            while line := lines.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    say(b"354 go on")
                    while lines.readline() not in (b".\r\n", b""):
                        pass
                    say(b"250 taken")
                elif verb == b"QUIT":
                    return say(b"221 bye")
                else:
                    say(b"250 well")


class Server:
    def __init__(self, lm, folder, **settings):
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LM_") or name == "LM_MODEL_DIR"}
        environment |= {"LM_DATA_DIR": f"{folder}/data", "LM_RATE_LIMITS": "off", "LM_SPEECH": "off", "LM_LOG_LEVEL": "error"} | settings
        self.log = open(f"{folder}/log", "ab")
        self.process = subprocess.Popen([lm, "serve", "--host", "127.0.0.1", "--port", str(self.port)], env=environment, stdout=self.log, stderr=self.log)
        for _ in range(600):
            try:
                if self.ask("GET", "/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("lm does not answer")

    def ask(self, method, path, body=None, token=None, connection=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        own.request(method, path, None if body is None else json.dumps(body), headers)
        answer = own.getresponse()
        data = answer.read()
        if not connection:
            own.close()
        return answer.status, data

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def alike(lm, pairs):
    """Rows of: what is asked, median with an account, without, difference."""
    box = Mailbox()
    box.start()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(lm, folder, LM_SMTP_URL=f"smtp://127.0.0.1:{box.port}", LM_MAIL_FROM="study@example.org")
        try:
            body = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
            assert server.ask("POST", "/api/v1/auth/register", body)[0] == 201
            questions = {
                "signing in: wrong password, unknown address": ("/api/v1/auth/login", lambda email: {"email": email, "password": WRONG}, 401),
                "signing up: address taken, address free": ("/api/v1/auth/register", lambda email: {"email": email, "password": PASSWORD, "display_name": "Eve"}, 202),
                "asking for a link to another password": ("/api/v1/auth/forgot", lambda email: {"email": email}, 204),
            }
            rows = []
            for name, (path, body, status) in questions.items():
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                times = {"known": [], "unknown": []}
                for number in range(pairs + 20):
                    order = ["known", "unknown"]
                    random.shuffle(order)
                    for kind in order:
                        email = "ada@example.org" if kind == "known" else f"e{number:02}@example.org"
                        began = time.perf_counter()
                        got, _ = server.ask("POST", path, body(email), connection=connection)
                        took = time.perf_counter() - began
                        assert got == status, (name, got)
                        if number >= 20:
                            times[kind].append(took * 1000)
                connection.close()
                rows.append((name, statistics.median(times["known"]), statistics.median(times["unknown"])))
            return rows
        finally:
            server.stop()


def storm(port, ready, stop, done):
    """In a process of its own: 48 people at once who sign in with a wrong password, again and again."""
    os.nice(10)

    async def run():
        counts = {}

        async def one(number):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            body = json.dumps({"email": f"e{number}@example.org", "password": WRONG})
            request = f"POST /api/v1/auth/login HTTP/1.1\r\nHost: lm\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            while not stop.is_set():
                if not ready.is_set():
                    await asyncio.sleep(0.02)
                    continue
                writer.write(request)
                status = await answer(reader)
                counts[status] = counts.get(status, 0) + 1
            writer.close()

        await asyncio.gather(*(one(number) for number in range(48)))
        done.update(counts)

    asyncio.run(run())


async def answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def checks(port, token, seconds, rate=200):
    """Milliseconds of requests with a token, sent at a fixed rate over one connection after another: each counts from when it was due."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET /api/v1/users/me HTTP/1.1\r\nHost: lm\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    took = []
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        asked = time.perf_counter()
        writer.write(request)
        assert await answer(reader) == 200
        took.append((time.perf_counter() - asked) * 1000)
        await asyncio.sleep(1 / rate)
    writer.close()
    return took


def stormy(lm, rounds, seconds):
    """Milliseconds of requests with a token in quiet and in a storm, turn by turn, and what the storm was answered."""
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Manager() as manager:
        server = Server(lm, folder)
        try:
            body = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
            token = json.loads(server.ask("POST", "/api/v1/auth/register", body)[1])["access_token"]
            ready, stop, done = manager.Event(), manager.Event(), manager.dict()
            process = multiprocessing.Process(target=storm, args=(server.port, ready, stop, done))
            process.start()
            asyncio.run(checks(server.port, token, 1))
            took = {"quiet": [], "storm": []}
            for _ in range(rounds):
                took["quiet"] += asyncio.run(checks(server.port, token, seconds))
                ready.set()
                time.sleep(0.5)
                took["storm"] += asyncio.run(checks(server.port, token, seconds))
                ready.clear()
                time.sleep(2)
            stop.set()
            process.join(60)
            return took, dict(done)
        finally:
            server.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--only", choices=["alike", "storm"])
    options = parser.parse_args()
    lm = str(pathlib.Path(options.lm).resolve())
    if options.only != "storm":
        print(f"What the time of an answer tells of who has an account: medians over {options.pairs:,} interleaved pairs.\n")
        print("| asked | with an account | without | difference |\n|---|---|---|---|")
        for name, known, unknown in alike(lm, options.pairs):
            print(f"| {name} | {known:.2f} ms | {unknown:.2f} ms | {abs(known - unknown):.2f} ms |", flush=True)
    if options.only != "alike":
        took, done = stormy(lm, options.rounds, 5)
        print(f"\nRequests with a token (`GET /users/me`) while 48 people sign in at once without a pause, turn by turn with none of them ({options.rounds} rounds of 5 s each).\n")
        print("| | requests | median | p95 | p99 |\n|---|---|---|---|---|")
        for name, values in took.items():
            values.sort()
            parts = [values[int(len(values) * share)] for share in (0.5, 0.95, 0.99)]
            print(f"| {name} | {len(values):,} | " + " | ".join(f"{part:.2f} ms" for part in parts) + " |")
        print("\nThe storm was answered: " + ", ".join(f"{count:,} × {status}" for status, count in sorted(done.items())) + ".")


if __name__ == "__main__":
    main()
