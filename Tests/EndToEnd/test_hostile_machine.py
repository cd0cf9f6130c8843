"""A machine on which the program cannot start: one line says why and how to mend it, and the doctor says the same."""

from __future__ import annotations

import os
import pathlib
import re
import socket
import subprocess
from collections.abc import Iterator

import pytest

from postgres import Postgres
from server import binary


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


class Machine:
    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_") or key == "LM_MODEL_DIR"}
        self.environment |= {"LM_DATA_DIR": str(self.data), "LM_PORT": "0"}

    def lm(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binary(), *words], env=self.environment, text=True, timeout=120, capture_output=True, stdin=subprocess.DEVNULL)

    def refuses(self, code: int, *words: str) -> str:
        """`lm serve` ends with the code and one line."""
        answer = self.lm("serve", *words)
        assert answer.returncode == code, answer.stderr
        assert answer.stdout == ""
        # What is logged before, such as that others can open the folder, is no answer.
        [line] = [each for each in answer.stderr.splitlines() if not re.match(r"\d{4}-\d\d-\d\dT\S+ [A-Z]+ ", each)]
        assert line.startswith("lm: ")
        return line

    def finds(self, part: str) -> str:
        """`lm doctor` names the part as broken, and what to do."""
        answer = self.lm("doctor")
        assert (answer.returncode, answer.stderr) == (2, ""), answer.stdout
        lines = answer.stdout.splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith(f"mend\t{part}: "))
        assert lines[at + 1].startswith("\t") and len(lines[at + 1]) > 10
        return lines[at] + lines[at + 1]


@pytest.fixture
def machine(tmp_path: pathlib.Path) -> Machine:
    return Machine(tmp_path)


def test_the_port_is_taken(machine: Machine) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = machine.refuses(69, "--port", str(port))
    assert f"127.0.0.1:{port} is in use" in line and "--port" in line


def test_the_data_folder_is_a_file(machine: Machine) -> None:
    machine.data.write_text("not a folder")
    line = machine.refuses(69)
    assert str(machine.data) in line and "LM_DATA_DIR" in line
    assert "LM_DATA_DIR" in machine.finds("data folder")


def test_the_database_is_damaged(machine: Machine) -> None:
    machine.data.mkdir()
    (machine.data / "little-monster.db").write_bytes(b"this is no database " * 500)
    assert "put back a copy" in machine.refuses(69)
    assert "put back a copy" in machine.finds("database")


def test_the_database_is_a_folder(machine: Machine) -> None:
    (machine.data / "little-monster.db").mkdir(parents=True)
    assert "little-monster.db is a file" in machine.refuses(69)
    assert "little-monster.db is a file" in machine.finds("database")


def test_nobody_answers_at_the_databases_address(machine: Machine) -> None:
    machine.environment["LM_DATABASE_URL"] = "postgres://someone:secret@127.0.0.1:1/study"
    for text in (machine.refuses(69), machine.finds("database"), machine.lm("migrate").stderr):
        assert "port 1" in text and "LM_DATABASE_URL" in text and "pg_isready" in text
        assert "secret" not in text


def test_an_address_that_cannot_be_read_does_not_tell_the_password(machine: Machine) -> None:
    machine.environment["LM_DATABASE_URL"] = "postgres://someone:secret@[::1/study"
    for text in (machine.refuses(69), machine.finds("database")):
        assert "LM_DATABASE_URL" in text and "secret" not in text


def test_the_server_knows_no_such_role_or_database(machine: Machine, postgres: Postgres) -> None:
    good = postgres.database()
    for wrong in (good.replace("//lm_end_to_end@", "//nobody@"), good.replace("?host", "_missing?host")):
        machine.environment["LM_DATABASE_URL"] = wrong
        assert "does not exist" in machine.refuses(69)
        assert "does not exist" in machine.finds("database")


def test_the_role_may_make_no_tables(machine: Machine, postgres: Postgres) -> None:
    postgres.database()
    machine.environment["LM_DATABASE_URL"] = f"postgresql://lm_end_to_end@/postgres?host={postgres.folder}"
    assert "permission denied" in machine.refuses(69)
    assert "owns the database" in machine.finds("database")


def test_the_model_is_missing_or_damaged(machine: Machine) -> None:
    model = machine.folder / "model"
    machine.environment["LM_MODEL_DIR"] = str(model)
    assert "make setup" in machine.refuses(69)
    model.mkdir()
    (model / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n")
    (model / "model.safetensors").write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{\"a\": 1")
    assert "make setup" in machine.refuses(69)
    assert "make setup" in machine.finds("embeddings")


def test_the_signing_key_is_damaged(machine: Machine) -> None:
    machine.data.mkdir()
    key = machine.data / "signing.key"
    key.write_text("nonsense\n")
    key.chmod(0o600)
    assert "lm doctor" in machine.refuses(69)
    assert "remove it" in machine.finds("signing key")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LM_PORT", "99999"), ("LM_REGISTRATION", "maybe"), ("LM_LOG_LEVEL", "loud"), ("LM_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("LM_CORS_ORIGINS", "https://study.example/"), ("LM_OPENAI_URL", "api.example.org"), ("LM_DATABASE_URL", "mysql://here"),
    ],
)
def test_a_setting_cannot_be_read(machine: Machine, name: str, value: str) -> None:
    machine.environment[name] = value
    assert machine.refuses(1).startswith(f"lm: {name} must ")
    assert f"{name} must " in machine.finds("settings")


def test_a_mistyped_setting_is_named(machine: Machine) -> None:
    machine.environment["LM_DATABSE_URL"] = "postgres://elsewhere/study"
    assert "LM_DATABSE_URL (LM_DATABASE_URL?)" in machine.lm("migrate").stderr
    answer = machine.lm("doctor")
    assert "look\tsettings: not known: LM_DATABSE_URL (LM_DATABASE_URL?)" in answer.stdout
    machine.data.mkdir(exist_ok=True)
    (machine.data / "settings.env").write_text("REGISTRATION=off\n")
    assert "REGISTRATION" in machine.lm("doctor").stdout


def test_the_web_apps_folder_is_none(machine: Machine) -> None:
    machine.environment["LM_WEB_DIR"] = str(machine.folder)
    assert "LM_WEB_DIR" in machine.refuses(69)
    assert "LM_WEB_DIR" in machine.finds("web app")
