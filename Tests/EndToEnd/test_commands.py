"""The commands as a person or a script runs them: what is printed where, and the exit code."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess

import httpx
import pytest

from server import PASSWORD, ROOT, Server, binary


@pytest.fixture
def lm(tmp_path: pathlib.Path):
    """Runs `lm` on a data folder of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_") or key == "LM_MODEL_DIR"}
    environment["LM_DATA_DIR"] = str(tmp_path / "data")

    def run(*words: str, given: str = "", output: int | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binary(), *words], env=environment, input=given, text=True, timeout=60,
            stdout=output or subprocess.PIPE, stderr=subprocess.PIPE,
        )

    return run


def test_asking_before_there_is_an_account_says_so_and_no_more(lm) -> None:
    answer = lm("ask", "What is osmosis?")
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.splitlines() == [
        "lm: There is no account yet. Make one with `lm account add you@example.org`, or run `lm serve` and open its address."
    ]


@pytest.mark.parametrize("command", ["worker", "migrate", "doctor", "openapi", "settings", "version"])
def test_a_word_too_many_is_refused(lm, command: str) -> None:
    answer = lm(command, "extra")
    assert answer.returncode == 64
    assert "extra" in answer.stderr


def test_what_needs_no_model_no_folder_and_no_database_works_without(tmp_path: pathlib.Path, server: Server) -> None:
    environment = {
        "PATH": os.environ["PATH"], "LM_DATA_DIR": str(tmp_path / "none"), "LM_MODEL_DIR": str(tmp_path / "no-model"),
        "LM_DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    }
    for command in ("openapi", "settings", "version", "help"):
        answer = subprocess.run([binary(), command], env=environment, text=True, timeout=60, capture_output=True)
        assert (answer.returncode, answer.stderr) == (0, ""), command
        if command == "openapi":
            assert answer.stdout == httpx.get(f"{server.url}/openapi.json").text
    assert list(tmp_path.iterdir()) == []


def test_the_description_of_the_api_in_the_documents_is_that_of_the_routes(lm) -> None:
    """The web app's types are made from it: `make docs` writes it anew."""
    written = json.loads((ROOT / "Docs/openapi.json").read_text())
    assert json.loads(lm("openapi").stdout) == written


def test_migrating_and_making_an_account_need_no_model(tmp_path: pathlib.Path) -> None:
    environment = {
        "PATH": os.environ["PATH"], "LM_DATA_DIR": str(tmp_path / "data"), "LM_MODEL_DIR": str(tmp_path / "no-model"),
    }
    for words in (["migrate"], ["account", "add", "ada@example.org"]):
        answer = subprocess.run(
            [binary(), *words], env=environment, input=PASSWORD + "\n", text=True, timeout=60, capture_output=True)
        # That the passwords which many chose are not known either may be said.
        said = [line for line in answer.stderr.splitlines() if "the list of common passwords is not there" not in line]
        assert (answer.returncode, said) == (0, []), words


def test_a_second_administrator_is_made_on_the_machine_and_one_always_stays(lm) -> None:
    for email in ("ada@example.org", "ben@example.org"):
        assert lm("account", "add", email, given=PASSWORD + "\n").returncode == 0
    refused = lm("account", "role", "ada@example.org", "student")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the only administrator" in refused.stderr
    assert lm("account", "role", "ben@example.org", "administrator").stdout == "ben@example.org is administrator now.\n"
    assert lm("account", "role", "ada@example.org", "student").returncode == 0
    assert "There is no role owner" in lm("account", "role", "ben@example.org", "owner").stderr
    assert lm("account", "role", "eve@example.org", "student").stderr == "lm: There is no account eve@example.org.\n"
    assert lm("account", "role", "ben@example.org").returncode == 64


def test_output_that_cannot_be_written_is_a_failure(lm) -> None:
    with open("/dev/full", "w") as full:
        answer = lm("settings", output=full.fileno())
    assert answer.returncode == 1
    assert "No space left" in answer.stderr


def test_importing_tells_a_folder_from_a_missing_file(lm, tmp_path: pathlib.Path) -> None:
    assert lm("account", "add", "ada@example.org", given=PASSWORD + "\n").returncode == 0
    note = tmp_path / "note.md"
    note.write_text("# Osmosis\n\nOsmosis is the movement of water through a membrane.\n")
    answer = lm("import", str(tmp_path), str(tmp_path / "missing.pdf"), str(note))
    assert answer.returncode == 1
    assert "it is a folder" in answer.stderr
    assert "No such file" in answer.stderr
    assert "note.md: ready" in answer.stderr
    assert "is here already" in lm("import", str(note)).stderr
