#!/usr/bin/env python3
"""One row read with a token, beside FastAPI and asyncpg on the same PostgreSQL; signing in, beside argon2 alone; event streams that stay
open. Prints rows `| what | here | peer | ratio |`; a ratio above 1 is in our favour.

    run.py [--lm .build/release/lm] [--rounds 5] [--seconds 5] [--streams 9900]

Needs `wrk`. Servers take turns within each round; a row is the median of the rounds. Both have a process or a loop for each core and
ten connections to the database.
"""
import argparse
import os
import pathlib
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import argon2.low_level
import httpx
import jwt

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "Tests/EndToEnd"), str(HERE)]

parser = argparse.ArgumentParser()
parser.add_argument("--lm", default=".build/release/lm")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--seconds", type=int, default=5)
# A server takes ten thousand connections.
parser.add_argument("--streams", type=int, default=9_900)
options = parser.parse_args()
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
os.environ["LM_BINARY"] = str(pathlib.Path(options.lm).resolve())
import peer  # noqa: E402
from postgres import Postgres  # noqa: E402
from server import PASSWORD, Server, free_port  # noqa: E402

SCHEMAS = "authentication,content,interaction,jobs,public"


def load(url, token):
    """Requests a second, and the median wait in ms."""
    command = ["wrk", "-t1", "-c32", f"-d{options.seconds}s", "--latency", "-H", f"Authorization: Bearer {token}", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"{url} failed:\n{text}")
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)\b", text).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(value) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def family(pid):
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [str(pid), *(each for child in children for each in family(child))]


def processor(pid):
    """Seconds that a process and its children have taken."""
    total = 0
    for each in family(pid):
        fields = open(f"/proc/{each}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def reads(server, account, postgres, url):
    course = account.client.post("/courses", json={"name": "Biology"}).raise_for_status().json()
    mine = f"{server.url}/api/v1/courses/{course['id']}"
    token = account.client.headers["Authorization"].removeprefix("Bearer ")
    person = account.client.get("/users/me").json()["id"]
    port = free_port()
    theirs = f"http://127.0.0.1:{port}/courses/{course['id']}"
    database = re.search(r"@/(\w+)", url)[1]
    # Past row-level security, which it does not know of.
    environment = {**os.environ, "PEER_DATABASE": f"postgresql://postgres@/{database}?host={postgres.folder}", "PEER_SCHEMAS": SCHEMAS}
    uvicorn = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "peer:app", "--port", str(port), "--workers", str(os.cpu_count()), "--log-level", "warning", "--no-access-log"],
        cwd=HERE, env=environment)
    try:
        key = jwt.encode({"sub": person, "aud": "bench", "exp": int(time.time()) + 3600}, peer.KEY, "HS256")
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "uvicorn does not start"
                time.sleep(.1)
        assert httpx.get(theirs, headers={"Authorization": f"Bearer {key}"}).json()["name"] == "Biology"
        assert httpx.get(theirs, headers={"Authorization": f"Bearer {key}x"}).status_code == 401
        found = {"here": [], "peer": []}
        for number in range(options.rounds + 1):
            for name, address, word, process in (("here", mine, token, server.process), ("peer", theirs, key, uvicorn)):
                before, began = processor(process.pid), time.monotonic()
                rate, wait = load(address, word)
                cost = (processor(process.pid) - before) * 1e6 / (rate * (time.monotonic() - began))
                # The first round warms up.
                if number > 0:
                    found[name].append((rate, wait, cost))
    finally:
        uvicorn.terminate()
        uvicorn.wait(10)
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}


def sign_ins(server, account):
    """The median of one sign-in, and of the hash in it, in ms, each in turn."""
    client = httpx.Client(base_url=f"{server.url}/api/v1", timeout=60)
    encoded = argon2.low_level.hash_secret(PASSWORD.encode(), os.urandom(16), time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, type=argon2.low_level.Type.ID)
    mine, bare = [], []
    for number in range(60):
        began = time.perf_counter()
        client.post("/auth/login", json={"email": account.email, "password": PASSWORD}).raise_for_status()
        between = time.perf_counter()
        argon2.low_level.verify_secret(encoded, PASSWORD.encode(), argon2.low_level.Type.ID)
        if number >= 10:
            mine.append((between - began) * 1e3)
            bare.append((time.perf_counter() - between) * 1e3)
    return statistics.median(mine), statistics.median(bare)


def resident(pid):
    """In KB."""
    return next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS:"))


def streams(server, each=20):
    """Memory in KB that each open stream takes, and how long an event for its person takes to the last opened one, in ms."""
    accounts = [server.account(f"listener{number}@example.org") for number in range(options.streams // each)]
    tokens = [account.client.headers["Authorization"] for account in accounts]
    before = resident(server.process.pid)
    sockets = []
    for token in tokens:
        for _ in range(each):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
            connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: {token}\r\n\r\n".encode())
            sockets.append(connection)
    for connection in sockets:
        seen = b""
        while b"\r\n\r\n" not in seen:
            part = connection.recv(4096)
            if not part:
                sys.exit(f"a stream ended: {seen!r}")
            seen += part
        if not seen.startswith(b"HTTP/1.1 200"):
            sys.exit(f"a stream was refused: {seen!r}")
    # Heartbeats have come to all of them.
    time.sleep(20)
    used = (resident(server.process.pid) - before) / len(sockets)
    last = sockets[-1]
    last.setblocking(False)
    try:
        last.recv(1 << 20)
    except BlockingIOError:
        pass
    last.settimeout(30)
    began = time.perf_counter()
    accounts[-1].client.post("/courses", json={"name": "Biology"}).raise_for_status()
    while b"course" not in last.recv(1 << 16):
        pass
    wait = (time.perf_counter() - began) * 1e3
    for connection in sockets:
        connection.close()
    return used, wait


postgres = Postgres()
with tempfile.TemporaryDirectory() as name:
    try:
        postgres.restart("-c", "fsync=on")
        url = postgres.database()
        server = Server(pathlib.Path(name) / "data", LM_DATABASE_URL=url).start()
        try:
            account = server.account("ada@example.org")
            read = reads(server, account, postgres, url)
            login, hashing = sign_ins(server, account)
            used, wait = streams(server)
        finally:
            server.stop()
    finally:
        postgres.close()
print("| the API on PostgreSQL | here | peer | ratio |\n|---|---|---|---|")
for place, (what, digits) in enumerate((("one row with a token, 32 connections, a second", 0), ("same, p50 ms", 1), ("same, processor µs a request", 0))):
    mine, theirs = read["here"][place], read["peer"][place]
    print(f"| {what} | {mine:.{digits}f} | FastAPI, asyncpg {theirs:.{digits}f} | {(mine / theirs if place == 0 else theirs / mine):.2f}x |")
print(f"| signing in, p50 ms | {login:.1f} | argon2 alone {hashing:.1f} | {hashing / login:.2f}x |")
print(f"| memory an idle event stream of a signed-in person, KB ({options.streams} of them) | {used:.1f} | | |")
print(f"| from a request to the event on one of them, ms | {wait:.1f} | | |")
