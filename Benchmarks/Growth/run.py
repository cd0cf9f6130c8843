#!/usr/bin/env python3
"""Sets what grows with an installation beside what databases do by themselves. Prints rows `| what | ours | peer | ratio |`.

    run.py [--bench .build/release/growth-bench] [--passages 1000000] [--jobs 100000] [--users 1000]

The peers: SQLite's FTS5 and PostgreSQL's tsvector (GIN) over as many passages of as many terms, of which each query has three to five;
numpy with 32-bit floats for the search of one person's vectors. A ratio above 1 is in our favour.
"""
import argparse
import json
import math
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from postgres import Postgres  # noqa: E402

LENGTH, VOCABULARY = 60, 50_000
RANKS = [int(20_000 ** (index / 299)) + index for index in range(300)]


def ours(bench, *arguments):
    """Each figure of a run of the program."""
    out = subprocess.run([bench, *map(str, arguments)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def row(what, mine, theirs="", ratio=""):
    print(f"| {what} | {mine} | {theirs} | {ratio} |", flush=True)


def beside(what, mine, theirs, name, unit="ms"):
    row(what, f"{mine:.1f} {unit}", f"{name} {theirs:.1f} {unit}", f"{theirs / mine:.2f}x")


def passages(count, chance):
    """As the program makes them: the terms of queries as often as words of their rank, and others."""
    harmonic = math.log(VOCABULARY) + .5772
    shares = [1 - (1 - 1 / (rank * harmonic)) ** LENGTH for rank in RANKS]
    for start in range(0, count, 1000):
        made = [[] for _ in range(min(1000, count - start))]
        for index, share in enumerate(shares):
            at = -1
            while True:
                at += 1 + int(math.log(1 - chance.random()) / math.log(1 - share))
                if at >= len(made):
                    break
                made[at].append(f"term{index}k")
        for words in made:
            yield " ".join(words + ["other"] * max(0, LENGTH - len(words)))


def queries(chance):
    return [[f"term{chance.randrange(20, 300)}k" for _ in range(chance.randint(3, 5))] for _ in range(30)]


def timed(ask, asked):
    times = []
    for query in asked:
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[2:])
    return times[len(times) // 2], times[int(len(times) * .95)]


def fts5(path, count):
    chance = random.Random(1)
    with sqlite3.connect(path) as base:
        base.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='')")
        base.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", enumerate(passages(count, chance), 1))
        base.commit()
        ask = lambda query: base.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 200", (" OR ".join(query),)).fetchall()
        return timed(ask, queries(chance))


def tsvector(postgres, url, count):
    chance = random.Random(1)

    def run(sql):
        return subprocess.run(
            [postgres.programs / "psql", url, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True, stdout=subprocess.PIPE, text=True).stdout

    run("CREATE TABLE passages (id serial PRIMARY KEY, words tsvector NOT NULL)")
    copy = subprocess.Popen([postgres.programs / "psql", url, "-q", "-c", "COPY passages (words) FROM STDIN"], stdin=subprocess.PIPE, text=True)
    for text in passages(count, chance):
        copy.stdin.write(" ".join(f"{word}:{place}" for place, word in enumerate(text.split(), 1)) + "\n")
    copy.stdin.close()
    copy.wait()
    run("CREATE INDEX passages_words ON passages USING gin (words); ANALYZE passages")
    times = []
    for query in queries(chance):
        ask = f"'{' | '.join(query)}'::tsquery"
        plan = run(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT id FROM passages WHERE words @@ {ask} "
                   f"ORDER BY ts_rank(words, {ask}) DESC LIMIT 200")
        times.append(json.loads(plan)[0]["Execution Time"])
    times = sorted(times[2:])
    return times[len(times) // 2], times[int(len(times) * .95)]


def in_numpy(count):
    import numpy

    source = numpy.random.default_rng(1)
    rows = source.standard_normal((count, 384)).astype("f4")
    asked = list(source.standard_normal((60, 384)).astype("f4"))

    def ask(query):
        scores = rows @ query
        best = numpy.argpartition(-scores, 20)[:20]
        return best[numpy.argsort(-scores[best])]

    return timed(ask, asked)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=str(ROOT / ".build/release/growth-bench"))
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=1000)
    options = parser.parse_args()
    million = f"{options.passages:,} passages of one user"
    print("| what | ours | peer | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        postgres = Postgres()
        try:
            for name, url in (("SQLite", folder / "words.db"), ("PostgreSQL", postgres.database())):
                words = ours(options.bench, "keywords", url, options.passages)
                if name == "SQLite":
                    peer, median, late = "FTS5", *fts5(folder / "fts5.db", options.passages)
                else:
                    peer, median, late = "tsvector", *tsvector(postgres, postgres.database(), options.passages)
                beside(f"search by words, {million}, {name}, p50", words["p50_ms"], median, peer)
                beside(f"search by words, {million}, {name}, p95", words["p95_ms"], late, peer)
                row(f"same, the first since the start, {name}", f"{words['first_ms']:.1f} ms")
                gone = ours(options.bench, "deletion", url)
                refused = "refused by a limit of 1 s a statement" if gone["refused_within_limit"] else ""
                row(f"the end of that account, {gone['rows']:,.0f} rows, {name}", f"{gone['seconds']:.1f} s", refused)
            memory = ours(options.bench, "memory", options.users)
            theirs = in_numpy(5000)
            what = f"{options.users:,} people with 5,000 passages each"
            row(f"{what}: vectors held of {memory['limit_mb']:.0f} MB allowed", f"{memory['held_mb']:.0f} MB")
            row(f"{what}: resident memory more than before", f"{memory['rss_mb'] - memory['rss_before_mb']:.0f} MB",
                f"all as 32-bit floats {options.users * 5000 * 384 * 4 / 2**20:.0f} MB")
            beside(f"{what}: search, held, p50", memory["again_p50_ms"], theirs[0], "numpy, one person's")
            beside(f"{what}: search, held, p95", memory["again_p95_ms"], theirs[1], "numpy, one person's")
            for name, url in (("SQLite", folder / "vectors.db"), ("PostgreSQL", postgres.database())):
                vectors = ours(options.bench, "vectors", url, 100, 5000, 51)
                row(f"a tenth of both, {name}: search of anyone, most are read first, p50 / p95",
                    f"{vectors['p50_ms']:.1f} / {vectors['p95_ms']:.1f} ms")
                row(f"a tenth of both, {name}: search again, p50 / p95",
                    f"{vectors['again_p50_ms']:.1f} / {vectors['again_p95_ms']:.1f} ms")
            for name, url in (("SQLite", folder / "jobs.db"), ("PostgreSQL", postgres.database())):
                claims = ours(options.bench, "claims", url, options.jobs)
                row(f"claim of 4 jobs while {options.jobs:,} of 1,000 users wait, {name}, p50 / p95",
                    f"{claims['p50_ms']:.1f} / {claims['p95_ms']:.1f} ms")
                row(f"same, the first, which gives 4,000 of them their turn, {name}", f"{claims['first_ms']:.0f} ms")
        finally:
            postgres.close()


main()
