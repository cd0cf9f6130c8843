#!/usr/bin/env python3
"""Measures the library's search by words, and joined with the vectors, on the sets of `build_sets.py`.

    sets.py sets.json [--bench .build/release] [--model DIRECTORY] [--second DIRECTORY] [--only own,languages,typos] [--words-only]

With `--second`, multilingual-e5-small, its columns stand beside those of the first model, but for the misspelt queries. Unlike `run.py`, which compares ways to join two lists and has a simple index of its own, it asks the product's index. Prints nDCG@10 and the
share of queries whose first passage is a right one, for the tuning and for the held-out half of each kind.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess

from run import measures, product

ROOT = pathlib.Path(__file__).resolve().parents[2]


def ask(command, entry):
    data = json.dumps({"queries": [query["text"] for query in entry["queries"]], "texts": entry["texts"]})
    return json.loads(subprocess.run(command, input=data, capture_output=True, text=True, check=True).stdout)


def scores(ranking, relevant):
    return measures(ranking, relevant)[1], float(bool(ranking) and ranking[0] in relevant)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=pathlib.Path)
    parser.add_argument("--bench", default=str(ROOT / ".build/release"))
    parser.add_argument("--model", default=os.environ.get("LM_MODEL_DIR", str(ROOT / ".models/all-MiniLM-L6-v2")))
    parser.add_argument("--second")
    parser.add_argument("--only", default="")
    parser.add_argument("--words-only", action="store_true")
    options = parser.parse_args()
    # Each model with the cosine's share where a question is not in English.
    models = [] if options.words_only else [("hybrid", options.model, 0.1)]
    if options.second and not options.words_only:
        models.append(("hybrid, e5", options.second, 0.65))
    print("| set | half | queries | words nDCG@10 | words first | " + "".join(f"{name} nDCG@10 | {name} first | " for name, _, _ in models))
    print("|---" * (5 + 2 * len(models)) + "|")
    for entry in json.loads(options.sets.read_text()):
        if options.only and entry["name"] not in options.only.split(","):
            continue
        found = ask([f"{options.bench}/growth-bench", "words", options.model], entry)
        asked = [one for one in models if one[1] == options.model or entry["name"] != "typos"]
        near = [ask([f"{options.bench}/intelligence-bench", "rank", "--model", one[1], "--limit", "200"], entry) for one in asked]
        rows = collections.defaultdict(list)
        for index, (query, words) in enumerate(zip(entry["queries"], found)):
            keywords = [(int(place), score) for place, score in words["hits"]]
            row = scores([place for place, _ in keywords], query["relevant"])
            for (_, _, foreign), hits in zip(asked, near):
                vectors = [(int(place), score) for place, score in hits[index][:200]]
                fused = product(keywords, vectors, words["ceiling"], foreign if words["isForeign"] else 0.65)
                row += scores(sorted(fused, key=lambda place: (-fused[place], place)), query["relevant"])
            rows[query["kind"], "held out" if query["held_out"] else "tuning"].append(row)
        for (kind, half), values in sorted(rows.items()):
            cells = [f"{sum(column) / len(values):.3f}" for column in zip(*values)]
            cells += [""] * (2 + 2 * len(models) - len(cells))
            print(f"| {kind} | {half} | {len(values)} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
