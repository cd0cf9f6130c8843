#!/usr/bin/env python3
"""Compares keywords (BM25), vectors and fusions of the two on a collection of `build_collection.py`.

    run.py collection.json [--bench .build/release/intelligence-bench] [--model DIRECTORY] [--ranks ranks.json]

Standard library only. Prints MRR@10, nDCG@10 and recall@10 for each kind of query and their mean. `--ranks` keeps the vectors' answer
in a file between runs, since it takes minutes. The rows marked `tuned` have one parameter, chosen by the mean nDCG@10 of half of the
queries and measured on the other half, both ways round.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPTH = 200  # how many candidates each side brings
STOP = set("""a about above after again against all am an and any are as at be because been before being below between both but by can
cannot could did do does doing down during each few for from further had has have having he her here hers him his how i if in into is
it its me more most my no nor not of off on once only or other our ours out over own same she should so some such than that the their
theirs them then there these they this those through to too under until up very was we were what when where which while who whom why
will with would you your yours""".split())


def terms(text):
    """Words as the product's index has them: lower case, stop words left out, stemmed (here with the commonest endings only)."""
    found = []
    for word in re.findall(r"[a-z0-9]+", text.lower().replace("'", "")):
        if word in STOP:
            continue
        for ending, stem in (("sses", "ss"), ("ies", "i"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("s", ""), ("e", "")):
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
                word = word[: len(word) - len(ending)] + stem
                break
        found.append(word)
    return found


class BM25:
    def __init__(self, texts, k1=1.2, b=0.75):
        self.k1, self.postings = k1, collections.defaultdict(list)
        lengths = []
        for index, text in enumerate(texts):
            words = terms(text)
            lengths.append(len(words))
            for word, count in collections.Counter(words).items():
                self.postings[word].append((index, count))
        average = sum(lengths) / len(lengths)
        self.norm = [k1 * (1 - b + b * length / average) for length in lengths]
        self.size = len(texts)

    def rank(self, query, limit):
        """The best texts, and the score that no text can exceed: every term of the query, as often as you like."""
        scores, ceiling = collections.defaultdict(float), 0.0
        for word in terms(query):
            found = self.postings.get(word, [])
            idf = math.log(1 + (self.size - len(found) + 0.5) / (len(found) + 0.5))
            ceiling += idf * (self.k1 + 1)
            for index, count in found:
                scores[index] += idf * count * (self.k1 + 1) / (count + self.norm[index])
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:limit], ceiling


# Each takes the two lists [(index, score)], best first, and BM25's ceiling; gives {index: score}.

def rrf(k):
    def fuse(keywords, vectors, ceiling):
        fused = collections.defaultdict(float)
        for hits in (keywords, vectors):
            for rank, (index, _) in enumerate(hits):
                fused[index] += 1 / (k + rank + 1)
        return fused
    return fuse


def convex(weight, keyword_norm, vector_norm):
    """weight * vectors + (1 - weight) * keywords, after the norms; what a list does not have counts as its least."""
    def fuse(keywords, vectors, ceiling):
        fused = collections.defaultdict(float)
        for hits, norm, share in ((keywords, keyword_norm, 1 - weight), (vectors, vector_norm, weight)):
            if hits:
                values = norm([score for _, score in hits], ceiling)
                least = min(values)
                for (index, _), value in zip(hits, values):
                    fused[index] += share * (value - least)
        return fused
    return fuse


def product(keywords, vectors, ceiling, weight=0.65):
    """What the library does: 0.65 cosine + 0.35 BM25 / ceiling."""
    least = vectors[-1][1] if vectors else 0
    words, near = dict(keywords), dict(vectors)
    return {index: weight * near.get(index, least) + (1 - weight) * words.get(index, 0) / (ceiling or 1) for index in {*words, *near}}


def min_max(scores, _):
    spread = max(scores) - min(scores)
    return [(score - min(scores)) / spread if spread else 1 for score in scores]


def by_best(scores, _):
    return [score / max(scores) for score in scores]


def by_ceiling(scores, ceiling):
    return [score / ceiling for score in scores]


def as_is(scores, _):
    return list(scores)


def z_score(scores, _):
    mean = sum(scores) / len(scores)
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores) / len(scores)) or 1
    return [(score - mean) / deviation for score in scores]


def measures(ranking, relevant):
    relevant = set(relevant)
    gains = [1 if index in relevant else 0 for index in ranking[:10]]
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(relevant))))
    first = next((rank for rank, gain in enumerate(gains) if gain), None)
    return (0 if first is None else 1 / (first + 1), sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains)) / ideal,
            sum(gains) / min(10, len(relevant)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection")
    parser.add_argument("--bench", default=str(ROOT / ".build/release/intelligence-bench"))
    parser.add_argument("--model", default=os.environ.get("LM_MODEL_DIR", str(ROOT / ".models/all-MiniLM-L6-v2")))
    parser.add_argument("--ranks")
    options = parser.parse_args()
    collection = json.loads(pathlib.Path(options.collection).read_text())
    texts, queries = collection["texts"], collection["queries"]
    if options.ranks and os.path.exists(options.ranks):
        vectors = json.loads(pathlib.Path(options.ranks).read_text())
    else:
        command = [options.bench, "rank", "--model", options.model, "--limit", "200"]
        data = json.dumps({"queries": [query["text"] for query in queries], "texts": texts})
        vectors = json.loads(subprocess.run(command, input=data, capture_output=True, text=True, check=True).stdout)
        if options.ranks:
            pathlib.Path(options.ranks).write_text(json.dumps(vectors))
    bm25 = BM25(texts)
    runs = []
    for query, near in zip(queries, vectors):
        keywords, ceiling = bm25.rank(query["text"], DEPTH)
        runs.append((keywords, [(int(index), score) for index, score in near[:DEPTH]], ceiling))
    kinds = sorted({query["kind"] for query in queries})

    def evaluate(fuse):
        results = []
        for (keywords, near, ceiling), query in zip(runs, queries):
            fused = fuse(keywords, near, ceiling)
            results.append(measures(sorted(fused, key=lambda index: (-fused[index], index)), query["relevant"]))
        return results

    def mean(results, kind=None, half=None, measure=1):
        chosen = [result[measure] for index, (result, query) in enumerate(zip(results, queries))
                  if (kind is None or query["kind"] == kind) and (half is None or index % 2 == half)]
        return sum(chosen) / len(chosen)

    def overall(results, half=None):
        return sum(mean(results, kind, half) for kind in kinds) / len(kinds)

    def show(name, results):
        cells = [f"{mean(results, kind, measure=measure):.3f}" for kind in kinds for measure in range(3)]
        print(f"| {name} | {' | '.join(cells)} | {overall(results):.4f} |")

    print("| | " + " | ".join(f"{kind} {name}" for kind in kinds for name in ("MRR", "nDCG", "R")) + " | mean nDCG@10 |")
    print("|---" * (2 + 3 * len(kinds)) + "|")
    show("BM25", evaluate(lambda keywords, near, ceiling: dict(keywords)))
    show("vectors", evaluate(lambda keywords, near, ceiling: dict(near)))
    for k in (5, 20, 60):
        show(f"RRF, k={k}", evaluate(rrf(k)))
    show("0.65 cosine + 0.35 BM25/ceiling", evaluate(product))
    weights = [step / 20 for step in range(1, 20)]
    families = {
        "min-max + min-max": lambda w: convex(w, min_max, min_max),
        "BM25/best + min-max": lambda w: convex(w, by_best, min_max),
        "BM25/best + cosine": lambda w: convex(w, by_best, as_is),
        "BM25/ceiling + cosine": lambda w: convex(w, by_ceiling, as_is),
        "BM25/ceiling + min-max": lambda w: convex(w, by_ceiling, min_max),
        "z + z": lambda w: convex(w, z_score, z_score),
    }
    for name, family in families.items():
        tried = {weight: evaluate(family(weight)) for weight in weights}
        best = [max(weights, key=lambda weight: overall(tried[weight], half)) for half in (0, 1)]
        crossed = [tried[best[1 - index % 2]][index] for index in range(len(queries))]
        show(f"{name}, tuned ({best[0]}, {best[1]})", crossed)
        print("   by weight: " + " ".join(f"{weight}:{overall(tried[weight]):.3f}" for weight in weights[1::2]))


if __name__ == "__main__":
    main()
