"""PDFs in the shapes that have brought readers down: loops, depths, sizes and filters, each made anew here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from hostile_zips import zlibbed

FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def pdf(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R", head: bytes = b"%PDF-1.7\n") -> bytes:
    body, places = head, {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size = max(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        table += b"%010d 00000 %c \n" % (places.get(number, 0), b"n"[0] if number in places else b"f"[0])
    return body + table + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(data), more) + data + b"\nendstream"


def page(content: bytes, resources: bytes = FONT + b">>", box: bytes = b"0 0 300 300", objects: dict[int, bytes] | None = None, more: bytes = b"") -> bytes:
    """One page whose content is object 4."""
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources" + resources + more + b">>", 4: content,
    } | (objects or {}))


def words(text: str) -> bytes:
    return b"BT /F 12 Tf 20 200 Td (" + text.encode() + b") Tj ET\n"


def pages(count: int, text: str = "Otters") -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(count))
    objects[2] = b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count
    objects[3] = stream(words(text))
    for number in range(count):
        objects[4 + number] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 3 0 R/Resources" + FONT + b">>>>"
    return pdf(objects)


def deflated(size: int, times: int = 1) -> bytes:
    data = zlibbed(size, b"q Q ")
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def image(width: int, height: int, data: bytes, more: bytes) -> bytes:
    drawn = stream(data, b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (width, height) + more)
    return page(stream(b"q 300 0 0 300 0 0 cm /X Do Q"), b"<</XObject<</X 5 0 R>>>>", objects={5: drawn})


def short() -> Iterator[tuple[str, bytes]]:
    yield "small deflate bomb", page(stream(deflated(16 << 20), b"/Filter/FlateDecode"))
    yield "image of 60,000 by 60,000", image(60_000, 60_000, zlibbed(60_000 * 7500 // 8), b"/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode")
    yield "image of no end", image(2**31 - 1, 2**31 - 1, b"x", b"/BitsPerComponent 16/ColorSpace/DeviceCMYK")
    yield "mask of itself", image(9, 9, bytes(81), b"/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 5 0 R")
    yield "pages that are their own parent", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>"})
    yield "arrays in arrays", page(stream(words("Otters") + b"[" * 200_000 + b"]" * 200_000))
    yield "objects in objects", pdf({1: b"<</Type/Catalog/Pages 2 0 R/X " + b"<</A " * 50_000 + b"1" + b">>" * 50_000 + b">>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "huge page", page(stream(words("Otters")), box=b"0 0 100000000 100000000")


def whole() -> Iterator[tuple[str, bytes]]:
    yield from short()
    yield "deflate bomb", page(stream(deflated(256 << 20), b"/Filter/FlateDecode"))
    yield "deflate bomb in itself", page(stream(deflated(512 << 20, 3), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))
    yield "form that draws itself", page(
        stream(b"/X Do"), b"<</XObject<</X 5 0 R>>>>",
        objects={5: stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")})
    yield "page of no size", page(stream(words("Otters")), box=b"0 0 0 0")
    yield "page of no number", page(stream(words("Otters")), box=b"nan -1e308 1e308 (x)")
    yield "no pages", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "more pages than there are", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", 3: b"<</Type/Page/Parent 2 0 R>>"})
    yield "minus one page", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>", 3: b"<</Type/Page/Parent 2 0 R>>"})
    yield "catalogue of itself", pdf({1: b"1 0 R"})
    yield "length of itself", page(b"<</Length 4 0 R>>stream\nBT ET\nendstream")
    yield "filter of itself", page(b"<</Length 5/Filter 4 0 R>>stream\nBT ET\nendstream")
    yield "xref that begins itself", b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"
    yield "xref far away", page(stream(words("Otters"))).replace(b"startxref\n", b"startxref\n99999999999999999999")
    yield "xref stream of no width", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: stream(b"", b"/Type/XRef/W[0 0 0]/Size 2147483647/Index[0 2147483647]/Root 1 0 R")})
    yield "object stream of itself", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: stream(b"2 0 " + b"<</Type/Pages>>", b"/Type/ObjStm/N 2147483647/First 4/Extends 2 0 R")})
    yield "Type 3 font that draws itself", page(
        stream(b"BT /F 12 Tf (a) Tj ET"), b"<</Font<</F 5 0 R>>>>",
        objects={5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>",
                 6: stream(b"1 0 d0 BT /F 12 Tf (aa) Tj ET")})
    yield "pattern of a dot", page(
        stream(b"/Pattern cs /P scn 0 0 300 300 re f"), b"<</Pattern<</P 5 0 R>>>>",
        objects={5: stream(b"0 0 1 1 re f", b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>")})
    yield "shading of functions in functions", page(
        stream(b"/S sh"), b"<</Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Function 5 0 R>>>>>>",
        objects={5: b"<</FunctionType 3/Domain[0 1]/Functions[5 0 R]/Bounds[]/Encode[0 1]>>"})
    yield "calculator of no end", page(
        stream(b"/S sh"), b"<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function 5 0 R>>>>>>",
        objects={5: stream(b"{" * 100_000 + b"}" * 100_000, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")})
    yield "sampled function of no end", page(
        stream(b"/S sh"), b"<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function 5 0 R>>>>>>",
        objects={5: stream(b"x", b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1]/Size[2147483647 2147483647]/BitsPerSample 32")})
    cmap = b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <00000000><ffffffff> endcodespacerange 1 beginbfrange <00000000><ffffffff><0041> endbfrange endcmap"
    yield "character map of no end", page(
        stream(b"BT /F 12 Tf <00000041> Tj ET"), b"<</Font<</F 5 0 R>>>>",
        objects={5: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 2147483647 1]>>]/ToUnicode 6 0 R>>", 6: stream(cmap)})
    yield "character map that uses itself", page(
        stream(b"BT /F 12 Tf <41> Tj ET"), b"<</Font<</F 5 0 R>>>>",
        objects={5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", 6: stream(b"begincmap endcmap", b"/UseCMap 6 0 R")})
    for kind, data in {
        "JPX": b"\x00\x00\x00\x0cjP  \r\n\x87\n\xff\x4f\xff\x51\x00\x29" + b"\xff" * 60, "JBIG2": b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\xff\xff\xff\xff\xff\xff\xff\xff" + bytes(20),
        "CCITTFax": b"\x00" * 4000, "DCT": b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01", "LZW": b"\x80\x0b\x60" * 5000, "RunLength": b"\x81a" * 500_000 + b"\x80",
        "ASCII85": b"z" * 5_000_000 + b"~>", "ASCIIHex": b"4" * 5_000_000 + b">",
    }.items():
        yield f"{kind} of no end", image(65_535, 65_535, data, b"/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/" + kind.encode() + b"Decode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647/EarlyChange 9/Colors 2147483647/Predictor 15>>")
    yield "predictor of no end", page(stream(zlib.compress(b"x" * 1000), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>"))
    yield "indexed colours of no end", image(9, 9, bytes(81), b"/BitsPerComponent 8/ColorSpace[/Indexed[/Indexed[/Indexed/DeviceRGB 255(x)]255(x)]2147483647(x)]")
    yield "outline of itself", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources" + FONT + b">>>>",
        4: stream(words("Otters swim")), 5: b"<</First 6 0 R/Last 6 0 R/Count 9>>", 6: b"<</Title(x)/Parent 5 0 R/First 6 0 R/Last 6 0 R/Next 6 0 R/Count 9>>"})
    yield "names of themselves", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 5 0 R/Dests 5 0 R>>/PageLabels 5 0 R/Dests 1 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources" + FONT + b">>>>", 4: stream(words("Otters dive")), 5: b"<</Kids[5 0 R 5 0 R]>>"})
    yield "tags of themselves", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources" + FONT + b">>>>", 4: stream(words("Otters rest")), 5: b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 5 0 R>>", 6: b"<</S/P/P 6 0 R/K[6 0 R 6 0 R]>>"})
    yield "a million strings", page(stream(b"BT /F 1 Tf " + b"(a) Tj " * 1_000_000 + b"ET"))
    yield "words on top of each other", page(stream(b"BT /F 1 Tf " + b"1 0 0 1 9 9 Tm (word) Tj " * 100_000 + b"ET"))
    yield "a million states", page(stream(b"q " * 1_000_000 + words("Otters wait")))
    yield "a million lines", page(stream(b"0 0 m " + b"9 9 l " * 1_000_000 + b"S"))
    yield "dashes of nothing", page(stream(b"[0.00000001] 0 d 0 0 m 300 300 l S"))
    yield "a text of ten million letters", page(stream(b"BT /F 12 Tf (" + b"x" * 10_000_000 + b") Tj ET"))
    yield "a page tree a thousand deep", pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R>>"} | {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, 3000)}
        | {3000: b"<</Type/Page/Parent 2999 0 R/MediaBox[0 0 9 9]>>"})
    yield "unknown encryption", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>", 3: b"<</Filter/Standard/V 99/R 99/O(x)/U(x)/P -1/Length 2147483647>>"}, b"/Root 1 0 R/Encrypt 3 0 R/ID[(x)(x)]")
    yield "encrypted by itself", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>", 3: b"<</Filter/Standard/V 5/R 6/O 3 0 R/U 3 0 R>>"}, b"/Root 1 0 R/Encrypt 3 0 R")
    yield "header alone", b"%PDF-1.7\n"
    yield "header and noise", b"%PDF-1.7\n" + bytes(range(256)) * 400
    yield "names of a megabyte", page(stream(b"/" + b"n" * 1_000_000 + b" gs " + words("Otters call")))
    yield "twenty thousand pages", pages(20_000, "Otters leave")
