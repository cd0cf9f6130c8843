"""Loses a server on PostgreSQL, and puts it back as it was at one moment; see `Tests/Parts/pgbackrest`."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import httpx
from postgres import Postgres
from server import ROOT, Server, binary


class Archive:
    """A PostgreSQL, and pgBackRest with the settings that Docs/Backup.md shows."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder, self.postgres = folder, Postgres()
        self.data = self.postgres.folder / "data"
        for name in ("repo", "log", "lock", "spool"):
            (folder / name).mkdir(parents=True)
        self.file = folder / "pgbackrest.conf"
        shown = re.search(r"^# /etc/pgbackrest.conf.*?\n(.*?)\n\n", (ROOT / "Docs/Backup.md").read_text(), re.MULTILINE | re.DOTALL)
        assert shown, "Docs/Backup.md shows no configuration"
        text = shown[1].replace("/mnt/other-disk/pgbackrest", str(folder / "repo")).replace("/var/lib/postgresql/15/main", str(self.data))
        text = text.replace("repo1-cipher-pass=…", "repo1-cipher-pass=nine bridges")
        # Where a test's server is that a package's is not.
        places = f"log-path={folder}/log\nlock-path={folder}/lock\nspool-path={folder}/spool\n"
        text = text.replace("[study]", f"{places}[study]") + f"\npg1-socket-path={self.postgres.folder}\npg1-user=postgres\n"
        assert str(folder / "repo") in text and str(self.data) in text and "…" not in text, text
        self.file.write_text(text)
        subprocess.run(["chown", "-R", "postgres", str(folder)], check=True)
        self.command = ["pgbackrest", f"--config={self.file}", "--stanza=study"]
        self.options = ["-c", "archive_mode=on", "-c", f"archive_command={' '.join(self.command)} archive-push %p", "-c", "archive_timeout=60"]
        self.postgres.restart(*self.options)

    def does(self, *words: str) -> str:
        answer = subprocess.run([*self.postgres.user, *self.command, *words], cwd="/tmp", text=True, capture_output=True)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def now(self) -> str:
        return self.postgres.rows("SELECT clock_timestamp()", "postgres")[0][0]

    def lose(self) -> None:
        self.postgres.process.kill()
        self.postgres.process.wait(30)
        deadline = time.monotonic() + 30
        while subprocess.run(["fuser", "-s", str(self.data / "PG_VERSION")], stderr=subprocess.DEVNULL).returncode == 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        shutil.chown(self.data, "postgres")


def lm(data: pathlib.Path, *words: str, **settings: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_") or key == "LM_MODEL_DIR"}
    answer = subprocess.run([binary(), *words], env=environment | {"LM_DATA_DIR": str(data)} | settings, text=True, capture_output=True, timeout=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def main(folder: pathlib.Path) -> None:
    archive = Archive(folder / "pgbackrest")
    archive.does("stanza-create")
    url = archive.postgres.database()
    settings = {"LM_DATABASE_URL": url, "LM_BACKUP_URL": str(folder / "files"), "LM_BACKUP_SCHEDULE": "0 0 1 1 *", "LM_BACKUP_PLAIN_KEYS": "on"}
    server = Server(folder / "data", **settings).start()
    try:
        account = server.account("ada@example.org")
        notes = account.client.post("/notes", json={"title": "Before the copy", "content": "words"})
        notes.raise_for_status()
        archive.does("--type=full", "backup")
        kept = account.client.post("/notes", json={"title": "After the copy", "content": "words"}).json()["id"]
        text = "# Tea\n\nGreen tea is steeped for two minutes.\n".encode()
        document = account.bring("tea.md", text)["id"]
        account.ready(document)
        lm(server.data, "backup", **settings)
        time.sleep(2)
        moment = archive.now()
        time.sleep(2)
        # The mistake that is to be undone, and what came after it.
        account.client.delete(f"/notes/{kept}").raise_for_status()
        late = account.client.post("/notes", json={"title": "Too late", "content": "words"}).json()["id"]
        archive.postgres.rows("SELECT pg_switch_wal()", "postgres")
        deadline = time.monotonic() + 60
        while archive.postgres.rows("SELECT last_archived_time > now() - interval '3 seconds' FROM pg_stat_archiver", "postgres")[0][0] != "t":
            assert time.monotonic() < deadline, "the log is not archived"
            time.sleep(0.2)
        archive.does("check")
    finally:
        server.stop()

    archive.lose()
    shutil.rmtree(server.data)
    began = time.monotonic()
    archive.does("--type=time", f"--target={moment}", "--target-action=promote", "restore")
    archive.postgres.start(*archive.options)
    deadline = time.monotonic() + 60
    while archive.postgres.rows("SELECT pg_is_in_recovery()", "postgres")[0][0] != "f":
        assert time.monotonic() < deadline, "the server does not leave recovery"
        time.sleep(0.2)
    print(f"the database was back after {time.monotonic() - began:.1f} s")

    # Files come back beside an empty database, which is dropped.
    spare = archive.postgres.database()
    lm(server.data, "restore", "--to", str(server.data), **{**settings, "LM_DATABASE_URL": spare})
    archive.postgres._sql(f"DROP DATABASE d{archive.postgres.made}")
    again = Server(server.data, **{**settings, "LM_BACKUP_URL": str(folder / "other")}).start()
    try:
        client = httpx.Client(base_url=f"{again.url}/api/v1", headers=dict(account.client.headers), timeout=60)
        titles = {note["title"] for note in client.get("/notes").raise_for_status().json()["data"]}
        assert titles == {"Before the copy", "After the copy"}, titles
        assert client.get(f"/notes/{late}").status_code == 404
        assert client.get(f"/documents/{document}/file").content == text
        # It is a server like any other, and its log is archived on.
        client.post("/notes", json={"title": "Afterwards", "content": "words"}).raise_for_status()
        archive.does("check")
        archive.does("--type=diff", "backup")
    finally:
        again.stop()
        archive.postgres.close()
    print(f"notes of {moment}, its file and the sign-in of then are back; what came later is not")


with tempfile.TemporaryDirectory() as name:
    pathlib.Path(name).chmod(0o755)
    main(pathlib.Path(name))
