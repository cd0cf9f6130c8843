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
        self.process = subprocess.Popen(
            [*self.user, str(self.programs / "postgres"), "-D", f"{self.folder}/data", "-k", str(self.folder), "-c", "listen_addresses=",
             "-c", "fsync=off"], cwd="/tmp", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while subprocess.run([str(self.programs / "pg_isready"), "-q", "-h", str(self.folder)]).returncode != 0:
            assert time.monotonic() < deadline and self.process.poll() is None, "PostgreSQL does not start"
            time.sleep(0.1)
        self._sql(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")

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
