#!/usr/bin/env python3
"""Fits odds by which the built-in tutor could refuse, and says how far they carry to documents that they were not fitted to.

    gate.py [--evidence real/evidence.tsv]

A row of the evidence is what the tutor (`AnswerEvidence`) saw of a question in English: of both tuning sets, and of `near-misses.jsonl`,
questions about what a tuning document names and does not say of it, which are in no set. It was taken with the searches of a server that
had read the documents of the question's set. `rule` says where the tutor decides before it weighs anything; `cover` is evidence that was
tried and is not in the tutor (decision 47).

Logistic regression (L2, C = 0.3, on standardised evidence), each document left out in turn; then the weights of all. What helps here need
not help on documents of others: hold it against the held-out half before it goes into `AnswerOdds`. Any Python runs it.
"""
import argparse
import collections
import csv
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
EVIDENCE = ["place", "unit", "sentence", "passage", "cover", "lacks_name", "fact", "how"]
WITHOUT = [name for name in EVIDENCE if name != "cover"]
C = 0.3


def solve(matrix, vector):
    """Gauss's elimination with pivots."""
    rows = [row[:] + [value] for row, value in zip(matrix, vector)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for row in range(at + 1, len(rows)):
            share = rows[row][at] / rows[at][at]
            if share:
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[at])]
    found = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        found[at] = (rows[at][-1] - sum(rows[at][i] * found[i] for i in range(at + 1, len(rows)))) / rows[at][at]
    return found


def fit(rows, names):
    """The weights of the evidence as it stands, the constant last, by Newton's method."""
    count = len(rows)
    mean = {name: sum(row[name] for row in rows) / count for name in names}
    spread = {name: math.sqrt(sum((row[name] - mean[name]) ** 2 for row in rows) / count) or 1 for name in names}
    points = [[(row[name] - mean[name]) / spread[name] for name in names] + [1.0] for row in rows]
    weights = [0.0] * (len(names) + 1)
    for _ in range(25):
        slope = [weight / C for weight in weights[:-1]] + [0.0]
        bend = [[(1 / C if i == j and i < len(names) else 0.0) for j in range(len(weights))] for i in range(len(weights))]
        for point, row in zip(points, rows):
            chance = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, point))))
            for i, x in enumerate(point):
                slope[i] += (chance - row["answered"]) * x
                for j in range(i + 1):
                    bend[i][j] += chance * (1 - chance) * x * point[j]
        for i in range(len(weights)):
            for j in range(i):
                bend[j][i] = bend[i][j]
        step = solve(bend, slope)
        weights = [w - s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-9:
            break
    own = {name: weights[i] / spread[name] for i, name in enumerate(names)}
    return own, weights[-1] - sum(own[name] * mean[name] for name in names)


def odds(row, fitted):
    own, start = fitted
    return start + sum(weight * row[name] for name, weight in own.items())


def left_out(rows, names):
    """The odds of each row by what the other documents teach."""
    found = {}
    for document in sorted({row["document"] for row in rows}):
        fitted = fit([row for row in rows if row["document"] != document], names)
        found.update((id(row), odds(row, fitted)) for row in rows if row["document"] == document)
    return [found[id(row)] for row in rows]


def area(good, bad):
    """How often an answered question has better odds than one that is not."""
    return sum((g > b) + (g == b) / 2 for g in good for b in bad) / (len(good) * len(bad))


def report(title, rows, values):
    groups = collections.defaultdict(list)
    for row, value in zip(rows, values):
        groups["good" if row["answered"] else row["origin"]].append((value, row["rule"]))
    good = [value for value, _ in groups["good"]]
    print(f"### {title}: area {area(good, [v for v, _ in groups['set']]):.3f}, near misses {area(good, [v for v, _ in groups['near']]):.3f}\n")
    print("| below | answered, refused | recall | precision | near misses refused |\n|---|---|---|---|---|")
    for share in (.005, .01, .015, .02, .025, .03, .04, .05, .06, .08):
        bound = sorted(good)[int(share * len(good))]
        refused = {
            name: sum(rule == "refuse" or rule != "answer" and value < bound for value, rule in group) for name, group in groups.items()}
        recall, both = refused["set"] / len(groups["set"]), refused["set"] + refused["good"]
        print(f"| {bound:.2f} | {refused['good']} of {len(good)} | {recall:.2f} | {refused['set'] / max(1, both):.2f} | "
              f"{refused['near'] / len(groups['near']):.2f} |")
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--evidence", type=pathlib.Path, default=HERE / "real/evidence.tsv")
    options = parser.parse_args()
    with options.evidence.open() as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        row.update((name, float(row[name])) for name in EVIDENCE)
        row["answered"] = int(row["answered"])
    report("Without the cover of words", rows, left_out(rows, WITHOUT))
    report("With it", rows, left_out(rows, EVIDENCE))
    for names in (WITHOUT, EVIDENCE):
        own, start = fit(rows, names)
        print(", ".join(f"{name} {weight:.2f}" for name, weight in own.items()) + f", constant {start:.2f}\n")


if __name__ == "__main__":
    main()
