#!/usr/bin/env python3
"""Checks that every phrase a question wants stands in its document, as pandoc, poppler or tesseract read it.

    check.py tuning|tuning-2|held-out [--documents FOLDER]

Prints the phrases that do not, and questions asked twice. Readers other than ours, so that what ours loses counts against it.
"""
import argparse
import json
import pathlib
import re
import subprocess
import tempfile
import zipfile

import documents

HERE = pathlib.Path(__file__).resolve().parent


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")


def text_of(path):
    ending = path.suffix.lower()
    if ending == ".pdf":
        text = run("pdftotext", "-layout", path, "-") + run("pdftotext", path, "-")
        return text if re.search(r"\w{3}", text) else scanned(path)
    if ending in (".html", ".htm", ".docx", ".odt", ".epub", ".tex", ".rtf", ".ipynb"):
        readers = {".htm": "html", ".tex": "latex"}
        text = run("pandoc", "-f", readers.get(ending, ending[1:]), "-t", "plain", "--wrap=none", path)
        return text + (path.read_text(errors="replace") if ending in (".tex", ".ipynb") else "")
    if ending == ".xlsx":
        return " ".join(rows(path))
    if ending in (".pptx", ".odp", ".ods"):
        with zipfile.ZipFile(path) as archive:
            parts = [n for n in archive.namelist() if re.search(r"(slide\d+|content)\.xml$", n)]
            return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(a:r|a:t|text:span)\b[^>]*>", "", archive.read(n).decode())) for n in parts)
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def rows(path):
    """The rows of a workbook, dates as the numbers that they are kept as."""
    with zipfile.ZipFile(path) as archive:
        strings = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.S)]
        for name in sorted(n for n in archive.namelist() if re.search(r"worksheets/sheet\d+\.xml$", n)):
            for row in re.findall(r"<row.*?</row>", archive.read(name).decode(), re.S):
                cells = re.findall(r"<c ([^>]*?)>(?:<f[^>]*/>|<f.*?</f>)?<v>(.*?)</v>", row, re.S)
                yield " ".join(strings[int(value)] if 't="s"' in kind else value for kind, value in cells)


def scanned(path):
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", "200", "-png", path, f"{folder}/page")
        return "\n".join(run("tesseract", page, "-") for page in sorted(pathlib.Path(folder).iterdir()))


def plain(text):
    text = text.replace("\u00ad\n", "").replace("’", "'").replace("‘", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return re.sub(r"\s+", " ", text) + " " + re.sub(r"\s+", " ", re.sub(r"[-‐]\n\s*", "", text))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", choices=["tuning", "tuning-2", "held-out"])
    parser.add_argument("--documents", type=pathlib.Path, default=documents.KEPT / "documents")
    options = parser.parse_args()
    sources = documents.listed(options.set)
    documents.fetch(sources, options.documents)
    texts = {documents.stem(one["name"]): plain(text_of(options.documents / one["name"])) for one in sources}
    asked, faults = set(), 0
    questions = [json.loads(line) for line in (HERE / f"real/{options.set}.jsonl").read_text().splitlines()]
    for question in questions:
        if question["question"].lower() in asked:
            faults += 1
            print(f"asked twice: {question['question']}")
        asked.add(question["question"].lower())
        for phrase in question.get("must", []):
            if not re.search(phrase, texts[question["document"]], re.I):
                faults += 1
                print(f"not in {question['document']}: {phrase}  ({question['question']})")
    print(f"{len(questions)} questions, {faults} faults")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
