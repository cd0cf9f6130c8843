#!/usr/bin/env python3
"""What a bound for "nothing comes close" costs and saves on a collection of `build_collection.py`.

    cutoff.py collection.json [--bench .build/release/intelligence-bench] [--model DIRECTORY] [--ranks ranks.json]

A passage is shown where its cosine or its share of the query's words reaches a bound. Beside the collection's queries, whose right passages
are known, it asks what the collection does not hold: the questions of `Benchmarks/Answers` and words of other fields. `--ranks` keeps the
vectors' answer in a file between runs, since it takes minutes. Odd queries are held out.
"""
import argparse
import json
import os
import pathlib
import subprocess

from run import BM25, product

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRANGE = """zebrafish photosynthesis mitochondria Napoleon volcano antibiotic inflation monarchy tectonics enzyme glacier sonata Renaissance
cholesterol tariff penguin sulphur cathedral vaccination drought violin parliament chlorophyll comet dinosaur impressionism baroque insulin
hurricane mortgage""".split()
CANDIDATES, SHOWN = 40, 20


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("collection", type=pathlib.Path)
    parser.add_argument("--bench", default=str(ROOT / ".build/release/intelligence-bench"))
    parser.add_argument("--model", default=os.environ.get("LM_MODEL_DIR", ""))
    parser.add_argument("--ranks", type=pathlib.Path)
    return parser.parse_args()


def main():
    given = arguments()
    collection = json.loads(given.collection.read_text())
    texts, queries = collection["texts"], collection["queries"]
    questions = [entry["question"] for entry in json.loads((ROOT / "Benchmarks/Answers/questions.json").read_text())]
    asked = [query["text"] for query in queries] + questions + STRANGE
    if given.ranks and given.ranks.exists():
        near = json.loads(given.ranks.read_text())
    else:
        command = [given.bench, "rank", *(["--model", given.model] if given.model else []), "--limit", "200"]
        out = subprocess.run(command, input=json.dumps({"queries": asked, "texts": texts}), stdout=subprocess.PIPE, text=True, check=True).stdout
        near = json.loads(out)
        if given.ranks:
            given.ranks.write_text(out)
    words = BM25(texts)

    def candidates(text, found):
        """The best passages of the fusion: (index, cosine or None, share of the query's words)."""
        keywords, ceiling = words.rank(text, 200)
        vectors = [(int(index), score) for index, score in found[:200]]
        fused, cosine, share = product(keywords, vectors, ceiling), dict(vectors), dict(keywords)
        best = sorted(fused, key=lambda index: (-fused[index], index))[:CANDIDATES]
        return [(index, cosine.get(index), share.get(index, 0) / (ceiling or 1)) for index in best]

    found = [candidates(text, hits) for text, hits in zip(asked, near)]
    known = list(zip((set(query["relevant"]) for query in queries), found))
    other = found[len(queries):]

    print("| cosine | words | right kept, tuning | held out | other questions: nothing shown | other words | passages shown of other |")
    print("|---|---|---|---|---|---|---|")
    for least_cosine in (0.2, 0.25, 0.3, 0.35, 0.4):
        for least_words in (0.1, 0.15, 0.2, 0.25, 0.3):
            def shown(hits):
                return [hit for hit in hits if (hit[1] is not None and hit[1] >= least_cosine) or hit[2] >= least_words][:SHOWN]

            def kept(half):
                right = [(hit, hits) for relevant, hits in known[half::2] for hit in hits[:SHOWN] if hit[0] in relevant]
                return sum(hit in shown(hits) for hit, hits in right) / max(1, len(right))

            def empty(some):
                return sum(not shown(hits) for hits in some) / len(some)

            mean = sum(len(shown(hits)) for hits in other) / len(other)
            print(f"| {least_cosine} | {least_words} | {kept(0):.4f} | {kept(1):.4f} | {empty(other[:len(questions)]):.2f} "
                  f"| {empty(other[len(questions):]):.2f} | {mean:.1f} |")


if __name__ == "__main__":
    main()
