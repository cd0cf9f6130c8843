"""A learning platform that launches Little Monster as a tool, and is strict about what it gets.

It signs launches, takes what was chosen, gives tokens for signed assertions, and keeps columns and scores. What it gets is checked by pylti1p3,
which is written by others for the tool's side of the same messages: its JWKS and JWT code with issuer, audience, deployment and times swapped
round checks our signed messages; its LineItem and Grade write what we sent, and must write the same. What pylti1p3 as a tool makes of this
platform's own launches is checked too, so that the platform is no invention of ours.
"""

from __future__ import annotations

import html
import json
import re
import threading
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from jwcrypto.jwk import JWK
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.message_validators import get_validators
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.service_connector import ServiceConnector
from pylti1p3.tool_config import ToolConfDict

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
CLIENT, DEPLOYMENT, COURSE = "tool-1", "1:deployment", "course-7"


class Form(Request):
    """What a message came with, for pylti1p3."""

    def __init__(self, **fields: str) -> None:
        self.fields = fields

    @property
    def session(self) -> dict:
        return {}

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self.fields.get(key, "")


class Message(MessageLaunch):
    """pylti1p3's own checks of a signed message."""

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)


def checked(token: str, issuer: str, audience: str, keys: str, deployments: list[str] | None) -> dict:
    """What a token says once pylti1p3 has checked its form, who it is from and for, its signature by the published keys, and its times."""
    config = ToolConfDict({issuer: [{
        "client_id": audience, "auth_login_url": keys, "auth_token_url": keys, "key_set_url": keys, "deployment_ids": deployments or [],
    }]})
    # The session and the cookie are the tool's, and not asked: the nonce is checked by who calls.
    message = Message(Form(id_token=token), config, session_service=object(), cookie_service=object())
    message.set_auto_validation(False).set_jwt_verify_options({"verify_aud": False, "require": ["exp", "iat"]})
    message.validate_jwt_format().validate_registration().validate_jwt_signature()
    if deployments is not None:
        message.validate_deployment()
    assert message._jwt["header"]["alg"] == "RS256" and message._jwt["header"]["kid"], message._jwt["header"]
    return message._jwt["body"]


class LearningPlatform:
    def __init__(self, tool: str) -> None:
        self.tool = tool.rstrip("/")
        self.key = JWK.generate(kty="RSA", size=2048, kid="platform-1", use="sig", alg="RS256")
        self.people = {
            "t-1": ("Tess Teacher", "tess@example.org", "Instructor"), "l-1": ("Sam Student", "sam@example.org", "Learner"),
            "l-2": ("Ben Nobody", None, "Learner"),
        }
        self.links: dict[str, dict] = {}
        self.columns: dict[str, dict] = {}
        self.scores: dict[str, list[dict]] = {}
        self.faults: list[str] = []
        self.assertions: list[dict] = []
        self.hints: dict[str, dict] = {}
        self.seen: set[str] = set()
        self.tokens: dict[str, tuple[set[str], float]] = {}
        #: How many requests for scores are refused first.
        self.upsets = 0
        handler = type("Handler", (Handler,), {"platform": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    #: Another site than the tool's, as platforms are: browsers send it no cookies of the tool's, nor the tool any of its own.
    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.server_port}"

    @property
    def registration(self) -> dict:
        return {
            "name": "Old College", "issuer": self.url, "client_id": CLIENT, "deployment_ids": [DEPLOYMENT],
            "authorization_url": f"{self.url}/authorize", "token_url": f"{self.url}/token", "keys_url": f"{self.url}/keys",
        }

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # What is signed

    def first_word(self, user: str, link: str | None) -> str:
        """The address in the tool at which a launch begins."""
        hint = str(uuid.uuid4())
        self.hints[hint] = {"user": user, "link": link}
        target = f"{self.tool}/lti/" if link is None else self.links[link]["url"]
        return f"{self.tool}/api/v1/auth/lti-login?" + urllib.parse.urlencode({
            "iss": self.url, "login_hint": user, "target_link_uri": target, "lti_message_hint": hint, "client_id": CLIENT,
            "lti_deployment_id": DEPLOYMENT,
        })

    def authorize(self, asked: dict[str, str]) -> tuple[str, str]:
        """Answers an authentication request as LTI 1.3 Security, 5.1.1.2 says: who asks, and the launch."""
        expected = {
            "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none", "client_id": CLIENT,
            "redirect_uri": f"{self.tool}/api/v1/auth/lti-launch",
        }
        wrong = {name: asked.get(name) for name, value in expected.items() if asked.get(name) != value}
        assert not wrong, wrong
        hint = self.hints.pop(asked["lti_message_hint"])
        assert asked["login_hint"] == hint["user"] and len(asked["state"]) >= 20 and len(asked["nonce"]) >= 20
        assert asked["nonce"] != asked["state"] and not {asked["nonce"], asked["state"]} & self.seen
        self.seen |= {asked["nonce"], asked["state"]}
        token = self.sign(self.launch(hint["user"], hint["link"], asked["nonce"]))
        self.check_as_a_tool(token)
        return asked["redirect_uri"], token

    def launch(self, user: str, link: str | None, nonce: str) -> dict:
        name, email, role = self.people[user]
        now = int(time.time())
        claims: dict = {
            "iss": self.url, "aud": CLIENT, "sub": user, "nonce": nonce, "iat": now, "exp": now + 300, "name": name,
            f"{LTI}version": "1.3.0", f"{LTI}deployment_id": DEPLOYMENT, f"{LTI}roles": [f"{ROLE}{role}"],
            f"{LTI}context": {"id": COURSE, "title": "Biology 10b", "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"]},
            **({} if email is None else {"email": email}),
        }
        if link is None:
            return claims | {
                f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}target_link_uri": f"{self.tool}/lti/",
                f"{DL}deep_linking_settings": {
                    "deep_link_return_url": f"{self.url}/return?course={COURSE}&x=1", "accept_types": ["link", "ltiResourceLink"],
                    "accept_presentation_document_targets": ["iframe", "window"], "accept_multiple": False, "data": f"csrf <{nonce}>",
                },
            }
        kept = self.links[link]
        return claims | {
            f"{LTI}message_type": "LtiResourceLinkRequest", f"{LTI}target_link_uri": kept["url"], f"{LTI}custom": kept.get("custom", {}),
            f"{LTI}resource_link": {"id": link, "title": kept["title"]},
            f"{AGS[:-1]}/claim/endpoint": {
                "scope": [f"{AGS}scope/lineitem", f"{AGS}scope/score"], "lineitems": f"{self.url}/{COURSE}/lineitems?type=lti",
                **({"lineitem": kept["column"]} if "column" in kept else {}),
            },
        }

    def sign(self, claims: dict) -> str:
        return jwt.encode(claims, self.key.export_to_pem(private_key=True, password=None), algorithm="RS256", headers={"kid": self.key.kid})

    def check_as_a_tool(self, token: str) -> None:
        """pylti1p3 as the tool believes this launch."""
        body = checked(token, self.url, CLIENT, f"{self.url}/keys", [DEPLOYMENT])
        found = [validator for validator in get_validators() if validator.can_validate(body)]
        assert len(found) == 1 and found[0].validate(body)

    # What comes from the tool

    def take(self, token: str) -> dict:
        """What a teacher chose (Deep Linking 2.0, 4.4)."""
        body = checked(token, CLIENT, self.url, f"{self.tool}/.well-known/jwks.json", [DEPLOYMENT])
        assert body[f"{LTI}message_type"] == "LtiDeepLinkingResponse" and body[f"{LTI}version"] == "1.3.0"
        assert body["nonce"] and body["nonce"] not in self.seen and 0 < body["exp"] - body["iat"] <= 3600
        self.seen.add(body["nonce"])
        assert re.fullmatch(r"csrf <[\w-]+>", body[f"{DL}data"]), body
        items = body[f"{DL}content_items"]
        assert len(items) == 1 and items[0]["type"] == "ltiResourceLink", items
        # The same message as pylti1p3 would make of the same things has the same claims.
        registration = Registration().set_client_id(CLIENT).set_issuer(self.url)
        resource = DeepLinkResource().set_url(items[0]["url"]).set_title(items[0]["title"]).set_custom_params(items[0]["custom"])
        if "lineItem" in items[0]:
            column = items[0]["lineItem"]
            resource.set_lineitem(
                LineItem().set_label(column["label"]).set_score_maximum(column["scoreMaximum"]).set_resource_id(column["resourceId"]))
        theirs = DeepLink(registration, DEPLOYMENT, {"data": body[f"{DL}data"]}).get_message_jwt([resource])
        assert set(theirs) == set(body), set(theirs) ^ set(body)
        assert theirs[f"{DL}content_items"] == items, (theirs, items)
        link = f"link-{len(self.links) + 1}"
        self.links[link] = {"url": items[0]["url"], "title": items[0]["title"], "custom": items[0]["custom"]}
        if "lineItem" in items[0]:
            self.links[link]["column"] = self.add_column({**items[0]["lineItem"], "resourceLinkId": link})["id"]
        return self.links[link]

    def add_column(self, column: dict) -> dict:
        # By its setters, which refuse what is none; what they write is what came.
        made = LineItem().set_label(column["label"]).set_score_maximum(column["scoreMaximum"]).set_resource_id(column["resourceId"])
        made.set_resource_link_id(column["resourceLinkId"])
        assert json.loads(made.get_value()) == column, (made.get_value(), column)
        number = len(self.columns) + 1
        self.columns[str(number)] = {"id": f"{self.url}/{COURSE}/lineitems/{number}/lineitem?type=lti", **column}
        return self.columns[str(number)]

    def add_score(self, number: str, score: dict) -> int:
        made = Grade().set_score_given(score["scoreGiven"]).set_score_maximum(score["scoreMaximum"]).set_user_id(score["userId"])
        made.set_timestamp(score["timestamp"]).set_activity_progress(score["activityProgress"]).set_grading_progress(score["gradingProgress"])
        assert json.loads(made.get_value()) == score, (made.get_value(), score)
        assert score["userId"] in self.people and 0 <= score["scoreGiven"] <= score["scoreMaximum"]
        assert score["activityProgress"] in {"Initialized", "Started", "InProgress", "Submitted", "Completed"}
        assert score["gradingProgress"] in {"FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}(Z|[+-]\d\d:\d\d)", score["timestamp"]), score
        kept = self.scores.setdefault(number, [])
        if any(each["userId"] == score["userId"] and each["timestamp"] >= score["timestamp"] for each in kept):
            return 409
        kept.append(score)
        return 200

    def grant(self, form: dict[str, str]) -> dict:
        """A token for an assertion (LTI 1.3 Security, 4.1.1)."""
        assert form["grant_type"] == "client_credentials"
        assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        body = checked(form["client_assertion"], CLIENT, f"{self.url}/token", f"{self.tool}/.well-known/jwks.json", None)
        assert body["sub"] == body["iss"] == CLIENT and body["jti"] not in self.seen and 0 < body["exp"] - body["iat"] <= 3600, body
        self.seen.add(body["jti"])
        scopes = set(form["scope"].split())
        assert scopes and scopes <= {f"{AGS}scope/lineitem", f"{AGS}scope/score"}, scopes
        self.assertions.append(body)
        token = str(uuid.uuid4())
        self.tokens[token] = (scopes, time.time() + 3600)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 3600, "scope": form["scope"]}

    def demand(self, authorization: str, scope: str) -> None:
        scopes, end = self.tokens[authorization.removeprefix("Bearer ")]
        assert f"{AGS}scope/{scope}" in scopes and end > time.time(), (scopes, scope)


def as_another_tool(platform: LearningPlatform) -> None:
    """pylti1p3 as a tool speaks to the same platform: what it takes from us it takes from others too, and refuses what it must."""
    key = JWK.generate(kty="RSA", size=2048, kid="another", use="sig", alg="RS256")
    registration = Registration().set_client_id(CLIENT).set_issuer(platform.url).set_auth_token_url(f"{platform.url}/token")
    registration.set_tool_private_key(key.export_to_pem(private_key=True, password=None).decode())
    service = AssignmentsGradesService(ServiceConnector(registration), {
        "scope": [f"{AGS}scope/lineitem", f"{AGS}scope/score"], "lineitems": f"{platform.url}/{COURSE}/lineitems?type=lti",
    })
    faults = len(platform.faults)
    try:
        service.get_lineitems()
    except Exception:  # noqa: BLE001
        # A key that the tool does not publish gets no token.
        assert len(platform.faults) == faults + 1
        platform.faults.pop()
    else:
        raise AssertionError("the platform gave a stranger a token")


class Handler(BaseHTTPRequestHandler):
    platform: LearningPlatform
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: object = "", kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def page(self, body: str) -> None:
        self.answer(200, f"<!doctype html><html lang=en><title>Old College</title><body>{body}</body></html>")

    def body(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()

    def do_GET(self) -> None:  # noqa: N802
        self.handle_one(self.get)

    def do_POST(self) -> None:  # noqa: N802
        self.handle_one(self.post)

    def handle_one(self, work) -> None:
        try:
            work(urllib.parse.urlsplit(self.path))
        except Exception as fault:  # noqa: BLE001
            self.platform.faults.append(f"{self.command} {self.path}: {fault!r}")
            self.answer(400, {"error": "invalid_request", "error_description": repr(fault)}, "application/json")

    def get(self, place: urllib.parse.SplitResult) -> None:
        platform, query = self.platform, dict(urllib.parse.parse_qsl(place.query))
        match place.path.strip("/").split("/"):
            case ["keys"]:
                self.answer(200, {"keys": [json.loads(platform.key.export_public())]}, "application/json")
            case ["choose"]:
                # In a frame, as platforms show what is to be chosen from.
                address = html.escape(platform.first_word(query["user"], None))
                self.page(f'<h1>Add to the course</h1><iframe title="Tool" width=700 height=400 src="{address}"></iframe>')
            case ["open"]:
                address = html.escape(platform.first_word(query["user"], query["link"]))
                self.page(f'<h1>Course</h1><p><a href="{address}">Open {html.escape(platform.links[query["link"]]["title"])}</a></p>')
            case ["authorize"]:
                redirect, token = platform.authorize(query)
                self.page(
                    f'<form method=post action="{html.escape(redirect)}"><input type=hidden name=id_token value="{token}">'
                    f'<input type=hidden name=state value="{html.escape(query["state"])}"></form><script>document.forms[0].submit()</script>')
            case [course, "lineitems"] if course == COURSE:
                platform.demand(self.headers["Authorization"], "lineitem")
                assert self.headers["Accept"] == "application/vnd.ims.lis.v2.lineitemcontainer+json", self.headers["Accept"]
                link = query.get("resource_link_id")
                self.answer(200, [each for each in platform.columns.values() if link in (None, each["resourceLinkId"])], self.headers["Accept"])
            case _:
                self.answer(404)

    def post(self, place: urllib.parse.SplitResult) -> None:
        platform, text = self.platform, self.body()
        kind = self.headers.get("Content-Type", "")
        match place.path.strip("/").split("/"):
            case ["token"]:
                assert kind == "application/x-www-form-urlencoded", kind
                self.answer(200, platform.grant(dict(urllib.parse.parse_qsl(text))), "application/json")
            case ["return"]:
                assert place.query == f"course={COURSE}&x=1", place.query
                link = platform.take(dict(urllib.parse.parse_qsl(text))["JWT"])
                self.page(f"<p role=status>Added {html.escape(link['title'])} to the course</p>")
            case [course, "lineitems"] if course == COURSE:
                platform.demand(self.headers["Authorization"], "lineitem")
                assert kind == "application/vnd.ims.lis.v2.lineitem+json", kind
                self.answer(201, platform.add_column(json.loads(text)), kind)
            case [course, "lineitems", number, "lineitem", "scores"] if course == COURSE and number in platform.columns:
                assert place.query == "type=lti" and kind == "application/vnd.ims.lis.v1.score+json", (place.query, kind)
                platform.demand(self.headers["Authorization"], "score")
                if platform.upsets > 0:
                    platform.upsets -= 1
                    return self.answer(503)
                self.answer(platform.add_score(number, json.loads(text)))
            case _:
                self.answer(404)
