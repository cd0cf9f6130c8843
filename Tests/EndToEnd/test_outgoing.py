"""Nobody has the server ask what it must not: every way is tried in a network where everything is heard, and no way is left out."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys

import pytest

import closed_network
import outgoing
from server import ROOT

#: Every client for other servers, by where it is made: the ways in which somebody can have it ask something, or the setting by which
#: the operator alone says what is asked.
CLIENTS: dict[str, list[str]] = {
    "Sources/Adapters/SMTPMail/SMTPTransfer.swift": ["LM_SMTP_URL"],
    "Sources/App/Assembly/Composition+Alerts.swift": ["LM_ALERT_URL"],
    "Sources/App/Assembly/Composition.swift": ["LM_OPENAI_URL", "LM_IMAGE_URL", "LM_TTS_OPENAI_URL"],
    "Sources/App/Doctor/Doctor+Speech.swift": ["LM_TTS_OPENAI_URL"],
    "Sources/App/Doctor/Doctor.swift": ["LM_OPENAI_URL"],
    "Sources/App/Keys/SealingKeys.swift": ["LM_SEALING_KEYS_URL"],
    "Sources/App/PlatformFeatures/Backups/BackupConfiguration.swift": ["LM_BACKUP_URL"],
    "Sources/App/PlatformFeatures/EventsFeature.swift": ["LM_EVENTS_URL", "LM_LRS_URL"],
    "Sources/App/Telemetry/Tracing.swift": ["LM_OTLP_URL"],
    "Sources/Features/Library/LibraryFeature.swift": ["document", "LM_OCR_URL"],
    "Sources/Features/Notifications/NotificationsFeature.swift": ["push"],
    "Sources/Features/Planner/PlannerFeature.swift": ["calendar"],
    "Sources/Features/Transcripts/TranscriptionSettings.swift": ["LM_STT_URL", "LM_STT_AMAZON_URL"],
    # What is fetched by `lm speech fetch`, from addresses in the source.
    "Sources/Intelligence/Speech/Models/VoiceDownload.swift": ["fixed"],
    "Sources/Platform/HTTPClient/CurlTransfer.swift": ["itself"],
    # The second with the guard: for what issuers name, and for platforms.
    "Sources/Platform/OpenID/IssuerClient.swift": ["sign_in", "learning_platform"],
}
#: Members of requests that are addresses, and the way that tries each.
MEMBERS = {
    "post /api/v1/documents url": "document", "post /api/v1/planner/import url": "calendar",
    "post /api/v1/planner/subscriptions url": "subscription", "post /api/v1/push/subscriptions endpoint": "push",
    **{f"{operation} {member}": "learning_platform"
       for operation in ("post /api/v1/admin/learning-platforms", "put /api/v1/admin/learning-platforms/{id}")
       for member in ("issuer", "authorization_url", "token_url", "keys_url")},
}
#: No resolver of the machine takes these for the address that they look like, or they need an interface's name; another's might.
UNREACHED = {"127.0.0.1.", "localhost.", "a.localhost", "six-fe800000000000000000000000000001.example.net"}


def test_every_client_for_other_servers_is_in_the_table() -> None:
    made: dict[str, int] = {}
    for source in sorted((ROOT / "Sources").rglob("*.swift")):
        text = re.sub(r"//.*", "", source.read_text(encoding="utf-8"))
        count = len(re.findall(r"(?<![\w.])HTTPClient\(|curl_easy_init\(", text))
        if count:
            made[str(source.relative_to(ROOT))] = count
    assert made == {file: len(ways) for file, ways in CLIENTS.items()}, "a client that asks other servers is in no way tried"
    ways = {way.__name__ for way in outgoing.WAYS}
    settings = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "Sources").rglob("*.swift"))
    for named in (name for names in CLIENTS.values() for name in names):
        assert named in ways or named in ("fixed", "itself") or f'"{named}"' in settings, named


def test_every_address_in_a_request_is_in_the_table() -> None:
    document = json.loads((ROOT / "Docs/openapi.json").read_text())
    telling = re.compile(r"ur[il]s?$|^(https?|webhook|callback|endpoint|link|href|address|origin|host|server|feed|site|issuer)(_|$)|_(ur[il]|link|endpoint|address|host|issuer)$")
    found: set[str] = set()

    def look(schema: dict, place: str, seen: frozenset[str]) -> None:
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            if name in seen:
                return
            schema, seen = document["components"]["schemas"][name], seen | {name}
        for name, member in schema.get("properties", {}).items():
            if telling.search(name) or member.get("format") in ("uri", "url") or re.search(r"\b(https?|webcal)\b", member.get("description", "")):
                found.add(f"{place} {name}")
            look(member, place, seen)
        for part in [schema["items"]] if "items" in schema else []:
            look(part, place, seen)
        for part in [part for word in ("anyOf", "oneOf", "allOf") for part in schema.get(word, [])]:
            look(part, place, seen)

    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                look(content.get("schema", {}), f"{method} {path}", frozenset())
    assert found == set(MEMBERS), "an address that users give is in no way tried"
    assert set(MEMBERS.values()) <= {way.__name__ for way in outgoing.WAYS}


def test_no_way_leads_to_an_address_that_it_must_not(tmp_path: pathlib.Path) -> None:
    if not closed_network.is_possible(str(tmp_path)):
        pytest.skip("no network namespace can be made here")
    words = closed_network.enter(str(tmp_path), sys.executable, str(pathlib.Path(outgoing.__file__)), str(tmp_path))
    run = subprocess.run(words, capture_output=True, text=True, timeout=500, cwd=pathlib.Path(outgoing.__file__).parent)
    assert run.returncode == 0, run.stderr[-4000:]
    report = json.loads(run.stdout.splitlines()[-1])
    # A client without a guard comes there: silence says something.
    assert {host for host, was in report["reached"].items() if not was} <= UNREACHED, report["reached"]
    for name, way in report["ways"].items():
        assert way["leaks"] == [], (name, way["leaks"])
        kind = {what: status for what, status in way["answers"].items() if status >= 500 and name != "sign_in"}
        assert kind == {}, (name, kind)
    assert report["leaks"] == 0
    for name in ("document", "calendar", "subscription", "push", "sign_in", "learning_platform"):
        assert report["ways"][name]["allowed"] >= 1, f"{name} asks nobody at all"
    for name in ("files", "calendar_files", "notes"):
        assert report["ways"][name]["allowed"] == 0, f"{name} tells others what is read"
    # What is refused is refused, not answered with what an inner server says. An address that can be read in two ways goes where the
    # guard has read it.
    open_ones = ("public.", "both-", "after-", "flip-", "\\@93.184.216.34")
    for name in ("document", "calendar", "subscription"):
        answered = {what for what, status in report["ways"][name]["answers"].items() if status < 300}
        assert all(any(part in what for part in open_ones) for what in answered), answered
        assert all(status == 422 for what, status in report["ways"][name]["answers"].items() if what.startswith("again "))
    # A picture elsewhere, or a file of the server's, costs nobody their export.
    assert set(report["ways"]["notes"]["answers"].values()) == {200}
    tried = sum(len(way["answers"]) for way in report["ways"].values())
    assert tried >= 750, tried
