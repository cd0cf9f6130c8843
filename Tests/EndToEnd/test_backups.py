"""A server that is written to is backed up, lost, and put back: rows by table and files by their checksums."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app import App
from papers import note, plain_pdf
from postgres import Postgres
from server import PASSWORD, Account, Server, binary


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


class Installation:
    """A server with back-ups, and the command line on the same settings."""

    def __init__(self, folder: pathlib.Path, **settings: str) -> None:
        self.folder, self.place = folder, folder / "back-ups"
        self.settings = {"LM_BACKUP_URL": str(self.place), **settings}
        self.server = Server(folder / "data", **self.settings)

    def lm(self, *words: str, data: pathlib.Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_") or key == "LM_MODEL_DIR"}
        environment |= {"LM_DATA_DIR": str(data or self.server.data)} | self.settings | more
        return subprocess.run([binary(), *words], env=environment, text=True, timeout=300, capture_output=True, stdin=subprocess.DEVNULL)

    def does(self, *words: str, **more) -> str:
        answer = self.lm(*words, **more)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout + answer.stderr

    def refuses(self, *words: str, **more) -> str:
        answer = self.lm(*words, **more)
        assert answer.returncode not in (0, 2), answer.stdout
        return answer.stderr

    def snapshots(self) -> list[str]:
        return [line.split("\t")[0] for line in self.lm("backup", "list").stdout.splitlines()]


class Writer(threading.Thread):
    """Brings and deletes documents all the while, as fast as it can."""

    def __init__(self, account: Account) -> None:
        super().__init__(daemon=True)
        self.account, self.ends, self.known = account, threading.Event(), {}

    def run(self) -> None:
        number = 0
        while not self.ends.is_set():
            text = note(f"Road {number}", f"The keeper of road {number} is called keeper{number}name.")
            answer = self.account.upload(f"road {number}.md", text)
            if answer.status_code == 202:
                self.known[answer.json()["id"]] = text
                if number % 5 == 4:
                    gone = next(iter(self.known))
                    self.account.client.delete(f"/documents/{gone}")
                    self.known.pop(gone)
            number += 1


def files(data: pathlib.Path) -> dict[str, str]:
    """Digests of all stored files by their paths, which are themselves the digests."""
    found = {}
    for folder in ("blobs", "cards", "recordings", "speech", "voice"):
        for path in (data / folder).glob("??/??/*"):
            found[f"{folder}/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    for name, digest in found.items():
        assert name.endswith(digest), name
    return found


def rows(path: pathlib.Path) -> dict[str, list]:
    with contextlib.closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = [name for (name,) in base.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%'")]
        return {table: sorted(map(repr, base.execute(f'SELECT * FROM "{table}"'))) for table in tables}


def kept_files_are_there(path: pathlib.Path, data: pathlib.Path) -> None:
    """Each file that a document names is there."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        named = {f"blobs/{digest}" for (digest,) in base.execute("SELECT sha256 FROM documents")}
    assert named <= set(files(data)), named - set(files(data))


def serves(installation: Installation, data: pathlib.Path, account: Account, known: dict[str, bytes], **settings: str) -> None:
    """The restored server knows who was there, and gives every file as it was brought."""
    restored = Server(data, **{**installation.settings, "LM_BACKUP_URL": str(data.parent / "other"), **settings}).start()
    try:
        # Its keys came with it: who was signed in still is.
        client = httpx.Client(base_url=f"{restored.url}/api/v1", headers=dict(account.client.headers), timeout=60)
        assert client.get("/users/me").status_code == 200
        again = restored.sign_in(account.email)
        for identifier, content in known.items():
            answer = again.client.get(f"/documents/{identifier}/file")
            assert answer.status_code == 200 and answer.content == content, identifier
    finally:
        restored.stop()


def test_a_server_that_is_written_to_comes_back_whole(tmp_path: pathlib.Path) -> None:
    place = Installation(tmp_path, LM_BACKUP_KEY_FILE=str(tmp_path / "key"), LM_BACKUP_CONTINUOUS="off", LM_BACKUP_SCHEDULE="hourly")
    place.does("backup", "key", str(tmp_path / "key"))
    assert "cannot be made" in place.refuses("backup", "key", str(tmp_path / "key"))
    account = place.server.start().account("ada@example.org")
    writer = Writer(account)
    try:
        account.bring("tea.pdf", plain_pdf("Tea", "Leaves", "Green tea is steeped for two minutes."))
        writer.start()
        time.sleep(1)
        for _ in range(3):
            place.does("backup")
        writer.ends.set()
        writer.join()
        # Nothing in the place can be read without the key.
        assert not any(b"keeper" in path.read_bytes() or b"SQLite format" in path.read_bytes() for path in place.place.rglob("*") if path.is_file())
        place.server.stop()
        place.does("backup")
    finally:
        writer.ends.set()
        place.server.stop()
    assert len(place.snapshots()) >= 3
    place.does("backup", "verify", "--all")

    # The newest, of a server at rest, is the server to the last row.
    place.does("restore", "--to", str(tmp_path / "again"))
    assert rows(tmp_path / "again/little-monster.db") == rows(place.server.data / "little-monster.db")
    assert files(tmp_path / "again") == files(place.server.data)
    for key in ("signing.key", "sealing.key"):
        assert (tmp_path / "again" / key).read_bytes() == (place.server.data / key).read_bytes()
        assert (tmp_path / "again" / key).stat().st_mode & 0o777 == 0o600
    # Those that were made while it was written to are each of one moment: no row without its file.
    for number, name in enumerate(place.snapshots()[:-1]):
        place.does("restore", name, "--to", str(tmp_path / f"moment-{number}"))
        kept_files_are_there(tmp_path / f"moment-{number}/little-monster.db", tmp_path / f"moment-{number}")
    serves(place, tmp_path / "again", account, writer.known)

    # What lives is not written over.
    assert "not empty" in place.refuses("restore", "--to", str(tmp_path / "again"))
    assert "not empty" in place.refuses("restore")
    tried = place.does("restore", "--dry-run", "--to", str(tmp_path / "nowhere"))
    assert "It can be done" in tried and not (tmp_path / "nowhere").exists()
    assert "There is no back-up" in place.refuses("restore", "1999", "--to", str(tmp_path / "nowhere"))
    # Only with the key.
    (tmp_path / "wrong").write_bytes(os.urandom(32))
    assert "not the one" in place.refuses("backup", "list", LM_BACKUP_KEY_FILE=str(tmp_path / "wrong"))
    assert "LM_BACKUP_KEY_FILE" in place.refuses("restore", "--to", str(tmp_path / "nowhere"), LM_BACKUP_KEY_FILE="", LM_BACKUP_PASSPHRASE="other")


def test_a_damaged_a_cut_and_a_foreign_back_up_are_refused(tmp_path: pathlib.Path) -> None:
    place = Installation(tmp_path, LM_BACKUP_CONTINUOUS="off", LM_BACKUP_PLAIN_KEYS="on")
    account = place.server.start().account("ada@example.org")
    account.bring("tea.md", note("Tea", "Green tea is steeped for two minutes."))
    place.server.stop()
    place.does("backup")
    pieces = sorted((place.place / "pieces").glob("??/*"), key=lambda path: path.stat().st_size)
    whole = pieces[-1].read_bytes()

    def is_refused(reason: str) -> None:
        answer = place.lm("backup", "verify")
        assert answer.returncode == 2 and reason in answer.stdout, answer.stdout + answer.stderr
        assert reason in place.refuses("restore", "--to", str(tmp_path / "again"))
        # Whole, or not at all.
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("again")] == []

    os.chmod(pieces[-1], 0o600)
    pieces[-1].write_bytes(whole[: len(whole) // 2])
    is_refused("not what was written")
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    pieces[-1].write_bytes(changed)
    is_refused("not what was written")
    pieces[-1].unlink()
    is_refused("is missing")
    pieces[-1].write_bytes(whole)
    place.does("restore", "--to", str(tmp_path / "again"))

    # A folder of somebody else's, and what only looks like back-ups.
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "photo.jpg").write_bytes(b"\xff\xd8")
    assert "holds something else" in place.refuses("backup", LM_BACKUP_URL=str(foreign))
    assert "no back-ups" in place.refuses("restore", "--to", str(tmp_path / "third"), LM_BACKUP_URL=str(foreign))
    (foreign / "little-monster-backups.json").write_text("nonsense")
    assert "damaged" in place.refuses("backup", "list", LM_BACKUP_URL=str(foreign))
    (foreign / "little-monster-backups.json").write_text('{"format": 9}')
    assert "newer version" in place.refuses("backup", "list", LM_BACKUP_URL=str(foreign))
    # A disk that is full says so, and leaves no half back-up.
    before = place.snapshots()
    assert "LM_BACKUP_URL" in place.refuses("backup", LM_BACKUP_URL="relative/folder")
    assert "cannot be used" in place.refuses("backup", LM_BACKUP_URL="/proc/nowhere")
    assert place.snapshots() == before


def test_what_was_committed_seconds_before_a_crash_comes_back(tmp_path: pathlib.Path) -> None:
    place = Installation(tmp_path, LM_BACKUP_PASSPHRASE="nine bridges and a lantern")
    account = place.server.start().account("ada@example.org")
    try:
        first = account.bring("first.md", note("First", "The first valve opens at 417 kilopascals."))
        assert until(lambda: len(place.snapshots()) > 0)
        time.sleep(12)
        between = datetime.datetime.now(datetime.timezone.utc)
        time.sleep(12)
        second = account.bring("second.md", note("Second", "The second valve opens at 418 kilopascals."))
        # More than the log holds before it is moved into the file and begun anew.
        for number in range(60):
            account.client.post("/notes", json={"title": f"Note {number}", "content": "valve " * 3000})
        ended = time.monotonic()
        known = {account.document(item["id"])["id"] for item in (first, second)}

        def is_logged() -> bool:
            parts = list((place.place / "log").glob("*/*"))
            return bool(parts) and max(int(path.name.split("-")[1]) for path in parts) / 1000 > time.time() - (time.monotonic() - ended)

        assert until(is_logged, 60), "nothing was brought within a minute"
        took = time.monotonic() - ended
        assert took < 60, took
    finally:
        place.server.kill()
    # The machine is gone with its disk: all that is left is the place.
    lost = place.server.data.rename(tmp_path / "lost")
    place.does("restore")
    with contextlib.closing(sqlite3.connect(place.server.data / "little-monster.db")) as base:
        assert {identifier for (identifier,) in base.execute("SELECT id FROM documents")} == known
        assert base.execute("SELECT count(*) FROM notes").fetchone() == (60,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert files(place.server.data) == files(lost)
    place.does("backup", "verify")
    # And the state of a moment in between.
    place.does("restore", "--at", between.strftime("%Y-%m-%dT%H:%M:%SZ"), "--to", str(tmp_path / "between"))
    with contextlib.closing(sqlite3.connect(tmp_path / "between/little-monster.db")) as base:
        assert base.execute("SELECT id FROM documents").fetchall() == [(first["id"],)]
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "younger" in place.refuses("restore", "--at", "2020-01-01", "--to", str(tmp_path / "never"))
    serves(place, place.server.data, account, {})


def until(condition, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def test_a_postgres_database_comes_back_into_an_empty_one(tmp_path: pathlib.Path, postgres: Postgres) -> None:
    place = Installation(tmp_path, LM_DATABASE_URL=postgres.database(), LM_BACKUP_PASSPHRASE="nine bridges and a lantern")
    account = place.server.start().account("ada@example.org")
    writer = Writer(account)
    try:
        account.bring("tea.pdf", plain_pdf("Tea", "Leaves", "Green tea is steeped for two minutes."))
        writer.start()
        # The first is made by itself.
        assert until(lambda: len(place.snapshots()) == 1)
        place.does("backup")
        writer.ends.set()
        writer.join()
        assert until(lambda: all(item["status"] == "completed" for item in account.client.get("/documents", params={"limit": 100}).json()["data"]), 120)
    finally:
        writer.ends.set()
        place.server.stop()
    place.does("backup")
    assert "not empty" in place.refuses("restore", "--to", str(tmp_path / "again"))
    empty = postgres.database()
    told = place.does("restore", "--to", str(tmp_path / "again"), LM_DATABASE_URL=empty)
    assert " rows, as of " in told
    assert files(tmp_path / "again") == files(place.server.data)

    def dump(url: str) -> str:
        text = subprocess.run(
            [postgres.programs / "pg_dump", "--no-owner", "--enable-row-security", "--inserts", url], text=True, capture_output=True, check=True,
            env={**os.environ, "PGOPTIONS": "-c lm.system=on"}).stdout
        return "\n".join(sorted(line for line in text.splitlines() if not line.startswith("\\")))

    assert dump(empty) == dump(place.settings["LM_DATABASE_URL"])
    serves(place, tmp_path / "again", account, writer.known, LM_DATABASE_URL=empty)
    # No password stands where others can read it: it goes by the environment.
    place.does("backup", "verify")


def test_the_schedule_makes_one_back_up_over_three_processes(tmp_path: pathlib.Path, postgres: Postgres) -> None:
    place = Installation(tmp_path, LM_DATABASE_URL=postgres.database())
    servers = [place.server, *(Server(tmp_path / "data", log=f"{number}.log", **place.settings) for number in (1, 2))]
    try:
        for server in servers:
            server.start()
        assert until(lambda: len(place.snapshots()) == 1)
        time.sleep(3)
        assert len(place.snapshots()) == 1
        account = place.server.account("ada@example.org")
        told = account.client.get("/admin/backups").json()
        assert told["is_on"] and told["last_success_at"] and not told["has_keys"] and len(told["data"]) == 1
        assert until(lambda: httpx.get(f"{place.server.url}/ready").json()["checks"]["backups"]["status"] == "up", 40)
        metrics = httpx.get(f"{place.server.url}/metrics").text
        assert re.search(r"^backup_", "".join(httpx.get(f"{server.url}/metrics").text for server in servers), re.MULTILINE), metrics
        assert "back-ups: " in place.lm("doctor").stdout
    finally:
        for server in servers:
            server.stop()


def test_retention_keeps_what_it_says(tmp_path: pathlib.Path) -> None:
    place = Installation(tmp_path, LM_BACKUP_CONTINUOUS="off")
    place.does("migrate", LM_BACKUP_URL=str(tmp_path / "none"))
    # Each a day later than the one before, by the clock that the program sees.
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_")}
    environment |= {"LM_DATA_DIR": str(place.server.data), **place.settings, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    days = 40
    for day in range(days):
        date = (datetime.date(2031, 3, 3) + datetime.timedelta(days=day)).isoformat()
        subprocess.run(["faketime", f"{date} 12:00:00", binary(), "backup"], env=environment, check=True, capture_output=True, timeout=120)
    kept = [name[:8] for name in place.snapshots()]
    last = datetime.date(2031, 3, 3) + datetime.timedelta(days=days - 1)
    assert kept[-7:] == [(last - datetime.timedelta(days=back)).strftime("%Y%m%d") for back in reversed(range(7))]
    # The last of each of four weeks, and of each month.
    assert set(kept[:-7]) == {"20310323", "20310330", "20310331"}, kept
    place.does("backup", "verify", "--all")


def test_an_administrator_sees_back_ups_and_has_one_made(page: Page, tmp_path: pathlib.Path) -> None:
    place = Installation(tmp_path, LM_BACKUP_PASSPHRASE="nine bridges and a lantern", LM_BACKUP_CONTINUOUS="off")
    account = place.server.start().account("ada@example.org")
    try:
        assert until(lambda: len(account.client.get("/admin/backups").json()["data"]) == 1)
        app = App(page, place.server.url).sign_in("ada@example.org")
        page.goto(f"{app.url}/admin/backups")
        table = page.get_by_role("list", name="Last back-ups")
        expect(table.get_by_role("listitem")).to_have_count(1)
        before = len(place.snapshots())
        page.get_by_role("button", name="Back up now").click()
        expect(table.get_by_role("listitem")).to_have_count(2, timeout=30_000)
        assert len(place.snapshots()) >= before
        app.shot("backups")
        page.get_by_role("link", name="Jobs", exact=True).click()
        expect(page.get_by_role("table", name="Queues")).to_contain_text("backups")
        page.get_by_text("All", exact=True).click()
        expect(page.get_by_role("list", name="Jobs")).to_contain_text("backups.make")
        page.get_by_text("schedules", exact=False).first.click()
        schedules = page.get_by_role("region", name="Schedules")
        row = schedules.get_by_role("row").filter(has_text="backups.make")
        expect(row).to_contain_text("30 3 * * *")
        expect(row).to_contain_text("Done")
        page.get_by_role("button", name="Run jobs.prune now").click()
        expect(schedules.get_by_role("row").filter(has_text="jobs.prune")).to_contain_text(re.compile("Done|Running|Waiting"))
        app.shot("jobs")
        page.set_viewport_size({"width": 360, "height": 780})
        app.shot("jobs-small")
        page.goto(f"{app.url}/admin/backups")
        expect(table.get_by_role("listitem")).to_have_count(2)
        app.shot("backups-small")
    finally:
        place.server.stop()


def test_a_student_does_not_see_back_ups(server: Server) -> None:
    client = server.account("nosy@example.org").client
    assert client.get("/admin/backups").status_code in (403, 404)
    assert client.post("/admin/backups").status_code in (403, 404)
    assert PASSWORD not in client.get("/users/me").text
