"""What is brought to do harm: each file is answered in time and ends as what it is, and the server answers all the while within its memory."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import itertools
import os
import pathlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator

import httpx
import pytest

import hostile_files
from hostile_files import Sample
from server import Account, Server

#: MB that all parsers may take together.
BUDGET = 1024
#: Seconds in which a request is answered, and a job ends.
PROMPT, JOB = 10, 200
PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Looks all the while how long the server takes to say that it is well, and how much memory it and those that it started have."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.latencies: list[float] = []
        self.failures: list[str] = []
        self.parsers = 0
        self.crowd: list[str] = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=body, daemon=True) for body in (self._probe, self._weigh)]

    def __enter__(self) -> "Watch":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(30)

    def _probe(self) -> None:
        with httpx.Client(base_url=self.server.url, timeout=30) as client:
            while not self.ended.wait(0.1):
                began = time.monotonic()
                try:
                    if client.get("/health").status_code != 200:
                        self.failures.append("not well")
                except httpx.HTTPError as failure:
                    self.failures.append(repr(failure))
                self.latencies.append(time.monotonic() - began)

    def _weigh(self) -> None:
        while not self.ended.wait(0.05):
            found = list(self._children())
            total = sum(size for _, size in found)
            if total > self.parsers:
                self.parsers, self.crowd = total, [f"{name} {size >> 20}" for name, size in found if size > 8 << 20]

    def _children(self) -> Iterator[tuple[str, int]]:
        """Those below the server, and what each has resident of its own."""
        assert self.server.process is not None
        parents: dict[int, int] = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    stat = pathlib.Path(f"/proc/{entry}/stat").read_text()
                    parents[int(entry)] = int(stat.rpartition(")")[2].split()[1])
        for process in parents:
            above = process
            while above in parents and above != self.server.process.pid:
                above = parents[above]
            if above == self.server.process.pid and process != above:
                with contextlib.suppress(OSError, IndexError):
                    resident, shared = map(int, pathlib.Path(f"/proc/{process}/statm").read_text().split()[1:3])
                    yield pathlib.Path(f"/proc/{process}/comm").read_text().strip(), (resident - shared) * PAGE


class Run:
    """Brings samples, several at a time, and finds what is wrong."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.faults: list[str] = []
        self.slowest: list[tuple[float, str]] = []
        self.documents: dict[str, Sample] = {}
        self.recordings: dict[str, Sample] = {}
        self.count: collections.Counter[str] = collections.Counter()

    def bring(self, samples: Iterable[Sample]) -> None:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            waiting: set[concurrent.futures.Future[None]] = set()
            for sample in samples:
                if len(waiting) >= 8:
                    done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                    for each in done:
                        each.result()
                waiting.add(pool.submit(self._one, sample))
            for each in waiting:
                each.result()

    def _one(self, sample: Sample) -> None:
        began = time.monotonic()
        name = sample.filename.encode("utf-8", "surrogatepass").decode("latin-1", "replace") if "\0" in sample.filename else sample.filename
        try:
            answer = self.account.client.post(sample.route, files={"file": (name, sample.content)}, timeout=60)
        except httpx.HTTPError as failure:
            self.faults.append(f"{sample.name}: {failure!r}")
            return
        took = time.monotonic() - began
        self.slowest = sorted([*self.slowest, (round(took, 2), sample.name)], reverse=True)[:5]
        self.count[f"answer {answer.status_code}"] += 1
        if answer.status_code >= 500 or answer.status_code in (301, 302):
            self.faults.append(f"{sample.name}: answered {answer.status_code} {answer.text[:200]}")
        if took > PROMPT:
            self.faults.append(f"{sample.name}: answered after {took:.1f} s")
        if answer.status_code >= 400 and not answer.json().get("message"):
            self.faults.append(f"{sample.name}: refused without a word")
        if answer.status_code in (200, 201, 202) and sample.route == "/documents/upload":
            self.documents[answer.json()["id"]] = sample
        if answer.status_code in (200, 201, 202) and sample.route == "/stt/transcribe":
            self.recordings[answer.json()["id"]] = sample

    def settle(self, seconds: float) -> None:
        """Waits until all are read or refused, and looks at what was said."""
        deadline = time.monotonic() + seconds
        waiting = dict(self.documents)
        while waiting and time.monotonic() < deadline:
            for identifier in list(waiting):
                found = self.account.client.get(f"/documents/{identifier}", timeout=30)
                if found.status_code == 404:
                    waiting.pop(identifier)
                elif found.json()["status"] in ("completed", "failed"):
                    self._judge(waiting.pop(identifier), found.json())
            time.sleep(0.2)
        self.faults += [f"{sample.name}: is still being read" for sample in waiting.values()]
        for identifier, sample in self.recordings.items():
            while (state := self.account.client.get(f"/stt/transcripts/{identifier}", timeout=30).json()).get("status") in ("pending", "processing", "running", "waiting"):
                if time.monotonic() > deadline:
                    self.faults.append(f"{sample.name}: is still being written down")
                    break
                time.sleep(0.2)
            self.count[f"recording {state.get('status')}"] += 1

    def _judge(self, sample: Sample, document: dict) -> None:
        self.count[document["status"]] += 1
        if document["status"] == "failed":
            problem = document.get("error") or {}
            if len(problem.get("message", "")) < 10:
                self.faults.append(f"{sample.name}: failed without a word: {document}")
            if problem.get("code") in ("internal", "Internal"):
                self.faults.append(f"{sample.name}: failed as a fault of ours: {problem}")
            if sample.name.startswith("good "):
                self.faults.append(f"{sample.name}: was not read: {problem}")
            return
        pages = self.account.client.get(f"/documents/{document['id']}/pages", params={"limit": 100}, timeout=60).json()["data"]
        text = "\n".join(page["text"] for page in pages)
        if "root:x:" in text:
            self.faults.append(f"{sample.name}: holds a file of the server")
        missing = [mark for mark in sample.marks if mark not in text.lower()]
        if missing and not document.get("notes") and not (len(missing) == 1 and _is_text(sample)):
            self.faults.append(f"{sample.name}: is ready without {missing}, and does not say so")


def _is_text(sample: Sample) -> bool:
    """Where a byte is a letter, a letter of a mark may have been turned: nothing is lost."""
    return sample.filename.rsplit(".", 1)[-1] in ("txt", "md", "tex", "html", "rtf", "csv", "srt", "vtt", "bib", "ipynb", "eml")


@pytest.fixture
def hostile(serve: Callable[..., Server]) -> Iterator[tuple[Server, Account]]:
    server = serve(LM_PARSER_MEMORY_MB=str(BUDGET), LM_JOB_WORKERS="2")
    yield server, server.account("ada@example.org")


def judge(run: Run, watch: Watch, server: Server) -> None:
    print(dict(run.count), "slowest", run.slowest, "health", f"{max(watch.latencies):.2f} s at most of {len(watch.latencies)}", "parsers", watch.parsers >> 20, "MB", watch.crowd, "server", server.peak_memory() >> 20, "MB")
    assert not run.faults, "\n".join(run.faults)
    assert not watch.failures, watch.failures[:5]
    ordered = sorted(watch.latencies)
    assert ordered[len(ordered) * 99 // 100] < 2, f"health took {ordered[-5:]} s"
    assert watch.parsers < BUDGET << 20, f"parsers took {watch.parsers >> 20} MB: {watch.crowd}"
    # It is as it was: what comes next is read.
    assert "Unsandboxed" not in server.tail()


def test_of_each_danger_one(hostile: tuple[Server, Account]) -> None:
    server, account = hostile
    run = Run(account)
    with Watch(server) as watch:
        run.bring(hostile_files.short())
        run.settle(JOB)
    judge(run, watch, server)
    assert account.bring("after.md", b"# After\n\nOtters are still read about.")["status"] == "completed"


@pytest.mark.soak
def test_every_danger(hostile: tuple[Server, Account]) -> None:
    server, account = hostile
    run = Run(account)
    with Watch(server) as watch:
        samples = hostile_files.whole()
        while batch := list(itertools.islice(samples, 100)):
            run.bring(batch)
            run.settle(1800)
            run.documents, run.recordings = {}, {}
    judge(run, watch, server)
    assert account.bring("after.md", b"# After\n\nOtters are still read about.")["status"] == "completed"
