"""The power goes while students are at work: what was not synced is gone, and nothing of it had been acknowledged."""

from __future__ import annotations

import contextlib
import pathlib
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from kill_loop import KillLoop
from server import Server

HERE = pathlib.Path(__file__).resolve().parent


class Disk:
    def __init__(self, folder: pathlib.Path) -> None:
        self.mount, self.kept = folder / "mount", folder / "kept"
        for path in (self.mount, folder / "backing", self.kept):
            path.mkdir(mode=0o700)
        # Debian's own Python, which has the module.
        self.process = subprocess.Popen(["/usr/bin/python3", str(HERE / "power_cut.py"), str(self.mount), str(folder / "backing"), str(self.kept)])
        deadline = time.monotonic() + 20
        while not self.mount.is_mount():
            assert self.process.poll() is None and time.monotonic() < deadline, "the file system does not come up"
            time.sleep(0.05)

    def cut(self) -> pathlib.Path:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.close()
        return self.kept

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(20)
        subprocess.run(["umount", "-l", str(self.mount)], stderr=subprocess.DEVNULL)


@pytest.fixture
def disk(tmp_path: pathlib.Path) -> Iterator[Disk]:
    if not pathlib.Path("/dev/fuse").exists() or subprocess.run(["/usr/bin/python3", "-c", "import fusepy"], stderr=subprocess.DEVNULL).returncode != 0:
        pytest.skip("there is no FUSE here")
    disk = Disk(tmp_path)
    yield disk
    disk.close()


def at_work(disk: Disk, prefix: list[str]) -> KillLoop:
    """Students at work for a while, then the cut; the server that comes up again has what the disk kept."""
    loop = KillLoop(Server(disk.mount / "data", prefix=prefix, log="../server.log").start(), None, 1)
    loop.begin()
    time.sleep(6)
    # In the middle of it all.
    loop.server.kill()
    loop.ends.set()
    for student in loop.students:
        student.join(60)
    kept = disk.cut()
    loop.server = Server(kept / "data", log="../again.log")
    return loop


def test_what_was_acknowledged_survives_a_power_cut(disk: Disk) -> None:
    loop = at_work(disk, [])
    try:
        loop.check_faults()
        loop.server.start()
        loop.client.base_url = f"{loop.server.url}/api/v1"
        loop.sign_in()
        facts = [student.check() for student in loop.students]
        loop.server.stop()
        loop.check_database()
        print(facts)
        assert len(loop.students[0].known) > 3
    finally:
        loop.server.stop()


def test_without_syncs_a_power_cut_loses_something(disk: Disk) -> None:
    """Or else the test above would prove nothing."""
    if shutil.which("eatmydata") is None:
        pytest.skip("eatmydata is not installed")
    loop = at_work(disk, ["eatmydata"])
    try:
        loop.check_faults()
        assert len(loop.students[0].known) > 3
        loop.server.start()
        # Not even the account is there.
        answer = loop.client.post(f"{loop.server.url}/api/v1/auth/login", json=loop.account)
        assert answer.status_code == 401, answer.text
    finally:
        loop.server.stop()
