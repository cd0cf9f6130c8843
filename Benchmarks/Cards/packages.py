"""Packages of Anki's of any size, as its older form has them, and how long the program takes to bring one in."""
import io
import json
import os
import pathlib
import sqlite3
import tempfile
import time
import zipfile

TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer, conf text,
    models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer, csum integer,
    flags integer, data text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer,
    due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer, time integer,
    type integer);
CREATE TABLE graves (usn integer, oid integer, type integer);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""


def package(notes: int, reviews: int) -> bytes:
    """So many notes of one card, each answered so often."""
    now = int(time.time())
    kind = {"id": 1, "name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}], "css": "",
            "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}]}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "collection.anki2"
        base = sqlite3.connect(path)
        base.executescript(TABLES)
        base.execute("INSERT INTO col VALUES (1, ?, 0, 0, 11, 0, 0, 0, '{}', ?, ?, '{}', '{}')",
                     (now - 400 * 86400, json.dumps({"1": kind}), json.dumps({"2": {"id": 2, "name": "Many"}})))
        base.executemany("INSERT INTO notes VALUES (?, ?, 1, 0, -1, ' many ', ?, '', 0, 0, '')",
                         ((i, f"guid {i}", f"What is the meaning of <b>word {i}</b>?\x1fIt means number {i}, " + "and more " * 20) for i in range(1, notes + 1)))
        base.executemany("INSERT INTO cards VALUES (?, ?, 2, 0, 0, -1, 2, 2, ?, 30, 2500, ?, 0, 0, 0, 0, 0, '')",
                         ((i, i, 380 + i % 60, reviews) for i in range(1, notes + 1)))
        base.executemany("INSERT INTO revlog VALUES (?, ?, -1, 3, 30, 10, 2500, 4000, 1)",
                         (((now - 90 * 86400 + n * 86400) * 1000 + i, i) for i in range(1, notes + 1) for n in range(reviews)))
        base.commit()
        base.close()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.write(path, "collection.anki2")
            made.writestr("media", "{}")
        return out.getvalue()


def bring(account, content: bytes) -> tuple[float, dict]:
    """Seconds until all is there, and what the job says."""
    started = time.perf_counter()
    answer = account.client.post("/decks/import", files={"file": ("many.apkg", content)})
    answer.raise_for_status()
    while True:
        job = account.client.get(f"/jobs/{answer.json()['job_id']}").json()
        if job["state"] in ("succeeded", "dead", "cancelled"):
            assert job["state"] == "succeeded", job
            return time.perf_counter() - started, job["result"]
        time.sleep(0.05)


def measured(binary: str, notes: int) -> tuple[float, int, float]:
    """Seconds, bytes that the server held at most beyond what it held before, and seconds of the way back."""
    from server import Server  # of Tests/EndToEnd
    os.environ["LM_BINARY"] = str(binary)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "data", LM_RATE_LIMITS="off").start()
        try:
            account = server.account("ann@example.org")
            before = server.peak_memory()
            seconds, result = bring(account, package(notes, 5))
            assert result["imported"] == str(notes), result
            peak = server.peak_memory() - before
            deck = account.client.get("/decks").json()["data"][0]["id"]
            started = time.perf_counter()
            account.client.get(f"/decks/{deck}/export", params={"format": "apkg"}, timeout=300).raise_for_status()
            return seconds, peak, time.perf_counter() - started
        finally:
            server.stop()
