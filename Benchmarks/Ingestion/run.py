#!/usr/bin/env python3
"""Sets bringing in a PDF, and searching 10,000 passages, beside a pipeline in Python. Prints rows `| what | ours | peer | ratio |`.

    run.py [--lm .build/release/lm] [--pages 300] [--peer-model NAME_OR_DIRECTORY] [--passages 10000]

Runs in an environment that has reportlab, pypdf, numpy and sentence-transformers. Ours is a real `lm serve` on a fresh data folder,
asked over HTTP; the peer is pypdf, sentence-transformers (torch on all cores) and SQLite's FTS5 in a process that has its model
loaded. A ratio above 1 is in our favour.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from postgres import Postgres  # noqa: E402
DIMENSIONS = 384


def words(count, seed):
    """Made-up words of two or three syllables, which no stemmer changes, as frequent as words are."""
    source = random.Random(seed)
    made = set()
    while len(made) < count:
        made.add("".join(source.choice("bdfgklmnprtvz") + source.choice("aou") for _ in range(source.randint(2, 3))) + source.choice("kmpbx"))
    return sorted(made)


ENGLISH = """the cell membrane keeps ions apart and a potential builds up between both sides of it when channels open sodium flows in along
its gradient while the pump spends energy to bring it out again each protein has a shape that fits its task and enzymes lower the
energy a reaction needs so that life can run at body heat mitochondria burn sugar and fat in many small steps and store what they gain
in the bonds of phosphate genes are copied into messages that ribosomes read three letters at a time light drives the splitting of
water in leaves and oxygen leaves the plant as waste muscles shorten because heads of myosin walk along threads of actin nerves carry
signals as waves of voltage that never fade on their way the heart beats by its own rhythm and hormones set its pace""".split()


def paragraph(source, count):
    text, length = [], 0
    while length < count:
        size = source.randint(9, 22)
        sentence = " ".join(source.choice(ENGLISH) for _ in range(size))
        text.append(sentence[0].upper() + sentence[1:] + ".")
        length += size
    return " ".join(text)


def make_pdf(path, pages):
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    source, styles, story = random.Random(3), getSampleStyleSheet(), []
    for page in range(pages):
        story.append(Paragraph(f"{page + 1}. {' '.join(source.choice(ENGLISH) for _ in range(4)).title()}", styles["Heading1"]))
        for _ in range(4):
            story.append(Paragraph(paragraph(source, 105), styles["BodyText"]))
        story.append(PageBreak())
    SimpleDocTemplate(str(path), title="Physiology").build(story)


class Server:
    """`lm serve` on a data folder, signed in."""

    def __init__(self, lm, folder, **settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = dict(os.environ, LM_DATA_DIR=str(folder), LM_RATE_LIMITS="off", LM_LOG_LEVEL="warning", **settings)
        self.process = subprocess.Popen(
            [lm, "serve", "--host", "127.0.0.1", "--port", str(self.port)], env=environment, stdout=sys.stderr, stderr=sys.stderr)
        self.token = None
        for _ in range(600):
            try:
                if self.call("GET", "/ready")[0] == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None:
                raise SystemExit("lm serve ended")
            time.sleep(0.1)
        else:
            raise SystemExit("lm serve is not ready")
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def call(self, method, path, body=None, headers=None, connection=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = dict(headers or {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if isinstance(body, dict):
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        own.request(method, path, body, headers)
        answer = own.getresponse()
        data = answer.read()
        return answer.status, json.loads(data) if data[:1] in (b"{", b"[") else data

    def sign_in(self, is_new):
        account = {"email": "bench@example.org", "password": "correct horse battery staple", "display_name": "Bench"}
        status, session = self.call("POST", "/api/v1/auth/register" if is_new else "/api/v1/auth/login", account)
        if status not in (200, 201):
            raise SystemExit(f"no account: {status} {session}")
        self.token = session["access_token"]
        return session["user"]["id"]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def ingest_ours(server, path):
    """Seconds from the first byte sent to `completed`, and the document."""
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'.encode()
    body = head + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    start = time.perf_counter()
    status, document = server.call(
        "POST", "/api/v1/documents/upload", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    if status != 202:
        raise SystemExit(f"upload: {status} {document}")
    while True:
        _, document = server.call("GET", f"/api/v1/documents/{document['id']}")
        if document["status"] == "completed":
            return time.perf_counter() - start, document
        if document["status"] == "failed":
            raise SystemExit(f"ingestion failed: {document}")
        time.sleep(0.1)


PEER_INGEST = r'''
import json, sqlite3, sys, time
import numpy, pypdf
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
model.encode(["warm"], show_progress_bar=False)
start = time.perf_counter()
pages = [page.extract_text() for page in pypdf.PdfReader(sys.argv[2]).pages]
# As many words as fill the model's 256 pieces, with an overlap: what ours embeds as windows.
chunks = []
for number, text in enumerate(pages, 1):
    words = text.split()
    for at in range(0, len(words), 180):
        chunks.append((number, " ".join(words[max(0, at - 25):at + 180])))
vectors = model.encode([text for _, text in chunks], batch_size=32, show_progress_bar=False, normalize_embeddings=True)
database = sqlite3.connect(sys.argv[3])
database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61')")
database.execute("CREATE TABLE chunks (id INTEGER PRIMARY KEY, page INTEGER, vector BLOB)")
for index, ((page, text), vector) in enumerate(zip(chunks, vectors)):
    database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (index, text))
    database.execute("INSERT INTO chunks VALUES (?, ?, ?)", (index, page, vector.astype("float32").tobytes()))
database.commit()
print(json.dumps({"seconds": time.perf_counter() - start, "chunks": len(chunks)}))
'''


PEER_SEARCH = r'''
import json, sqlite3, sys, time
import numpy
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
data = json.load(open(sys.argv[2]))
vectors = numpy.load(sys.argv[3])
owners = numpy.repeat(numpy.arange(len(data["texts"])), 2)
database = sqlite3.connect(":memory:")
database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61')")
database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", list(enumerate(data["texts"])))
def search(query):
    vector = model.encode([query], show_progress_bar=False, normalize_embeddings=True)[0]
    scores = (vectors @ vector).reshape(-1, 2).max(axis=1)
    dense = numpy.argpartition(-scores, 200)[:200]
    match = " OR ".join('"%s"' % word for word in query.split())
    keyword = database.execute("SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 200", (match,)).fetchall()
    low = .65 * scores[dense].min()
    fused = {int(i): .65 * scores[i] for i in dense}
    best = max((score for _, score in keyword), default=1)
    for row, score in keyword: fused[row] = fused.get(row, low) + .35 * score / best
    top = sorted(fused, key=fused.get, reverse=True)[:10]
    return json.dumps([data["texts"][i] for i in top])
for query in data["queries"][:20]: search(query)
times = []
for query in data["queries"][20:]:
    start = time.perf_counter()
    search(query)
    times.append((time.perf_counter() - start) * 1000)
times.sort()
print(json.dumps({"p50": times[len(times) // 2], "p95": times[int(len(times) * .95)]}))
'''


def peer(script, *arguments):
    answer = subprocess.run([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
    return json.loads(answer.stdout.splitlines()[-1])


def leb128(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


TABLES = ("documents", "chunks", "chunk_vectors", "vector_parts", "keyword_segments", "keyword_places", "keyword_lists")


def vector_part(ids, vectors):
    """The vectors of chunks, two each, as a byte a number."""
    import numpy

    scales = numpy.abs(vectors).max(axis=1) / 127
    rows = numpy.rint(vectors / scales[:, None]).astype("i1")
    head = numpy.array([len(ids), len(vectors), vectors.shape[1]], dtype="<u4").tobytes()
    return head + b"".join(ids) + numpy.full(len(ids), 2, dtype="<u2").tobytes() + scales.astype("<f4").tobytes() + rows.tobytes()


def move(database, postgres):
    """Copies the passages of an embedded database to a PostgreSQL one that has the same tables."""
    blobs = {"vectors", "lengths", "postings"}
    with sqlite3.connect(database) as base:
        for table in TABLES:
            cursor = base.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]

            def cell(name, value):
                if value is None:
                    return "\\N"
                if name in blobs:
                    return "\\\\x" + value.hex()
                return str(value).replace("\\", "\\\\")

            lines = ("\t".join(cell(name, value) for name, value in zip(names, row)) + "\n" for row in cursor)
            postgres.copy(f"COPY content.{table} ({', '.join(names)}) FROM STDIN", lines)


def fill(database, user, texts, vectors, model):
    """Writes passages into the embedded database as ingestion does, but for the hours that embedding them would take."""
    now = "2026-01-01T00:00:00.000000Z"
    # A segment takes this many passages.
    per_document, segment_size = 250, 8192 // 250 * 250
    with sqlite3.connect(database) as base:
        base.execute("PRAGMA foreign_keys = ON")
        for first in range(0, len(texts), per_document):
            document, part = str(uuid.uuid4()), texts[first:first + per_document]
            base.execute(
                "INSERT INTO documents (id, user_id, title, is_title_chosen, filename, media_type, size, sha256, status, stage, done, total, "
                "is_paged, page_count, chunk_count, embedding_model, revision, created_at, updated_at) "
                "VALUES (?, ?, ?, 1, 'made.txt', 'text/plain', 1, ?, 'completed', 'completed', 0, 0, 0, 1, ?, ?, 1, ?, ?)",
                (document, user, f"Made {first}", document, len(part), model, now, now))
            if first % segment_size == 0:
                postings, lengths, places = {}, b"", []
            begin = first % segment_size
            places.append((document, begin, len(part)))
            begun, ids = set(), []
            for ordinal, text in enumerate(part):
                made, counts = uuid.uuid4(), {}
                chunk = str(made)
                ids.append(made.bytes)
                base.execute(
                    "INSERT INTO chunks (id, document_id, user_id, ordinal, text, spans, token_count) VALUES (?, ?, ?, ?, ?, '[]', 1)",
                    (chunk, document, user, ordinal, text))
                base.execute(
                    "INSERT INTO chunk_vectors (chunk_id, document_id, user_id, model, vectors) VALUES (?, ?, ?, ?, ?)",
                    (chunk, document, user, model, vectors[2 * (first + ordinal):2 * (first + ordinal) + 2].astype("<f4").tobytes()))
                for word in text.split():
                    counts[word] = counts.get(word, 0) + 1
                lengths += leb128(sum(counts.values()))
                for word, count in counts.items():
                    entry = postings.setdefault(word, [-1, b""])
                    if word not in begun:
                        begun.add(word)
                        entry[0] = -1
                        entry[1] += leb128(begin) + b"\0" if begin else b""
                    entry[1] += leb128(ordinal - entry[0] - 1) + leb128(count)
                    entry[0] = ordinal
            base.execute(
                "INSERT INTO vector_parts (document_id, part, user_id, model, vectors) VALUES (?, 0, ?, ?, ?)",
                (document, user, model, vector_part(ids, vectors[2 * first:2 * (first + len(part))])))
            if (first + per_document) % segment_size and first + per_document < len(texts):
                continue
            chunks = places[-1][1] + places[-1][2]
            segment = base.execute(
                "INSERT INTO keyword_segments (user_id, chunks, lengths) VALUES (?, ?, ?)", (user, chunks, lengths)).lastrowid
            base.executemany(
                "INSERT INTO keyword_places (document_id, user_id, segment_id, first, chunks) VALUES (?, ?, ?, ?, ?)",
                [(document, user, segment, begin, count) for document, begin, count in places])
            base.executemany(
                "INSERT INTO keyword_lists (segment_id, term, postings) VALUES (?, ?, ?)",
                [(segment, word, entry[1]) for word, entry in postings.items()])


def search_ours(server, queries):
    times = []
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for number, query in enumerate(queries):
        start = time.perf_counter()
        status, answer = server.call("POST", "/api/v1/documents/search", {"query": query, "limit": 10}, connection=connection)
        elapsed = (time.perf_counter() - start) * 1000
        if status != 200 or len(answer["data"]) != 10:
            raise SystemExit(f"search: {status} {answer}")
        if number >= 20:
            times.append(elapsed)
    times.sort()
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * .95)]}


def row(what, ours, theirs, unit):
    print(f"| {what} | {ours:.1f} {unit} | {theirs:.1f} {unit} | {theirs / ours:.2f} |", flush=True)


def main():
    import numpy

    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", default=str(ROOT / ".build/release/lm"))
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--peer-model", default=os.environ.get("LM_PEER_MODEL", "sentence-transformers/all-MiniLM-L6-v2"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        pdf, data = folder / "physiology.pdf", folder / "data"
        make_pdf(pdf, options.pages)
        server = Server(options.lm, data)
        user = server.sign_in(True)
        seconds, document = ingest_ours(server, pdf)
        server.stop()
        theirs = peer(PEER_INGEST, options.peer_model, pdf, folder / "peer.sqlite")
        print("| what | ours | peer | ratio |\n|---|---|---|---|")
        row(f"a PDF of {options.pages} pages, until it can be searched ({document['chunk_count']} passages; peer {theirs['chunks']})",
            seconds, theirs["seconds"], "s")

        source = random.Random(5)
        vocabulary = words(20_000, 1)
        weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
        source.shuffle(vocabulary)
        texts = [" ".join(source.choices(vocabulary, weights, k=250)) for _ in range(options.passages)]
        queries = [" ".join(source.choices(vocabulary, weights, k=source.randint(3, 9))) for _ in range(220)]
        vectors = numpy.random.default_rng(2).standard_normal((2 * len(texts), DIMENSIONS), dtype="float32")
        vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
        database = data / "little-monster.db"
        with sqlite3.connect(database) as base:
            model = base.execute("SELECT embedding_model FROM documents").fetchone()[0]
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("DELETE FROM documents")
        fill(database, user, texts, vectors, model)
        server = Server(options.lm, data)
        server.sign_in(False)
        ours = search_ours(server, queries)
        server.stop()
        (folder / "texts.json").write_text(json.dumps({"texts": texts, "queries": queries}))
        numpy.save(folder / "vectors.npy", vectors)
        theirs = peer(PEER_SEARCH, options.peer_model, folder / "texts.json", folder / "vectors.npy")
        what = f"query to passages over {options.passages:,} passages (ours over HTTP)"
        row(f"{what}, p50", ours["p50"], theirs["p50"], "ms")
        row(f"{what}, p95", ours["p95"], theirs["p95"], "ms")
        postgres = Postgres()
        try:
            settings = {"LM_DATABASE_URL": postgres.database()}
            server = Server(options.lm, folder / "postgres-data", **settings)
            theirs_user = server.sign_in(True)
            server.stop()
            with sqlite3.connect(database) as base:
                for table in TABLES:
                    if table != "keyword_lists":
                        base.execute(f"UPDATE {table} SET user_id = ?", (theirs_user,))
            move(database, postgres)
            server = Server(options.lm, folder / "postgres-data", **settings)
            server.sign_in(False)
            ours = search_ours(server, queries)
            server.stop()
        finally:
            postgres.close()
        row(f"{what}, on PostgreSQL, p50", ours["p50"], theirs["p50"], "ms")
        row(f"{what}, on PostgreSQL, p95", ours["p95"], theirs["p95"], "ms")


if __name__ == "__main__":
    main()
