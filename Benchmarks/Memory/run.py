#!/usr/bin/env python3
"""Precision and recall of what is remembered of utterances, beside the rule that a note-taking prompt of one line amounts to: keep every sentence
in the first person that asks nothing."""
import argparse
import json
import pathlib
import re
import subprocess

parser = argparse.ArgumentParser()
parser.add_argument("--bench", required=True)
fixtures = pathlib.Path("Tests/RecollectionTests/Fixtures")
options = parser.parse_args()

FIRST = re.compile(r"\b(i|i'm|i've|i'd|im|my|me|ich|mein|meine|mir)\b", re.I)


def peer(file):
    """Kinds are given away: a kept sentence is right if its words are those of any label."""
    found = right = labels = silent = wrong = 0
    for line in file.read_text().splitlines():
        label, text = line.split("\t", 1)
        open_ = [] if label == "-" else [each.split(":", 1)[1].lower() for each in label.split(";")]
        labels += len(open_)
        silent += not open_
        kept = [each for each in re.split(r"(?<=[.!?])\s+|\n", text) if FIRST.search(each) and not each.rstrip().endswith("?")]
        wrong += bool(kept) and label == "-"
        for sentence in kept:
            found += 1
            match = next((each for each in open_ if each in sentence.lower()), None)
            if match:
                open_.remove(match)
                right += 1
    return {"labels": labels, "found": found, "right": right, "precision": right / max(1, found), "recall": right / max(1, labels),
            "silent": silent, "wrongly_taken": wrong}


print("| utterances | rules | every sentence in the first person | ratio |\n|---|---|---|---|")
for name, title in (("heldout", "held out"), ("tuning", "tuning")):
    file = fixtures / f"{name}.tsv"
    ours = json.loads(subprocess.run([options.bench, file], check=True, capture_output=True, text=True).stdout)
    theirs = peer(file)
    for key in ("precision", "recall"):
        print(f"| {title}, {ours['labels']} memories: {key} | {ours[key]:.2f} | {theirs[key]:.2f} | {ours[key] / max(.01, theirs[key]):.2f}x |")
    print(f"| {title}: of {ours['silent']} that tell nothing, taken down | {ours['wrongly_taken']} | {theirs['wrongly_taken']} | |")
    print(f"| {title}: one utterance, ms | {ours['microseconds'] / 1000:.2f} | | |")
