#!/usr/bin/env python3
"""Parses sentences.txt with spaCy 3.8 and writes parses.json: what the parser in Swift must find.

    make_parses.py MODEL_FOLDER
"""
import json
import pathlib
import sys

import spacy

here = pathlib.Path(__file__).parent
nlp = spacy.load(sys.argv[1])
parses = []
for line in (here / "sentences.txt").read_text().splitlines():
    doc = nlp(line)
    parses.append({
        "text": line,
        "words": [[word.text, word.lemma_, word.tag_, word.pos_, str(word.head.i), word.dep_] for word in doc],
        "entities": [[entity.label_, str(entity.start), str(entity.end)] for entity in doc.ents],
        "chunks": [chunk.text for chunk in doc.noun_chunks],
    })
lines = ",\n".join(json.dumps(parse, ensure_ascii=False) for parse in parses)
(here / "parses.json").write_text(f"[\n{lines}\n]\n")
