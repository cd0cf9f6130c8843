"""A push service on loopback, and browsers subscribed to it: what comes is unsealed, and who sent it is checked."""

from __future__ import annotations

import base64
import http.server
import json
import os
import threading
import time
from typing import NamedTuple

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Pushed(NamedTuple):
    """What a browser would be given, and the headers that it came with."""

    notice: dict
    headers: dict[str, str]


class Subscriber:
    """A browser: its keys, and what it was sent. `answers` are statuses that it says instead of taking it."""

    def __init__(self, service: "PushServer", name: str) -> None:
        self.service, self.name = service, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.pushed: list[Pushed] = []
        self.answers: list[int] = []
        self.refused = 0

    @property
    def body(self) -> dict:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": f"{self.service.origin}/push/{self.name}", "keys": {"p256dh": encoded(point), "auth": encoded(self.secret)},
            "device_name": self.name,
        }

    def wait(self, count: int = 1, seconds: float = 60) -> list[Pushed]:
        with self.service.arrived:
            assert self.service.arrived.wait_for(lambda: len(self.pushed) >= count, seconds), f"{len(self.pushed)} of {count} came"
            return list(self.pushed)


class PushServer:
    def __init__(self, key: str | None = None) -> None:
        """`key`: the one that every push must be signed with; the first push's if none is given."""
        self.subscribers: dict[str, Subscriber] = {}
        self.faults: list[str] = []
        self.key = key
        self.arrived = threading.Condition()
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    status = service.take(self.path.rsplit("/", 1)[1], dict(self.headers.items()), body)
                except Exception as fault:
                    service.faults.append(repr(fault))
                    status = 400
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def settings(self) -> dict[str, str]:
        return {"LM_PUSH_ORIGINS": self.origin}

    def subscriber(self, name: str) -> Subscriber:
        self.subscribers[name] = Subscriber(self, name)
        return self.subscribers[name]

    def take(self, name: str, headers: dict[str, str], body: bytes) -> int:
        subscriber = self.subscribers[name]
        self.check(headers["Authorization"])
        assert headers["Content-Encoding"] == "aes128gcm" and int(headers["TTL"]) >= 0, headers
        assert headers["Urgency"] in ("low", "normal", "high") and len(headers["Topic"]) <= 32, headers
        assert len(body) <= 4096
        with self.arrived:
            if subscriber.answers:
                subscriber.refused += 1
                self.arrived.notify_all()
                return subscriber.answers.pop(0)
        notice = http_ece.decrypt(body, private_key=subscriber.key, auth_secret=subscriber.secret, version="aes128gcm")
        with self.arrived:
            subscriber.pushed.append(Pushed(json.loads(notice), headers))
            self.arrived.notify_all()
        return 201

    def check(self, authorization: str) -> None:
        """VAPID: the token is for this service, in date, and signed with the key that the browser subscribed with."""
        scheme, _, parameters = authorization.partition(" ")
        assert scheme == "vapid", authorization
        values = dict(part.strip().split("=", 1) for part in parameters.split(","))
        self.key = self.key or values["k"]
        assert values["k"] == self.key, "another key"
        head, payload, signature = values["t"].split(".")
        assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
        claims = json.loads(decoded(payload))
        assert claims["aud"] == self.origin, claims
        assert time.time() < claims["exp"] <= time.time() + 86_400, claims
        raw = decoded(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(values["k"]))
        key.verify(der, f"{head}.{payload}".encode(), ec.ECDSA(hashes.SHA256()))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
