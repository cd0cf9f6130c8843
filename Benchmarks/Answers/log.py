#!/usr/bin/env python3
"""Counts what the database writes while answers are written down.

    log.py [--lm .build/release/lm] [--answers 10] [--words 600] [--rate 60]

A real `lm serve` on a fresh PostgreSQL asks a server that speaks the OpenAI protocol and says so many words at so many a second, as
a hosted model does. Counted from the first question to the last word: rows by `pg_stat_user_tables`, bytes by the position of the
write-ahead log, and what the log's table holds afterwards. Needs the PostgreSQL 15 binaries, and a user `postgres` where it runs as root.
"""
import argparse
import http.server
import importlib.util
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")


def load(path):
    spec = importlib.util.spec_from_file_location(path.parent.name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Model(http.server.BaseHTTPRequestHandler):
    """Says words at a steady pace, with a citation behind each twentieth."""
    words, rate = 600, 60
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(json.dumps({"data": [{"id": "paced"}]}).encode(), "application/json")

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        began = time.monotonic()
        for number in range(self.words):
            time.sleep(max(0, began + number / self.rate - time.monotonic()))
            text = f"word{number} " + ("ends [1]. " if number % 20 == 19 else "")
            self.say({"choices": [{"delta": {"content": text}, "finish_reason": None}]})
        self.say({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 900, "completion_tokens": self.words}})
        self.wfile.write(b"data: [DONE]\n\n")

    def say(self, value):
        self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
        self.wfile.flush()


class Postgres:
    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        if os.getuid() == 0:
            subprocess.check_call(["chown", "postgres", folder])
        self.run("initdb", "-D", f"{folder}/data", "-U", "lm", "-A", "trust", "--no-sync")
        self.run("pg_ctl", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o",
                 f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c autovacuum=off", "start")
        self.query("CREATE ROLE app LOGIN", "postgres")
        self.query("CREATE DATABASE lm OWNER app", "postgres")
        self.url = f"postgres://app@127.0.0.1:{port}/lm"

    def run(self, program, *words):
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        subprocess.check_call([*as_user, str(BINARIES / program), *words], stdout=subprocess.DEVNULL, cwd="/")

    def query(self, sql, database="lm"):
        return subprocess.check_output(
            [str(BINARIES / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "lm", "-d", database, "-Atc", sql], text=True).strip()

    def stop(self):
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")


ROWS = """SELECT coalesce(sum(n_tup_ins), 0) || ' ' || coalesce(sum(n_tup_upd), 0) || ' ' || coalesce(sum(n_tup_del), 0)
          FROM pg_stat_user_tables WHERE relname IN ('chat_messages', 'chat_message_log')"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lm", default=str(ROOT / ".build/release/lm"))
    parser.add_argument("--answers", type=int, default=10)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--rate", type=int, default=60, help="words a second")
    options = parser.parse_args()
    Model.words, Model.rate = options.words, options.rate
    model = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    ingestion, answers = load(ROOT / "Benchmarks/Ingestion/run.py"), load(ROOT / "Benchmarks/Answers/run.py")
    with tempfile.TemporaryDirectory() as temporary:
        os.chmod(temporary, 0o755)
        os.mkdir(f"{temporary}/pg")
        postgres = Postgres(f"{temporary}/pg", free_port())
        try:
            server = ingestion.Server(
                options.lm, pathlib.Path(temporary) / "data", LM_DATABASE_URL=postgres.url,
                LM_OPENAI_URL=f"http://127.0.0.1:{model.server_port}/v1", LM_OPENAI_MODEL="paced")
            try:
                server.sign_in(True)
                course = [p for p in sorted((ROOT / "Web/sample-course").iterdir()) if p.suffix == ".md"]
                for path in course[:2]:
                    ingestion.ingest_ours(server, path)
                answers.ask(server, "What is osmosis?")
                time.sleep(1.5)
                before = [int(n) for n in postgres.query(ROWS).split()]
                start = postgres.query("SELECT pg_current_wal_insert_lsn()")
                sizes = [len(answers.ask(server, "What is osmosis?")[0].encode()) for _ in range(options.answers)]
                bytes_written = int(postgres.query(f"SELECT pg_current_wal_insert_lsn() - '{start}'::pg_lsn"))
                time.sleep(1.5)
                after = [int(n) for n in postgres.query(ROWS).split()]
                left = postgres.query(
                    "SELECT count(*) || ' ' || sum(length(events)) FROM interaction.chat_message_log").split()
            finally:
                server.stop()
        finally:
            postgres.stop()
    inserted, updated, deleted = ((b - a) / options.answers for a, b in zip(before, after))
    print(f"An answer of {options.words} words ({sum(sizes) / len(sizes) / 1024:.1f} KB) at {options.rate} a second, on PostgreSQL:\n")
    print("| what | an answer |\n|---|---|")
    print(f"| rows inserted / updated / deleted | {inserted:.0f} / {updated:.0f} / {deleted:.0f} |")
    print(f"| write-ahead log, KB | {bytes_written / 1024 / options.answers:.0f} |")
    print(f"| rows left in its log / KB | {int(left[0]) / (options.answers + 1):.1f} / {int(left[1]) / 1024 / (options.answers + 1):.1f} |")


if __name__ == "__main__":
    main()
