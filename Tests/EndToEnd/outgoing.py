"""Every way in which somebody can have the server ask an address, tried with addresses that it must not ask. Runs inside the closed network
(`closed_network.enter`), and prints what came of it as JSON."""

from __future__ import annotations

import base64
import contextlib
import http.server
import io
import json
import os
import pathlib
import re
import socket
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from closed_network import PUBLIC, PUBLIC_6, Canary, Names
from office import RELATIONSHIPS, zipped
from server import PASSWORD, Account, Server, free_port

#: Hosts by what they try: numbers in every writing that some resolver takes, and names that lead inside.
HOSTS: dict[str, list[str]] = {
    "loopback": ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1.", "0.0.0.0", "[::1]", "[::]"],
    "decimal": ["2130706433", "2852039166", "167772161"],
    "octal": ["0177.0.0.1", "017700000001", "0251.0376.0251.0376", "012.0.0.1"],
    "hex": ["0x7f.0.0.1", "0x7f000001", "0xA9.0xFE.0xA9.0xFE", "0xa000001"],
    "short": ["127.1", "127.0.1", "10.1", "192.168.257", "0", "0x7f.1", "0xa9.16689662"],
    "escaped": ["%31%32%37.0.0.1", "127%2e0%2e0%2e1", "１２７.0.0.1", "127。0。0。1", "ⓛocalhost"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "100.64.0.1", "198.18.0.1", "192.0.0.8"],
    "private, IPv6": ["[fd00::1]", "[fc00::1]", "[fec0::1]"],
    "link-local": ["169.254.1.1", "[fe80::1%25lo]"],
    "metadata": ["169.254.169.254", "[fd00:ec2::254]", "168.63.129.16", "100.100.100.200", "192.0.0.192", "metadata.google.internal"],
    "mapped": [
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
    ],
    "names": [f"a-{word}.example.net" for word in ("7f000001", "0a000001", "c0a80101", "a9fea9fe", "64400001", "00000000")]
    + [f"six-{word}.example.net" for word in (
        "00000000000000000000000000000001", "00000000000000000000ffff7f000001", "00000000000000000000ffffa9fea9fe", "fd000ec2000000000000000000000254",
        "fe800000000000000000000000000001", "0064ff9b00000000000000007f000001")],
    "names, also public": ["both-7f000001.example.net", "after-7f000001.example.net", "both-a9fea9fe.example.net"],
}
#: Addresses of the open internet at ports that are none of the web.
PORTS = [f"http://{PUBLIC}:{port}/x" for port in (22, 25, 6379, 8080)]
SCHEMES = ["file:///etc/passwd", f"gopher://{PUBLIC}:6379/_x", "ftp://127.0.0.1:80/x", "dict://127.0.0.1:6379/x", "unix:///run/x", "http+unix://%2Frun/x"]
SIGNS = ["http://user:pass@127.0.0.1/x", f"http://{PUBLIC}@127.0.0.1/x", "http://127.0.0.1#@" + PUBLIC, f"http://127.0.0.1\\@{PUBLIC}/x", "http:127.0.0.1/x"]


def addresses(scheme: str = "http", path: str = "x") -> list[str]:
    return [f"{scheme}://{host}/{path}" for hosts in HOSTS.values() for host in hosts]


def redirects() -> list[str]:
    """Servers of the open internet that send elsewhere."""
    home = f"http://{PUBLIC}"
    targets = addresses() + PORTS + SCHEMES + [f"{home}/to/302?{urllib.parse.quote('http://127.0.0.1/x')}", "//127.0.0.1/x"]
    found = [f"{home}/to/302?{urllib.parse.quote(target)}" for target in targets]
    return found + [f"{home}/to/{status}?{urllib.parse.quote('http://169.254.169.254/x')}" for status in (301, 303, 307, 308)]


class Trial:
    """The server, who tries, and what was heard meanwhile."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.canary, self.names, self.issuer = Canary(), Names(), Issuer()
        file = folder / "providers.json"
        file.write_text(json.dumps(self.issuer.providers))
        file.chmod(0o600)
        self.server = Server(folder / "data", LM_SIGN_IN_PROVIDERS=str(file))
        self.server.settings |= {"LM_PUBLIC_URL": self.server.url, "LM_LEARNING_PLATFORM_ORIGINS": self.issuer.home}
        self.server.start()
        self.account: Account = self.server.account("ada@example.org")
        self.answers: dict[str, int] = {}
        self.outcome: dict[str, dict] = {}

    def note(self, what: str, status: int) -> None:
        self.answers[what] = status

    def run(self, name: str, body: Callable[["Trial"], None]) -> None:
        """Tries one way; what was let through is `leaks`, and what rightly went out `allowed`."""
        since, self.answers = len(self.canary.settled()), {}
        body(self)
        heard = self.canary.settled()[since:]
        leaks = self.canary.leaks(since)
        self.outcome[name] = {"leaks": leaks, "allowed": len(heard) - len(leaks), "answers": self.answers}

    def quiet(self, seconds: float = 60) -> None:
        """Waits until no job is due."""
        deadline = time.monotonic() + seconds
        while True:
            jobs = self.account.client.get("/admin/status").json()["jobs"]
            if jobs["pending"] == 0 and jobs["running"] == 0:
                return
            assert time.monotonic() < deadline, jobs
            time.sleep(0.1)


# The ways, each by the name under which the test's table knows it.

def document(trial: Trial) -> None:
    def ask(url: str) -> None:
        trial.note(url, trial.account.client.post("/documents", json={"url": url}).status_code)

    ask("http://public.example.net/rivers")
    for url in addresses() + PORTS + SCHEMES + SIGNS + redirects():
        ask(url)


def calendar(trial: Trial) -> None:
    def ask(url: str) -> None:
        answer = trial.account.client.post("/planner/import", files={"preview": (None, "true"), "url": (None, url)})
        trial.note(url, answer.status_code)

    ask("http://public.example.net/rivers.ics")
    for url in addresses(path="x.ics") + PORTS + SCHEMES + SIGNS + redirects() + addresses("webcal", "x.ics"):
        ask(url)


def subscription(trial: Trial) -> None:
    def ask(url: str) -> None:
        answer = trial.account.client.post("/planner/subscriptions", json={"url": url})
        trial.note(url, answer.status_code)

    flips = [f"http://flip-{word}-{number}.example.net/rivers.ics" for number, word in enumerate(("7f000001", "a9fea9fe", "c0a80101"))]
    for url in flips + addresses(path="x.ics") + PORTS + SIGNS:
        ask(url)
    # Names that have led to the open internet lead inside when the calendar is read again. The server has forgotten where they led.
    trial.server.stop()
    trial.server.start()
    trial.account = trial.server.sign_in(trial.account.email)
    listed = trial.account.client.get("/planner/subscriptions").json()["data"]
    assert {each["url"] for each in listed} >= set(flips), listed
    for each in listed:
        again = trial.account.client.post(f"/planner/subscriptions/{each['id']}/refresh")
        if each["url"] in flips:
            trial.note("again " + each["url"], 422 if again.json().get("problem") else again.status_code)


def push(trial: Trial) -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": _encoded(key), "auth": _encoded(os.urandom(16))}
    endpoints = [url for scheme in ("https", "http") for url in addresses(scheme, "push/x")] + [url.replace("http:", "https:") for url in PORTS + SIGNS]
    taken: list[str] = []

    def send() -> None:
        assert trial.account.client.post("/notifications/test", json={"channel": "push"}).status_code == 204
        trial.quiet()
        for each in trial.account.client.get("/push/subscriptions").json()["data"]:
            trial.account.client.delete(f"/push/subscriptions/{each['id']}")
        taken.clear()

    for url in ["https://public.example.net/push/x", *endpoints]:
        answer = trial.account.client.post("/push/subscriptions", json={"endpoint": url, "keys": keys})
        # A name is taken as it is: where it leads is seen when it is asked.
        if answer.status_code == 201:
            taken.append(url)
        else:
            trial.note(url, answer.status_code)
        if len(taken) == 15:
            send()
    if taken:
        send()


def sign_in(trial: Trial) -> None:
    with_cookies = trial.account.client
    for provider in trial.issuer.providers:
        name = provider["name"]
        begun = with_cookies.post("/auth/authorize", json={"provider": name})
        if begun.status_code != 200:
            trial.note(provider["issuer"], begun.status_code)
            continue
        way = begun.json()
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(way["address"]).query))
        trial.issuer.nonce = query["nonce"]
        answer = with_cookies.post("/auth/callback", json={"provider": name, "state": query["state"], "code": "x"} | {
            key: way[key] for key in ("binding",) if key in way})
        trial.note(provider["issuer"] + " " + trial.issuer.ways[name], answer.status_code)


def learning_platform(trial: Trial) -> None:
    """Keys are asked for when somebody comes with a token, tokens when a grade goes back; browsers are sent to the third address, not we."""
    home, client = trial.issuer.home, trial.account.client
    told = {"name": "Rivers", "client_id": "tool", "deployment_ids": ["1"], "authorization_url": "https://public.example.net/a"}
    lti, dl = "https://purl.imsglobal.org/spec/lti/claim/", "https://purl.imsglobal.org/spec/lti-dl/claim/"

    def register(issuer: str, keys: str, token: str) -> httpx.Response:
        return client.post("/admin/learning-platforms", json={**told, "issuer": issuer, "keys_url": keys, "token_url": token})

    def launch(issuer: str, who: Account, **claims: object) -> dict:
        """As far as the app's page; what the session answers."""
        with httpx.Client(base_url=client.base_url) as browser:
            first = browser.get("/auth/lti-login", params={
                "iss": issuer, "login_hint": "x", "target_link_uri": trial.server.url + "/lti/"}, headers={"Sec-Fetch-Dest": "document"})
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(first.headers["Location"]).query))
            now = int(time.time())
            token = trial.issuer.signed({
                "iss": issuer, "aud": "tool", "sub": who.email, "iat": now, "exp": now + 300, "nonce": query["nonce"], f"{lti}version": "1.3.0",
                f"{lti}deployment_id": "1", f"{lti}context": {"id": "c"}, f"{lti}target_link_uri": trial.server.url + "/lti/", **claims})
            browser.post("/auth/lti-launch", data={"state": query["state"], "id_token": token}, timeout=60)
            answer = browser.post("/auth/lti-session", json={"state": query["state"], "account": "link", "password": PASSWORD}, headers={
                "X-LM-Session": "cookie", "Cookie": first.headers["Set-Cookie"].split(";")[0], "Authorization": who.client.headers["Authorization"]})
            return answer.json()

    learner = {f"{lti}message_type": "LtiResourceLinkRequest", f"{lti}roles": ["Learner"], f"{lti}resource_link": {"id": "l"}}
    asked = ["https://public.example.net/keys", *addresses("https", "keys"), *(url.replace("http:", "https:") for url in PORTS + SIGNS)]
    for number, url in enumerate(asked + addresses(path="keys") + SCHEMES):
        made = register(f"https://public.example.net/{number}", url, url)
        trial.note(url, made.status_code)
        if made.status_code == 201:
            launch(f"https://public.example.net/{number}", trial.account, **learner)
            client.delete(f"/admin/learning-platforms/{made.json()['id']}")

    # A platform whose keys the operator allows, and whose other addresses lead inside.
    issuer = f"{home}/lti"
    trial.issuer.documents["lti"] = {"issuer": issuer}
    made = register(issuer, f"{home}/lti/keys", "https://public.example.net/token")
    assert made.status_code == 201, made.text
    question = client.post("/quiz-questions", json={
        "question_text": "What flows?", "question_type": "short_answer", "key": {"accepted": ["A river"]}, "topic": "Rivers"}).json()["id"]
    quiz = client.post("/quizzes", json={"question_ids": [question], "title": "Rivers"}).json()["id"]
    teaching = launch(issuer, trial.account, **{
        f"{lti}message_type": "LtiDeepLinkingRequest", f"{lti}roles": ["Instructor"],
        f"{dl}deep_linking_settings": {"deep_link_return_url": "https://public.example.net/back", "accept_types": ["ltiResourceLink"]}})
    ticket = client.post(f"/learning-platforms/launches/{teaching['launch']['id']}/selection", json={"items": [{"kind": "quiz", "id": quiz}]}).json()["ticket"]
    page = client.post("/auth/lti-return", data={"ticket": ticket}).text
    payload = re.search(r'name="JWT" value="[^.]+\.([^.]+)\.', page)
    assert payload is not None, page
    placement = json.loads(base64.urlsafe_b64decode(payload[1] + "=="))[f"{dl}content_items"][0]["custom"]["placement"]
    pupil = trial.server.account("lin@example.org")
    few = [f"https://{host}/x" for host in ("127.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "0x7f.1", "a-7f000001.example.net", "10.0.0.1:8080")]
    ways = [(token, "https://public.example.net/column") for token in few] + [(f"{home}/lti/token", column) for column in few]
    for token, column in ways:
        changed = client.put(f"/admin/learning-platforms/{made.json()['id']}", json={
            **told, "issuer": issuer, "keys_url": f"{home}/lti/keys", "token_url": token})
        assert changed.status_code == 200, changed.text
        came = launch(issuer, pupil, **learner | {
            f"{lti}custom": {"placement": placement},
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"], "lineitem": column}})
        joined = pupil.client.post(f"/learning-platforms/launches/{came['launch']['id']}/join")
        assert joined.status_code == 200, joined.text
        handed_in = pupil.client.post(f"/quizzes/{quiz}/submissions", json={"answers": {question: "A river"}})
        assert handed_in.status_code in (200, 201), handed_in.text
        trial.quiet()
        group = client.get("/classes").json()["data"][0]["id"]
        grade = client.get(f"/learning-platforms/classes/{group}/grades").json()["data"][0]
        assert grade["state"] == "failed" and "does not ask" in grade["failure"], grade
        trial.note(f"{token} {column}", 422)


def files(trial: Trial) -> None:
    """Whatever a file names is left alone, also on the open internet: what fetches it would tell somebody that it was opened."""
    for place in ("http://127.0.0.1/x", "http://169.254.169.254/x", f"http://{PUBLIC}/x", f"http://[{PUBLIC_6}]/x"):
        for name, content in _files(place):
            answer = trial.account.upload(name, content)
            trial.note(f"{name} {place}", answer.status_code)
    trial.quiet(240)
    listed = trial.account.client.get("/documents", params={"limit": 100}).json()["data"]
    read = [each["filename"] for each in listed if each["status"] == "completed" and each["filename"].startswith("river.")]
    assert len(read) == len(trial.answers), f"{len(read)} of {len(trial.answers)} were read"


def calendar_files(trial: Trial) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "DTSTART:20300101T100000Z", "SUMMARY:Rivers",
             "ATTACH:http://127.0.0.1/x", "URL:http://169.254.169.254/x", "BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT1M",
             f"ATTACH;FMTTYPE=audio/basic:http://{PUBLIC}/x", "END:VALARM", "END:VEVENT", "END:VCALENDAR"]
    answer = trial.account.client.post("/planner/import", files={"file": ("x.ics", "\r\n".join(lines).encode())})
    trial.note("x.ics", answer.status_code)
    bank = f'<!DOCTYPE q SYSTEM "http://127.0.0.1/q.dtd" [<!ENTITY x SYSTEM "http://{PUBLIC}/x">]><quiz><question type="shortanswer"><questiontext format="html"><text>&x; <![CDATA[<img src="http://127.0.0.1/x"> What flows?]]></text></questiontext><answer fraction="100"><text>A river</text></answer></question></quiz>'
    trial.note("bank.xml", trial.account.client.post("/quizzes/import", files={"file": ("bank.xml", bank.encode())}).status_code)
    plain = re.sub("<!DOCTYPE.*?]>|&x;", "", bank)
    trial.note("plain.xml", trial.account.client.post("/quizzes/import", files={"file": ("plain.xml", plain.encode())}).status_code)
    cards = b"front,back\nRiver,<img src=http://127.0.0.1/x>\n"
    trial.note("cards.csv", trial.account.client.post("/decks/import", files={"file": ("cards.csv", cards)}).status_code)
    trial.quiet()


def notes(trial: Trial) -> None:
    text = "\n\n".join(
        f'![x]({place}) <img src="{place}"> <link rel="stylesheet" href="{place}"> <object data="{place}"></object> <style>@import "{place}";</style> '
        f'<svg><image href="{place}"/></svg> <iframe src="{place}"></iframe>' for place in ("http://127.0.0.1/x", "http://169.254.169.254/x", f"http://{PUBLIC}/x", "file:///etc/passwd"))
    made = trial.account.client.post("/notes", json={"title": "Rivers", "content": text})
    for form in ("html", "pdf", "docx"):
        answer = trial.account.client.get(f"/notes/{made.json()['id']}/export", params={"format": form})
        trial.note(form, answer.status_code)
        assert b"root:" not in answer.content


WAYS = [document, calendar, subscription, push, sign_in, learning_platform, files, calendar_files, notes]


def _files(place: str) -> list[tuple[str, bytes]]:
    """What a reader could follow in each form."""
    word = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATIONSHIPS}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    entity = f'<!DOCTYPE x SYSTEM "{place}.dtd" [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]>'
    outside = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/image" Target="{place}" TargetMode="External"/><Relationship Id="rId2" Type="{RELATIONSHIPS}/aFChunk" Target="{place}" TargetMode="External"/><Relationship Id="rId3" Type="{RELATIONSHIPS}/attachedTemplate" Target="{place}" TargetMode="External"/></Relationships>'
    head = '<?xml version="1.0"?>'
    root = zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": outside,
        "word/document.xml": f'{head}{entity}<w:document {word}><w:body><w:p><w:r><w:t>Rivers flow. &x;</w:t></w:r></w:p><w:altChunk r:id="rId2"/><w:p><w:r><w:drawing><a:blip r:link="rId1"/></w:drawing></w:r></w:p></w:body></w:document>',
    })
    text = f'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>Rivers flow. &x; <draw:frame><draw:image xlink:href="{place}"/></draw:frame></text:p><text:section><text:section-source xlink:href="{place}"/></text:section></office:text></office:body></office:document-content>'
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><base href="{place}"/><title>x</title><link rel="stylesheet" href="{place}"/><meta http-equiv="refresh" content="0;url={place}"/><script src="{place}"></script></head><body><p>Rivers flow to the sea. </p><img src="{place}"/><iframe src="{place}"></iframe><object data="{place}"></object><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{place}"/></body></html>'
    book = '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="{0}" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'.format(place)
    mail = f"From: a@example.org\r\nSubject: Rivers\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rivers flow.</p><img src='{place}'>\r\n--b\r\nContent-Type: message/external-body; access-type=URL; URL=\"{place}\"\r\n\r\n\r\n--b--\r\n"
    notebook = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": [f"Rivers ![x]({place})"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    actions = f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({place})>>/AF[<</F<</FS/URL/F({place})>>>>]>>"
    pdf = b"%PDF-1.7\n1 0 obj" + actions.encode() + b"endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>>>endobj\n4 0 obj<</Length 44>>stream\nBT /F 12 Tf 20 100 Td (Rivers flow.) Tj ET /X Do\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 0/F<</FS/URL/F(" + place.encode() + b")>>>>stream\n\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    return [
        ("river.docx", root),
        ("river.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": head + entity + text})),
        ("river.epub", zipped({
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": head + entity + '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
            "book.opf": head + entity + book, "a.xhtml": head + entity + page})),
        ("river.html", b"<!DOCTYPE html>" + page.encode()),
        ("river.xhtml", (head + entity + page.replace("to the sea.", "&x;")).encode()),
        ("river.md", f"# Rivers\n\nRivers flow. ![x]({place})\n\n<img src='{place}'>\n\n[x]: {place}\n".encode()),
        ("river.tex", ("\\documentclass{article}\\usepackage{graphicx}\\begin{document}Rivers flow.\\input{%s}\\includegraphics{%s}\\bibliography{%s}\\end{document}" % (place, place, place)).encode()),
        ("river.ipynb", json.dumps(notebook).encode()),
        ("river.rtf", ("{\\rtf1 Rivers flow.{\\field{\\*\\fldinst INCLUDEPICTURE \"%s\"}}{\\*\\template %s}}" % (place, place)).encode()),
        ("river.eml", mail.encode()),
        ("river.pdf", pdf),
    ]


class Issuer:
    """Issuers on this machine, which the operator trusts, and whose documents name addresses that are not theirs."""

    def __init__(self) -> None:
        self.port, self.nonce = free_port(), ""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.ways: dict[str, str] = {}
        self.documents: dict[str, dict] = {}
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.answer(self)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.home = f"http://127.0.0.1:{self.port}"
        asked = addresses("https") + addresses("http") + [url.replace("http:", "https:") for url in PORTS]
        self.providers = [self.provider("token_endpoint", url) for url in ["https://public.example.net/x", *asked, self.home + "/away"]]
        few = [f"{scheme}://{host}/x" for scheme in ("http", "https") for host in ("127.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "a-7f000001.example.net")]
        for member in ("jwks_uri", "userinfo_endpoint"):
            self.providers += [self.provider(member, url) for url in ["https://public.example.net/x", *few, self.home + "/away"]]

    def provider(self, member: str, url: str) -> dict[str, str]:
        name = f"p{len(self.ways)}"
        self.ways[name] = f"{member} {url}"
        place = f"{self.home}/{name}"
        self.documents[name] = {
            "issuer": place, "authorization_endpoint": place + "/authorize", "token_endpoint": place + "/token", "jwks_uri": place + "/keys",
            "userinfo_endpoint": place + "/person", member: url}
        return {"name": name, "title": name, "issuer": place, "client_id": "little-monster", "client_secret": "secret"}

    def answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        name, _, place = request.path.lstrip("/").partition("/")
        if name == "away":
            request.send_response(307)
            request.send_header("Location", "http://169.254.169.254/x")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        found: dict = {}
        if place == ".well-known/openid-configuration":
            found = self.documents[name]
        elif place == "token":
            found = {"access_token": "x", "token_type": "Bearer", "id_token": self.token(self.documents[name]["issuer"])}
        elif place == "keys":
            numbers = self.key.public_key().public_numbers()
            found = {"keys": [{"kty": "RSA", "kid": "k", "alg": "RS256", "use": "sig", "n": _encoded(_bytes(numbers.n)), "e": _encoded(_bytes(numbers.e))}]}
        body = json.dumps(found).encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def token(self, issuer: str) -> str:
        now = int(time.time())
        return self.signed({"iss": issuer, "aud": "little-monster", "sub": "someone", "iat": now, "exp": now + 300, "nonce": self.nonce})

    def signed(self, claims: dict) -> str:
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "k"}, claims))
        return signed + "." + _encoded(self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def unguarded(canary: Canary) -> dict[str, bool]:
    """Whether a client without a guard does reach the canary by each host: else its silence would say nothing."""
    reached = {}
    for hosts in HOSTS.values():
        for host in hosts:
            since = len(canary.settled())
            plain = urllib.parse.unquote(host).strip("[]")
            with contextlib.suppress(OSError, UnicodeError):
                socket.create_connection((plain, 80), timeout=2).close()
            reached[host] = bool(canary.leaks(since))
    return reached


def main() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        trial = Trial(pathlib.Path(sys.argv[1]))
        reached = unguarded(trial.canary)
        try:
            for way in WAYS:
                trial.run(way.__name__, way)
        finally:
            trial.server.stop()
        report = {"reached": reached, "ways": trial.outcome, "leaks": len(trial.canary.leaks()) - sum(reached.values())}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
