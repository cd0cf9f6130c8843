#!/usr/bin/env python3
"""How long each service takes from its start to its first answer, alone, beside FastAPI under uvicorn with one route.

    run.py --lm PATH_TO_lm [--rounds 7]

The data folder is there already, as after the first start. A start counts until `GET /health` is answered. Servers take turns within
each round; a row is the median. A ratio above 1 is in our favour. FastAPI and uvicorn are in the virtual environment LM_PEERS.
"""
import argparse
import http.client
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(command, environment, port):
    """Seconds until /health is answered, and resident memory in MB then."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{command} ended with {process.returncode}")
                time.sleep(0.002)
        seconds = time.perf_counter() - begin
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        return seconds, int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


PEER = """
from fastapi import FastAPI
import os, uvicorn
app = FastAPI()
@app.get("/health")
def health(): return {"status": "ok"}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lm", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    services = ["auth", "study", "jobs", "llm", ""]
    figures = {name: [] for name in services + ["fastapi"]}
    peers = os.environ.get("LM_PEERS")
    with tempfile.TemporaryDirectory() as folder:
        base = {**os.environ, "LM_DATA_DIR": folder + "/data"}
        for number in range(options.rounds + 1):
            for name in services:
                port = free_port()
                command = [options.lm, "serve", *([name] if name else []), "--port", str(port)]
                figure = started(command, base, port)
                # The first makes the tables.
                if number:
                    figures[name].append(figure)
            if peers:
                port = free_port()
                figure = started([peers + "/bin/python", "-c", PEER], {**os.environ, "PORT": str(port)}, port)
                if number:
                    figures["fastapi"].append(figure)
    print(__doc__.split("\n\n")[2].replace("\n", " "))
    print()
    peer = statistics.median(seconds for seconds, _ in figures["fastapi"]) if figures["fastapi"] else None
    print("| service | start, ms | memory, MB | FastAPI with one route, ms | ratio |\n|---|---|---|---|---|")
    for name in services:
        seconds = statistics.median(seconds for seconds, _ in figures[name])
        memory = statistics.median(memory for _, memory in figures[name])
        beside = f"{peer * 1000:.0f} | {peer / seconds:.1f}x" if peer else "not there | "
        print(f"| {'`' + name + '`' if name else 'all together'} | {seconds * 1000:.0f} | {memory:.0f} | {beside} |")


main()
