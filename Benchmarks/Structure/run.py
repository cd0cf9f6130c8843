#!/usr/bin/env python3
"""Reads pages of many layouts whose right text is known, beside other readers of PDFs. Prints a table.

    run.py [--lm .build/release/lm]

Runs in an environment that has pypdf, pypdfium2 and pymupdf; the pages are made with chromium. Of each page two figures: the share of
characters that are wrong (edits between the text and the right one, white space and hyphens at line ends aside, in the order in which
the text has the blocks), and the share of neighbouring blocks that do not follow each other. A row of a table is a block, whose cells
belong beside each other.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import pages as layouts  # noqa: E402


def plain(text):
    """What is compared: letters, digits and marks; bars between cells are ours, white space is nobody's."""
    text = re.sub(r"(?<=[a-z])[-\u00ad\u2010]\n(?=[a-z])", "", text.replace("\u00ad\n", ""))
    text = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069|•]", "", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def edits(a, b):
    """Levenshtein's distance, by rows of numpy."""
    import numpy as np
    a, b = np.array([ord(c) for c in a]), np.array([ord(c) for c in b])
    if not len(a) or not len(b):
        return max(len(a), len(b))
    row, steps = np.arange(len(b) + 1), np.arange(len(b) + 1)
    for at, letter in enumerate(a, 1):
        new = np.minimum(row[1:] + 1, row[:-1] + (b != letter))
        new = np.concatenate(([at], new))
        row = np.minimum.accumulate(new - steps) + steps
    return int(row[-1])


def order(text, blocks):
    """The share of neighbours that do not follow each other; a block that is not found follows nothing."""
    places, at = [], 0
    for block in blocks:
        place = text.find(block, at)
        if place < 0:
            place = text.find(block)
        places.append((place, place + len(block)))
        at = max(at, places[-1][1]) if place >= 0 else at
    wrong = sum(1 for (a, end), (b, _) in zip(places, places[1:]) if a < 0 or b < 0 or not 0 <= b - end <= 4)
    return wrong / max(1, len(blocks) - 1)


def readers(lm):
    import fitz
    import pypdf
    import pypdfium2

    def pdfium(path):
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)

    def poppler(*options):
        return lambda path: subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True, text=True).stdout

    yield "pdftotext", poppler()
    yield "pdftotext -layout", poppler("-layout")
    yield "pypdfium2", pdfium
    yield "PyMuPDF", lambda path: "\n".join(page.get_text() for page in fitz.open(path))
    yield "PyMuPDF, sorted", lambda path: "\n".join(page.get_text(sort=True) for page in fitz.open(path))
    yield "pypdf", lambda path: "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if lm:
        yield "Little Monster", lambda path: lm.text(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lm", default=".build/release/lm")
    parser.add_argument("--each", action="store_true", help="also each page's figures, to standard error")
    arguments = parser.parse_args()
    from reading import Reader
    with tempfile.TemporaryDirectory() as folder, Reader(arguments.lm, folder) as lm:
        made = []
        for name, html, blocks in layouts.pages():
            source, target = pathlib.Path(folder) / "page.html", pathlib.Path(folder) / f"{len(made)}.pdf"
            source.write_text(layouts.STYLE + html)
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", source],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            made.append((name, str(target), [plain(block) for block in blocks]))
        print(f"| {len(made)} pages | characters wrong | blocks out of order | pages without fault |\n|---|---|---|---|")
        for reader, read in readers(lm):
            wrong, mixed, clean = [], [], 0
            for name, path, blocks in made:
                text, right = plain(read(path)), "".join(blocks)
                share, out = min(1, edits(text, right) / len(right)), order(text, blocks)
                wrong.append(share)
                mixed.append(out)
                clean += share < 0.005 and out == 0
                if arguments.each:
                    print(f"{reader}: {name}: {share:.3f} {out:.3f}", file=sys.stderr)
            print(f"| {reader} | {100 * sum(wrong) / len(wrong):.1f} % | {100 * sum(mixed) / len(mixed):.1f} % | {clean} |")


main()
