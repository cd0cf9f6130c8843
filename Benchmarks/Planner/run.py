#!/usr/bin/env python3
"""Sets plans for terms of six courses beside a plan that takes what is due first: what simulated students, who forget by FSRS-6, know at
their exams for the same free hours. Prints rows `| what | ours | peer | ratio |`; a ratio above 1 is in our favour.

    run.py [--bench .build/release/planner-bench]
"""
import argparse
import json
import subprocess

parser = argparse.ArgumentParser()
parser.add_argument("--bench", default=".build/release/planner-bench")
options = parser.parse_args()


def row(what, mine, theirs="", ratio=""):
    print(f"| {what} | {mine} | {theirs} | {ratio} |", flush=True)


out = subprocess.run([options.bench], stdout=subprocess.PIPE, check=True, text=True).stdout
rows = json.loads(out.splitlines()[-1])["planner"]
print("| what | ours | earliest deadline first | ratio |\n|---|---:|---:|---:|")
for each in rows:
    hours = f"{each['hours']} free hour{'s' if each['hours'] > 1 else ''} a weekday"
    row(
        f"known at the exam, {hours} (better in {each['better']} of {each['terms']} terms)", f"{each['known'] * 100:.1f} %",
        f"{each['known_greedy'] * 100:.1f} %", f"{each['known'] / each['known_greedy']:.2f}",
    )
    row(f"blocks in all terms, {hours}", each["blocks"], each["blocks_greedy"])
row("a plan for a term of six courses, median", f"{max(each['median_ms'] for each in rows):.1f} ms")
row("a plan for a term of six courses, slowest", f"{max(each['slowest_ms'] for each in rows):.1f} ms")
