"""Makes the PDFs beside it that come from a browser or a scanner; the others are kept as they came. Needs chromium, poppler and Pillow.

    python3 Tests/LibraryTests/Fixtures/Layouts/make.py
"""
import io
import pathlib
import subprocess
import tempfile
import zipfile

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

here = pathlib.Path(__file__).parent
STYLE = (
    '<meta charset=utf-8><style>@page{size:A4;margin:2cm}body{font:11pt "DejaVu Serif",serif;line-height:1.35}'
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:2pt 8pt;text-align:left}td.n{text-align:right}</style>")
PROSE = (
    "The cell membrane is a thin, flexible layer that surrounds all living cells and separates the inside from the outside. It controls "
    "which substances may pass and which may not, and its hydrophobic interior keeps ions and sugars from passing. ")


def table(head, rows, numbers=()):
    cells = lambda row: "".join(f"<td{' class=n' if at in numbers else ''}>{cell}" for at, cell in enumerate(row))
    names = "<tr>" + "".join(f"<th>{name}" for name in head) + "</tr>" if head else ""
    return "<table>" + names + "".join(f"<tr>{cells(row)}</tr>" for row in rows) + "</table>"


PAGES = {
    "arabic": "<body dir=rtl lang=ar><h1>الخلية</h1><p>القلب يضخ الدم إلى جميع أجزاء الجسم (انظر الشكل 12). يحتوي الإنسان على حوالي 5.5 لترات من "
    "الدم، وكان William Harvey أول من وصف الدورة في عام 1628.</p><p>الكبد ينقي الدم وينتج الصفراء.</p>",
    "hebrew": "<body dir=rtl lang=he><h1>התא</h1><p>הלב מזרים את הדם (ראו איור 12) אל כל חלקי הגוף. בגוף כ-5.5 ליטרים של דם, ו-William Harvey "
    "תיאר את מחזור הדם בשנת 1628.</p>",
    "exponents": "<h1>Big numbers</h1><p>Avogadro's number is 6.022 × 10<sup>23</sup> per mole, and a red cell weighs about 3 × "
    "10<sup>−11</sup> g. The area is πr<sup>2</sup>, water is H<sub>2</sub>O, and x<sup>n+1</sup> grows. The claim has a note.<sup>4</sup> "
    "e<sup>kt</sup> is growth. On the 4<sup>th</sup> of May.</p>",
    "planets": "<h1>Planets</h1><p>" + PROSE + "</p>" + table(
        ["Planet", "Diameter (km)", "Moons", "Found by"],
        [["Mercury", "4,879", "0", "the ancients"], ["Venus", "12,104", "0", "the ancients"],
         ["Uranus", "50,724", "28", "William Herschel, 1781"], ["Neptune", "49,244", "16", "Galle and d'Arrest, after Le Verrier"]],
        numbers=(1, 2)) + "<p>" + PROSE + "</p>",
    "enzymes": "<h1>Enzymes</h1><p>" + PROSE + "</p>" + table(
        ["Enzyme", "Where", "What it does"],
        [["Amylase", "mouth, pancreas", "Splits starch into maltose, which other enzymes of the gut then split into glucose"],
         ["Pepsin", "stomach", "Splits proteins into shorter chains at the acid pH of the stomach"],
         ["Lipase", "pancreas", "Splits fats into fatty acids and monoglycerides with the help of bile"]]) + "<p>" + PROSE * 2 + "</p>",
    "words": "<h1>Words</h1>" + table(["German", "English"], [
        ["der Hund", "dog"], ["die Katze", "cat"], ["das Pferd", "horse"], ["die Ameise", "ant"], ["der Igel", "hedgehog"]]),
    "twocolumns": "<style>.c{column-count:2;column-gap:1cm;text-align:justify}</style><h1>A paper</h1><div class=c><p>" + PROSE * 6 + "</p>"
    + table(["Group", "Size", "Mean"], [["Control", "24", "3.1"], ["Treated", "26", "4.7"], ["Washed", "25", "3.3"]]) + "<p>" + PROSE * 8
    + "</p></div>",
    "index": "<style>.c{column-count:2}</style><h1>Index</h1><div class=c>" + "".join(f"<div>{word}, {page}</div>" for word, page in [
        ("acid", 3), ("adenine", 14), ("amylase", 22), ("axon", 41), ("base", 4), ("bile", 23), ("blood", 51), ("bone", 60)]) + "</div>",
    "slide": "<style>@page{size:25cm 14cm;margin:1cm}body{font:20pt sans-serif}</style><h1>Osmosis</h1><div style='display:flex;gap:2cm'>"
    "<ul><li>Water moves</li><li>through a membrane</li><li>to more solute</li></ul><ul><li>No energy needed</li><li>Stops at balance</li>"
    "<li>Cells may burst</li></ul></div>",
    "program": "<style>pre{font-family:'DejaVu Sans Mono'}</style><h1>Sums</h1><p>" + PROSE + "</p><pre>int a = 5;      // the first\nfor (int i = 0; i &lt; n; "
    "i++) {\n    sum += a * i;\n}</pre><p>" + PROSE + "</p>",
    "manuscript": "<style>.l{position:relative}.l b{position:absolute;left:-1cm;font:7pt sans-serif}</style><h1>Manuscript</h1>" + "".join(
        f"<div class=l><b>{number + 1}</b>{text}</div>" for number, text in enumerate([
            "The heart is a muscle that pumps blood through the body.", "It beats some seventy times in a minute, day and night,",
            "and drives five litres of blood through the vessels in it."] * 6)),
    "axis": "<h1>Axis</h1><p>" + PROSE + "</p><div style='height:6cm;position:relative'><div style='position:absolute;left:0;top:3cm;"
    "transform:rotate(-90deg)'>Accuracy (%)</div><div style='position:absolute;left:4cm;top:4cm;transform:rotate(-45deg)'>January sales</div></div>",
}
for name, body in PAGES.items():
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "page.html"
        source.write_text(STYLE + body)
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={here / name}.pdf", source],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def picture(lines, turn=0.0):
    """A page as a scanner gives it: black and white, a little askew, with dust."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 24)
    for at, line in enumerate(lines):
        draw.text((120, 140 + at * 40), line, font=font, fill=0)
    for at in range(40):
        draw.point((at * 29 % 1240, at * 131 % 1754), fill=0)
    return page.rotate(turn, fillcolor=255, resample=Image.BICUBIC).convert("1", dither=Image.NONE)


ENGLISH = [
    "The kidney filters about one hundred and eighty litres", "of plasma in a day, and gives back all but two of them.",
    "Each kidney has about a million nephrons, and each of", "them has a glomerulus and a long tubule."]
GERMAN = [
    "Die Niere filtert an einem Tag etwa einhundertachtzig Liter", "Plasma und gibt alles bis auf zwei Liter wieder zurück.",
    "Jede der beiden Nieren hat ungefähr eine Million Nephrone,", "und für die Müdigkeit der Füße ist sie nicht der Grund."]


def scan(name, pages):
    pdf = canvas.Canvas(str(here / name), pagesize=A4, invariant=1)
    for page in pages:
        if isinstance(page, str):
            pdf.drawString(72, 700, page)
        elif page is not None:
            stream = io.BytesIO()
            page.save(stream, "PNG")
            stream.seek(0)
            pdf.drawImage(ImageReader(stream), 0, 0, *A4)
        pdf.showPage()
    pdf.save()


scan("mixed.pdf", ["The first page of this handout has text of its own.", picture(ENGLISH, 0.4), None])
scan("niere.pdf", [picture(GERMAN, -0.3)])
picture(ENGLISH).save(here / "kidney.png", optimize=True)
picture(ENGLISH[:2]).save(
    here / "kidney.tiff", save_all=True, append_images=[picture(ENGLISH[2:])], compression="group4", dpi=(150, 150))
scan("side.pdf", [picture(ENGLISH).rotate(90, expand=True)])


def walls():
    """A preface called i and a page called 2 with a drawing of lines, and its caption."""
    pdf = canvas.Canvas(str(here / "walls.pdf"), pagesize=A4, invariant=1)
    pdf.setTitle("The walls of cells")
    pdf.setAuthor("Ann Lee; Ben Roe")
    pdf.addPageLabel(0, style="ROMAN_LOWER", start=1)
    pdf.addPageLabel(1, style="ARABIC", start=2)
    text = pdf.beginText(72, 750)
    for line in ["Preface", "", "doi: 10.1000/walls.1", "",
                 "This is the preface, in which the author of the book says thanks to all who read it,",
                 "and to those who drew the figures that are in it and on the pages after this one."]:
        text.textLine(line)
    pdf.drawText(text)
    pdf.showPage()
    text = pdf.beginText(72, 750)
    for line in ["The wall of a cell is a layer around it that holds it in its form. It is made of fibres", "of cellulose, as Figure 1 shows, and of other matter that stands between the fibres."]:
        text.textLine(line)
    pdf.drawText(text)
    top = A4[1]
    for step in range(31):
        pdf.line(150 + step * 10, top - 350, 150 + step * 10, top - 200)
    for step in range(16):
        pdf.line(150, top - 350 + step * 10, 450, top - 350 + step * 10)
    pdf.setFont("Helvetica", 9)
    pdf.drawString(150, top - 370, "Figure 1: A drawn wall, with its fibres across and along.")
    pdf.setFont("Helvetica", 12)
    pdf.drawString(72, 300, "Below the figure the text goes on, and says that the wall lets water pass and gives way to")
    pdf.drawString(72, 286, "growth, since its fibres slide along each other while the cell takes up water from outside.")
    pdf.showPage()
    pdf.save()


def word():
    """A Word file with a picture and its caption."""
    stream = io.BytesIO()
    Image.new("RGB", (120, 80), (200, 30, 30)).save(stream, "PNG")
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="p"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><a:blip r:embed="rId1"/>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing>')
    body = (
        "<w:p><w:r><w:t>Before the picture there is a sentence of its own.</w:t></w:r></w:p>"
        f"<w:p><w:r>{drawing}</w:r></w:p>"
        '<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Figure 1: A red square</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>After it there is another.</w:t></w:r></w:p>")

    def links(kind, target):
        return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/>' + (
                    f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>' if kind == "image" else "") + "</Relationships>")

    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": links("officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{main}" xmlns:r="{office}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": links("image", "media/image1.png"),
        "word/styles.xml": f'<w:styles xmlns:w="{main}"><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>',
        "word/media/image1.png": stream.getvalue(),
    }
    with zipfile.ZipFile(here / "figure.docx", "w") as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 10, 0, 0)), content)


walls()
# Publishers forbid copies so.
subprocess.run(["qpdf", "--deterministic-id", "--encrypt", "", "owner", "256", "--extract=n", "--", here / "walls.pdf", here / "locked.pdf"], check=False)
word()


def draft():
    """Two pages under a slanted DRAFT that is drawn first, with numbers of lines and hyphens of all kinds at their ends."""
    pdf = canvas.Canvas(str(here / "draft.pdf"), pagesize=A4, invariant=1)
    pages = [
        ["Hyphenation keeps the well-", "known rule of long-term effects, while con-", "sequence and develop-", "ment lose theirs. In 1914–",
         "1918 the front moved. See https://example.org/a-", "very-long-path for more. The pre-", "and post-test scores rose. X-",
         "rays were taken of the Jean-", "Paul cells and/", "or of their full-", "ness, which was high-", "er in all of them than before."],
        ["Reed is cut in winter, when the ice", "carries the boats that bring it home", "to the villages along the shore of it.",
         "The roofs that are made of it in spring", "last for forty years or more, and keep", "the rain and the cold out of a house."],
    ]
    number = 1
    for lines in pages:
        pdf.saveState()
        pdf.setFillGray(0.85)
        pdf.setFont("Helvetica-Bold", 80)
        pdf.translate(150, 250)
        pdf.rotate(45)
        pdf.drawString(0, 0, "DRAFT")
        pdf.restoreState()
        for index, line in enumerate(lines):
            pdf.setFont("Helvetica", 8)
            pdf.drawRightString(60, 780 - 16 * index, str(number))
            pdf.setFont("Times-Roman", 12)
            pdf.drawString(80, 780 - 16 * index, line)
            number += 1
        pdf.showPage()
    pdf.save()


def lying():
    """A table that lies on its side below its name, on an upright page."""
    pdf = canvas.Canvas(str(here / "lying.pdf"), pagesize=A4, invariant=1)
    pdf.translate(A4[0], 0)
    pdf.rotate(90)
    pdf.setFont("Helvetica-Bold", 12)
    pdf.drawString(100, 520, "Table 4: Lead along the river")
    rows = [("Station", "Depth (m)", "Lead (mg/l)"), ("Weir", "2.4", "3.2"), ("Tarn bridge", "1.1", "0.8"), ("Mill", "0.7", "0.4")]
    for index, row in enumerate(rows):
        pdf.setFont("Helvetica-Bold" if index == 0 else "Helvetica", 11)
        for column, cell in enumerate(row):
            pdf.drawString(100 + 150 * column, 480 - 22 * index, cell)
    pdf.showPage()
    pdf.save()


draft()
lying()


def drawn():
    """Lines of text around a ring that is drawn, in grey, and in black on a ground that is seen through."""
    page = Image.new("L", (1000, 700), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 24)
    lines = ["The kidney filters the blood of the whole body in half an hour.", "Each kidney has about a million nephrons in its outer layer.",
             "The tubules take most of the water back into the blood again.", "A drawing of a nephron stands below this line of the text."]
    for index, line in enumerate(lines):
        pen.text((60, 50 + 50 * index), line, font=font, fill=0)
    pen.ellipse((300, 330, 500, 480), outline=0, width=5)
    pen.text((60, 560), "After the drawing the text goes on for one more line or two.", font=font, fill=0)
    page.save(here / "drawn-png.png", optimize=True)
    clear = Image.new("LA", page.size, (0, 0))
    clear.putalpha(page.point(lambda value: 255 - value))
    clear.save(here / "drawn-clear.png", optimize=True)


drawn()
