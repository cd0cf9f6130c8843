#!/usr/bin/env python3
"""Sets the embedder beside sentence-transformers (torch) on the same cores, and prints rows `| what | ours | peer | ratio |`.

    run.py [--bench .build/release/intelligence-bench] [--model .models/all-MiniLM-L6-v2] [--peer-model DIRECTORY] [--rounds 3]

Standard library only. The peer runs in the interpreter of the virtual environment LM_PEERS (which has sentence-transformers), on
--peer-model, or by default on the model's public name, which it then fetches. Rounds of ours and the peer's take turns; each row is
the median of the rounds. A ratio above 1 is in our favour.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

PEER = r'''
import json, os, sys, time
start = time.perf_counter()
import torch
from sentence_transformers import SentenceTransformer
torch.set_num_threads(int(sys.argv[2]))
imported = time.perf_counter()
model = SentenceTransformer(sys.argv[1], device="cpu")
loaded = time.perf_counter()
data = json.load(sys.stdin)
model.encode(["which organelle makes energy"], show_progress_bar=False)
def rss():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
idle = rss()
times = []
for _ in range(5):
    for query in data["queries"]:
        t = time.perf_counter()
        model.encode([query], show_progress_bar=False)
        times.append((time.perf_counter() - t) * 1000)
best = 1e9
cpu = time.process_time()
for _ in range(2):
    t = time.perf_counter()
    model.encode(data["texts"], batch_size=32, show_progress_bar=False)
    best = min(best, time.perf_counter() - t)
cpu = (time.process_time() - cpu) * 1000 / 2 / len(data["texts"])
times.sort()
print(json.dumps({"load_ms": (loaded - start) * 1000, "query_p50_ms": times[len(times) // 2],
    "query_p95_ms": times[int(len(times) * .95)], "cpu_ms_per_text": cpu, "texts_per_s": len(data["texts"]) / best, "idle_rss_mb": idle}))
'''


def corpus():
    """Questions of a student's length, and texts as chunking makes them: most around 200 pieces, some short."""
    random.seed(7)
    words = """cell energy membrane protein gradient function limit integral theorem proof matrix vector force mass velocity current
        voltage market demand supply price inflation treaty revolution parliament empire verse metaphor rhyme syntax compiler memory
        algorithm graph tree search the of and a in to is that for with as by from on which are this be at or an when between through
        because increases decreases therefore however defines explains shows measured during after before several""".split()
    sentence = lambda count: " ".join(random.choice(words) for _ in range(count)).capitalize() + "."
    text = lambda count: " ".join(sentence(random.randint(6, 18)) for _ in range(count))
    queries = [sentence(random.randint(5, 12))[:-1] + "?" for _ in range(40)]
    texts = [text(random.choice([1, 2, 4, 8, 12, 14, 16, 18])) for _ in range(400)]
    return json.dumps({"queries": queries, "texts": texts})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", default=str(ROOT / ".build/release/intelligence-bench"))
    parser.add_argument("--model", default=os.environ.get("LM_MODEL_DIR", str(ROOT / ".models/all-MiniLM-L6-v2")))
    parser.add_argument("--peer-model", default=os.environ.get("LM_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    python = pathlib.Path(os.environ["LM_PEERS"]) / "bin/python" if "LM_PEERS" in os.environ else None
    data = corpus()

    def ask(command):
        done = subprocess.run(command, input=data, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    ours, narrow, peer = [], [], []
    for _ in range(options.rounds):
        base = [options.bench, "embed", "--model", options.model, "--workers", str(options.threads)]
        ours.append(ask(base + ["--precision", "float32"]))
        try:
            narrow.append(ask(base + ["--precision", "bfloat16"]))
        except SystemExit:
            pass
        if python:
            peer.append(ask([str(python), "-c", PEER, options.peer_model, str(options.threads)]))
    search = ask([options.bench, "search", "--chunks", "10000", "--windows", "2"])

    def median(runs, key):
        return statistics.median(run[key] for run in runs) if runs else None

    def row(what, key, runs, greater):
        mine, other = median(runs, key), median(peer, key)
        if mine is None:
            return
        ratio = "" if other is None else f"{(mine / other if greater else other / mine):.2f}x"
        print(f"| {what} | {mine:,.2f} | {'' if other is None else f'{other:,.2f}'} | {ratio} |")

    print("| what | ours | peer | ratio |\n|---|---|---|---|")
    for name, runs in [("f32", ours), ("bf16", narrow)]:
        row(f"embed one query, {name}, ms p50", "query_p50_ms", runs, False)
        row(f"embed one query, {name}, ms p95", "query_p95_ms", runs, False)
        row(f"embed 400 texts, {name}, texts/s", "texts_per_s", runs, True)
        row(f"processor time a text, {name}, ms", "cpu_ms_per_text", runs, False)
        row(f"load the model, {name}, ms", "load_ms", runs, False)
        row(f"memory after the first query, {name}, MB", "idle_rss_mb", runs, False)
        if busy := median(runs, "busy_query_p95_ms"):  # Not every processor has both precisions.
            print(f"| embed one query while a batch runs, {name}, ms p95 | {busy:,.2f} | | |")
    print(f"| search 10,000 chunks of 2 windows, ms p95 | {search['search_p95_ms']:,.2f} | | |")


main()
