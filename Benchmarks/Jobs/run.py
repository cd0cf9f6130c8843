#!/usr/bin/env python3
"""Durable jobs a second, and how long one waits at 200 a second, beside PyPI procrastinate on the same PostgreSQL with its syncs on.
Prints rows `| what | ours | peer | ratio |`; a ratio above 1 is in our favour.

    run.py [--bench .build/release/jobs-bench] [--jobs 10000] [--width 20]
"""
import argparse
import asyncio
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import procrastinate

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from postgres import Postgres  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--bench", default=".build/release/jobs-bench")
parser.add_argument("--jobs", type=int, default=10_000)
parser.add_argument("--width", type=int, default=20)
parser.add_argument("--rate", type=int, default=200)
parser.add_argument("--seconds", type=int, default=10)
options = parser.parse_args()


def ours(where, jobs, **environment):
    words = [options.bench, where, jobs, options.width, options.rate, options.seconds]
    return json.loads(subprocess.run(list(map(str, words)), stdout=subprocess.PIPE, check=True, text=True, env={**os.environ, **environment}).stdout.splitlines()[-1])


async def theirs(url, jobs):
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=10, max_size=10))
    waits, finished = [], 0

    @app.task(queue="bench")
    async def work(at):
        nonlocal finished
        waits.append((time.monotonic_ns() - at) / 1e6)
        finished += 1

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        began = time.monotonic()

        async def enqueue(part):
            for _ in range(part, jobs, 8):
                await work.defer_async(at=time.monotonic_ns())

        await asyncio.gather(*(enqueue(part) for part in range(8)))
        enqueued = jobs / (time.monotonic() - began)
        worker = asyncio.create_task(app.run_worker_async(queues=["bench"], concurrency=options.width, install_signal_handlers=False))
        began = time.monotonic()
        while finished < jobs:
            await asyncio.sleep(.005)
        worked = jobs / (time.monotonic() - began)
        waits.clear()
        began = time.monotonic()
        tasks = []
        for index in range(options.rate * options.seconds):
            due = began + index / options.rate
            if due > time.monotonic():
                await asyncio.sleep(due - time.monotonic())
            tasks.append(asyncio.create_task(work.defer_async(at=time.monotonic_ns())))
        await asyncio.gather(*tasks)
        while finished < jobs + options.rate * options.seconds:
            await asyncio.sleep(.005)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    cuts = statistics.quantiles(waits, n=100)
    return {"enqueued": enqueued, "worked": worked, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def row(what, mine, peer, ratio):
    print(f"| {what} | {mine} | {peer} | {ratio} |", flush=True)


postgres = Postgres()
try:
    postgres.restart("-c", "fsync=on")
    runs = [(ours(postgres.database(), options.jobs), asyncio.run(theirs(postgres.database(), options.jobs))) for _ in range(3)]
    with tempfile.TemporaryDirectory() as folder:
        # Each transaction waits for the disk, or only for the system, which a power cut forgets: in turn.
        pairs = [
            [ours(f"{folder}/{number}-{durability}.db", options.jobs, LM_DURABILITY=durability) for durability in ("power-loss", "process")]
            for number in range(3)
        ]
finally:
    postgres.close()
mine, peer = ({key: statistics.median(run[side][key] for run in runs) for key in runs[0][side]} for side in (0, 1))
print("| jobs | here | procrastinate | ratio |\n|---|---|---|---|")
row("taken in, each in a transaction of its own, eight at once, a second", f"{mine['enqueued']:.0f}", f"{peer['enqueued']:.0f}", f"{mine['enqueued'] / peer['enqueued']:.1f}")
row(f"worked off, {options.width} side by side, a second", f"{mine['worked']:.0f}", f"{peer['worked']:.0f}", f"{mine['worked'] / peer['worked']:.1f}")
for key in ("p50", "p95", "p99"):
    row(f"wait at {options.rate} a second, {key}, ms", f"{mine[key]:.1f}", f"{peer[key]:.1f}", f"{peer[key] / mine[key]:.1f}")
safe, quick = ({key: statistics.median(pair[side][key] for pair in pairs) for key in pairs[0][side]} for side in (0, 1))
print("\n| jobs on SQLite | safe from a power cut (`synchronous = FULL`) | from a crash only (`LM_DURABILITY=process`) | ratio |\n|---|---|---|---|")
row("taken in, each a transaction, eight at once, a second", f"{safe['enqueued']:.0f}", f"{quick['enqueued']:.0f}", f"{safe['enqueued'] / quick['enqueued']:.2f}")
row("worked off, a second", f"{safe['worked']:.0f}", f"{quick['worked']:.0f}", f"{safe['worked'] / quick['worked']:.2f}")
row(f"wait at {options.rate} a second, p50, ms", f"{safe['p50']:.1f}", f"{quick['p50']:.1f}", f"{quick['p50'] / safe['p50']:.2f}")
