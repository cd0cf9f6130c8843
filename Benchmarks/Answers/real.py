#!/usr/bin/env python3
"""Judges the built-in tutor on documents that none of us wrote, beside plain ways to answer from the same passages.

    real.py [--lm .build/release/lm] [--documents FOLDER] [--show tuning] [--answers FILE] [--peer-model NAME_OR_DIRECTORY]

The documents are manuals, an FAQ as PDF, a game's rules as text, a history, an essay: files of Debian packages, fetched with `apt-get
download` into FOLDER and not installed. A real `lm serve` reads all of them, and every question of `real/questions.json` is asked over
HTTP with all of them in scope.

An answer is *right* if it holds every phrase of `must` (regular expressions, each of them checked to stand in the right document),
*partly* if it holds some, else *wrong*; *declined* where it says that the documents do not hold it. The kind `none` is what no document
answers: declining is right there. Held-out questions are about documents that no tuning question is about: keep it so, and do not
`--show` them. The peers get the very passages that ours was made from: the opening of the first (110 words), and the three sentences
whose embeddings are nearest to the question's.
"""
import argparse
import collections
import gzip
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = {
    "wal.html": ("sqlite3-doc", "usr/share/doc/sqlite3/wal.html"),
    "datatype3.html": ("sqlite3-doc", "usr/share/doc/sqlite3/datatype3.html"),
    "gnubg.html": ("gnubg-data", "usr/share/doc/gnubg/gnubg.html"),
    "gnugo_15.html": ("gnugo", "usr/share/doc/gnugo/html/gnugo_15.html"),
    "debian-faq.pdf": ("debian-faq", "usr/share/doc/debian/FAQ/debian-faq.en.pdf.gz"),
    "crawl_manual.txt": ("crawl-common", "usr/share/crawl/docs/crawl_manual.txt"),
    "secA5.html": ("anarchism", "usr/share/doc/anarchism/html/secA5.html"),
    "R-FAQ.html": ("r-doc-html", "usr/share/R/doc/manual/R-FAQ.html"),
    "R-intro.html": ("r-doc-html", "usr/share/R/doc/manual/R-intro.html"),
    "engraving-details.html": (
        "lilypond-doc-html", "usr/share/doc/lilypond/html/Documentation/essay/engraving-details.html"),
    "bash.pdf": ("bash-doc", "usr/share/doc/bash/bash.pdf"),
    "nettle.html": ("nettle-dev", "usr/share/doc/nettle-dev/nettle.html"),
}
DECLINED = ("I could not find an answer", "Your documents say no more")


def base():
    spec = importlib.util.spec_from_file_location("own", HERE / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fetch(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        room = pathlib.Path(temporary)
        for name, (package, path) in SOURCES.items():
            if (folder / name).exists():
                continue
            unpacked = room / package
            if not unpacked.exists():
                subprocess.run(["apt-get", "-q", "download", package], cwd=room, check=True, stdout=subprocess.DEVNULL)
                unpacked.mkdir()
                subprocess.run(["dpkg", "-x", next(room.glob(f"{package}_*.deb")), unpacked], check=True)
            data = (unpacked / path).read_bytes()
            (folder / name).write_bytes(gzip.decompress(data) if path.endswith(".gz") else data)


def judge(question, answer):
    declined = answer is None or answer.startswith(DECLINED)
    if question["kind"] == "none":
        return "declined" if declined else "wrong"
    if declined:
        return "declined"
    plain = re.sub(r"\s+", " ", re.sub(r"\s*\[\d+\]", "", answer)).replace("’", "'")
    held = [re.search(phrase, plain, re.I) is not None for phrase in question["must"]]
    return "right" if all(held) else "partly" if any(held) else "wrong"


def main():
    own = base()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lm", default=str(own.ROOT / ".build/release/lm"))
    parser.add_argument("--documents", type=pathlib.Path, default=pathlib.Path.home() / ".cache/little-monster/documents")
    parser.add_argument("--show", action="append", default=[], choices=["tuning", "held out"], help="print answers that are not right")
    parser.add_argument("--answers", type=pathlib.Path, help="write questions and answers to this file")
    parser.add_argument("--peer-model", default=os.environ.get("LM_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2"))
    options = parser.parse_args()
    fetch(options.documents)
    questions = json.loads((HERE / "real/questions.json").read_text())
    ingestion = own.load_server()
    answers, found, times, known = [], [], [], {}
    with tempfile.TemporaryDirectory() as temporary:
        server = ingestion.Server(options.lm, pathlib.Path(temporary) / "data")
        try:
            server.sign_in(True)
            for name in sorted(SOURCES):
                ingestion.ingest_ours(server, options.documents / name)
            own.ask(server, "What is water?")
            for question in questions:
                answer, passages, first = own.ask(server, question["question"])
                answers.append(answer)
                times.append(first)
                found.append(own.with_text(server, passages, known))
        finally:
            server.stop()
    if options.answers:
        kept = [dict(q, answer=a) for q, a in zip(questions, answers)]
        options.answers.write_text(json.dumps(kept, ensure_ascii=False, indent=1))
    peer = own.Peer(options.peer_model)
    reads = peer.read([q["question"] for q in questions], found)
    ways = {
        "tutor": answers,
        "opening of the first": [" ".join(p[0]["text"].split()[:110]) if p else None for p in found],
        "three sentences": [own.nearest(read, 3, .3) for read in reads],
    }
    for split in ("held out", "tuning"):
        print(f"| {split} | questions | " + " | ".join(ways) + " |\n|" + "---|" * (len(ways) + 2))
        for what, is_none in (("right / partly / wrong / declined", False), ("not in them: declined / answered", True)):
            chosen = [i for i, q in enumerate(questions) if q["split"] == split and (q["kind"] == "none") == is_none]
            cells = []
            for given in ways.values():
                count = collections.Counter(judge(questions[i], given[i]) for i in chosen)
                names = ["declined", "wrong"] if is_none else ["right", "partly", "wrong", "declined"]
                cells.append(" / ".join(str(count[name]) for name in names))
            print(f"| {what} | {len(chosen)} | " + " | ".join(cells) + " |")
        print()
    times.sort()
    print(f"question to the first word, over HTTP with search: p50 {times[len(times) // 2]:.0f} ms, "
          f"p95 {times[int(len(times) * .95)]:.0f} ms; median answer {sorted(len(a.split()) for a in answers)[len(answers) // 2]} words")
    for question, answer in zip(questions, answers):
        verdict = judge(question, answer)
        if question["split"] in options.show and verdict != "right" and not (question["kind"] == "none" and verdict == "declined"):
            print(f"\n{verdict}: {question['question']}\n  wants {question.get('must')}\n  {answer}")


if __name__ == "__main__":
    main()
