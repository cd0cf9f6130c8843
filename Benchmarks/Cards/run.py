#!/usr/bin/env python3
"""Sets the memory of cards beside PyPI fsrs, its reference, and times what waits among a hundred thousand cards.
Prints rows `| what | ours | peer | ratio |`; a ratio above 1 is in our favour.

    run.py [--bench .build/release/cards-bench] [--lm .build/release/lm] [--cards 100000]
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone

from fsrs import Card, Optimizer, Rating, ReviewLog, Scheduler

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from postgres import Postgres  # noqa: E402

import packages  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--bench", default=".build/release/cards-bench")
parser.add_argument("--lm", default=".build/release/lm")
parser.add_argument("--cards", type=int, default=100_000)
options = parser.parse_args()


def ours(*arguments, text=None):
    out = subprocess.run([options.bench, *map(str, arguments)], input=text, stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def row(what, mine, theirs="", ratio=""):
    print(f"| {what} | {mine} | {theirs} | {ratio} |", flush=True)


def peer_reviews(count):
    """The same reviews as the program makes."""
    scheduler = Scheduler(enable_fuzzing=False)
    grades = [3, 3, 2, 3, 1, 3, 4]
    card, started = None, time.perf_counter()
    for index in range(count):
        if index % 12 == 0:
            card = Card(card_id=index)
            card.due = datetime(2026, 1, 1, tzinfo=timezone.utc)
        card, _ = scheduler.review_card(card, Rating(grades[index % len(grades)]), card.due)
    return count / (time.perf_counter() - started)


def student(cards, chance):
    """The log of somebody whose memory follows other parameters than the standard ones."""
    weights = list(Scheduler().parameters)
    weights[2], weights[8], weights[20] = 5.0, 2.3, 0.25
    scheduler, logs = Scheduler(parameters=weights, enable_fuzzing=False, learning_steps=[], relearning_steps=[]), []
    for number in range(cards):
        card, when = Card(card_id=number), datetime(2026, 1, 1, tzinfo=timezone.utc)
        for turn in range(chance.randrange(3, 14)):
            remembered = turn == 0 or chance.random() < scheduler.get_card_retrievability(card, when)
            card, log = scheduler.review_card(card, Rating.Good if remembered else Rating.Again, when)
            logs.append(log)
            when += timedelta(days=max(1, round((card.due - when).days * chance.uniform(.4, 1.6))))
    return logs


def histories(logs):
    """A line a card, as the program reads it."""
    lines = {}
    for log in logs:
        known = lines.setdefault(log.card_id, [])
        known.append((log.rating.value, (log.review_datetime - known[-1][2]).days if known else 0, log.review_datetime))
    return "\n".join(" ".join(f"{grade},{days}" for grade, days, _ in each) for each in lines.values()) + "\n"


print("| cards | here | peer | ratio |\n|---|---|---|---|")
mine = ours("reviews", 2_000_000)
speed, theirs = mine["reviews"] / mine["seconds"], peer_reviews(100_000)
row("reviews reckoned a second", f"{speed:,.0f}", f"fsrs {theirs:,.0f}", f"{speed / theirs:.0f}x")
logs = student(1500, random.Random(5))
mine = ours("fit", text=histories(logs))
started = time.perf_counter()
optimizer = Optimizer(logs)
found = optimizer.compute_optimal_parameters()
theirs = time.perf_counter() - started
row(f"parameters fitted to {len(logs):,} reviews, s", f"{mine['seconds']:.2f}", f"fsrs {theirs:.1f}", f"{theirs / mine['seconds']:.0f}x")
# Both by the same measure: the program's own, which knows the peer's parameters by a fit of nothing.
loss = optimizer._compute_batch_loss(parameters=list(found))
own = optimizer._compute_batch_loss(parameters=list(mine["weights"]))
row("their log loss, by the peer's measure", f"{own:.4f}", f"fsrs {loss:.4f}", f"{loss / own:.3f}x")
with tempfile.TemporaryDirectory() as folder:
    figures = ours("due", f"{folder}/cards.db", options.cards)
    row(f"what waits among {options.cards:,} cards, ms: median, 95 of 100 (SQLite)", f"{figures['all_p50']:.1f}, {figures['all_p95']:.1f}")
    row("the same of one deck", f"{figures['deck_p50']:.1f}, {figures['deck_p95']:.1f}")
    row("one answer kept, ms", f"{figures['answer_p50']:.1f}")
postgres = Postgres()
try:
    figures = ours("due", postgres.database(), options.cards)
finally:
    postgres.close()
row(f"what waits among {options.cards:,} cards, ms: median, 95 of 100 (PostgreSQL)", f"{figures['all_p50']:.1f}, {figures['all_p95']:.1f}")
row("the same of one deck", f"{figures['deck_p50']:.1f}, {figures['deck_p95']:.1f}")
row("one answer kept, ms", f"{figures['answer_p50']:.1f}")
seconds, peak, back = packages.measured(pathlib.Path(options.lm).resolve(), 20_000)
row("20,000 notes and 100,000 answers brought from a package of Anki's, s", f"{seconds:.1f}")
row("what the server held more for it, MB", f"{peak / 1e6:.0f}")
row("the same deck as a package, s", f"{back:.1f}")
