#!/usr/bin/env python3
"""How long a back-up and a restore take (the recovery time), and how much a lost machine takes with it (the recovery point), of a library of
some hundred megabytes. Prints rows `| what | SQLite | PostgreSQL |`.

    run.py [--lm .build/release/lm] [--documents 300] [--megabytes 1]
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

parser = argparse.ArgumentParser()
parser.add_argument("--lm", default=".build/release/lm")
parser.add_argument("--documents", type=int, default=300)
parser.add_argument("--megabytes", type=float, default=1)
options = parser.parse_args()
os.environ["LM_BINARY"] = str(pathlib.Path(options.lm).resolve())
from postgres import Postgres  # noqa: E402
from server import Server  # noqa: E402


def timed(command, environment):
    began = time.monotonic()
    subprocess.run([os.environ["LM_BINARY"], *command], env=environment, check=True, capture_output=True)
    return time.monotonic() - began


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure(folder, postgres):
    settings = {"LM_BACKUP_URL": str(folder / "place"), "LM_BACKUP_PASSPHRASE": "nine bridges"}
    if postgres is not None:
        settings["LM_DATABASE_URL"] = postgres.database()
    data = folder / "data"
    server = Server(data, **settings, LM_BACKUP_CONTINUOUS="off").start()
    account = server.account("ada@example.org")
    for number in range(options.documents):
        # Most of it is weight that is not read: a picture within a page of text.
        text = f"<html><body><h1>Road {number}</h1>" + "".join(f"<p>Milestone {place} of road {number} stands beside a well.</p>" for place in range(60))
        weight = os.urandom(int(options.megabytes * 500_000)).hex()
        account.upload(f"{number}.html", f"{text}<!-- {weight} --></body></html>".encode()).raise_for_status()
    while any(document["status"] not in ("completed", "failed") for page in range(1, options.documents // 100 + 2) for document in account.client.get("/documents", params={"page": page, "limit": 100}).json()["data"]):
        time.sleep(1)
    server.stop()
    environment = {**{key: value for key, value in os.environ.items() if not key.startswith("LM_")}, "LM_DATA_DIR": str(data), **settings}
    facts = {"all of it, MB": size(data), "first back-up, s": timed(["backup"], environment)}
    facts["the next, with nothing new, s"] = timed(["backup"], environment)
    facts["at the place, MB"] = size(folder / "place")
    facts["checked, s"] = timed(["backup", "verify"], environment)
    if postgres is not None:
        environment["LM_DATABASE_URL"] = settings["LM_DATABASE_URL"] = postgres.database()
    restored = timed(["restore", "--to", str(folder / "again")], environment)
    began = time.monotonic()
    again = Server(folder / "again", **{**settings, "LM_BACKUP_URL": str(folder / "other")}).start()
    facts["put back and serving again (RTO), s"] = restored + time.monotonic() - began
    again.stop()
    if postgres is None:
        facts["committed until it is at the place (RPO), s"] = lag(folder)
    return facts


def lag(folder):
    """The longest that something that was committed was not at the place yet, of twenty."""
    place = folder / "continuous"
    server = Server(folder / "busy", LM_BACKUP_URL=str(place)).start()
    account = server.account("ada@example.org")
    while not list((place / "snapshots").glob("*")):
        time.sleep(.1)
    waits = []
    for number in range(20):
        account.client.post("/notes", json={"title": f"Note {number}", "content": "words"}).raise_for_status()
        wall, began = time.time(), time.monotonic()
        while not any(int(path.name.split("-")[1]) / 1000 >= wall for path in (place / "log").glob("*/*") if not path.name.endswith("-files")):
            time.sleep(.05)
        waits.append(time.monotonic() - began)
        time.sleep(number % 7)
    server.stop()
    return max(waits)


results = []
for kind in ("sqlite", "postgres"):
    with tempfile.TemporaryDirectory() as name:
        postgres = Postgres() if kind == "postgres" else None
        try:
            results.append(measure(pathlib.Path(name), postgres))
        finally:
            if postgres is not None:
                postgres.close()
print("| back-ups, encrypted, to a folder | SQLite | PostgreSQL |\n|---|---|---|")
for what in results[0]:
    print(f"| {what} | " + " | ".join(f"{found[what]:.1f}" if what in found else "" for found in results) + " |")
