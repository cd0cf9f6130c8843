"""SIGKILL at random moments, again and again, on both databases; `make soak` does it five hundred times."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Iterator

import pytest

from kill_loop import KillLoop
from postgres import Postgres
from server import Server


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_ten_kills_lose_nothing_that_was_acknowledged(kind: str, request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> None:
    postgres = request.getfixturevalue("postgres") if kind == "postgres" else None
    settings = {"LM_DATABASE_URL": postgres.database()} if postgres else {}
    seed = random.randrange(10_000)
    loop = KillLoop(Server(tmp_path / "data", **settings).start(), postgres, seed)
    try:
        print(f"seed {seed}: {loop.run(10)}")
    finally:
        loop.ends.set()
        loop.server.stop()
