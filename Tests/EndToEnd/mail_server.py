"""A mail server on loopback, as a provider runs one: STARTTLS with a certificate of its own, a password, and a no for some."""

from __future__ import annotations

import datetime
import email
import email.policy
import ipaddress
import pathlib
import re
import ssl
import threading
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session, SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server import free_port

USER, WORD = "study@example.org", "p:ss/wörd"


def certificate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mail.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "mail.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "mail.pem", folder / "mail.key"


class MailServer:
    """Keeps what it takes. `answers` are what it says to the next messages instead of taking them: `451 later`.

    Who registers is sent a link at once, and who signs in with another program is told; those messages are kept apart, in `greetings`.
    """

    def __init__(self, folder: pathlib.Path, *, secure: bool = True, password: bool = True) -> None:
        self.authorities, key = certificate(folder)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.authorities, key)
        self.secure, self.password = secure, password
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.greetings: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.answers: list[str] = []
        self.arrived = threading.Condition()
        self.controller: Controller | None = None

    def start(self) -> "MailServer":
        options: dict[str, object] = {}
        if self.secure:
            options |= {"tls_context": self.context, "require_starttls": True}
        if self.password:
            options |= {"authenticator": self.authenticate, "auth_required": True, "auth_require_tls": self.secure}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def settings(self) -> dict[str, str]:
        user = "study%40example.org:p%3Ass%2Fw%C3%B6rd@" if self.password else ""
        return {
            "LM_SMTP_URL": f"smtp://{user}127.0.0.1:{self.port}", "LM_SMTP_CA_FILE": str(self.authorities),
            "LM_MAIL_FROM": "Little Monster <study@example.org>",
        }

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.login == USER.encode() and data.password == WORD.encode()
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        if any(words in message["Subject"] for words in ("Confirm your address", "Bestätige deine Adresse", "new device", "neuen Gerät")):
            with self.arrived:
                self.greetings.append(message)
                self.arrived.notify_all()
            return "250 taken"
        if self.answers:
            return self.answers.pop(0)
        with self.arrived:
            self.messages.append(message)
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
            self.arrived.notify_all()
        return "250 taken"

    def greeting(self, count: int = 1, seconds: float = 60) -> EmailMessage:
        """The last link to an address of a newcomer, once so many came."""
        with self.arrived:
            def links() -> list[EmailMessage]:
                return [message for message in self.greetings if "Confirm" in message["Subject"]]

            assert self.arrived.wait_for(lambda: len(links()) >= count, seconds), f"{len(links())} of {count} came"
            return links()[-1]

    def sign_up_token(self, address: str, seconds: float = 60) -> str:
        """Of the link by which somebody makes the account that they asked for."""
        with self.arrived:
            def links() -> list[str]:
                texts = (message.get_body(("plain",)).get_content() for message in self.greetings if message["To"] == address)
                return [found[1] for text in texts if (found := re.search(r"/confirm-sign-up#token=([\w-]+)", text))]

            assert self.arrived.wait_for(lambda: bool(links()), seconds), f"no link came to {address}"
            return links()[-1]

    def wait(self, count: int = 1, seconds: float = 60) -> list[EmailMessage]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.messages) >= count, seconds), f"{len(self.messages)} of {count} messages came"
            return list(self.messages)
