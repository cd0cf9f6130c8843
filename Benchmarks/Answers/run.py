#!/usr/bin/env python3
"""Judges the built-in tutor's answers on texts of our own, beside plain ways to answer from the same passages.

    run.py [--lm .build/release/lm] [--show tuning] [--prompts FILE] [--peer-model NAME_OR_DIRECTORY]

A real `lm serve` on a fresh data folder reads the sample course and `texts/`, and every question of `questions.json` is asked over
HTTP. Runs in an environment that has numpy and sentence-transformers. The peers get the very passages that ours was made from:

  top sentence       the sentence whose embedding is nearest to the question's
  three sentences    the three nearest, in the order of the passages
  first passage      the best passage, word for word

The first two decline below the cosine that serves them best on the tuning questions; a passage word for word is never declined.

An answer is *good* if it holds every phrase of `must` (regular expressions), none of `avoid`, and no more words than a reader would
want of that kind; *partial* if it holds some of the phrases, or all with too much beside them; else *wrong*, as is declining what the
texts answer. The kind `none` is what they do not answer: declining is the one right answer. Held-out questions were written before the
tutor was tuned on the others, and one whole text, economics, is asked about by them alone: keep it so, and do not `--show` them.
"""
import argparse
import hashlib
import http.client
import importlib.util
import json
import os
import pathlib
import re
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["what", "why", "how", "compare", "list", "fact"]
# Words: a paragraph with its list or its code; for a fact a few sentences.
MOST = {"what": 130, "why": 150, "how": 190, "compare": 190, "list": 190, "fact": 80}
DECLINED = "I could not find an answer"


def judge(question, answer):
    """good, partial, wrong; for what the texts do not answer, declined or wrong."""
    has_declined = answer is None or answer.startswith(DECLINED)
    if question["kind"] == "none":
        return "declined" if has_declined else "wrong"
    if has_declined:
        return "wrong"
    answer = answer.replace("’", "'")
    held = [re.search(phrase, answer, re.I) is not None for phrase in question["must"]]
    has_noise = any(re.search(phrase, answer, re.I) for phrase in question.get("avoid", []))
    is_brief = len(answer.split()) <= MOST[question["kind"]]
    if all(held) and is_brief and not has_noise:
        return "good"
    return "partial" if any(held) else "wrong"


def sentences(text):
    """Paragraphs and list items, cut behind full stops."""
    blocks, block = [], []
    for line in text.splitlines() + [""]:
        starts = re.match(r"\s*(?:[-•*]|\d+[.)])\s+", line)
        if (not line.strip() or starts) and block:
            blocks.append(" ".join(block))
            block = []
        if line.strip():
            block.append(re.sub(r"^\s*(?:[-•*]|\d+[.)])\s+", "", line).strip())
    plain = [re.sub(r"\s*\[\d+\]", "", block) for block in blocks]
    return [one for block in plain for one in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“\"])|(?<=[。！？])", block) if re.search(r"\w", one)]


def load_server():
    """The server of the ingestion benchmark."""
    path = ROOT / "Benchmarks/Ingestion/run.py"
    spec = importlib.util.spec_from_file_location("ingestion", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ask(server, question):
    """The answer, the passages it was made from, and the milliseconds until its first word."""
    message, passages, first = answer(server, question)
    return message["content"], passages, first


def answer(server, question):
    """The finished message, the passages it was made from, and the milliseconds until its first word."""
    status, conversation = server.call("POST", "/api/v1/chat/conversations", {})
    if status not in (200, 201):
        raise SystemExit(f"no conversation: {status} {conversation}")
    headers = {
        "Authorization": f"Bearer {server.token}", "Content-Type": "application/json", "Accept": "text/event-stream"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    start = time.perf_counter()
    connection.request(
        "POST", f"/api/v1/chat/conversations/{conversation['id']}/messages", json.dumps({"content": question}), headers)
    event, first, passages, message = None, None, [], None
    response = connection.getresponse()
    for line in response:
        line = line.decode().rstrip("\r\n")
        if line.startswith("event:"):
            event = line[6:].strip()
        elif line.startswith("data:"):
            if event == "delta" and first is None:
                first = (time.perf_counter() - start) * 1000
            elif event == "retrieval":
                passages = json.loads(line[5:])["passages"]
            elif event == "message.completed":
                message = json.loads(line[5:])
                break
    connection.close()
    if message is None or first is None:
        raise SystemExit(f"no answer to {question}")
    return message, passages, first


def with_text(server, passages, known):
    found = []
    for passage in passages:
        key = passage["chunk_id"]
        if key not in known:
            _, known[key] = server.call("GET", f"/api/v1/documents/{passage['document_id']}/chunks/{key}")
        section = passage.get("section")
        if section and section.startswith(passage["title"] + " › "):
            section = section[len(passage["title"]) + 3:]
        found.append({
            "title": passage["title"], "section": None if section == passage["title"] else section, "page": passage.get("page"),
            "text": known[key]["text"]})
    return found


class Peer:
    """Sentences by their embeddings.

    - Parameter kept: a file that keeps vectors from run to run.
    """

    def __init__(self, name, kept=None):
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(name, device="cpu")
        self.model.encode(["warm"], show_progress_bar=False)
        self.kept = kept

    def vectors(self, texts):
        import numpy

        keys = {text: hashlib.sha1(text.encode()).hexdigest() for text in texts}
        known = {}
        if self.kept and self.kept.exists():
            with numpy.load(self.kept) as file:
                known = dict(zip(file["keys"].tolist(), file["vectors"]))
        missing = [text for text in texts if keys[text] not in known]
        if missing:
            made = self.model.encode(missing, show_progress_bar=False, normalize_embeddings=True)
            known.update(zip((keys[text] for text in missing), made))
            if self.kept:
                numpy.savez(self.kept, keys=numpy.array(list(known)), vectors=numpy.array(list(known.values())))
        return {text: known[keys[text]] for text in texts}

    def read(self, questions, found):
        """For each question the sentences of its passages with their cosines, in order. Each text is embedded once."""
        texts = [self.candidates(passages) for passages in found]
        vectors = self.vectors(list(dict.fromkeys(questions + [one for own in texts for one in own])))
        return [[(one, float(vectors[one] @ vectors[q])) for one in own] for q, own in zip(questions, texts)]

    def time(self, question, passages):
        """Milliseconds to do it for one question alone."""
        start = time.perf_counter()
        vectors = self.model.encode([question] + self.candidates(passages), show_progress_bar=False, normalize_embeddings=True)
        max(vectors[1:] @ vectors[0])
        return (time.perf_counter() - start) * 1000

    @staticmethod
    def candidates(passages):
        return list(dict.fromkeys(
            one for passage in passages for one in sentences(passage["text"]) if one[-1] in "。！？" or len(one.split()) >= 4 and one[-1] in ".!:;”"))


def nearest(read, count, least):
    order = sorted(range(len(read)), key=lambda index: -read[index][1])[:count]
    if not order or read[order[0]][1] < least:
        return None
    return " ".join(read[index][0] for index in sorted(order))


def best_threshold(questions, reads, count):
    def right(least):
        return sum(judge(q, nearest(r, count, least)) in ("good", "declined")
                   for q, r in zip(questions, reads) if q["split"] == "tuning")

    return max((step / 100 for step in range(30, 81)), key=right)


def table(split, questions, verdicts):
    """Rows by kind: good / partial / wrong of each way to answer, and ours over the best peer's good ones."""
    names = list(verdicts)
    print(f"| {split} questions | " + " | ".join(names) + " | ratio |\n|" + "---|" * (len(names) + 2))

    def row(what, kinds, counted):
        chosen = [i for i, q in enumerate(questions) if q["split"] == split and q["kind"] in kinds]
        counts = {name: [sum(v[i] == one for i in chosen) for one in counted] for name, v in verdicts.items()}
        best = max(counts[name][0] for name in names[1:])
        ratio = f"{counts[names[0]][0] / best:.2f}x" if best else ""
        cells = " | ".join(" / ".join(map(str, counts[name])) for name in names)
        print(f"| {what}, {len(chosen)}: {' / '.join(counted)} | {cells} | {ratio} |")

    for kind in KINDS:
        row(kind, [kind], ["good", "partial", "wrong"])
    row("**all that the texts answer**", KINDS, ["good", "partial", "wrong"])
    row("**what they do not answer**", ["none"], ["declined", "wrong"])
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lm", default=str(ROOT / ".build/release/lm"))
    parser.add_argument("--show", action="append", default=[], choices=["tuning", "held-out"], help="print answers that are not good")
    parser.add_argument("--prompts", type=pathlib.Path, help="write questions, passages and answers to this file")
    parser.add_argument("--peer-model", default=os.environ.get("LM_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2"))
    options = parser.parse_args()
    questions = json.loads((HERE / "questions.json").read_text())
    ingestion = load_server()
    answers, found, times, known = [], [], [], {}
    with tempfile.TemporaryDirectory() as temporary:
        server = ingestion.Server(options.lm, pathlib.Path(temporary) / "data")
        try:
            server.sign_in(True)
            course = [p for p in sorted((ROOT / "Web/sample-course").iterdir()) if p.suffix in (".md", ".html", ".pdf")]
            for path in course + sorted((HERE / "texts").iterdir()):
                ingestion.ingest_ours(server, path)
            for warm in ("What is water?", "Why is the sky blue?"):
                ask(server, warm)
            for question in questions:
                answer, passages, first = ask(server, question["question"])
                answers.append(answer)
                times.append(first)
                found.append(with_text(server, passages, known))
        finally:
            server.stop()
    if options.prompts:
        kept = [dict(q, passages=p, answer=a) for q, p, a in zip(questions, found, answers)]
        options.prompts.write_text(json.dumps(kept, ensure_ascii=False, indent=1))
    peer = Peer(options.peer_model)
    reads = peer.read([q["question"] for q in questions], found)
    theirs = [peer.time(q["question"], passages) for q, passages in list(zip(questions, found))[::6]]
    ways = {"tutor": answers}
    for name, count in (("top sentence", 1), ("three sentences", 3)):
        least = best_threshold(questions, reads, count)
        ways[name] = [nearest(read, count, least) for read in reads]
    ways["first passage"] = [passages[0]["text"] if passages else None for passages in found]
    verdicts = {name: [judge(q, a) for q, a in zip(questions, given)] for name, given in ways.items()}
    for split in ("held-out", "tuning"):
        table(split, questions, verdicts)
    asked = [i for i, q in enumerate(questions) if q["kind"] != "none"]
    print("| what | ours | peer | ratio |\n|---|---|---|---|")
    ours, other = (statistics.median(len((ways[name][i] or "").split()) for i in asked) for name in ("tutor", "first passage"))
    print(f"| words of an answer (peer: first passage), median | {ours:.0f} | {other:.0f} | {other / ours:.2f}x |")
    for name, at in (("p50", .5), ("p95", .95)):
        ours, other = (sorted(t)[int(len(t) * at)] for t in (times, theirs))
        what = f"question to the first word, over HTTP with search (peer: embedding the passages' sentences), ms {name}"
        print(f"| {what} | {ours:.1f} | {other:.1f} | {other / ours:.2f}x |")
    for i, question in enumerate(questions):
        if question["split"] in options.show and verdicts["tutor"][i] not in ("good", "declined"):
            print(f"\n{verdicts['tutor'][i]} ({question['kind']}): {question['question']}\n  wants {question.get('must')}\n  {answers[i]}",
                  file=sys.stderr)


if __name__ == "__main__":
    main()
