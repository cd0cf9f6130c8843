"""Uploads while the server is killed at random moments (SIGKILL to all of it), as power cuts would. At the end each upload that was
acknowledged is there once, is read, is found by its own word, and its file is what was sent.

    kills.py [KILLS] [SEED]
"""
import pathlib
import random
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
import httpx  # noqa: E402
from server import PASSWORD, Server  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)
source = random.Random(SEED)


def text(number):
    body = "\n\n".join(f"Milestone {place} of road {number} stands beside a well." for place in range(60))
    return f"# Road {number}\n\nThe keeper of this road is called keeper{number}name.\n\n{body}\n".encode()


class Uploader(threading.Thread):
    """Brings one document after the other; one that was not acknowledged is brought again."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.known, self.ends, self.fault = client, {}, threading.Event(), None

    def run(self):
        number = 0
        while not self.ends.is_set():
            try:
                answer = self.client.post("/documents/upload", files={"file": (f"road {number}.md", text(number))})
            except httpx.TransportError:
                time.sleep(0.02)
                continue
            if answer.status_code == 503:
                time.sleep(0.02)
                continue
            if answer.status_code not in (200, 202):
                self.fault = f"{answer.status_code} {answer.text}"
                return
            self.known[answer.json()["id"]] = number
            number += 1
            # Reading is the slower of the two; the line need not grow without end.
            time.sleep(0.15)


def main():
    print(f"soak: {KILLS} kills, seed {SEED}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "data").start()
        client = httpx.Client(base_url=f"{server.url}/api/v1", timeout=60)
        account = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
        client.headers["Authorization"] = "Bearer " + client.post("/auth/register", json=account).json()["access_token"]
        uploader = Uploader(client)
        uploader.start()
        try:
            for kill in range(KILLS):
                time.sleep(source.uniform(0.05, 1.5))
                server.kill()
                server.start()
                assert uploader.fault is None, uploader.fault
                # A session outlives a restart; a token may have run out by now.
                answer = client.post("/auth/login", json={key: account[key] for key in ("email", "password")})
                client.headers["Authorization"] = "Bearer " + answer.json()["access_token"]
            uploader.ends.set()
            uploader.join()
            known = uploader.known
            assert len(known) > KILLS / 4, f"only {len(known)} documents came in"
            deadline = time.monotonic() + 120 + len(known)
            while True:
                listed, page = [], 1
                while chunk := client.get("/documents", params={"page": page, "limit": 100}).json()["data"]:
                    listed += chunk
                    page += 1
                states = {document["id"]: document["status"] for document in listed}
                if all(state == "completed" for state in states.values()):
                    break
                assert "failed" not in states.values(), [document for document in listed if document["status"] == "failed"]
                assert time.monotonic() < deadline, states
                time.sleep(0.2)
            assert len(listed) == len(states) == len({document["sha256"] for document in listed}), "a document is there twice"
            lost = set(known) - set(states)
            assert not lost, f"acknowledged and gone: {lost}"
            # One more may have been kept of which the answer was cut off.
            assert len(states) - len(known) <= 1, "documents nobody brought"
            for identifier, number in known.items():
                assert client.get(f"/documents/{identifier}/file").content == text(number), f"file of road {number}"
                found = client.post("/documents/search", json={"query": f"keeper{number}name", "mode": "keyword", "limit": 3}).json()
                hits = [hit["document_id"] for hit in found["data"]]
                assert hits and set(hits) == {identifier}, f"road {number}: {hits}"
            print(f"soak: after {KILLS} kills all of {len(known)} documents are there once, read, found, and as they were sent", file=sys.stderr)
        finally:
            uploader.ends.set()
            server.stop()


main()
