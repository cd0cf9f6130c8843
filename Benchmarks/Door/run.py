#!/usr/bin/env python3
"""What the door tells by its time, of who has an account; and what a storm of sign-ins does to everybody else.

    run.py --lm PATH_TO_lm [--pairs 1000] [--only alike|storm]

A server of its own, with mail that is taken by nobody's program (`LM_SMTP_URL` to a small server here). Pairs are interleaved, each in an
order drawn by lot: one question about an address with an account, one about an address without. Medians of both, and their difference.
"""
import argparse
import asyncio
import http.client
import json
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


async def checks(port, token, stop, rate, answers):
    """Asks for one's account at a fixed rate, each on time whether or not the one before was answered; keeps how long each took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET /api/v1/auth/status HTTP/1.1\r\nHost: lm\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    while not stop.is_set():
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        await reader.readexactly(length)
        answers.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(max(0, 1 / rate - (time.perf_counter() - began)))
    writer.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--only", choices=["alike", "storm"])
    options = parser.parse_args()
    lm = str(pathlib.Path(options.lm).resolve())
    if options.only != "storm":
        print(f"What the time of an answer tells of who has an account: medians over {options.pairs:,} interleaved pairs.\n")
        print("| asked | with an account | without | difference |\n|---|---|---|---|")
        for name, known, unknown in alike(lm, options.pairs):
            print(f"| {name} | {known:.2f} ms | {unknown:.2f} ms | {abs(known - unknown):.2f} ms |", flush=True)


if __name__ == "__main__":
    main()
