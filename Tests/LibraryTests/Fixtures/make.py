"""Makes the files beside it. Needs reportlab and pandoc; the results are checked in, so the tests need neither.

    python3 Tests/LibraryTests/Fixtures/make.py
"""
import pathlib
import subprocess
import zlib

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

here = pathlib.Path(__file__).parent
PAGES = [
    ("1 The cell", [
        "All living things are made of cells. The cell is the smallest unit that can carry out every process that we call life, "
        "and each cell comes from another cell that divided before it.",
        "Robert Hooke saw the walls of dead cork cells in 1665 and gave them their name. Antonie van Leeuwenhoek was the first to see "
        "living cells, in pond water, some ten years later.",
    ]),
    ("2 Membranes", [
        "The plasma membrane is a bilayer of phospholipids. Its hydrophobic interior keeps ions and sugars from passing, so the cell "
        "needs channels and pumps to move them. Cholesterol keeps the membrane fluid in the cold and firm in the heat.",
        "Osmosis is the movement of water through a membrane towards the side with more dissolved matter. A red blood cell in pure "
        "water swells until it bursts.",
    ]),
    ("3 Mitochondria", [
        "Mitochondria make most of the ATP of an animal cell. The electron transport chain in the inner membrane pumps protons out of "
        "the matrix, and ATP synthase lets them flow back and makes ATP of ADP and phosphate.",
        "Mitochondria have their own DNA and are inherited from the mother. They are thought to descend from bacteria that an "
        "ancestor of all eukaryotes took in.",
    ]),
]


def wrap(pdf, text, font, size, width):
    """Lines of a width, with a long word broken by a hyphen where it does not fit, as a typesetter would."""
    lines, line = [], ""
    for word in text.split():
        tried = f"{line} {word}".strip()
        if pdf.stringWidth(tried, font, size) <= width:
            line = tried
            continue
        for cut in range(len(word) - 3, 2, -1):
            if len(word) > 9 and word.isalpha() and pdf.stringWidth(f"{line} {word[:cut]}-", font, size) <= width:
                lines.append(f"{line} {word[:cut]}-")
                line = word[cut:]
                break
        else:
            lines.append(line)
            line = word
    return lines + [line]


def body(pdf, paragraphs, x, y, width):
    pdf.setFont("Times-Roman", 11)
    for paragraph in paragraphs:
        for line in wrap(pdf, paragraph, "Times-Roman", 11, width):
            pdf.drawString(x, y, line)
            y -= 14
        y -= 10
    return y


def cells(name, outline=False, title="Cell Biology", **options):
    pdf = canvas.Canvas(str(here / name), pagesize=A4, invariant=1, **options)
    if title:
        pdf.setTitle(title)
    for number, (heading, paragraphs) in enumerate(PAGES, 1):
        pdf.setFont("Helvetica", 9)
        pdf.drawString(72, 805, "Cell Biology, first term")
        pdf.drawCentredString(298, 30, f"Page {number} of {len(PAGES)}")
        if outline:
            pdf.bookmarkPage(heading)
            pdf.addOutlineEntry(heading.split(" ", 1)[1], heading, 0)
        pdf.setFont("Helvetica-Bold", 18)
        pdf.drawString(72, 760, heading)
        y = body(pdf, paragraphs[:1], 72, 730, 300)
        pdf.setFont("Helvetica-Bold", 13)
        pdf.drawString(72, y - 6, f"{number}.1 More")
        body(pdf, paragraphs[1:], 72, y - 28, 300)
        pdf.showPage()
    pdf.save()


def columns():
    pdf = canvas.Canvas(str(here / "columns.pdf"), pagesize=A4, invariant=1)
    pdf.setFont("Helvetica-Bold", 20)
    pdf.drawString(72, 770, "Two columns")
    left = [p for _, ps in PAGES[:2] for p in ps]
    right = ["The right column begins here. " + p for p in PAGES[2][1]]
    body(pdf, left, 72, 730, 210)
    body(pdf, right, 310, 730, 210)
    pdf.save()


def scanned():
    pdf = canvas.Canvas(str(here / "scanned.pdf"), pagesize=A4, invariant=1)
    for _ in range(2):
        for row in range(30):
            pdf.rect(72, 760 - row * 20, 300 + row * 3 % 90, 6, fill=1)
        pdf.showPage()
    pdf.save()


def japanese():
    """Its font is not in the file, only named with one of Adobe's character maps, as many files of East Asia have it."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    page = canvas.Canvas(str(here / "japanese.pdf"), pagesize=A4, invariant=1)
    page.setFont("HeiseiMin-W3", 12)
    page.drawString(60, 780, "\u5149\u5408\u6210\u306f\u8449\u7dd1\u4f53\u3067\u884c\u308f\u308c\u308b\u3002")
    page.save()


cells("cells.pdf")
cells("outline.pdf", outline=True, title="Microsoft Word - draft.doc")
cells("encrypted.pdf", encrypt=StandardEncryption("secret"))
cells("uncopied.pdf", encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0))
columns()
japanese()
scanned()
whole = (here / "cells.pdf").read_bytes()
(here / "truncated.pdf").write_bytes(whole[: len(whole) // 3])

markdown = """---
title: Cell Biology
---

# The cell

All living things are made of **cells**. See [Hooke](https://example.org).[^1]

[^1]: He looked at cork.

## Membranes

The plasma membrane is a *bilayer*:

- phospholipids
- cholesterol

1. first
2. second

| Part | Task |
|------|------|
| ribosome | makes proteins |
| nucleus | keeps the DNA |

# Energy

The yield is $E = mc^2$ and

```python
print("ATP")
```
"""
(here / "cells.md").write_text(markdown)
(here / "cells.html").write_text(
    "<!DOCTYPE html><html><head><title>Cell Biology</title><script>alert('script')</script><style>p{}</style></head><body>"
    "<h1>The cell</h1><p>All living things are made of <b>cells</b> &amp; water.</p><h2>Membranes</h2>"
    "<table><tr><th>Part</th><th>Task</th></tr><tr><td>ribosome</td><td>makes proteins</td></tr></table>"
    "<ul><li>phospholipids</li><li>cholesterol</li></ul></body></html>\n")
subprocess.run(["pandoc", "-f", "markdown", "-o", here / "cells.docx", here / "cells.md"], check=True)


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


(here / "picture.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0")
    + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))
