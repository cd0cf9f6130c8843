"""A network in which every address of the world is this machine, so that whatever is asked for is heard, and nothing leaves.

Run inside by `enter`. The canary listens on all addresses at once; names are told by a server of our own, which may change its mind.
"""

from __future__ import annotations

import ipaddress
import os
import selectors
import socket
import struct
import subprocess
import threading
import time
import urllib.parse

#: Stand for the open internet.
PUBLIC, PUBLIC_6 = "93.184.216.34", "2606:2800:220:1::22"
WEB_PORTS = {80, 443}
#: Of the web, and of what else a server could be made to talk to.
PORTS = (80, 443, 22, 25, 6379, 8080)

ENTER = """
set -eu
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo
printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' >"$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
shift
exec "$@"
"""


def enter(folder: str, *command: str) -> list[str]:
    """The words that run a command within the network. Whoever is not root becomes it there."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *own, "--net", "--mount", "--propagation", "private", "sh", "-c", ENTER, "enter", folder, *command]


def is_possible(folder: str) -> bool:
    return subprocess.run(enter(folder, "true"), capture_output=True).returncode == 0


class Canary:
    """Counts connections by the address and port that they were made to. At the public ones it is a small web."""

    def __init__(self) -> None:
        self.hits: list[tuple[str, int]] = []
        self.selector = selectors.DefaultSelector()
        for family, everywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
            for port in PORTS:
                listener = socket.socket(family)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listener.bind((everywhere, port))
                listener.listen(128)
                self.selector.register(listener, selectors.EVENT_READ)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            for key, _ in self.selector.select():
                connection, _ = key.fileobj.accept()
                address, port = connection.getsockname()[:2]
                self.hits.append((address, port))
                if port == 80:
                    threading.Thread(target=self._answer, args=(connection,), daemon=True).start()
                else:
                    connection.close()

    def settled(self) -> list[tuple[str, int]]:
        """What was heard so far, once what is under way has come."""
        while True:
            count = len(self.hits)
            time.sleep(0.05)
            if count == len(self.hits):
                return list(self.hits)

    def leaks(self, since: int = 0) -> list[tuple[str, int]]:
        """Connections that were none to a web server of the open internet."""
        return [hit for hit in self.settled()[since:] if hit[0] not in (PUBLIC, PUBLIC_6) or hit[1] not in WEB_PORTS]

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            head = b""
            try:
                while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
                    head += more
                connection.sendall(self._page(head.decode("latin-1").split(" ")[1] if head else "/"))
            except (OSError, IndexError):
                pass

    @staticmethod
    def _page(target: str) -> bytes:
        path, _, query = target.partition("?")
        status, kind, more, body = "200 OK", "text/html", "", "<title>Canary</title><p>The canary sings of rivers and of their sources.</p>"
        if path.startswith("/to/"):
            status, more = path.removeprefix("/to/") + " Elsewhere", f"Location: {urllib.parse.unquote(query)}\r\n"
        elif path.endswith(".ics"):
            event = "BEGIN:VEVENT\r\nUID:one\r\nDTSTART:20300101T100000Z\r\nSUMMARY:Rivers\r\nEND:VEVENT\r\n"
            kind, body = "text/calendar", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n"
        text = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n{body}"
        return text.encode()


class Names:
    """A name server. A name says itself what it leads to: `a-7f000001.example.net` to 127.0.0.1, `flip-7f000001-x` to the open internet the
    first time and to 127.0.0.1 from then on, `both-…` to either at once, `six-…` to an IPv6 address."""

    def __init__(self) -> None:
        self.asked: dict[tuple[str, int], int] = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            question, sender = self.socket.recvfrom(4096)
            try:
                self.socket.sendto(self._answer(question), sender)
            except (IndexError, struct.error, ValueError):
                continue

    def _answer(self, question: bytes) -> bytes:
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode().lower())
            at += 1 + question[at]
        (kind,) = struct.unpack("!H", question[at + 1 : at + 3])
        name = ".".join(labels)
        count = self.asked[name, kind] = self.asked.get((name, kind), 0) + 1
        addresses = [ipaddress.ip_address(address) for address in self.addresses(labels, count)]
        fitting = [address for address in addresses if address.version == {1: 4, 28: 6}.get(kind)]
        records = b"".join(
            b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, len(address.packed)) + address.packed for address in fitting)
        code = 0x8180 if addresses else 0x8183
        head = question[:2] + struct.pack("!HHHHH", code, 1, len(fitting), 0, 0)
        return head + question[12 : at + 5] + records

    @staticmethod
    def addresses(labels: list[str], count: int) -> list[str]:
        if labels == ["metadata", "google", "internal"]:
            return ["169.254.169.254"]
        if labels[-2:] != ["example", "net"]:
            return []
        kind, _, rest = labels[0].partition("-")
        local = str(ipaddress.ip_address(bytes.fromhex(rest.split("-")[0]))) if rest else "127.0.0.1"
        match kind:
            case "public":
                return [PUBLIC, PUBLIC_6]
            case "a" | "six":
                return [local]
            case "both":
                return [local, PUBLIC]
            case "after":
                return [PUBLIC, local]
            case "flip":
                return [PUBLIC] if count == 1 else [local]
            case _:
                return []
