"""nginx in front of a server, under a path of its own, as Docs/Using.md describes it."""

from __future__ import annotations

import os
import pathlib
import subprocess
import time

import httpx

from server import Server, free_port

NGINX = "/usr/sbin/nginx"


class Proxy:
    def __init__(self, folder: pathlib.Path, server: Server, prefix: str) -> None:
        self.port = free_port()
        self.prefix = prefix
        self.folder = folder
        folder.mkdir()
        owner = "user root;" if os.geteuid() == 0 else ""
        places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(f"""
            {owner}
            daemon off;
            pid {folder}/nginx.pid;
            error_log {folder}/error.log;
            events {{}}
            http {{
                access_log off;
                {places}
                map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
                server {{
                    listen 127.0.0.1:{self.port};
                    location {prefix} {{
                        proxy_pass {server.url}/;
                        proxy_redirect / {prefix};
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $connection_upgrade;
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_buffering off;
                        proxy_request_buffering off;
                        client_max_body_size 300m;
                    }}
                }}
            }}
        """)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.prefix.rstrip('/')}"

    def start(self) -> "Proxy":
        self.process = subprocess.Popen([NGINX, "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", str(self.configuration)])
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "error.log").read_text()
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
