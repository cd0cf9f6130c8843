#!/usr/bin/env python3
"""Judges the built-in tutor on documents that none of us wrote, beside plain ways to answer from the same passages.

    real.py [--half tuning|held-out|both] [--set NAME] [--lm .build/release/lm] [--keep] [--show [KIND]] [--answers FILE] [--without-peers]

The documents of each set are a library of their own: manuals, books, slides, tables, texts, a scan, in several languages, of files
that `documents.py` fetches. A real `lm serve` reads all of a set, and every question about it is asked over HTTP with all of them in
scope. The kind `none` is what no document of the set answers: declining is right there. The tuning half is two sets, of which the second
was held out once; each has its own figures, and then both together.

Tune on the tuning half alone. Nobody who changes the tutor or the search reads the held-out questions or their answers: of that half
tables are printed and no more, unless `--read-held-out` says that the reader tunes nothing.

An answer is *right* if it holds every phrase of `must` (regular expressions, each of them checked with `check.py` to stand in the
document) and none of `not`, *partly* if it holds some, *declined* where it says that the documents do not hold it, else *wrong*. The
peers get the very passages that ours was made from: the opening of the first (110 words), and the three sentences whose embeddings are
nearest to the question's.

`--keep` reads the documents once, and again when they or the sources that read them change; the peer's vectors are kept too. With
`--without-peers` any Python runs it.
"""
import argparse
import collections
import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import time

import documents
import judging

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["what", "fact", "table", "formula", "code", "acronym", "yes/no", "why", "how", "how-to", "steps", "list", "compare", "summary"]
SETS = {"tuning": ["tuning", "tuning-2"], "held-out": ["held-out"], "both": ["held-out", "tuning", "tuning-2"]}
TITLES = {"held-out": "Held-out questions", "tuning": "Tuning questions, first set", "tuning-2": "Tuning questions, second set"}


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def questions_of(name):
    return [json.loads(line) for line in (HERE / f"real/{name}.jsonl").read_text().splitlines()]


class Library:
    """A server that has read the documents of one set."""

    def __init__(self, own, lm, name, sources, is_kept):
        self.ingestion = own.load_server()
        self.sources = documents.listed(name)
        documents.fetch(self.sources, sources)
        self.temporary = None if is_kept else tempfile.TemporaryDirectory()
        self.folder = documents.library_folder(self.sources) if is_kept else pathlib.Path(self.temporary.name) / "data"
        done = self.folder / "all-read"
        is_new = not self.folder.exists()
        self.server = self.ingestion.Server(lm, self.folder)
        self.server.sign_in(is_new)
        if not done.exists():
            self.read(sources)
            done.touch()
        _, page = self.server.call("GET", "/api/v1/documents?limit=100")
        self.names = {one["id"]: documents.stem(one["filename"]) for one in page["data"]}

    def read(self, sources):
        _, page = self.server.call("GET", "/api/v1/documents?limit=100")
        known = {one["filename"] for one in page["data"] if one["status"] == "completed"}
        start = time.perf_counter()
        for one in self.sources:
            if one["name"] not in known:
                self.ingestion.ingest_ours(self.server, sources / one["name"])
        print(f"read {len(self.sources)} documents in {time.perf_counter() - start:.0f} s", file=sys.stderr)

    def close(self):
        self.server.stop()
        if self.temporary:
            self.temporary.cleanup()


def ask_all(own, library, questions):
    """What came back for each question: the message, its passages with their texts, where the document stood, the time."""
    known, asked = {}, []
    own.ask(library.server, "What is water?")
    for question in questions:
        message, passages, first = own.answer(library.server, question["question"])
        found = own.with_text(library.server, passages, known)
        cited = {}
        for one in message["citations"]:
            key = one["chunk_id"]
            if key not in known:
                _, known[key] = library.server.call("GET", f"/api/v1/documents/{one['document_id']}/chunks/{key}")
            cited[one["number"]] = f"{one['title']} {one.get('section') or ''} {known[key]['text']}"
        library.server.call("DELETE", f"/api/v1/chat/conversations/{message['conversation_id']}")
        order = list(dict.fromkeys(library.names[one["document_id"]] for one in passages))
        asked.append({
            "message": message, "found": found, "first": first, "order": order,
            "citations": judging.citations(message, cited)})
    return asked


def cells(questions, answers):
    count = collections.Counter(judging.verdict(q, a) for q, a in zip(questions, answers))
    return " / ".join(str(count[name]) for name in judging.VERDICTS)


def rows(questions, ways, label, groups):
    """A table by group: right / partly / wrong / declined of each way to answer."""
    print(f"| {label}: {' / '.join(judging.VERDICTS)} | " + " | ".join(ways) + " |\n|" + "---|" * (len(ways) + 1))
    for name, holds in groups:
        chosen = [i for i, q in enumerate(questions) if holds(q)]
        if chosen:
            told = [cells([questions[i] for i in chosen], [given[i] for i in chosen]) for given in ways.values()]
            print(f"| {name}, {len(chosen)} | " + " | ".join(told) + " |")
    print()


def share(part, whole):
    return f"{part} of {whole}, {100 * part / whole:.1f} %" if whole else "none"


def figures(questions, asked):
    answers = [one["message"]["content"] for one in asked]
    answerable = [i for i, q in enumerate(questions) if q["kind"] != "none"]
    refused = [i for i in range(len(questions)) if judging.refuses(answers[i])]
    empty = [i for i, q in enumerate(questions) if q["kind"] == "none"]
    right = sum(judging.verdict(questions[i], answers[i]) == "right" for i in answerable)
    marks = [held for one in asked for held, _, _ in one["citations"]]
    both = len(set(refused) & set(empty))
    print("| what | tutor |\n|---|---|")
    print(f"| right, of what the documents answer | {share(right, len(answerable))} |")
    print(f"| citations whose passage holds what they stand behind | {share(sum(marks), len(marks))} |")
    print(f"| refusal precision: refused, and the documents do not hold it | {share(both, len(refused))} |")
    print(f"| refusal recall: the documents do not hold it, and refused | {share(both, len(empty))} |")
    for most in (1, 2, 5):
        held = sum(questions[i]["document"] in asked[i]["order"][:most] for i in answerable)
        print(f"| the right document {'first' if most == 1 else f'among the first {most}'} | {share(held, len(answerable))} |")
    times = sorted(one["first"] for one in asked)
    print(f"| question to the first word, over HTTP with search, p50 / p95 | {times[len(times) // 2]:.0f} / {times[int(len(times) * .95)]:.0f} ms |")
    print(f"| words of an answer, median | {sorted(len(a.split()) for a in answers)[len(answers) // 2]} |")
    print()


def show(questions, asked, kind):
    for question, one in zip(questions, asked):
        answer = one["message"]["content"]
        verdict = judging.verdict(question, answer)
        if verdict == ("declined" if question["kind"] == "none" else "right") or kind not in ("all", question["kind"]):
            continue
        print(f"\n{verdict} ({question['kind']}, {question['document']}; found {one['order'][:3]}): {question['question']}\n"
              f"  wants {question.get('must')}\n  {answer}")
    for one in asked:
        for held, number, told in one["citations"]:
            if not held and kind == "all":
                print(f"\nnot in what [{number}] cites: {told}")


def main():
    own = load("run")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=list(SETS), default="tuning")
    parser.add_argument("--set", choices=SETS["both"], help="ask only about this set of the half")
    parser.add_argument("--lm", default=str(own.ROOT / ".build/release/lm"))
    parser.add_argument("--documents", type=pathlib.Path, default=documents.KEPT / "documents")
    parser.add_argument("--keep", action="store_true", help="keep what was read for the next run")
    parser.add_argument("--show", nargs="?", const="all", metavar="KIND", help="print answers that are not right")
    parser.add_argument("--answers", type=pathlib.Path, help="write questions and answers to this file")
    parser.add_argument("--read-held-out", action="store_true", help="let --show and --answers tell held-out ones: I tune nothing")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--peer-model", default=os.environ.get("LM_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2"))
    options = parser.parse_args()
    sets = [options.set] if options.set else SETS[options.half]
    if "held-out" in sets and (options.show or options.answers) and not options.read_held_out:
        raise SystemExit("Held-out questions and answers are told to nobody who tunes: see --read-held-out.")
    vectors = documents.KEPT / f"sentences-{pathlib.Path(options.peer_model).parent.name}.npz" if options.keep else None
    peer = None if options.without_peers else own.Peer(options.peer_model, vectors)
    kept, tuned = [], []
    for name in sets:
        questions = questions_of(name)
        library = Library(own, options.lm, name, options.documents, options.keep)
        try:
            asked = ask_all(own, library, questions)
        finally:
            library.close()
        answers = [one["message"]["content"] for one in asked]
        kept += [dict(q, half=name, answer=a, verdict=judging.verdict(q, a), order=one["order"], citations=one["citations"])
                 for q, a, one in zip(questions, answers, asked)]
        if options.answers:
            options.answers.write_text(json.dumps(kept, ensure_ascii=False, indent=1))
        ways = {"tutor": answers}
        if peer:
            found = [one["found"] for one in asked]
            ways["opening of the first"] = [" ".join(p[0]["text"].split()[:110]) if p else None for p in found]
            ways["three sentences"] = [own.nearest(read, 3, .3) for read in peer.read([q["question"] for q in questions], found)]
        if name != "held-out":
            tuned += zip(questions, asked)
        print(f"### {TITLES[name]}: {len(questions)} about {len(library.sources)} documents\n")
        figures(questions, asked)
        groups = [(kind, lambda q, kind=kind: q["kind"] == kind) for kind in KINDS]
        groups.append(("**all that the documents answer**", lambda q: q["kind"] != "none"))
        groups.append(("**what they do not answer**", lambda q: q["kind"] == "none"))
        rows(questions, ways, "kind", groups)
        rows(questions, ways, "document", [
            (f"{one['name']}: {one['subject']}", lambda q, name=documents.stem(one["name"]): q["document"] == name and q["kind"] != "none")
            for one in library.sources])
        if options.show:
            show(questions, asked, options.show)
    if len(sets) > 1:
        print(f"### Tuning questions, both sets: {len(tuned)}\n")
        figures(*zip(*tuned))


if __name__ == "__main__":
    main()
