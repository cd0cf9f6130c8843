#!/usr/bin/env python3
"""Sets the HTTP server beside Node's, FastAPI's and nginx on this machine, and prints rows `| what | ours | peer | ratio |`.

    run.py --server PATH_TO_http-bench [--rounds 5] [--seconds 5] [--streams 10000]

Standard library only; needs `wrk`. Node is found on PATH; FastAPI and uvicorn in the virtual environment LM_PEERS. A peer that is
not there is left out with a line that says so. Servers take turns within each round, so a busy machine slows all of them; a row is
the median of the rounds. A ratio above 1 is in our favour.
"""
import argparse
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent


class Server:
    """A server process that has said on its standard output which port it listens on."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.match(r"listening on (\d+)", line)
        if not match:
            self.process.kill()
            raise RuntimeError(f"{command[0]} did not start: {line!r}")
        self.port = int(match.group(1))
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def memory(self):
        """Resident memory in MB."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def processor_seconds(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


MILLISECONDS = {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}


def load(port, seconds):
    """Runs wrk; (requests per second, p99 in ms, requests, failed)."""
    command = ["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{port}/json"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", text)
    count = int(re.search(r"(\d+) requests in", text).group(1))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return rate, float(p99.group(1)) * MILLISECONDS[p99.group(2)], count, int(failed.group(1)) if failed else 0


def streams(command, count):
    """Memory in KB that each open event stream takes."""
    with Server(command) as server:
        load(server.port, 1)
        before = server.memory()
        sockets = []
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            connection.sendall(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
            sockets.append(connection)
        for connection in sockets:
            seen = b""
            while b"data: open" not in seen:
                part = connection.recv(4096)
                if not part:
                    raise RuntimeError("a stream ended")
                seen += part
        after = server.memory()
        for connection in sockets:
            connection.close()
        return max(0.0, after - before) * 1024 / count


def peers():
    found = {}
    if shutil.which("node"):
        found["Node"] = ["node", str(HERE / "peers/node.js")]
    else:
        print("Node is not on PATH and is left out.", file=sys.stderr)
    if shutil.which("nginx"):
        found["nginx's return"] = [sys.executable, str(HERE / "peers/nginx.py")]
    else:
        print("nginx is not on PATH and is left out.", file=sys.stderr)
    python = pathlib.Path(os.environ.get("LM_PEERS", "")) / "bin/python"
    if os.environ.get("LM_PEERS") and python.exists():
        check = subprocess.run([python, "-c", "import fastapi, uvicorn"], capture_output=True)
        if check.returncode == 0:
            found["FastAPI"] = [str(python), str(HERE / "peers/fastapi_app.py")]
    if "FastAPI" not in found:
        print("FastAPI and uvicorn are not in the virtual environment LM_PEERS and are left out.", file=sys.stderr)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, help="the built http-bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--streams", type=int, default=10_000)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, options.streams + 200)), hard))

    commands = {"ours": [options.server]} | peers()
    servers = {name: Server(command) for name, command in commands.items()}
    results = {name: {"rate": [], "p99": [], "cpu": []} for name in commands}
    rest = {}
    try:
        for name, server in servers.items():
            load(server.port, 1)
            rest[name] = server.memory()
        for number in range(options.rounds):
            for name, server in servers.items():
                before = server.processor_seconds()
                rate, p99, count, failed = load(server.port, options.seconds)
                if failed:
                    sys.exit(f"{name} failed {failed} requests.")
                results[name]["rate"].append(rate)
                results[name]["p99"].append(p99)
                results[name]["cpu"].append((server.processor_seconds() - before) * 1e6 / count)
                print(f"round {number + 1}: {name} {rate:.0f}/s, p99 {p99:.2f} ms", file=sys.stderr)
        loaded = {name: server.memory() for name, server in servers.items()}
    finally:
        for server in servers.values():
            server.stop()
    # nginx has no streams.
    per_stream = {name: streams(command, options.streams) for name, command in commands.items() if name != "nginx's return"}

    middle = {name: {key: statistics.median(values) for key, values in rows.items()} for name, rows in results.items()}
    ours = middle["ours"]
    print("| what | ours | peer | ratio |")
    print("|---|---|---|---|")
    for name in commands:
        if name == "ours":
            continue
        peer = middle[name]

        def row(what, mine, other, ratio):
            print(f"| {what} | {mine} | {name} {other} | {ratio:.2f}x |")

        row("JSON, 64 connections, requests/s", f"{ours['rate']:.0f}", f"{peer['rate']:.0f}", ours["rate"] / peer["rate"])
        row("same, p99 ms", f"{ours['p99']:.2f}", f"{peer['p99']:.2f}", peer["p99"] / ours["p99"])
        row("same, processor µs a request", f"{ours['cpu']:.1f}", f"{peer['cpu']:.1f}", peer["cpu"] / ours["cpu"])
        row("memory before the load, MB", f"{rest['ours']:.1f}", f"{rest[name]:.1f}", rest[name] / rest["ours"])
        row("memory after the load, MB", f"{loaded['ours']:.1f}", f"{loaded[name]:.1f}", loaded[name] / loaded["ours"])
        if name not in per_stream:
            continue
        row(
            f"memory an idle event stream, KB ({options.streams} of them)", f"{per_stream['ours']:.1f}",
            f"{per_stream[name]:.1f}", per_stream[name] / max(per_stream["ours"], 0.1))


if __name__ == "__main__":
    main()
