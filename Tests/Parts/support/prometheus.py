"""Runs a server, a Prometheus that scrapes it and an Alertmanager, and asks what dashboards and rules ask."""

from __future__ import annotations

import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import time

import httpx

from server import ROOT, Server, free_port

heard: list[dict] = []


class Webhook(http.server.BaseHTTPRequestHandler):
    """What Slack would be told."""

    def do_POST(self) -> None:
        heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


def wait(what: str, found, seconds: float = 60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            if value := found():
                return value
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, what
        time.sleep(0.3)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    # A model that is not there: its breaker opens.
    server = Server(folder / "data", LM_OPENAI_URL="http://127.0.0.1:9/v1", LM_OPENAI_MODEL="none").start()
    hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    deploy = ROOT / "Deploy" / "Prometheus"
    port, manager = free_port(), free_port()
    rules = (deploy / "rules.yml").read_text().replace("interval: 15s", "interval: 1s").replace("for: 1m", "for: 2s").replace("[5m]", "[30s]")
    (folder / "rules.yml").write_text(rules)
    config = (deploy / "prometheus.yml").read_text().replace("15s", "1s").replace("127.0.0.1:9093", f"127.0.0.1:{manager}")
    (folder / "prometheus.yml").write_text(config.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}"))
    alerting = (deploy / "alertmanager.yml").read_text().replace(
        "https://hooks.slack.com/services/YOUR/OWN/ADDRESS", f"http://127.0.0.1:{hook.server_port}/").replace("group_wait: 15s", "group_wait: 1s")
    start, end = alerting.index("    email_configs:"), alerting.index("inhibit_rules:")
    (folder / "alertmanager.yml").write_text(alerting[:start] + alerting[end:])
    running = [
        subprocess.Popen(
            ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
             f"--web.listen-address=127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=(folder / "prometheus.log").open("wb")),
        subprocess.Popen(
            ["prometheus-alertmanager", f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alerts",
             f"--web.listen-address=127.0.0.1:{manager}", "--cluster.listen-address="],
            stdout=subprocess.DEVNULL, stderr=(folder / "alertmanager.log").open("wb")),
    ]
    try:
        account = server.account("ada@example.org")
        account.bring("cell.md", b"# Cell\n\nThe cell divides. It has a nucleus.")
        api = httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=20)

        def ask(expression: str) -> list:
            answer = api.get("/query", params={"query": expression}).json()
            assert answer["status"] == "success", (expression, answer)
            return answer["data"]["result"]

        wait("a scrape", lambda: ask('up{job="little-monster"} == 1') and ask("lm_active_users"))
        for _ in range(8):
            account.client.get("/documents")
            httpx.get(f"{server.url}/ready")
            time.sleep(1)
        # What has data on a small server with a document, and what need not have any.
        quiet = {"lm:request_errors:ratio", "otlp_spans", "lm:breakers"}
        panels = 0
        for board in sorted((ROOT / "Deploy" / "Grafana").glob("*.json")):
            for panel in json.loads(board.read_text())["panels"]:
                for target in panel["targets"]:
                    expression = target["expr"].replace("[5m]", "[30s]")
                    rows = ask(expression)
                    assert rows or any(word in expression for word in quiet), f"{board.name}, {panel['title']}: nothing for {expression}"
                    panels += 1
        groups = api.get("/rules").json()["data"]["groups"]
        wait("the rules' first round", lambda: all(
            rule["health"] == "ok" for group in api.get("/rules").json()["data"]["groups"] for rule in group["rules"]))
        print(f"{panels} queries of dashboards and {sum(len(group['rules']) for group in groups)} rules ran")
        # Each look at the model that is not there counts; looks are kept for half a minute.
        wait("the alert of a server that is left alone", lambda: httpx.get(f"{server.url}/ready").status_code in (200, 503) and any(
            "Breaker" in json.dumps(each) for each in heard), 180)
        server.stop()
        wait("the alert of a server that is down", lambda: any("LittleMonsterDown" in json.dumps(each) for each in heard), 120)
        told = next(each for each in heard if "LittleMonsterDown" in json.dumps(each))
        assert told["attachments"][0]["title"] == "LittleMonsterDown (critical)", told
        print("two alerts reached the webhook")
    finally:
        for process in running:
            process.terminate()
            process.wait(20)
        server.stop()
