"""What goes over the line to a PostgreSQL server on another machine: nothing but the wish for TLS, unless somebody says otherwise."""

from __future__ import annotations

import pathlib
import socket
import struct
import subprocess
import threading

import pytest

from postgres import ROLE, Postgres
from test_hostile_machine import Machine, machine  # noqa: F401

#: Loopback as no rule for names of this machine knows it; the resolver takes it.
ELSEWHERE = "2130706433"
WISH_FOR_TLS = struct.pack("!ii", 8, 80877103)


class Listener:
    """A server that has no TLS, and keeps what comes first from each caller."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                try:
                    first = caller.recv(4096)
                    if first == WISH_FOR_TLS:
                        caller.sendall(b"N")
                        first += caller.recv(4096)
                except OSError:
                    continue
                self.heard.append(first)


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.socket.close()


def line(machine: Machine) -> str:
    """What the doctor says of the way to the database."""
    return next(each for each in machine.lm("doctor").stdout.splitlines() if "\tdatabase line: " in each)


def test_a_server_without_tls_elsewhere_hears_neither_name_nor_password(machine: Machine, listener: Listener) -> None:  # noqa: F811
    machine.environment["LM_DATABASE_URL"] = f"postgres://someone:secret@{ELSEWHERE}:{listener.port}/study"
    for text in (machine.refuses(69), machine.finds("database")):
        assert "sslmode=disable" in text and "secret" not in text
    assert listener.heard and set(listener.heard) == {WISH_FOR_TLS}
    assert line(machine).startswith("look\t")


def test_who_says_so_speaks_in_plain_text(machine: Machine, listener: Listener) -> None:  # noqa: F811
    machine.environment["LM_DATABASE_URL"] = f"postgres://someone:secret@{ELSEWHERE}:{listener.port}/study?sslmode=disable"
    machine.finds("database")
    assert listener.heard and all(b"someone" in first for first in listener.heard)
    assert "plain text" in line(machine)


def test_a_server_with_tls_is_reached_by_it(machine: Machine, tmp_path: pathlib.Path) -> None:  # noqa: F811
    key, certificate, another = tmp_path / "key.pem", tmp_path / "certificate.pem", tmp_path / "another.pem"
    for made, of in ((another, tmp_path / "another-key.pem"), (certificate, key)):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(of), "-out", str(made), "-subj", "/CN=db",
             "-addext", "subjectAltName=IP:127.0.0.7"], check=True, capture_output=True)
    postgres = Postgres()
    try:
        data = postgres.folder / "data"
        owner = ["-o", "postgres"] if postgres.user else []
        for file, name in ((key, "server.key"), (certificate, "server.crt")):
            subprocess.run(["install", "-m", "600", *owner, str(file), str(data / name)], check=True)
        # It takes nothing else from there.
        (data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.0/8 trust\n")
        database = postgres.database().split("/")[3].split("?")[0]
        postgres.restart("-c", "ssl=on", "-c", "listen_addresses=127.0.0.7")
        elsewhere = f"postgres://{ROLE}@2130706439/{database}"
        machine.environment["LM_DATABASE_URL"] = elsewhere
        assert machine.lm("migrate").returncode == 0
        assert "not checked" in line(machine)
        machine.environment["LM_DATABASE_URL"] = elsewhere + "?sslmode=disable"
        assert "no encryption" in machine.finds("database")
        machine.environment["LM_DATABASE_URL"] = f"{elsewhere}?sslmode=verify-full&sslrootcert={another}"
        assert "certificate verify failed" in machine.finds("database")
        machine.environment["LM_DATABASE_URL"] = f"postgres://{ROLE}@127.0.0.7/{database}?sslmode=verify-full&sslrootcert={certificate}"
        assert machine.lm("migrate").returncode == 0
    finally:
        postgres.close()
