"""An authenticator in software, by others' parts: CBOR, COSE and the forms of WebAuthn are PyPI's fido2, signatures are cryptography's."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, BACKED_UP = 0x01, 0x04, 0x18


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(encoded: str) -> bytes:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


class Authenticator:
    """Holds one passkey."""

    def __init__(self, origin: str, algorithm: str = "ES256") -> None:
        self.origin, self.algorithm, self.count = origin, algorithm, 0
        self.id = os.urandom(32)
        self.handle: bytes | None = None
        if algorithm == "ES256":
            self.key = ec.generate_private_key(ec.SECP256R1())
            self.cose: CoseKey = ES256.from_cryptography_key(self.key.public_key())
        elif algorithm == "RS256":
            self.key = rsa.generate_private_key(65537, 2048)
            self.cose = RS256.from_cryptography_key(self.key.public_key())
        else:
            self.key = ed25519.Ed25519PrivateKey.generate()
            self.cose = EdDSA.from_cryptography_key(self.key.public_key())

    def sign(self, message: bytes) -> bytes:
        if self.algorithm == "ES256":
            return self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == "RS256":
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message)

    def client_data(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(type=kind, challenge=data(challenge), origin=self.origin))

    def create(self, options: dict, *, form: str = "none", flags: int = PRESENT | VERIFIED, **changes: bytes) -> dict:
        self.handle = data(options["user"]["id"])
        client = changes.get("client") or self.client_data("webauthn.create", options["challenge"])
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, self.cose)
        made = bytes(AuthenticatorData.create(hashlib.sha256(options["rp"]["id"].encode()).digest(), flags | 0x40, self.count, bytes(attested)))
        statement = {} if form == "none" else {"alg": self.cose[3], "sig": self.sign(made + hashlib.sha256(client).digest())}
        AttestationObject.create(form, AuthenticatorData(made), statement)
        whole = cbor.encode({"fmt": form, "attStmt": statement, "authData": made})
        return {"id": text(self.id), "response": {"clientDataJSON": text(client), "attestationObject": text(whole)}}

    def get(self, options: dict, *, flags: int = PRESENT | VERIFIED, counts: bool = True, client: bytes | None = None) -> dict:
        self.count += 1 if counts else 0
        client = client or self.client_data("webauthn.get", options["challenge"])
        made = bytes(AuthenticatorData.create(hashlib.sha256(options["rpId"].encode()).digest(), flags, self.count))
        return {
            "id": text(self.id),
            "response": {
                "clientDataJSON": text(client), "authenticatorData": text(made), "signature": text(self.sign(made + hashlib.sha256(client).digest())),
                "userHandle": text(self.handle or b""),
            },
        }


def vectors() -> list[dict]:
    """What `Tests/WebAuthnTests/Fixtures/fido2.json` holds: passkeys of each kind, made and used twice."""
    made = []
    for algorithm in ("ES256", "RS256", "EdDSA"):
        for form in ("none", "packed"):
            one = Authenticator("https://study.example.org", algorithm)
            options = {"challenge": text(os.urandom(32)), "rp": {"id": "study.example.org"}, "user": {"id": text(os.urandom(16))}}
            asked = [{"challenge": text(os.urandom(32)), "rpId": "study.example.org"} for _ in range(2)]
            made.append({
                "algorithm": algorithm, "form": form, "challenge": options["challenge"], "created": one.create(options, form=form),
                "uses": [{"challenge": each["challenge"], "credential": one.get(each)} for each in asked],
            })
    return made


if __name__ == "__main__":
    print(json.dumps(vectors(), indent=1))
