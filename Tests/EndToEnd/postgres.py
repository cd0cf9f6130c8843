"""A real PostgreSQL server in a temporary folder, reached by a Unix socket; it ends with the test run."""

from __future__ import annotations

import glob
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROLE = "lm_end_to_end"


class Postgres:
    def __init__(self) -> None:
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
        assert found, "PostgreSQL is not installed (apt-get install postgresql)"
        self.programs = pathlib.Path(found[-1]).parent
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lm-end-to-end-postgres-"))
        self.folder.chmod(0o777)
        # initdb and postgres refuse to run as root.
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        self.made = 0
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self._sql(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")

    def start(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*self.user, str(self.programs / "postgres"), "-D", f"{self.folder}/data", "-k", str(self.folder), "-c", "listen_addresses=",
             "-c", "fsync=off", *options], cwd="/tmp", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while subprocess.run([str(self.programs / "pg_isready"), "-q", "-h", str(self.folder)]).returncode != 0:
            assert time.monotonic() < deadline and self.process.poll() is None, "PostgreSQL does not start"
            time.sleep(0.1)

    def crash(self) -> None:
        """SIGKILL to the server and to each of its sessions, and up again."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], text=True, capture_output=True).stdout.split()
        for identifier in (str(self.process.pid), *children):
            subprocess.run(["kill", "-9", identifier], stderr=subprocess.DEVNULL)
        self.process.wait(30)
        deadline = time.monotonic() + 30
        while any(pathlib.Path(f"/proc/{identifier}").exists() for identifier in children) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.start()

    def restart(self, *options: str) -> None:
        """As an administrator does it: sessions that are left are ended."""
        self.process.send_signal(2)
        self.process.wait(30)
        self.start(*options)

    def rows(self, sql: str, database: str | None = None) -> list[tuple[str, ...]]:
        """Past row-level security, of the database made last; as text."""
        command = [str(self.programs / "psql"), "-qAtX", "-F", "\t", "-h", str(self.folder), "-U", "postgres", "-d", database or f"d{self.made}", "-c", sql]
        environment = {**os.environ, "PGOPTIONS": "-c search_path=authentication,content,interaction,jobs,public"}
        found = subprocess.run(command, cwd="/tmp", env=environment, text=True, capture_output=True, check=True).stdout
        return [tuple(line.split("\t")) for line in found.splitlines() if line]

    def check(self) -> None:
        """What pg_amcheck finds wrong with the database made last: nothing."""
        program = str(self.programs / "pg_amcheck")
        found = subprocess.run(
            [program, "-h", str(self.folder), "-U", "postgres", "--install-missing", "--heapallindexed", f"d{self.made}"],
            cwd="/tmp", text=True, capture_output=True)
        assert (found.returncode, found.stdout, found.stderr) == (0, "", ""), found.stdout + found.stderr

    def database(self) -> str:
        """The URL of a fresh, empty database."""
        self.made += 1
        self._sql(f"CREATE DATABASE d{self.made} OWNER {ROLE}")
        return f"postgresql://{ROLE}@/d{self.made}?host={self.folder}"

    def copy(self, statement: str, lines) -> None:
        """Writes rows past row-level security into the database made last."""
        command = [str(self.programs / "psql"), "-q", "-h", str(self.folder), "-U", "postgres", "-d", f"d{self.made}", "-c", statement]
        psql = subprocess.Popen(command, cwd="/tmp", stdin=subprocess.PIPE)
        assert psql.stdin is not None
        for line in lines:
            psql.stdin.write(line.encode())
        psql.stdin.close()
        assert psql.wait() == 0, statement

    def close(self) -> None:
        # A fast shutdown: sessions that are left are ended.
        self.process.send_signal(2)
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sql(self, statement: str) -> None:
        subprocess.run([str(self.programs / "psql"), "-q", "-h", str(self.folder), "-U", "postgres", "-c", statement], cwd="/tmp", check=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([*self.user, str(self.programs / program), *arguments], cwd="/tmp", check=True, stdout=subprocess.DEVNULL)
