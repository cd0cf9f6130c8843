"""Files that were made to do harm, of every kind that is read, each written here when the tests run."""

from __future__ import annotations

import base64
import io
import json
import random
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageDraw

import hostile_pdfs
import hostile_zips
from hostile_zips import zipped, zlibbed
from office import RELATIONSHIPS, presentation
from papers import plain_pdf


class Sample(NamedTuple):
    name: str
    filename: str
    content: bytes
    #: Where it is brought to: a path of the API.
    route: str = "/documents/upload"
    #: Words of which none may be missing where it is said to be read whole.
    marks: tuple[str, ...] = ()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
#: In every place of a sound file, a word that is hard to mistake.
MARKS = tuple(f"marker{word}" for word in ("alder", "birch", "cedar", "damson", "elder", "fir", "gorse", "hazel", "ivy", "juniper"))


def prose(mark: str, seed: int, sentences: int = 6) -> str:
    chance = random.Random(seed)
    nouns, verbs = ["otter", "weir", "glacier", "valley", "meadow", "harbour", "lantern", "ferry"], ["crosses", "follows", "meets", "hides", "guards"]
    said = [f"The {chance.choice(nouns)} {chance.choice(verbs)} the {chance.choice(nouns)} near {chance.randint(100, 999)} stones." for _ in range(sentences)]
    return f"Here stands {mark} in its place. " + " ".join(said)


def word(body: str, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    return zipped({
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode(),
    } | (more or {}))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(rows: str, head: str = "") -> bytes:
    return zipped({
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONSHIPS}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
    })


def cells(texts: list[str]) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>' for n, text in enumerate(texts, 1))


def odf(kind: str, body: str, head: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "text", "table")) + f' xmlns:draw="{OFFICE}drawing:1.0" xmlns:presentation="{OFFICE}presentation:1.0"'
    return zipped({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": f'<?xml version="1.0"?>{head}<office:document-content {names}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>'.encode(),
    })


def book(chapters: list[str], head: str = "") -> bytes:
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return zipped({
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
        "book.opf": f'<?xml version="1.0"?>{head}<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{items}</manifest><spine>{spine}</spine></package>'.encode(),
    } | {f"c{n}.xhtml": f'<?xml version="1.0"?>{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>'.encode() for n, text in enumerate(chapters)})


def picture(form: str, size: tuple[int, int] = (700, 120)) -> bytes:
    drawn = Image.new("L", size, "white")
    ImageDraw.Draw(drawn).text((20, 30), "Otters eat eels in the river.", fill="black", font_size=44)
    out = io.BytesIO()
    drawn.save(out, form, **({"compression": "tiff_adobe_deflate"} if form == "TIFF" else {}))
    return out.getvalue()


def sound(seconds: float = 0.5) -> bytes:
    data = struct.pack("<8000h", *[random.Random(3).randint(-9000, 9000) for _ in range(8000)])[: int(seconds * 16_000)]
    return b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16_000, 2, 16) + b"data" + struct.pack("<I", len(data)) + data


def good() -> dict[str, bytes]:
    """One sound file of each kind, with a mark in each of ten parts."""
    texts = [prose(mark, seed) for seed, mark in enumerate(MARKS)]
    joined = "\n\n".join(texts)
    table = f'<table:table table:name="One">{"".join(f"<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>" for text in texts)}</table:table>'
    slides = "".join(f"<draw:page><draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>" for text in texts)
    cues = lambda sign, head: (head + "\n\n".join(f"{n}\n00:00:{n:02}{sign}000 --> 00:00:{n + 1:02}{sign}000\n{text}" for n, text in enumerate(texts, 1)) + "\n").encode()
    return {
        "pdf": plain_pages(texts), "docx": word("".join(map(paragraph, texts))), "pptx": presentation([(f"Slide {n}", [text], text) for n, text in enumerate(texts)]),
        "xlsx": sheet(cells(texts)), "odt": odf("text", "".join(f"<text:p>{text}</text:p>" for text in texts)), "ods": odf("spreadsheet", table), "odp": odf("presentation", slides),
        "epub": book(texts), "html": f"<!DOCTYPE html><html><body>{''.join(f'<p>{text}</p>' for text in texts)}</body></html>".encode(), "md": joined.encode(),
        "tex": f"\\documentclass{{article}}\\begin{{document}}{joined}\\end{{document}}".encode(),
        "ipynb": json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode(),
        "rtf": ("{\\rtf1\\ansi " + "\\par ".join(texts) + "}").encode(), "csv": ("Number,Text\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts))).encode(),
        "srt": cues(",", ""), "vtt": cues(".", "WEBVTT\n\n"), "eml": f"From: a@example.org\r\nTo: b@example.org\r\nSubject: Otters\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(joined.encode()),
        "bib": "\n".join(f"@article{{a{n}, title={{{text}}}, author={{Otter, O.}}, year={{2001}}}}" for n, text in enumerate(texts)).encode(), "txt": joined.encode(),
        "png": picture("PNG"), "jpg": picture("JPEG"), "webp": picture("WEBP"), "tiff": picture("TIFF"),
        "zip": zipped({f"{mark}.txt": text.encode() for mark, text in zip(MARKS, texts)}),
    }


def plain_pages(texts: list[str]) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(texts))) + b"]/Count %d>>" % len(texts)}
    for n, text in enumerate(texts):
        lines = b"".join(b"BT /F 9 Tf 20 %d Td (%s) Tj ET\n" % (280 - 14 * row, text[at : at + 60].encode()) for row, at in enumerate(range(0, len(text), 60)))
        objects[10 + 2 * n] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents %d 0 R/Resources" % (11 + 2 * n) + hostile_pdfs.FONT + b">>>>"
        objects[11 + 2 * n] = hostile_pdfs.stream(zlib.compress(lines), b"/Filter/FlateDecode")
    return hostile_pdfs.pdf(objects)


ROUTES = {"ics": "/planner/import", "xml": "/quizzes/import", "gift": "/quizzes/import", "apkg": "/decks/import", "wav": "/stt/transcribe"}


def damaged(every: int) -> Iterator[Sample]:
    """Each kind, with one byte turned at each place that is a multiple of `every`; and cut there."""
    for ending, content in good().items():
        marks = () if ending in ("png", "jpg", "webp", "tiff", "zip") else MARKS
        yield Sample(f"good {ending}", f"good.{ending}", content, marks=marks)
        for at in range(every // 2, len(content), every):
            turned = bytearray(content)
            turned[at] ^= 0xFF
            yield Sample(f"{ending} turned at {at}", f"turned-{at}.{ending}", bytes(turned), marks=marks)
            if at % (4 * every) < every:
                yield Sample(f"{ending} cut at {at}", f"cut-{at}.{ending}", content[:at])
    for ending, content in {"ics": _calendar(), "xml": _bank(), "wav": sound()}.items():
        for at in range(every // 2, len(content), every):
            turned = bytearray(content)
            turned[at] ^= 0xFF
            yield Sample(f"{ending} turned at {at}", f"turned-{at}.{ending}", bytes(turned), ROUTES[ending])


def _calendar(count: int = 60) -> bytes:
    events = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:2030{1 + n % 12:02}10T100000Z\r\nSUMMARY:Otters {n}\r\nEND:VEVENT\r\n" for n in range(count))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def _bank(count: int = 20, head: str = "", text: str = "What swims") -> bytes:
    asked = "".join(f'<question type="shortanswer"><questiontext format="html"><text>{text} {n}?</text></questiontext><answer fraction="100"><text>Otters</text></answer></question>' for n in range(count))
    return f'<?xml version="1.0"?>{head}<quiz>{asked}</quiz>'.encode()


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha '>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
BLOWUP = f"<!DOCTYPE x [<!ENTITY a '{'b' * 60_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a11 SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>"


def markup() -> Iterator[Sample]:
    text = prose("markeralder", 1)
    for name, head, use in (("laughs", LAUGHS, "&a11;"), ("blow-up", BLOWUP, "&a;" * 60_000), ("outside", OUTSIDE, "&a11;")):
        inside = text + use
        yield Sample(f"{name} in docx", "x.docx", word(paragraph(inside), head))
        yield Sample(f"{name} in xlsx", "x.xlsx", sheet(cells([inside]), head))
        yield Sample(f"{name} in odt", "x.odt", odf("text", f"<text:p>{inside}</text:p>", head))
        yield Sample(f"{name} in epub", "x.epub", book([inside], head))
        yield Sample(f"{name} in xhtml", "x.xhtml", f'<?xml version="1.0"?>{head}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{inside}</p></body></html>'.encode())
        yield Sample(f"{name} in svg", "x.svg", f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg"><text>{inside}</text></svg>'.encode())
        yield Sample(f"{name} in a bank", "x.xml", _bank(1, head, inside), "/quizzes/import")
    deep = 60_000
    yield Sample("deep docx", "x.docx", word("<w:sdt><w:sdtContent>" * deep + paragraph(text) + "</w:sdtContent></w:sdt>" * deep))
    yield Sample("deep odt", "x.odt", odf("text", "<text:section>" * deep + f"<text:p>{text}</text:p>" + "</text:section>" * deep))
    yield Sample("deep html", "x.html", b"<!DOCTYPE html>" + b"<div>" * 300_000 + text.encode())
    yield Sample("deep inline html", "x.html", b"<!DOCTYPE html>" + b"<b><i>" * 200_000 + text.encode())
    yield Sample("deep tables", "x.html", b"<!DOCTYPE html>" + b"<table><tr><td>" * 20_000 + text.encode())
    yield Sample("wide cells", "x.html", f"<table><tr><td colspan=2147483647 rowspan=2147483647>{text}</td></tr></table>".encode() * 50)
    yield Sample("many attributes", "x.html", b"<!DOCTYPE html><p " + b" ".join(b"a%d=x" % n for n in range(200_000)) + b">" + text.encode())
    yield Sample("a million elements", "x.html", b"<!DOCTYPE html><p>" + text.encode() + b"<br>" * 1_000_000)
    yield Sample("a huge attribute", "x.html", b"<!DOCTYPE html><p title='" + b"x" * 20_000_000 + b"'>" + text.encode())
    yield Sample("no end tags", "x.html", b"<!DOCTYPE html>" + b"<li><p><a href=x>" * 100_000)
    yield Sample("namespaces", "x.xhtml", b"<html " + b" ".join(b'xmlns:a%d="x"' % n for n in range(100_000)) + b" xmlns='http://www.w3.org/1999/xhtml'><body><p>" + text.encode() + b"</p></body></html>")
    yield Sample("cells far away", "x.xlsx", sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far away otters</t></is></c></row>' + cells([text])))
    yield Sample("cells of no place", "x.xlsx", sheet('<row r="-1"><c r="ZZZZZZZZ99999999999999999999" t="s"><v>99999999999</v></c></row>' + cells([text])))
    yield Sample("repeated cells", "x.ods", odf("spreadsheet", f'<table:table><table:table-row table:number-rows-repeated="2147483647"><table:table-cell table:number-columns-repeated="2147483647"><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>'))
    yield Sample("spaces of no end", "x.odt", odf("text", f'<text:p>{text}<text:s text:c="2147483647"/></text:p>'))
    yield Sample("numbers of lists", "x.docx", word("".join(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{9_999_999}"/><w:numId w:val="-1"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>' for _ in range(3))))
    for coding in ("utf-16", "utf-32", "utf-7", "cp037"):
        yield Sample(f"html in {coding}", "x.html", f"<!DOCTYPE html><html><head><meta charset={coding}></head><body><p>{text}</p></body></html>".encode(coding))
    yield Sample("a coding that is none", "x.html", b"<meta charset='x-no-such'>\xff\xfe\xfd" + text.encode() * 3)


def texts() -> Iterator[Sample]:
    text = prose("markerbirch", 2)
    for name, body in {
        "quotes in quotes": "> " * 5_000 + text, "brackets": "[" * 50_000 + text, "brackets closed": "[a](" * 20_000 + text, "stars": "*a **b " * 30_000 + text, "ticks": "".join("`" * n + " " for n in range(1, 500)) + text,
        "lists in lists": "".join("  " * n + "- a\n" for n in range(2_000)) + text, "references": "[a]: x\n" * 50_000 + text, "tables": "|" * 100_000 + "\n" + "|-" * 50_000 + "\n" + text, "html in it": "<div>" * 50_000 + text,
        "under scores": "_" * 100_000 + text, "footnotes": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(3_000)) + text, "entities": "&#9999999999;" * 20_000 + text, "one line": text * 20_000, "maths": "$" + "{" * 30_000 + "}" * 30_000 + "$ " + text,
    }.items():
        yield Sample(f"markdown: {name}", "x.md", body.encode())
    for name, body in {
        "itself": "\\def\\a{\\a\\a}\\a", "exponential": "".join(f"\\newcommand{{\\{chr(98 + n)}}}{{{chr(92) + chr(97 + n)}{chr(92) + chr(97 + n)}}}" for n in range(24)) + "\\newcommand{\\a}{ha }\\y", "braces": "{" * 100_000,
        "environments": "\\begin{itemize}\\item " * 5_000, "input": "\\input{x.tex}\\include{/etc/passwd}\\verbatiminput{/etc/passwd}", "loop": "\\loop\\iftrue\\repeat", "csname": "\\csname " * 50_000, "if": "\\iftrue" * 50_000, "write": "\\write18{touch /tmp/x}\\openout9=x",
    }.items():
        yield Sample(f"latex: {name}", "x.tex", f"\\documentclass{{article}}\\begin{{document}}{text}\n\n{body}\\end{{document}}".encode())
    for name, body in {
        "depth": b"{" * 200_000, "binary": b"\\bin2147483647 xx", "unicode": b"\\uc2147483647\\u-99999999 x" * 100, "controls": b"\\x" * 500_000, "picture": b"{\\pict\\pngblip\\picw2147483647\\pich2147483647 " + b"ff" * 100_000 + b"}", "tables": b"\\trowd\\cellx1\\cell\\row" * 20_000, "objects": b"{\\object{\\objdata " + b"d0cf" * 100_000 + b"}}",
    }.items():
        yield Sample(f"rtf: {name}", "x.rtf", b"{\\rtf1 " + text.encode() + b"\\par " + body + b"}")
    nest = lambda n: '{"cells":' + "[" * n + "]" * n + ',"metadata":{},"nbformat":4,"nbformat_minor":5}'
    yield Sample("deep notebook", "x.ipynb", nest(200_000).encode())
    yield Sample("huge numbers in a notebook", "x.ipynb", b'{"cells":[{"cell_type":"markdown","metadata":{"a":' + b"9" * 1_000_000 + b'},"source":["Otters"]}],"metadata":{},"nbformat":4e999,"nbformat_minor":-1}')
    yield Sample("outputs of a notebook", "x.ipynb", json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "execution_count": 1, "source": [text], "outputs": [{"output_type": "display_data", "data": {"image/png": "A" * 8_000_000, "text/html": "<script>" * 1000}, "metadata": {}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode())
    yield Sample("a row of a million", "x.csv", b"a," * 1_000_000 + b"\n" + text.encode())
    yield Sample("a quote without end", "x.csv", b'a,b\n"' + text.encode() * 20_000)
    yield Sample("a million rows", "x.csv", b"a,b\n" + b"1,2\n" * 1_000_000)
    yield Sample("a hundred thousand cues", "x.srt", b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\nOtter %d\n\n" % (n, n) for n in range(100_000)))
    yield Sample("cues of no time", "x.vtt", b"WEBVTT\n\n" + b"99999999999:99:99.999 --> -1:00:00.000 align:x\nOtters\n\n" * 1000)
    nested = b""
    for n in range(1_500):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    yield Sample("mail in mail", "x.eml", b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + nested + b"\r\n" + text.encode())
    yield Sample("ten thousand parts", "x.eml", b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: text/plain\r\n\r\nOtters\r\n" * 10_000 + b"--b--\r\n")
    yield Sample("a header of megabytes", "x.eml", b"From: a@example.org\r\nSubject: " + b"=?utf-8?B?T3R0ZXJz?= " * 200_000 + b"\r\n\r\n" + text.encode())
    yield Sample("a boundary of nothing", "x.eml", b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n" + text.encode())
    yield Sample("strings of themselves", "x.bib", b"@string{a = a # a}\n@article{x, title = a # a, author = {" + b"{" * 50_000 + b"}}\n")
    yield Sample("nothing but spaces", "x.txt", b" \n" * 2_000_000)
    yield Sample("one word without end", "x.txt", b"otter" * 2_000_000)
    yield Sample("marks on one letter", "x.txt", ("a" + "\u0301" * 500_000 + " " + text).encode())
    yield Sample("other ways of writing", "x.txt", ("\u202e\u2066\u200f\ufeff\U000e0001" * 20_000 + text).encode())
    yield Sample("half pairs", "x.txt", b"\xed\xa0\x80" * 10_000 + text.encode())
    yield Sample("zeros in a text", "x.txt", b"\0" * 100_000 + text.encode())


def images() -> Iterator[Sample]:
    def png(width: int, height: int, data: bytes, more: bytes = b"", kind: bytes = b"\x01\x00\x00\x00\x00") -> bytes:
        chunk = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">II", width, height) + kind) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    chunk = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    zeros = zlibbed(30_000 * 3751)
    yield Sample("png of 30,000 by 30,000", "x.png", png(30_000, 30_000, zeros))
    yield Sample("png of no end", "x.png", png(2**31 - 1, 2**31 - 1, zeros, kind=b"\x10\x06\x00\x00\x00"))
    yield Sample("png of nothing", "x.png", png(0, 0, b""))
    yield Sample("text in a png", "x.png", png(9, 9, zlib.compress(bytes(27)), chunk(b"zTXt", b"a\0\0" + zlibbed(100 << 20)) + chunk(b"iCCP", b"a\0\0" + zlibbed(50 << 20))))
    yield Sample("png in both directions", "x.png", png(20_000, 20_000, zlibbed(60 << 20), kind=b"\x08\x02\x00\x00\x01"))
    yield Sample("jpeg of 65,535 by 65,535", "x.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xda\0\x08\1\1\0\0?\0" + b"\0" * 1000)
    scan = picture("JPEG")
    start = scan.index(b"\xff\xda")
    yield Sample("jpeg of many scans", "x.jpg", scan[:start].replace(b"\xff\xc0", b"\xff\xc2") + b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0?\0\1" * 20_000)
    yield Sample("gif", "x.gif", b"GIF89a\xff\xff\xff\xff\xf7\0\0" + bytes(768) + b",\0\0\0\0\xff\xff\xff\xff\0\x08" + b"\xff" * 255 + b"\0;")
    yield Sample("webp of 16,384 by 16,384", "x.webp", b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff\x3f\0" * 2 + b"VP8L" + struct.pack("<I", 10) + b"\x2f\xff\xff\xff\xff" + bytes(5))
    def tiff(entries: list[tuple[int, int, int, int]], after: int = 0, data: bytes = b"") -> bytes:
        return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", after) + data
    size = [(256, 4, 1, 60_000), (257, 4, 1, 60_000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1)]
    yield Sample("tiff of 60,000 by 60,000", "x.tiff", tiff(size + [(273, 4, 1, 200), (278, 4, 1, 60_000), (279, 4, 1, 2**31)], data=bytes(500)))
    yield Sample("tiff of no end", "x.tiff", tiff([(256, 4, 1, 2**32 - 1), (257, 4, 1, 2**32 - 1), (258, 3, 4, 0xFFFFFFFF), (273, 4, 0xFFFFFFFF, 8), (279, 4, 0xFFFFFFFF, 8)]))
    yield Sample("tiff whose pages go round", "x.tiff", tiff(size[:2] + size[2:], after=8))
    packed = zlibbed(300 << 20)
    yield Sample("tiff bomb", "x.tiff", tiff([(256, 4, 1, 17_000), (257, 4, 1, 17_000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 146), (277, 3, 1, 1), (278, 4, 1, 17_000), (279, 4, 1, len(packed))], data=bytes(146 - 8 - 2 - 108 - 4) + packed))
    yield Sample("tiff of tiles", "x.tiff", tiff(size + [(322, 4, 1, 2**31), (323, 4, 1, 2**31), (324, 4, 1, 8), (325, 4, 1, 2**31)]))


def zips() -> Iterator[Sample]:
    for name, content in hostile_zips.names():
        yield Sample(name, "x.zip", content)
    for name, content in hostile_zips.lies():
        yield Sample(name, "x.zip", content)
    yield from bombs()
    yield Sample("archives in archives", "x.zip", hostile_zips.nested(30))
    yield Sample("a member with a path in docx", "x.docx", word(paragraph(prose("markercedar", 9)), more={"../../../etc/cron.d/x": b"* * * * * root id", "word/../../../x": b"x"}))


def bombs() -> Iterator[Sample]:
    yield Sample("flat bomb", "x.zip", hostile_zips.flat(1 << 30))
    yield Sample("overlapping bomb", "x.zip", hostile_zips.overlapping(400, 20 << 20))
    yield Sample("quoted bomb", "x.zip", hostile_zips.quoted(200, 8 << 20))
    yield Sample("nested bomb", "x.zip", hostile_zips.nested(3, hostile_zips.flat(300 << 20)))
    packed = hostile_zips.deflated(700 << 20, b"<a>")
    kinds = b"<Types/>"
    parts = [hostile_zips.member(b"[Content_Types].xml", kinds, method=0, crc=zlib.crc32(kinds), size=len(kinds))]
    root = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>'.encode()
    parts.append(hostile_zips.member(b"_rels/.rels", root, method=0, crc=zlib.crc32(root), size=len(root)))
    yield Sample("bomb in docx", "x.docx", hostile_zips.archive([*parts, hostile_zips.member(b"word/document.xml", packed, size=700 << 20)]))
    yield Sample("bomb in docx that lies", "x.docx", hostile_zips.archive([*parts, hostile_zips.member(b"word/document.xml", packed, size=900)]))
    kind = b"application/epub+zip"
    yield Sample("bomb in epub", "x.epub", hostile_zips.archive([
        hostile_zips.member(b"mimetype", kind, method=0, crc=zlib.crc32(kind), size=len(kind)), hostile_zips.member(b"META-INF/container.xml", packed, size=700 << 20)]))


def mixed() -> Iterator[Sample]:
    """Two kinds in one, the wrong ending, and nothing at all."""
    text, archive = prose("markerdamson", 4).encode(), zipped({"one.txt": prose("markerelder", 5).encode()})
    leaf = plain_pdf("Leaf", "Leaf", "Otters eat eels.", 1)
    yield Sample("pdf and zip", "x.pdf", leaf + archive)
    yield Sample("zip and pdf", "x.zip", leaf + archive)
    yield Sample("gif and script", "x.gif", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//")
    yield Sample("html and pdf", "x.html", b"<!DOCTYPE html><script>alert(1)</script><p>" + text + b"</p>\n" + leaf)
    yield Sample("pdf within a kilobyte", "x.html", b"<!DOCTYPE html><p>" + text[:400] + b"</p>\n" + leaf)
    yield Sample("png and zip", "x.png", picture("PNG") + archive)
    yield Sample("jpeg and php", "x.php", picture("JPEG") + b"<?php system($_GET[0]); ?>")
    yield Sample("zip and page", "x.html", b"<script>alert(1)</script>" + archive)
    kinds = good()
    for ending, other in (("pdf", "docx"), ("docx", "pdf"), ("epub", "png"), ("png", "epub"), ("txt", "zip"), ("html", "xlsx"), ("exe", "pdf"), ("md", "jpg"), ("mp3", "txt"), ("xlsx", "html"), ("", "md"), ("pdf", "txt")):
        yield Sample(f"{other} named {ending or 'nothing'}", f"named.{ending}" if ending else "named", kinds[other] + b"\n")
    for ending in kinds:
        yield Sample(f"zero bytes of {ending}", f"empty.{ending}", b"")
        yield Sample(f"one byte of {ending}", f"one.{ending}", kinds[ending][:1])
    for number, name in enumerate(["../../../etc/otter.txt", "/etc/otter.txt", "..\\otter.txt", "o" * 10_000 + ".txt", "otter\u202etxt.exe", "o\u0000tter.txt", ".txt", "..", "", "%2e%2e%2fotter.txt", "CON", "\ud83d\ude00" if False else "otter 🦦.txt", "a\r\nX-Evil: 1.txt"]):
        yield Sample(f"file name {number}", name, text + b" %d" % number)
    for name in ("MZ" + "\0" * 200, "\x7fELF" + "\0" * 200, "#!/bin/sh\nrm -rf /\n", "SQLite format 3\0" + "\0" * 200):
        yield Sample(f"program {name[:4]!r}", "x.txt", name.encode("latin-1"))


def sounds() -> Iterator[Sample]:
    def at(name: str, content: bytes) -> Sample:
        return Sample(name, name.replace(" ", "-"), content, "/stt/transcribe")
    def wav(rate: int, channels: int, bits: int, data: bytes, size: int | None = None, form: int = 1) -> bytes:
        return b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<IHHIIHH", 16, form, channels, rate, 0xFFFFFFFF, 0, bits) + b"data" + struct.pack("<I", len(data) if size is None else size) + data
    noise = random.Random(5).randbytes(4000)
    yield at("rate of no end.wav", wav(2**32 - 1, 1, 16, noise))
    yield at("channels of no end.wav", wav(8000, 65_535, 16, noise))
    yield at("no bits.wav", wav(8000, 1, 0, noise))
    yield at("rate of nothing.wav", wav(0, 0, 0, noise))
    yield at("length of no end.wav", wav(8000, 1, 16, noise, 0xFFFFFFFF))
    yield at("unknown codec.wav", wav(8000, 1, 16, noise, form=0xFFFF))
    yield at("chunks in chunks.wav", b"RIFF\xff\xff\xff\x7fWAVE" + b"LIST\xff\xff\xff\x7fINFO" * 50_000)
    yield at("tag of 256 MB.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"APIC\x7f\x7f\x7f\x7f\0\0" + noise + b"\xff\xfb\x90\0" + noise)
    yield at("frames of noise.mp3", b"\xff\xfb\x90\0" * 20_000)
    yield at("stream of no end.flac", b"fLaC\x80\0\0\x22" + b"\xff" * 34 + noise)
    yield at("cuesheet of no end.flac", b"fLaC\x05\xff\xff\xff" + noise)
    yield at("pages of no end.ogg", b"OggS\0\2" + b"\xff" * 20 + b"\xff" + b"\xff" * 255 + noise)
    box = lambda kind, body, size=None: struct.pack(">I", len(body) + 8 if size is None else size) + kind + body
    deep = b""
    for _ in range(3000):
        deep = box(b"moov", deep)
    head = box(b"ftyp", b"M4A \0\0\0\0M4A isom")
    yield at("boxes in boxes.m4a", head + deep)
    yield at("samples of no end.m4a", head + box(b"moov", box(b"mvhd", b"\1" + b"\xff" * 107) + box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsz", bytes(8) + b"\xff\xff\xff\xff") + box(b"stts", bytes(4) + b"\xff\xff\xff\xff") + box(b"stsc", bytes(4) + b"\xff\xff\xff\xff")))))))
    yield at("box of no size.m4a", head + box(b"moov", b"", 0) + box(b"mdat", b"", 1) + b"\xff" * 8)
    yield at("elements of no end.webm", b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" * 2000)
    yield at("chunks of no end.aiff", b"FORM\xff\xff\xff\xffAIFFCOMM\0\0\0\x12\xff\xff\xff\xff\xff\xff\xff\xff" + b"\xff" * 10 + b"SSND\xff\xff\xff\xff")
    yield at("list of files.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\nhttp://127.0.0.1:1/x\n#EXT-X-ENDLIST\n")
    yield at("list of files.txt", b"ffconcat version 1.0\nfile /etc/passwd\n")
    yield at("nothing.mp3", b"")
    yield at("noise.opus", noise)


def others() -> Iterator[Sample]:
    """What comes in by other doors: calendars, questions, cards."""
    def calendar(lines: str) -> bytes:
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20300101T100000Z\r\nSUMMARY:Otters\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    for name, lines in {
        "every second": "RRULE:FREQ=SECONDLY\r\n", "of no end": "RRULE:FREQ=DAILY;COUNT=2147483647;INTERVAL=1\r\n", "never": "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\r\n", "by all": "RRULE:FREQ=YEARLY;BYSECOND=0,1,2,3;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYHOUR=" + ",".join(map(str, range(24))) + ";BYDAY=MO,TU,WE,TH,FR\r\n",
        "interval of nothing": "RRULE:FREQ=DAILY;INTERVAL=0\r\n", "interval of no end": "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999\r\n", "dates": "RDATE:" + ",".join(["20300101T100000Z"] * 50_000) + "\r\n", "exceptions": "EXDATE:20300101T100000Z\r\n" * 20_000,
        "year": "DTEND:99999999T999999Z\r\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z\r\n", "fold": "DESCRIPTION:" + "x\r\n " * 100_000 + "\r\n", "alarms": "BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nREPEAT:2147483647\r\nDURATION:PT1S\r\nACTION:DISPLAY\r\nEND:VALARM\r\n" * 2000, "time zone": "DTSTART;TZID=../../../etc/passwd:20300101T100000\r\n",
    }.items():
        yield Sample(f"calendar: {name}", "x.ics", calendar(lines), "/planner/import")
    yield Sample("calendar: depth", "x.ics", b"BEGIN:VCALENDAR\r\n" * 100_000, "/planner/import")
    yield Sample("calendar: fifty thousand", "x.ics", _calendar(50_000), "/planner/import")
    yield Sample("calendar: zeros", "x.ics", b"\0" * 100_000, "/planner/import")
    yield Sample("bank: twenty thousand", "x.xml", _bank(20_000), "/quizzes/import")
    yield Sample("bank: depth", "x.xml", b"<quiz>" + b"<question>" * 60_000, "/quizzes/import")
    yield Sample("bank: braces", "x.gift", b"::a::" + b"{" * 100_000, "/quizzes/import")
    yield Sample("bank: answers", "x.gift", b"::a::What swims {" + b"=otter ~eel " * 50_000 + b"}", "/quizzes/import")
    yield Sample("bank: zip bomb", "x.zip", hostile_zips.flat(600 << 20, "imsmanifest.xml"), "/quizzes/import")
    yield Sample("bank: csv", "x.csv", b"type,question,correct\n" + b'short,"' + b"x" * 5_000_000, "/quizzes/import")
    yield Sample("cards: no package", "x.apkg", b"PK\x03\x04" + bytes(100), "/decks/import")
    yield Sample("cards: no table", "x.apkg", zipped({"collection.anki2": b"SQLite format 3\0" + bytes(4000), "media": b"{}"}), "/decks/import")
    yield Sample("cards: bomb", "x.apkg", hostile_zips.flat(900 << 20, "collection.anki2"), "/decks/import")
    yield Sample("cards: zstd", "x.apkg", zipped({"collection.anki21b": b"\x28\xb5\x2f\xfd\xa4" + b"\xff\xff\xff\xff" + bytes(50), "meta": b"\x08\x03", "media": b""}), "/decks/import")
    yield Sample("cards: media elsewhere", "x.apkg", zipped({"collection.anki2": b"SQLite format 3\0" + bytes(4000), "media": b'{"0":"../../../etc/passwd","../x":"/etc/shadow"}', "0": b"x"}), "/decks/import")
    yield Sample("cards: csv", "x.csv", b'front,back\n"' + b"x" * 5_000_000, "/decks/import")


def short() -> Iterator[Sample]:
    """Of each danger one: for every run of the tests."""
    for name, content in hostile_pdfs.short():
        yield Sample(name, "x.pdf", content)
    yield from bombs()
    wanted = {
        "laughs in docx", "outside in xhtml", "laughs in a bank", "deep html", "deep docx", "repeated cells", "wide cells", "markdown: quotes in quotes", "latex: exponential", "rtf: depth", "deep notebook", "mail in mail",
        "jpeg of 65,535 by 65,535", "webp of 16,384 by 16,384", "name 0", "name 7", "special file 0", "size said to be small", "zip64 of no end", "pdf and zip", "gif and script",
        "html and pdf", "docx named pdf", "zero bytes of pdf", "file name 3", "file name 5", "rate of no end.wav", "boxes in boxes.m4a", "list of files.m3u8", "calendar: every second", "calendar: depth", "cards: bomb", "bank: zip bomb",
    }
    for group in (markup, texts, images, zips, mixed, sounds, others):
        for sample in group():
            if sample.name in wanted:
                yield sample
    for sample in damaged(3001):
        if sample.name.split()[0] in ("pdf", "docx", "epub", "good"):
            yield sample


def whole() -> Iterator[Sample]:
    for name, content in hostile_pdfs.whole():
        yield Sample(name, "x.pdf", content)
    yield Sample("five thousand pages", "x.pdf", hostile_pdfs.pages(5_000))
    for group in (markup, texts, images, zips, mixed, sounds, others):
        yield from group()
    yield from damaged(1000)
