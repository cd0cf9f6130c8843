"""Files and questions that people have trouble with elsewhere, each a folder of `Tests/Cases` with a `case.json` that says what is right.

A case has checks, each one thing:
  {"file": F, "status": "completed"}                  what becomes of an upload; "refused" is a 4xx at the upload
  {"file": F, "text": [regex…], "not": [regex…]}      the text of its pages, joined; "or_refused" lets a refusal pass
  {"file": F, "title": regex} or {…, "not_title": regex}
  {"file": F, "tells": regex}                         the document, its job or its failure says so
  {"ask": Q, "in": [F…], "answer": [regex…], "not": [regex…], "page": N}   asked in a conversation of these files
  {"search": Q, "mode": M, "in": [F…], "first": F}    or "found": F, or "ok": true
  {"script": NAME}                                    one of the functions below
"""

from __future__ import annotations

import json
import pathlib
import re

import pytest

from conftest import unique_email
from server import Account, Server
from slow_model import SlowModel

CASES = sorted(path.parent for path in (pathlib.Path(__file__).parents[1] / "Cases").glob("*/case.json"))


class Case:
    """One folder, whose files are uploaded once, all of them before the first is waited for."""

    def __init__(self, account: Account, folder: pathlib.Path, scratch: pathlib.Path) -> None:
        self.account, self.folder, self.scratch = account, folder, scratch
        self.checks = json.loads((folder / "case.json").read_text())["checks"]
        names = dict.fromkeys(name for check in self.checks for name in [*check.get("in", []), *([check["file"]] if "file" in check else [])])
        self.uploads = {name: account.upload(name, (folder / name).read_bytes()) for name in names}

    def document(self, name: str) -> dict | None:
        """As it is once it has been read, or nothing if it was refused."""
        answer = self.uploads[name]
        if answer.status_code not in (200, 202):
            return None
        return self.account.until(answer.json()["id"], lambda found: found["status"] in ("completed", "failed"), 120)

    def text(self, document: dict) -> str:
        pages: list[str] = []
        while True:
            asked = {"page": len(pages) // 100 + 1, "limit": 100}
            answer = self.account.client.get(f"/documents/{document['id']}/pages", params=asked)
            found = answer.json()["data"] if answer.status_code == 200 else []
            pages += [page["text"] for page in found]
            if len(found) < 100:
                return "\n\f\n".join(pages)

    def identifiers(self, names: list[str]) -> dict[str, str]:
        documents = {name: self.document(name) for name in names}
        return {name: document["id"] for name, document in documents.items() if document}

    def holds(self, check: dict) -> None:
        if "script" in check:
            SCRIPTS[check["script"]](self)
        elif "ask" in check:
            self._asks(check)
        elif "search" in check:
            self._searches(check)
        else:
            self._reads(check)

    def _asks(self, check: dict) -> None:
        conversation = self.account.conversation(document_ids=list(self.identifiers(check["in"]).values()))
        said = self.account.client.post(f"/chat/conversations/{conversation}/messages", json={"content": check["ask"]}).json()
        _expect(said["content"], check.get("answer", []), check.get("not", []), check["ask"])
        if "page" in check:
            assert check["page"] in [citation.get("page") for citation in said["citations"]], said

    def _searches(self, check: dict) -> None:
        names = {identifier: name for name, identifier in self.identifiers(check["in"]).items()}
        asked = {"query": check["search"], "mode": check.get("mode", "hybrid"), "limit": 10, "document_ids": list(names)}
        answer = self.account.client.post("/documents/search", json=asked)
        assert answer.status_code == 200, (check, answer.text)
        order = [names[hit["document_id"]] for hit in answer.json()["data"]]
        if "first" in check:
            assert order[:1] == [check["first"]], (check, order)
        if "found" in check:
            assert check["found"] in order, (check, order)

    def _reads(self, check: dict) -> None:
        document = self.document(check["file"])
        if "status" in check:
            assert (document["status"] if document else "refused") == check["status"], document
        elif "tells" in check:
            said = dict(document or self.uploads[check["file"]].json())
            job = self.account.client.get(f"/jobs/{said['job_id']}").json() if said.get("job_id") else {}
            for name in ("title", "filename", "sha256", "id", "document_id"):
                said.pop(name, None)
            assert re.search(check["tells"], json.dumps([said, job], ensure_ascii=False)), said
        elif document is None:
            assert check.get("or_refused"), self.uploads[check["file"]].text
        elif "title" in check:
            assert re.search(check["title"], document["title"]), document["title"]
        elif "not_title" in check:
            assert not re.search(check["not_title"], document["title"]), document["title"]
        else:
            assert document["status"] == "completed", document
            _expect(self.text(document), check.get("text", []), check.get("not", []), check["file"])


def _expect(text: str, there: list[str], absent: list[str], of: str) -> None:
    missing = [pattern for pattern in there if not re.search(pattern, text)]
    present = [pattern for pattern in absent if re.search(pattern, text)]
    assert not missing and not present, f"{of}: lacks {missing}, has {present}: {text[:600]}"


def near_twins(case: Case) -> None:
    """Two versions that differ in a date: both are told."""
    both = [
        case.account.bring(name, f"The bridge over the Tarn was opened in {year} by the mayor.\n".encode())["id"]
        for name, year in (("draft.txt", 1887), ("final.txt", 1878))
    ]
    conversation = case.account.conversation(document_ids=both)
    asked = {"content": "When was the bridge over the Tarn opened?"}
    said = case.account.client.post(f"/chat/conversations/{conversation}/messages", json=asked).json()
    _expect(said["content"], ["1887", "1878"], [], asked["content"])
    assert {citation["document_id"] for citation in said["citations"]} == set(both), said


def code_from_a_model(case: Case) -> None:
    """Brackets in what a language model writes stay, unless they are its citations."""
    model = SlowModel(
        pause=0, says="Use `x = a[1]` for the second element [1].\n\n```python\na = [0, 1, 2]\nprint(a[0], a[2])\n```\n\nThe die lies in the set [1, 6] [1].")
    server = Server(case.scratch / "data", **model.settings).start()
    try:
        account = server.account(unique_email())
        account.bring("arrays.md", (case.folder / "arrays.md").read_bytes())
        asked = {"content": "How do I get the second element of an array?"}
        said = account.client.post(f"/chat/conversations/{account.conversation()}/messages", json=asked).json()
        _expect(said["content"], [r"a = \[0, 1, 2\]", r"print\(a\[0\], a\[2\]\)", r"\[1, 6\]"], [], asked["content"])
    finally:
        server.stop()
        model.close()


SCRIPTS = {function.__name__: function for function in (near_twins, code_from_a_model)}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: pathlib.Path, server: Server, tmp_path: pathlib.Path) -> None:
    case = Case(server.account(unique_email()), folder, tmp_path)
    for check in case.checks:
        case.holds(check)
