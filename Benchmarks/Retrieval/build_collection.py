#!/usr/bin/env python3
"""Builds a test collection for retrieval from documentation that Debian packages, and writes it as JSON.

    build_collection.py CACHE_DIRECTORY > collection.json

Standard library only; needs apt-get and dpkg-deb, and reaches Debian's archive on the first run. There are three kinds of queries,
over one corpus of 5,000 passages, the answers among others of the same manuals:
- faq: questions that people really asked (the FAQs of Perl, Python and Git). Relevant: the answer's passages.
- heading: the headings of PostgreSQL's manual. Relevant: the section's passages.
- purpose: the one-line descriptions of Git's commands. Relevant: the passages of that command's page.
The query's own text is taken out of the passages that answer it, or keywords would find it by copying.
"""
import collections
import html
import json
import pathlib
import random
import re
import subprocess
import sys

PACKAGES = ["perl-doc", "python3.11-doc", "git-doc", "postgresql-doc-15"]
PASSAGES = 5000
WORDS = 260  # a passage: about 400 pieces


def unpack(cache):
    cache.mkdir(parents=True, exist_ok=True)
    for name in PACKAGES:
        target = cache / name
        if not target.exists():
            subprocess.run(["apt-get", "-q", "download", name], cwd=cache, check=True, stdout=sys.stderr)
            archive = next(cache.glob(f"{name}_*.deb"))
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
    return cache


def passages(text):
    """Paragraphs joined up to the length of a passage."""
    parts, current = [], []
    for paragraph in re.split(r"\n\s*\n", text):
        words = paragraph.split()
        while words:
            if current and len(current) + len(words) > WORDS:
                parts.append(" ".join(current))
                current = []
            current, words = current + words[:WORDS], words[WORDS:]
    if current:
        parts.append(" ".join(current))
    return [part for part in parts if len(part.split()) >= 8]


def pod_sections(text):
    text = re.sub(r"^=(over|back|cut|item|encoding|for|begin|end).*$", lambda m: m[0][5:].strip("* "), text, flags=re.M)
    text = re.sub(r"X<[^<>]*>", "", text)  # entries of the index, which nobody reads
    text = re.sub(r"[BCFILSEZ]<+\s?([^<>]*?)\s?>+", r"\1", text)
    for section in re.split(r"^=head\d ", text, flags=re.M)[1:]:
        title, _, body = section.partition("\n")
        yield title.strip(), body


def rst_sections(text):
    text = re.sub(r":[\w:+-]+:`~?([^`<]*?)(?: <[^>]*>)?`", r"\1", text)
    text = re.sub(r"`+([^`<]*?)(?: <[^>]*>)?`+_?", r"\1", text)
    text = re.sub(r"^\.\. .*$", "", text, flags=re.M)
    for match in re.finditer(r"^(\S.*)\n([=\-*^~+])\2{3,}\n((?:(?!^\S.*\n([=\-*^~+])\4{3,}\n).*\n)*)", text, flags=re.M):
        yield match[1].strip(), match[3]


def git_questions(text):
    for match in re.finditer(r"^(\S.*\?)::\n((?:(?!^\[\[|^\S.*\n-+\n).*\n)*)", text, flags=re.M):
        yield match[1].replace("`", ""), match[2].replace("\n+\n", "\n\n")


def html_sections(text):
    text = re.sub(r"(?s)<div class=\"nav(header|footer)\">.*?</div>", "", text)
    for part in re.split(r"(?s)(?=<h[1-4][ >])", text)[1:]:
        head, _, body = part.partition("</h")
        title = html.unescape(re.sub(r"<[^>]+>", "", head)).replace("\xa0", " ").strip(" #")
        title = re.sub(r"^[\dA-Z]+(\.\d+)*\.\s*", "", title)
        body = re.sub(r"<(p|li|dt|dd|pre|tr|div)[ >]", r"\n\n<\1 ", body)
        yield title, html.unescape(re.sub(r"<[^>]+>", " ", "<" + body))


def main():
    cache = unpack(pathlib.Path(sys.argv[1]))
    texts, queries = [], []

    def add(body, query=None, kind=None):
        if query:
            body = re.sub(re.escape(query), " ", body, flags=re.I)
        parts = passages(body)
        if query and parts:
            queries.append({"kind": kind, "text": query, "relevant": list(range(len(texts), len(texts) + len(parts)))})
        texts.extend(parts)

    perl = cache / "perl-doc/usr/share/perl"
    for path in sorted(perl.glob("*/pod/*.pod")):
        if re.search(r"delta|perltoc|perlhist", path.name):
            continue
        for title, body in pod_sections(path.read_text(errors="replace")):
            question = re.fullmatch(r"perlfaq\d.pod", path.name) and title.endswith("?")
            add(body, title if question else None, "faq")
    python = cache / "python3.11-doc/usr/share/doc/python3.11/html/_sources"
    for folder in ["faq", "tutorial", "howto", "reference", "using", "extending"]:
        for path in sorted((python / folder).glob("*.rst.txt")):
            for title, body in rst_sections(path.read_text(errors="replace")):
                add(body, title if folder == "faq" and title.endswith("?") else None, "faq")
    git = cache / "git-doc/usr/share/doc/git-doc"
    for title, body in git_questions((git / "gitfaq.txt").read_text()):
        add(body, title, "faq")
    for path in sorted(git.glob("git-*.txt")):
        text = path.read_text(errors="replace")
        purpose = re.search(r"^NAME\n-+\n\S+ - (.*)$", text, flags=re.M)
        if not purpose:
            continue
        body = re.sub(r"linkgit:([\w-]+)\[\d\]", r"\1", text[purpose.end():])
        add(body, purpose[1].strip(), "purpose")
    postgres = cache / "postgresql-doc-15/usr/share/doc/postgresql-doc-15/html"
    headings = []
    for path in sorted(postgres.glob("*.html")):
        if re.match(r"release|biblio|bookindex|legalnotice|index|sql-keywords|errcodes", path.name):
            continue
        for title, body in html_sections(path.read_text(errors="replace")):
            named = len(title.split()) >= 2 and not re.search(r"_|\(|^[A-Z ]+$", title)
            add(body, title if named else None, "heading")

    # A heading that stands twice has no one answer.
    counts = collections.Counter(query["text"].lower() for query in queries)
    queries = [query for query in queries if counts[query["text"].lower()] == 1]
    random.seed(20261121)
    kept = [query for query in queries if query["kind"] != "heading"]
    kept += random.sample([query for query in queries if query["kind"] == "heading"], 300)
    answers = sorted({index for query in kept for index in query["relevant"]})
    others = sorted(set(range(len(texts))) - set(answers))
    chosen = sorted(answers + random.sample(others, PASSAGES - len(answers)))
    place = {index: new for new, index in enumerate(chosen)}
    for query in kept:
        query["relevant"] = [place[index] for index in query["relevant"]]
    json.dump({"texts": [texts[index] for index in chosen], "queries": kept}, sys.stdout)
    print(f"{len(chosen)} passages, queries: {dict(collections.Counter(query['kind'] for query in kept))}", file=sys.stderr)


if __name__ == "__main__":
    main()
