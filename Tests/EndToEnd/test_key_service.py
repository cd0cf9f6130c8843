"""The keys that seal secrets, wrapped by a key service: moto speaks Amazon's KMS, and botocore reckons every signature for itself."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import struct
import subprocess
import threading
import time
from collections.abc import Iterator

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from server import PASSWORD, Server, binary

REGION, ACCESS, SECRET = "eu-central-1", "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class KeyService:
    """KMS that believes no signature but its own reckoning of it. `is_down` answers 503."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.is_down = False
        self.app = DomainDispatcherApplication(create_backend_app)
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        client = boto3.client(
            "kms", region_name=REGION, endpoint_url=self.endpoint, aws_access_key_id=ACCESS, aws_secret_access_key=SECRET)
        # moto keeps what it has for as long as the process lives.
        self.alias = f"alias/little-monster-{self.server.port}"
        client.create_alias(AliasName=self.alias, TargetKeyId=client.create_key()["KeyMetadata"]["KeyId"])

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "LM_SEALING_KEYS_URL": f"kms+{self.endpoint}/{self.alias}?region={REGION}", "LM_KMS_ACCESS_KEY": ACCESS,
            "LM_KMS_SECRET_KEY": SECRET,
        }

    def answer(self, environ: dict, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if "botocore" not in environ.get("HTTP_USER_AGENT", "").lower():
            self.calls.append(target)
            if self.is_down:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            if not self.is_signed(environ, body):
                start_response("400 Bad Request", [("Content-Type", "application/x-amz-json-1.1")])
                return [b'{"__type":"com.amazonaws.kms#InvalidSignatureException","message":"no"}']
        environ["wsgi.input"] = io.BytesIO(body)
        return self.app(environ, start_response)

    @staticmethod
    def is_signed(environ: dict, body: bytes) -> bool:
        given = environ.get("HTTP_AUTHORIZATION", "")
        fields = dict(part.strip().split("=", 1) for part in given.removeprefix("AWS4-HMAC-SHA256 ").split(",") if "=" in part)
        names = fields.get("SignedHeaders", "").split(";")
        if not {"content-type", "host", "x-amz-date", "x-amz-target"} <= set(names):
            return False
        environment = {"content-type": "CONTENT_TYPE"}
        headers = {name: environ[environment.get(name, "HTTP_" + name.upper().replace("-", "_"))] for name in names}
        request = AWSRequest("POST", f"http://{environ['HTTP_HOST']}/", headers=headers, data=body)
        request.context["timestamp"] = headers["x-amz-date"]
        signer = SigV4Auth(Credentials(ACCESS, SECRET), "kms", REGION)
        expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        return hmac.compare_digest(expected, fields.get("Signature", ""))


@pytest.fixture
def kms(monkeypatch) -> Iterator[KeyService]:
    # What this machine has for Amazon is not for here.
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    service = KeyService()
    yield service
    service.server.shutdown()


def code(secret: str) -> str:
    """Of an authenticator app, now (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def run(server: Server, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin", "LM_DATA_DIR": str(server.data)} | {
        name: value for name, value in server.settings.items() if "KMS" in name or "SEALING" in name}
    return subprocess.run([binary(), *command], env=environment, capture_output=True, text=True)


def test_secrets_are_sealed_by_keys_that_the_disk_alone_does_not_have(kms: KeyService, serve) -> None:
    server: Server = serve(**kms.settings)
    assert kms.calls == ["TrentService.Encrypt", "TrentService.Decrypt", "TrentService.Decrypt"] or kms.calls == [
        "TrentService.Encrypt", "TrentService.Decrypt"], kms.calls
    assert not (server.data / "sealing.key").exists()
    wrapped = server.data / "sealing.wrapped"
    assert wrapped.stat().st_mode & 0o777 == 0o600
    ada = server.account("ada@example.org")
    begun = ada.client.post("/users/me/second-factor", json={"password": PASSWORD})
    assert begun.status_code == 201, begun.text

    # Another process wraps new keys while this one runs, which takes them up: what is sealed anew opens here.
    before = wrapped.read_bytes()
    rotated = run(server, "keys", "rotate")
    assert rotated.returncode == 0, rotated.stderr
    assert wrapped.read_bytes() != before
    for _ in range(100):
        confirmed = ada.client.post("/users/me/second-factor/confirm", json={"code": code(begun.json()["secret"])})
        if confirmed.status_code == 200:
            break
        assert confirmed.status_code == 503, confirmed.text
        time.sleep(0.1)
    assert confirmed.status_code == 200, confirmed.text

    # And after a restart.
    server.stop()
    server.start()
    refused = ada.client.post("/auth/login", json={"email": "ada@example.org", "password": PASSWORD})
    assert refused.status_code == 401 and refused.json()["details"] == {"code": "is required"}
    recovery = confirmed.json()["recovery_codes"][0]
    entered = ada.client.post("/auth/login", json={"email": "ada@example.org", "password": PASSWORD, "code": recovery})
    assert entered.status_code == 200, entered.text
    assert SECRET not in server.tail(100_000) and "LM_KMS_SECRET_KEY" not in server.tail(100_000)

    # Without the service the program does not start, and says why; while it runs it needs none.
    kms.is_down = True
    assert ada.client.get("/users/me").status_code == 200
    server.stop()
    told = run(server, "doctor")
    assert "key service" in told.stdout + told.stderr
    with pytest.raises(AssertionError, match="key service"):
        server.start()
    kms.is_down = False
    server.start()


def test_a_key_of_a_file_is_taken_over(kms: KeyService, serve) -> None:
    server: Server = serve()
    ada = server.account("ada@example.org")
    begun = ada.client.post("/users/me/second-factor", json={"password": PASSWORD})
    assert begun.status_code == 201
    server.stop()
    server.settings |= kms.settings
    server.start()
    assert "put sealing.key away" in server.tail(200)
    (server.data / "sealing.key").unlink()
    server.stop()
    server.start()
    confirmed = server.sign_in("ada@example.org").client.post(
        "/users/me/second-factor/confirm", json={"code": code(begun.json()["secret"])})
    assert confirmed.status_code == 200, confirmed.text


def test_a_wrong_signature_is_told(kms: KeyService, tmp_path) -> None:
    server = Server(tmp_path / "data", **(kms.settings | {"LM_KMS_SECRET_KEY": "another"}))
    with pytest.raises(AssertionError, match="InvalidSignatureException"):
        server.start()
