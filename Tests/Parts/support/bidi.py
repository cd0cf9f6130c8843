"""Firefox by WebDriver BiDi, as far as a test needs it: Playwright does not drive Debian's Firefox. Standard library only."""

from __future__ import annotations

import base64
import json
import os
import pathlib
import re
import secrets
import socket
import struct
import subprocess
import time


class WebSocket:
    """A client's end of RFC 6455: text messages, no extensions."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.pending = b""
        while b"\r\n\r\n" not in self.pending:
            self.pending += self._more()
        head, self.pending = self.pending.split(b"\r\n\r\n", 1)
        assert b" 101 " in head.split(b"\r\n")[0], head

    def _more(self) -> bytes:
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("the browser closed the connection")
        return part

    def _take(self, count: int) -> bytes:
        while len(self.pending) < count:
            self.pending += self._more()
        taken, self.pending = self.pending[:count], self.pending[count:]
        return taken

    def send(self, text: str) -> None:
        body, mask = text.encode(), secrets.token_bytes(4)
        size = len(body)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size) if size < 1 << 16 else struct.pack("!BBQ", 0x81, 0xFF, size)
        self.socket.sendall(head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(body)))

    def receive(self) -> str:
        message = b""
        while True:
            first, second = self._take(2)
            size = second & 0x7F
            if size == 126:
                size = struct.unpack("!H", self._take(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", self._take(8))[0]
            body = self._take(size)
            if first & 0x0F in (0x8, 0x9, 0xA):
                continue
            message += body
            if first & 0x80:
                return message.decode()


class Firefox:
    """One page of a headless Firefox with a profile of its own."""

    def __init__(self, program: str, profile: pathlib.Path) -> None:
        profile.mkdir()
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(profile)})
        assert self.process.stderr
        for line in self.process.stderr:
            found = re.search(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)", line)
            if found:
                break
        else:
            raise RuntimeError("Firefox did not start")
        self.channel = WebSocket(int(found.group(1)), "/session")
        self.number = 0
        self.call("session.new", capabilities={})
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **params: object) -> dict:
        self.number += 1
        self.channel.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.channel.receive())
            if answer.get("id") != self.number:
                continue
            if answer["type"] == "error":
                raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
            return answer["result"]

    def open(self, url: str, width: int = 1280, height: int = 800) -> None:
        self.call("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})
        self.call("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, script: str) -> object:
        """The value of an expression; a promise is awaited."""
        result = self.call("script.evaluate", expression=script, target={"context": self.context}, awaitPromise=True)
        if result["type"] != "success":
            raise RuntimeError(f"{script}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def until(self, condition: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.run(f"Boolean({condition})"):
                return
            time.sleep(0.2)
        raise AssertionError(f"after {seconds} s still not: {condition}\n{self.run('document.body.innerText')}")

    def element(self, selector: str) -> dict:
        """The first visible element of a selector, to act on."""
        self.until(f"[...document.querySelectorAll({json.dumps(selector)})].some((item) => item.offsetParent !== null || item.type === 'file')")
        found = self.call("browsingContext.locateNodes", context=self.context, locator={"type": "css", "value": selector})
        return {"sharedId": found["nodes"][0]["sharedId"]}

    def click(self, selector: str) -> None:
        origin = {"type": "element", "element": self.element(selector)}
        self.call("input.performActions", context=self.context, actions=[{"type": "pointer", "id": "mouse", "actions": [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]}])

    def type(self, text: str) -> None:
        """Keys for whatever has the focus; `\\n` is Enter."""
        keys = [step for key in text.replace("\n", "\ue007") for step in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})]
        self.call("input.performActions", context=self.context, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def choose(self, selector: str, path: pathlib.Path) -> None:
        self.call("input.setFiles", context=self.context, element=self.element(selector), files=[str(path)])

    def shot(self, path: pathlib.Path) -> None:
        path.write_bytes(base64.b64decode(self.call("browsingContext.captureScreenshot", context=self.context)["data"]))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
