"""What a server stands on fails while it runs: it says what is down, keeps what it acknowledged, and goes on by itself when that is mended."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from papers import note
from postgres import Postgres
from server import Account, Server


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def on_postgres(tmp_path: pathlib.Path, postgres: Postgres) -> Iterator[Server]:
    server = Server(tmp_path / "data", LM_DATABASE_URL=postgres.database()).start()
    yield server
    server.stop()


def write(account: Account, title: str = "A note") -> httpx.Response:
    return account.client.post("/notes", json={"title": title, "content": "Valves open at 417 kilopascals."})


def until_written(account: Account, seconds: float = 30) -> float:
    """How long it took until something could be written again."""
    began = time.monotonic()
    while write(account).status_code not in (201, 202):
        assert time.monotonic() < began + seconds, write(account).text
        time.sleep(0.1)
    return time.monotonic() - began


def until_ready(server: Server, seconds: float = 30) -> None:
    """What /ready says is kept for some seconds."""
    deadline = time.monotonic() + seconds
    while (answer := httpx.get(f"{server.url}/ready", timeout=20)).status_code != 200:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.5)


def until_down(server: Server, part: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while (answer := httpx.get(f"{server.url}/ready", timeout=20)).status_code != 503:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.5)
    assert part in answer.json()["message"]


def is_clear(answer: httpx.Response, status: int, word: str) -> None:
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    told = answer.json()
    assert word in told["message"] and "/tmp" not in answer.text and "SQL" not in answer.text, answer.text


def inside(server: Server, *command: str) -> None:
    """Where the server lives, with file systems of its own."""
    subprocess.run(["nsenter", "-m", "-t", str(server.process.pid), *command], check=True, capture_output=True)


@pytest.fixture
def small_disk(tmp_path: pathlib.Path) -> Iterator[Server]:
    """A data folder on a disk of 100 MB that only the server sees."""
    data = tmp_path / "data"
    data.mkdir()
    prefix = ["unshare", "-m", "--propagation", "private", "sh", "-c", f'mount -t tmpfs -o size=100m,mode=700 none {data} && exec "$@"', "sh"]
    if os.getuid() != 0 or subprocess.run([*prefix, "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody mount")
    server = Server(data, prefix=prefix).start()
    yield server
    server.stop()


def test_a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room(small_disk: Server) -> None:
    account = small_disk.account("full@example.org")
    kept = account.bring("kept.md", note("Kept", "This note was there before the disk was full."))
    inside(small_disk, "sh", "-c", f"dd if=/dev/zero of={small_disk.data}/filler bs=1M 2>/dev/null || true")
    is_clear(account.upload("more.md", note("More", "There is no room for this.")), 507, "full")
    # What needs a row only is refused in the same words, not with a fault.
    answers = {write(account, f"Note {number}").status_code for number in range(400)}
    assert answers <= {201, 202, 507}, answers
    until_down(small_disk, "storage")
    # Reading goes on.
    assert account.client.get(f"/documents/{kept['id']}/file").status_code == 200
    inside(small_disk, "rm", f"{small_disk.data}/filler")
    assert until_written(account) < 15
    account.bring("again.md", note("Again", "Now there is room for this."))
    until_ready(small_disk)


def test_a_folder_that_becomes_read_only_is_told_and_used_again_when_it_is_mended() -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody to whom a folder is closed")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lm-closed-", dir="/tmp"))
    data = folder / "data"
    data.mkdir()
    folder.chmod(0o755)
    os.chown(data, 65534, 65534)
    server = Server(data, prefix=["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], HOME=str(data)).start()
    try:
        account = server.account("readonly@example.org")
        kept = account.upload("kept.md", note("Kept", "This note was there before.")).json()
        for path in (data, data / "blobs", data / "blobs/incoming"):
            path.chmod(0o500)
        is_clear(account.upload("more.md", note("More", "This cannot be written.")), 503, "writable")
        until_down(server, "storage")
        # What is in the database goes on, since its file can be written.
        assert account.client.get(f"/documents/{kept['id']}/file").status_code == 200
        assert write(account).status_code in (201, 202)
        for path in (data, data / "blobs", data / "blobs/incoming"):
            path.chmod(0o700)
        assert account.upload("again.md", note("Again", "Now it can be written.")).status_code == 202
        until_ready(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_clock_that_jumps_forth_and_back_loses_nothing_and_signs_nobody_out(tmp_path: pathlib.Path) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    clock = tmp_path / "clock"
    clock.write_text("+0")
    # The clock is read from the file again and again, once nothing else says what it is.
    server = Server(
        tmp_path / "data", prefix=["faketime", "-f", "+0", "env", "-u", "FAKETIME"], FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1").start()
    try:
        account = server.account("clock@example.org")
        account.bring("before.md", note("Before", "The clock is right."))
        for jump in ("+26h", "-26h", "+0"):
            clock.write_text(jump)
            # A token may have run out; the session has not.
            again = server.sign_in(account.email)
            began = time.monotonic()
            again.bring(f"jump{jump}.md", note(f"Jump {jump}", f"The clock jumped by {jump}: a road."))
            assert time.monotonic() - began < 60
            assert len(again.client.get("/documents").json()["data"]) >= 2
        titles = {document["title"] for document in again.client.get("/documents").json()["data"]}
        assert titles == {"Before", "Jump +26h", "Jump -26h", "Jump +0"}
    finally:
        server.stop()


def test_sessions_that_are_ended_again_and_again_are_hardly_noticed(on_postgres: Server, postgres: Postgres) -> None:
    account = on_postgres.account("killed@example.org")
    ends, counts = threading.Event(), {"killed": 0}

    def kill() -> None:
        while not ends.wait(0.05):
            counts["killed"] += len(postgres.rows(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'd{postgres.made}' AND pid <> pg_backend_pid()"))

    killer = threading.Thread(target=kill)
    killer.start()
    written, answers = {}, []
    try:
        end = time.monotonic() + 8
        while time.monotonic() < end:
            answer = write(account, title := f"Note {len(answers)}")
            answers.append(answer.status_code)
            if answer.status_code in (201, 202):
                written[answer.json()["id"]] = title
            else:
                is_clear(answer, 503, "database")
    finally:
        ends.set()
        killer.join()
    assert counts["killed"] > 50 and len(written) > 20, (counts, len(written), answers)
    assert until_written(account) < 15
    for identifier, title in written.items():
        assert account.client.get(f"/notes/{identifier}").json()["title"] == title
    document = account.bring("after.md", note("After", "The jobs go on too."))
    assert document["status"] == "completed"


def test_a_restart_of_the_database_is_told_and_got_over(on_postgres: Server, postgres: Postgres) -> None:
    account = on_postgres.account("restart@example.org")
    postgres.process.send_signal(2)
    postgres.process.wait(30)
    began = time.monotonic()
    is_clear(write(account), 503, "database")
    assert time.monotonic() - began < 15
    until_down(on_postgres, "database")
    assert httpx.get(f"{on_postgres.url}/health").status_code == 200
    postgres.start()
    assert until_written(account) < 15
    account.bring("after.md", note("After", "The jobs go on too."))
    until_ready(on_postgres)


def test_a_database_that_takes_no_writes_says_so_and_takes_them_again(on_postgres: Server, postgres: Postgres) -> None:
    account = on_postgres.account("standby@example.org")
    kept = account.bring("kept.md", note("Kept", "This note was there before."))

    def make(state: str) -> None:
        postgres.rows(f"ALTER DATABASE d{postgres.made} SET default_transaction_read_only = {state}", "postgres")
        postgres.rows(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'd{postgres.made}'", "postgres")

    make("on")
    is_clear(write(account), 503, "write its database")
    is_clear(account.upload("more.md", note("More", "This cannot be written.")), 503, "write its database")
    assert account.client.get(f"/documents/{kept['id']}").json()["title"] == "Kept"
    # As after a failover: the sessions stay, and what they are connected to takes writes again.
    postgres.rows(f"ALTER DATABASE d{postgres.made} SET default_transaction_read_only = off", "postgres")
    assert until_written(account) < 15
    account.bring("again.md", note("Again", "Now it can be written."))


def test_when_others_hold_all_connections_it_waits_and_says_so(on_postgres: Server, postgres: Postgres) -> None:
    account = on_postgres.account("crowd@example.org")
    # Sessions of others take what the server gives; ours are ended until none is left.
    postgres.restart("-c", "max_connections=8", "-c", "superuser_reserved_connections=3")
    holders: list[subprocess.Popen] = []
    try:
        deadline = time.monotonic() + 30
        while postgres.rows("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'", "postgres") < [("5",)]:
            assert time.monotonic() < deadline
            postgres.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lm'", "postgres")
            holders.append(subprocess.Popen(
                [str(postgres.programs / "psql"), "-q", "-h", str(postgres.folder), "-U", "lm_end_to_end", "-d", f"d{postgres.made}", "-c", "SELECT pg_sleep(600)"],
                cwd="/tmp", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        began = time.monotonic()
        answer = write(account)
        is_clear(answer, 503, "database")
        assert time.monotonic() - began < 40
    finally:
        for holder in holders:
            holder.kill()
            holder.wait()
        postgres.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()", "postgres")
    assert until_written(account) < 30
    # Many at once share the ten connections of the pool: all are served, where the server has room for ten.
    postgres.restart()
    assert until_written(account) < 30
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(write(account).status_code)) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 202}, answers
