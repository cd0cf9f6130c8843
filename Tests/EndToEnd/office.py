"""Office files as their programs write them, reduced to what a reader needs."""

import io
import zipfile

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # What a file is, is told uncompressed.
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def links(*targets: tuple[str, str]) -> str:
    """Relationships rId1, rId2 … by the last word of their type and their target."""
    lines = "".join(f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def presentation(slides: list[tuple[str, list[str], str]]) -> bytes:
    """Slides of a title, bullets and what is said."""
    names = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{RELATIONSHIPS}"'

    def shape(kind: str, lines: list[str]) -> str:
        text = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
        return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>'

    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": links(*[("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]),
    }
    for n, (title, bullets, said) in enumerate(slides, 1):
        tree = shape("title", [title]) + shape("body", bullets)
        members[f"ppt/slides/slide{n}.xml"] = f"<p:sld {names}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
        members[f"ppt/slides/_rels/slide{n}.xml.rels"] = links(("notesSlide", f"../notesSlides/notesSlide{n}.xml"))
        members[f"ppt/notesSlides/notesSlide{n}.xml"] = f"<p:notes {names}><p:cSld><p:spTree>{shape('body', [said])}</p:spTree></p:cSld></p:notes>"
    return zipped(members)
