"""Where no user namespace can be made, as in a chroot, files are read within the second wall, and both doctor and readiness say so."""

from __future__ import annotations

import pathlib
import subprocess

import httpx
import pytest

import chroot
from server import ROOT, Server, binary

FIXTURES = ROOT / "Tests/LibraryTests/Fixtures"

pytestmark = pytest.mark.skipif(not chroot.is_possible(), reason="only root makes a chroot")


def has_landlock() -> bool:
    """By the second wall itself: it reads what it may, or says that there is no Landlock."""
    confine = pathlib.Path(binary()).resolve().parent / "lm-confine"
    words = [confine, "--landlock", "99", "--read", "/usr", "--run", "/usr/bin/true", "--run", "/lib64/ld-linux-x86-64.so.2"]
    return subprocess.run([*words, "--", "/usr/bin/true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("user", ["0:0", "65534:65534"], ids=["root", "an ordinary user"])
def test_files_are_read_in_a_chroot(tmp_path: pathlib.Path, user: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for folder in (data, *tmp_path.parents[:3]):
        if folder != pathlib.Path("/tmp"):
            folder.chmod(0o777)
    server = Server(data, prefix=chroot.prefix(tmp_path / "root", data, user=user), LM_MODEL_DIR=model())
    server.start()
    try:
        sandbox = httpx.get(f"{server.url}/ready").json()["checks"]["sandbox"]
        assert sandbox["status"] == "up" and sandbox["message"].startswith("Landlock alone (ABI ")
        account = server.account("somebody@example.org")
        pdf = account.bring("leaf.pdf", (ROOT / "Web/sample-course/3-photosynthesis.pdf").read_bytes())
        assert pdf["page_count"] > 1
        for name in ("cells.docx", "cells.html"):
            account.bring(name, (FIXTURES / name).read_bytes())
        # A file that is damaged is the file's fault, not the sandbox's.
        broken = account.upload("truncated.pdf", (FIXTURES / "truncated.pdf").read_bytes()).json()["id"]
        failed = account.until(broken, lambda found: found["status"] in ("completed", "failed"))
        assert failed["status"] == "failed", failed
    finally:
        assert server.stop() == 0
    assert "neither wall" not in server.tail()


@pytest.mark.skipif(not has_landlock(), reason="this kernel has no Landlock")
def test_the_doctor_names_the_wall_that_stands(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    words = [*chroot.prefix(tmp_path / "root", data), "env", f"LM_DATA_DIR={data}", f"LM_MODEL_DIR={model()}", binary(), "doctor"]
    answer = subprocess.run(words, capture_output=True, text=True, timeout=120)
    line = next(line for line in answer.stdout.splitlines() if "\tsandbox: " in line)
    assert line.startswith("ok\tsandbox: Landlock alone (ABI ") and "as a user of its own" in line, answer.stdout


def model() -> str:
    return str((ROOT / ".models/all-MiniLM-L6-v2").resolve())
