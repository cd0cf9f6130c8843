"""What the running program tells of itself: logs, traces through a real collector, metrics, readiness, and the audit log."""

from __future__ import annotations

import http.server
import json
import pathlib
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
import rotel
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from playwright.sync_api import Page, expect

from server import PASSWORD, binary, free_port


class Collector:
    """A real OpenTelemetry collector (rotel), and what it hands on."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.spans: list = []
        collector = self

        class Sink(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    import gzip
                    body = gzip.decompress(body)
                request = trace_service_pb2.ExportTraceServiceRequest.FromString(body)
                for resource in request.resource_spans:
                    names = {a.key: a.value.string_value for a in resource.resource.attributes}
                    for scope in resource.scope_spans:
                        collector.spans += [(names, span) for span in scope.spans]
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
        threading.Thread(target=self.sink.serve_forever, daemon=True).start()
        self.port = free_port()
        program = pathlib.Path(rotel.__file__).parent / "rotel-agent"
        self.process = subprocess.Popen(
            [str(program), "start", "--otlp-grpc-endpoint", f"127.0.0.1:{free_port()}", "--otlp-http-endpoint", f"127.0.0.1:{self.port}",
             "--exporter", "otlp", "--otlp-exporter-protocol", "http", "--otlp-exporter-endpoint",
             f"http://127.0.0.1:{self.sink.server_port}"],
            stdout=(folder / "rotel.log").open("wb"), stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/")
                return
            except httpx.HTTPError:
                assert self.process.poll() is None and time.monotonic() < deadline, (folder / "rotel.log").read_text()
                time.sleep(0.1)

    def wait(self, found: Callable[[list], bool], seconds: float = 60) -> list:
        deadline = time.monotonic() + seconds
        while not found(self.spans):
            assert time.monotonic() < deadline, [span.name for _, span in self.spans]
            time.sleep(0.1)
        return self.spans

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.sink.shutdown()


@pytest.fixture
def collector(tmp_path: pathlib.Path) -> Iterator[Collector]:
    collector = Collector(tmp_path)
    yield collector
    collector.stop()


def test_a_request_its_event_and_its_job_come_to_a_real_collector_as_one_trace(collector: Collector, serve) -> None:
    server = serve(OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{collector.port}", LM_TRACE_RATIO="0")
    account = server.account("ada@example.org")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    # Others' traces are recorded as they say; of those that begin here none is.
    answer = account.client.post(
        "/documents/upload", files={"file": ("cell.md", b"# Cell\n\nThe cell divides. It has a nucleus.", "text/markdown")},
        headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "tracestate": "vendor=1"})
    assert answer.status_code == 202, answer.text
    account.ready(answer.json()["id"])
    spans = collector.wait(lambda spans: any(span.name.startswith("job library") for _, span in spans))
    assert {span.trace_id.hex() for _, span in spans} == {trace}
    by_name = {span.name: span for _, span in spans}
    request = by_name["POST /api/v1/documents/upload"]
    assert request.parent_span_id.hex() == "00f067aa0ba902b7" and request.kind == 2 and request.trace_state == "vendor=1"
    identities = {span.span_id for _, span in spans} | {bytes.fromhex("00f067aa0ba902b7")}
    assert all(span.parent_span_id in identities for _, span in spans)
    attributes = {a.key: a.value for a in request.attributes}
    assert attributes["http.response.status_code"].int_value == 202 and attributes["http.route"].string_value == "/api/v1/documents/upload"
    assert spans[0][0]["service.name"] == "little-monster"
    metrics = httpx.get(f"{server.url}/metrics").text
    assert float(re.search(r"^otlp_spans_exported_total (\S+)$", metrics, re.M)[1]) >= len(spans)


def test_no_address_and_no_token_reaches_a_line_of_the_log(serve) -> None:
    server = serve(LM_LOG_LEVEL="trace", LM_LOG_FORMAT="json", LM_TRUSTED_PROXIES="loopback")
    email, secret = "canary.person@canary.example", "canary passphrase under nine bridges"
    headers = {"X-Forwarded-For": "198.51.100.23"}
    api = f"{server.url}/api/v1"
    made = httpx.post(f"{api}/auth/register", json={"email": email, "password": secret, "display_name": "Canary"}, headers=headers)
    assert made.status_code == 201, made.text
    tokens = [made.json()["access_token"], made.cookies.get("lm_refresh") or made.json().get("refresh_token") or ""]
    httpx.post(f"{api}/auth/login", json={"email": email, "password": "wrong " + secret}, headers=headers)
    httpx.post(f"{api}/auth/login", json={"email": "nobody@canary.example", "password": secret}, headers=headers)
    httpx.post(f"{api}/auth/login", content=b'{"email": "broken@canary.example', headers=headers | {"Content-Type": "application/json"})
    httpx.post(f"{api}/auth/forgot", json={"email": email}, headers=headers)
    httpx.post(f"{api}/auth/refresh", json={"refresh_token": "q7Zt0Vw_2bXkLm9-PaR4sYd8Hf1JcUeN6gTiBo3Qv5A"}, headers=headers)
    tokens.append("q7Zt0Vw_2bXkLm9-PaR4sYd8Hf1JcUeN6gTiBo3Qv5A")
    bearer = headers | {"Authorization": f"Bearer {tokens[0]}"}
    assert httpx.get(f"{api}/users/me", headers=bearer).status_code == 200
    httpx.get(f"{api}/nowhere/{email}", headers=bearer)
    httpx.get(f"{api}/nowhere/{tokens[0]}?email={email}", headers=bearer)
    httpx.get(f"{api}/users/me", headers=headers | {"Authorization": f"Bearer {tokens[0]}x", "X-Request-ID": "r-7"})
    server.stop()
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    entries = [json.loads(line) for line in lines]
    requests = [entry for entry in entries if entry["message"] == "request"]
    assert len(requests) >= 9
    for entry in requests:
        assert {"timestamp", "level", "service", "component", "trace_id", "span_id", "request_id", "method", "path"} <= entry.keys()
        assert isinstance(entry["duration_ms"], (int, float)) and isinstance(entry["status"], int)
    assert any(entry.get("user_id") for entry in requests) and any(entry["request_id"] == "r-7" for entry in requests)
    text = "\n".join(lines)
    for canary in [email, "canary.example", secret, "198.51.100.23", *[token for token in tokens if token]]:
        assert canary not in text, [line for line in lines if canary in line][:3]
    assert '"address":"198.51.100.0"' in text


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed: Setup/install parts")
def test_promtool_has_nothing_to_say_about_the_metrics(serve) -> None:
    server = serve()
    account = server.account("ada@example.org")
    assert account.client.get("/documents").status_code == 200
    deadline = time.monotonic() + 30
    while "lm_active_users" not in (text := httpx.get(f"{server.url}/metrics").text):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    assert checked.returncode == 0 and checked.stdout + checked.stderr == "", checked.stdout + checked.stderr
    for name in [
        "http_server_request_duration_seconds_bucket", "http_server_active_requests", "db_client_operation_duration_seconds_bucket",
        "db_client_connections_usage", "process_cpu_time_seconds_total", "process_memory_usage_bytes", "jobs_attempts_total",
        "lm_registrations_total", "lm_messages_total", "lm_transcriptions_total", "lm_quizzes_completed_total", "lm_storage_bytes",
        "lm_active_users", "system_filesystem_usage_bytes",
    ]:
        assert name in text, name
    assert re.search(r"^lm_registrations_total 1\.0$", text, re.M)


def test_readiness_names_a_server_that_is_down_without_its_address(serve) -> None:
    server = serve(LM_OPENAI_URL="http://127.0.0.1:9/v1", LM_OPENAI_MODEL="none")
    report = {}
    for _ in range(8):
        report = httpx.get(f"{server.url}/ready").json()
        if report["checks"].get("model", {}).get("breaker"):
            break
        time.sleep(0.2)
    assert report["checks"]["database"]["status"] == "up" and report["checks"]["database"]["milliseconds"] >= 0
    assert report["checks"]["model"]["breaker"] in ("closed", "half_open", "open")
    assert "127.0.0.1" not in json.dumps(report)


def test_an_administrator_reads_filters_and_exports_the_audit_log(serve, page: Page) -> None:
    server = serve(LM_RATE_LIMITS="on")
    admin = server.account("ada@example.org")
    for _ in range(2):
        httpx.post(f"{server.url}/api/v1/auth/login", json={"email": "ada@example.org", "password": "not the one that it is"})
    page.goto(server.url)
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.goto(f"{server.url}/admin/audit")
    log = page.get_by_role("table", name="Audit log")
    expect(log.get_by_role("cell", name="Account made")).to_be_visible()
    expect(log.get_by_role("cell", name="Sign-in failed")).to_have_count(2)
    page.get_by_label("What happened").select_option(label="Sign-in failed")
    expect(log.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_role("status").filter(has_text="as it was written")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="As a table (CSV)").click()
    rows = pathlib.Path(download.value.path()).read_text().splitlines()
    assert rows[0].startswith("sequence,occurred_at,kind") and len(rows) == 3 and all("user.sign_in_failed" in row for row in rows[1:])
    lines = admin.client.get("/admin/audit/export", params={"format": "jsonl"}).text.splitlines()
    assert {json.loads(line)["kind"] for line in lines} >= {"user.registered", "user.signed_in", "user.sign_in_failed"}
    early = admin.client.get("/admin/audit", params={"until": "2020-01-01T00:00:00Z"})
    assert early.status_code == 200 and early.json()["pagination"]["total"] == 0
    assert admin.client.get("/admin/audit", params={"since": "yesterday"}).status_code == 400
    assert admin.client.get("/admin/status").json()["jobs"]["dead"] == 0
    student = server.account("ben@example.org")
    assert student.client.get("/admin/audit").status_code == 403
    server.stop()
    checked = subprocess.run(
        [binary(), "audit", "verify"], env={"PATH": "/usr/bin", "LM_DATA_DIR": str(server.data)}, capture_output=True, text=True)
    assert checked.returncode == 0 and "as written" in checked.stdout, checked.stdout + checked.stderr
