"""A language model that answers word by word at a given pace, over the API that many servers share.

It says nothing of its own: it lets a test stop, reload or kill in the middle of an answer, which the built-in tutor is too quick for.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = "The valve is described in the handbook [1]. ".split(" ") + [f"word{number}" for number in range(1, 61)] + ["end."]

#: For a question that asks for formulas: all that Markdown can hold, with each kind of drawing that KaTeX makes.
FORMULAS = r"""## Pressure

The valve obeys [1]:

$$
p = \frac{F}{A}, \qquad \vec{v} = \overbrace{a + b}^{n} + \sqrt{\frac{1}{2}}
$$

With $F = 10\,\text{N}$ and $A = 2$ this is plain [2].

| Quantity | Sign | Unit | What it means in words that take up some room |
|---|---|---|---|
| Pressure | p | Pa | force for each area |

```python
def pressure(force, area):
    return force / area  # a line that is much longer than any phone is wide, so that it has to scroll within itself
```

1. Open it.
2. Close it [1].
"""


class SlowModel:
    def __init__(self, pause: float = 0.08, says: str | None = None) -> None:
        """`says` in place of its usual words."""
        self.pause = pause
        self.words = says.split(" ") if says else WORDS
        self.requests = 0
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._json({"object": "list", "data": [{"id": "slow", "object": "model"}]})

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.requests += 1
                if not request.get("stream"):
                    self._json({"id": "1", "choices": [{"index": 0, "finish_reason": "stop",
                                                         "message": {"role": "assistant", "content": "A valve question"}}]})
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    asked = request["messages"][-1]["content"]
                    words, pause = (FORMULAS.split(" "), 0.005) if "formulas" in asked else (model.words, model.pause)
                    for index, word in enumerate(words):
                        self._event({"choices": [{"index": 0, "delta": {"content": word if index == 0 else f" {word}"}, "finish_reason": None}]})
                        time.sleep(pause)
                    self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
                    self.wfile.write(b"data: [DONE]\n\n")
                except OSError:
                    pass
                self.close_connection = True

            def _event(self, value: object) -> None:
                self.wfile.write(f"data: {json.dumps({'id': '1', 'object': 'chat.completion.chunk', **value})}\n\n".encode())
                self.wfile.flush()

            def _json(self, value: object) -> None:
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def settings(self) -> dict[str, str]:
        return {"LM_OPENAI_URL": f"http://127.0.0.1:{self.server.server_port}/v1", "LM_OPENAI_MODEL": "slow", "LM_OPENAI_API_KEY": "none"}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
