"""Documents for the tests, drawn here so that every word on every page is known."""

from __future__ import annotations

import io
import random
import textwrap

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

FACT = "The Halvorsen valve opens at a pressure of 417 kilopascals and closes again at 389 kilopascals."
FACT_PAGE = 73
QUESTION = "At what pressure does the Halvorsen valve open?"

_subjects = "boiler pump turbine condenser bearing rotor gasket manifold regulator damper governor coupling".split()
_verbs = "drives cools limits feeds supports isolates measures balances protects monitors".split()
_manners = ["slowly", "steadily", "under load", "at the start", "in winter", "during tests", "after repairs", "without vibration"]


def long_pdf(pages: int = 120, seed: int = 7, title: str = "Handbook of Steam Plant Operation") -> bytes:
    """A handbook with a heading and some twenty lines on each page, and one fact on page 73."""
    chance = random.Random(seed)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for number in range(1, pages + 1):
        _page(canvas, number, chance, FACT if number == FACT_PAGE else None)
    canvas.save()
    return buffer.getvalue()


def _page(canvas: Canvas, number: int, chance: random.Random, fact: str | None) -> None:
    width, height = A4
    part = chance.choice(_subjects)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, height - 90, f"Section {number}: The {part} of unit {number}")
    canvas.setFont("Times-Roman", 11.5)
    y = height - 130
    for paragraph in range(4):
        sentences = [_sentence(chance, number) for _ in range(5)]
        if fact and paragraph == 2:
            sentences.insert(2, fact)
        for line in textwrap.wrap(" ".join(sentences), 88):
            canvas.drawString(72, y, line)
            y -= 16
        y -= 10
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(width / 2, 40, str(number))
    canvas.showPage()


def plain_pdf(title: str, heading: str, sentence: str, pages: int = 12) -> bytes:
    """A book in whatever language these words are, with a heading and the sentence on each page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    _, height = A4
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, height - 90, f"{heading} {number}")
        canvas.setFont("Times-Roman", 11.5)
        for row, line in enumerate(textwrap.wrap(f"{sentence} " * 6, 88)):
            canvas.drawString(72, height - 130 - 16 * row, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _sentence(chance: random.Random, number: int) -> str:
    first, second = chance.sample(_subjects, 2)
    return f"The {first} {chance.choice(_verbs)} the {second} {chance.choice(_manners)} at station {number * 10 + chance.randint(0, 9)}."


def encrypted_pdf() -> bytes:
    reader = PdfReader(io.BytesIO(long_pdf(2, title="Secret")))
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def damaged_pdf() -> bytes:
    return long_pdf(3, title="Damaged")[:900]


def note(title: str, *sentences: str) -> bytes:
    return f"# {title}\n\n{' '.join(sentences)}\n".encode()


def linked_pdf() -> bytes:
    """Three pages: links on the first lead to the third, to a site, and to a script."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle("Linked")
    canvas.drawString(72, 720, "To the end, to a site, to a script.")
    canvas.linkAbsolute("end", "end", Rect=(72, 700, 172, 740))
    canvas.linkURL("https://example.org/further", (180, 700, 280, 740))
    canvas.linkURL("javascript:alert(1)", (290, 700, 390, 740))
    canvas.showPage()
    canvas.drawString(72, 720, "Between.")
    canvas.showPage()
    canvas.bookmarkPage("end")
    canvas.drawString(72, 720, "The end.")
    canvas.save()
    return buffer.getvalue()
