#!/usr/bin/env python3
"""Builds the small labelled sets of `sets.py` and writes them as JSON.

    build_sets.py CACHE_DIRECTORY collection.json > sets.json

Each set is a library of texts with queries, of which every other one is held out:
- typos: the queries of `build_collection.py` over its texts, each with one slip of the keyboard in one of its longer words;
- languages: the questions of Debian's FAQ in nine languages, over all of its translations together; five languages are held out whole.
  The question's own text is taken out of the answer.
- the rest: `own.json`, texts of our own about code, names, formulas, numbers in tables, acronyms, forms of words, slides, and in Arabic.
"""
import html
import json
import pathlib
import random
import re
import subprocess
import sys

from build_collection import passages
from run import STOP

HERE = pathlib.Path(__file__).resolve().parent
TUNING, HELD_OUT = ["de", "fr", "ja", "zh-cn"], ["it", "nl", "pt", "ru", "ko"]
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]


def slip(word, chance):
    """A letter left out, doubled, changed for its neighbour on the keyboard, or set before the one before it."""
    at = chance.randrange(1, len(word))
    kind = chance.choice(["drop", "double", "swap", "near"])
    if kind == "swap" and word[at] != word[at - 1]:
        return word[:at - 1] + word[at] + word[at - 1] + word[at + 1:]
    row = next((row for row in KEYS if word[at].lower() in row), None)
    if kind == "near" and row:
        place = row.index(word[at].lower())
        return word[:at] + row[place - 1 if place else 1] + word[at + 1:]
    return word[:at] + word[at + 1:] if kind == "drop" else word[:at] + word[at] + word[at:]


def typos(collection):
    chance, queries = random.Random(20261129), []
    for query in collection["queries"]:
        words = [m for m in re.finditer(r"[A-Za-z]{5,}", query["text"]) if m[0].lower() not in STOP]
        if not words:
            continue
        word = chance.choice(words)
        text = query["text"][:word.start()] + slip(word[0], chance) + query["text"][word.end():]
        queries.append({"kind": "typos", "text": text, "meant": query["text"], "relevant": query["relevant"], "held_out": len(queries) % 2 == 1})
    return {"name": "typos", "texts": collection["texts"], "queries": queries}


def unpacked(cache, package):
    target = cache / package
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "-q", "download", package], cwd=cache, check=True, stdout=sys.stderr)
        subprocess.run(["dpkg-deb", "-x", next(cache.glob(f"{package}_*.deb")), target], check=True)
    return target


def languages(cache):
    texts, queries = [], []
    for language in TUNING + HELD_OUT:
        folder = unpacked(cache, f"debian-faq-{language}") / "usr/share/doc/debian/FAQ" / language
        for path in sorted(folder.glob("*.html")):
            if path.name.startswith("index."):  # the table of contents has all questions
                continue
            page = re.sub(r'(?s)<div class="navfooter">.*', "", path.read_text(errors="replace"))
            for part in re.split(r"(?=<h[23][ >])", page)[1:]:
                head, _, body = part.partition("</h")
                title = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", head)).replace("\xa0", " ")).strip()
                title = re.sub(r"^\D{0,12}[\d.]+\.?\s*", "", title)
                body = re.sub(r"<(p|li|dt|dd|pre|tr)\b", r"\n\n<\1", "<" + body)
                body = html.unescape(re.sub(r"<[^>]+>", " ", body)).replace(title, " ")
                asian = language in ("ja", "zh-cn", "ko")
                parts = [body[at:at + 400] for at in range(0, len(body), 400) if len(body[at:at + 400].strip()) > 20] if asian else passages(body)
                if parts and re.search(r"[?？]$", title):
                    queries.append({"kind": language, "text": title, "relevant": list(range(len(texts), len(texts) + len(parts))),
                                    "held_out": language in HELD_OUT})
                texts.extend(parts)
    return {"name": "languages", "texts": texts, "queries": queries}


def own():
    given = json.loads((HERE / "own.json").read_text())
    place = {name: index for index, name in enumerate(given["texts"])}
    queries = [{"kind": kind, "text": text, "relevant": [place[name]], "held_out": index % 2 == 1}
               for index, (kind, text, name) in enumerate(given["queries"])]
    return {"name": "own", "texts": list(given["texts"].values()), "queries": queries}


def main():
    cache, collection = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
    sets = [typos(collection), languages(cache), own()]
    json.dump(sets, sys.stdout, ensure_ascii=False)
    for entry in sets:
        print(f"{entry['name']}: {len(entry['texts'])} texts, {len(entry['queries'])} queries", file=sys.stderr)


if __name__ == "__main__":
    main()
