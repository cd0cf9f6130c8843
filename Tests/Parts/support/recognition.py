"""Drives a real `lm serve` whose scanned pages another service reads; see `Tests/Parts/text-recognition`."""
import base64
import http.server
import io
import json
import logging
import os
import pathlib
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
SCAN = ROOT / "Tests/LibraryTests/Fixtures/Layouts/niere.pdf"
logging.getLogger("werkzeug").setLevel(logging.ERROR)
# moto lets so many requests in unsigned: a user, its policy and its key; from then on it checks.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3"

import boto3  # noqa: E402
import botocore.parsers  # noqa: E402
import botocore.session  # noqa: E402
import botocore.validate  # noqa: E402
import httpx  # noqa: E402
import openai  # noqa: E402
import pydantic  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from moto.textract.models import TextractBackend  # noqa: E402
from openai.types.chat import ChatCompletion  # noqa: E402
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming  # noqa: E402
from PIL import Image  # noqa: E402
from server import PASSWORD, Server  # noqa: E402


def blocks():
    """An answer in the form of Textract's: two lines of three words, as Amazon's service model has them."""
    def geometry(left, top, width):
        corners = [(left, top), (left + width, top), (left + width, top + 0.02), (left, top + 0.02)]
        return {"BoundingBox": {"Left": left, "Top": top, "Width": width, "Height": 0.02}, "Polygon": [{"X": x, "Y": y} for x, y in corners]}

    made, lines = [], []
    for at, text in enumerate(["Zirbeldrüse macht Melatonin", "Melatonin macht müde"]):
        words = []
        for place, word in enumerate(text.split()):
            words.append({"BlockType": "WORD", "Id": f"w{at}{place}", "Text": word, "TextType": "PRINTED", "Confidence": 99.3,
                          "Geometry": geometry(0.1 + 0.2 * place, 0.1 + 0.03 * at, 0.18)})
        lines.append({"BlockType": "LINE", "Id": f"l{at}", "Text": text, "Confidence": 99.1, "Geometry": geometry(0.1, 0.1 + 0.03 * at, 0.58),
                      "Relationships": [{"Type": "CHILD", "Ids": [word["Id"] for word in words]}]})
        made += words
    page = {"BlockType": "PAGE", "Id": "p", "Geometry": geometry(0, 0, 1), "Relationships": [{"Type": "CHILD", "Ids": ["l0", "l1"]}]}
    return [page, *lines, *made]


def read(settings):
    """What becomes of a scan: the document, its text and the words of its page."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "data", **settings).start()
        try:
            with httpx.Client(base_url=f"{server.url}/api/v1", timeout=60) as client:
                account = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
                client.headers["Authorization"] = "Bearer " + client.post("/auth/register", json=account).json()["access_token"]
                document = client.post("/documents/upload", files={"file": ("niere.pdf", SCAN.read_bytes())}).json()
                deadline = time.monotonic() + 90
                while document["status"] not in ("completed", "failed"):
                    assert time.monotonic() < deadline, document
                    time.sleep(0.1)
                    document = client.get(f"/documents/{document['id']}").json()
                pages = client.get(f"/documents/{document['id']}/pages").json()["data"]
                words = client.get(f"/documents/{document['id']}/pages/1/words").json()
                found = client.post("/documents/search", json={"query": "Melatonin", "limit": 1}).json()
                return document, "\n".join(page["text"] for page in pages), words, found
        finally:
            server.stop()


def codes(document):
    return [note["code"] for note in document["notes"]]


def textract():
    answer = {"DocumentMetadata": {"Pages": 1}, "Blocks": blocks(), "DetectDocumentTextModelVersion": "1.0"}
    shape = botocore.session.get_session().get_service_model("textract").operation_model("DetectDocumentText").output_shape
    report = botocore.validate.ParamValidator().validate(answer, shape)
    assert not report.has_errors(), report.generate_report()
    asked = []

    def detect(_):
        asked.append(True)
        return answer

    TextractBackend.detect_document_text = detect
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    try:
        url = "http://{}:{}".format(*moto.get_host_and_port())
        common = {"endpoint_url": url, "region_name": "eu-central-1"}
        iam = boto3.client("iam", aws_access_key_id="none", aws_secret_access_key="none", **common)
        iam.create_user(UserName="reader")
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "textract:DetectDocumentText", "Resource": "*"}]}
        iam.put_user_policy(UserName="reader", PolicyName="read", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        # Amazon's own client first: what it cannot do is no test of ours.
        own = boto3.client("textract", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"], **common)
        assert len(own.detect_document_text(Document={"Bytes": b"x"})["Blocks"]) == 9
        asked.clear()
        settings = {"LM_OCR_URL": url, "LM_OCR_ACCESS_KEY": key["AccessKeyId"], "LM_OCR_KEY": key["SecretAccessKey"], "LM_OCR_REGION": "eu-central-1"}
        document, text, words, found = read(settings)
        assert document["status"] == "completed" and codes(document) == ["recognised_pages"], document
        assert "Zirbeldrüse macht Melatonin" in text and asked, text
        word = next(word for line in words["lines"] for word in line["words"] if word["text"] == "müde")
        assert abs(word["left"] - words["width"] * 0.5) < 1 and abs(word["top"] - words["height"] * 0.13) < 1, word
        assert "Melatonin" in json.dumps(found, ensure_ascii=False)
        asked.clear()
        # A wrong secret is refused, and the page is read here.
        document, text, _, _ = read(settings | {"LM_OCR_KEY": "wrong"})
        assert not asked and document["status"] == "completed" and "fallback_pages" in codes(document), document
        assert "Melatonin" not in text and "Niere" in text, text
    finally:
        moto.stop()


class Chat(http.server.BaseHTTPRequestHandler):
    """`/v1/chat/completions` that takes what OpenAI's client may send, and answers what it may read."""
    requests = pydantic.TypeAdapter(CompletionCreateParamsNonStreaming, config=None)
    pictures, faults, reason = [], [], "stop"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/chat/completions" or self.headers["Authorization"] != "Bearer sk-right":
            return self.answer(401, {"error": {"message": "Incorrect API key provided.", "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}})
        try:
            asked = json.loads(body)
            self.requests.validate_python(asked, strict=False)
            unknown = set(asked) - set(CompletionCreateParamsNonStreaming.__annotations__) - {"model", "messages", "temperature"}
            assert not unknown, unknown
            part = next(part for part in asked["messages"][-1]["content"] if part["type"] == "image_url")
            head, data = part["image_url"]["url"].split(",", 1)
            picture = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
            picture.load()
            assert head == f"data:{Image.MIME[picture.format]};base64", head
            type(self).pictures.append(picture.size)
        except Exception as fault:  # noqa: BLE001
            type(self).faults.append(repr(fault))
            return self.answer(400, {"error": {"message": str(fault), "type": "invalid_request_error", "param": None, "code": None}})
        message = {"role": "assistant", "content": "# Die Zirbeldrüse\n\nDie Zirbeldrüse macht Melatonin.\n\n| Zeit | Spiegel |\n|---|---|\n| Nacht | hoch |", "refusal": None}
        self.answer(200, ChatCompletion.model_validate({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": asked["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": self.reason, "logprobs": None}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}, strict=True).model_dump(mode="json"))

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def vision():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        pixel = io.BytesIO()
        Image.new("L", (8, 8)).save(pixel, "PNG")
        content = [{"type": "text", "text": "Read."}, {"type": "image_url", "image_url": {"url": "data:image/png;base64," + base64.b64encode(pixel.getvalue()).decode()}}]
        # OpenAI's own client first.
        own = openai.OpenAI(base_url=url, api_key="sk-right", max_retries=0).chat.completions.create(model="m", messages=[{"role": "user", "content": content}])
        assert own.choices[0].message.content.startswith("# Die")
        Chat.pictures.clear()
        settings = {"LM_OCR_URL": url, "LM_OCR_MODEL": "sees", "LM_OCR_KEY": "sk-right"}
        document, text, _, found = read(settings)
        assert not Chat.faults, Chat.faults
        assert document["status"] == "completed" and codes(document) == ["recognised_pages"] and document["title"] == "Die Zirbeldrüse", document
        assert "Zeit | Spiegel\nNacht | hoch" in text, text
        assert "Melatonin" in json.dumps(found, ensure_ascii=False)
        # A4 at 200 dots an inch.
        assert len(Chat.pictures) == 1 and all(abs(a - b) < 12 for a, b in zip(Chat.pictures[0], (1654, 2339))), Chat.pictures
        # A wrong key, and an answer that was cut off: the page is read here.
        for change, reason in [({"LM_OCR_KEY": "sk-wrong"}, "stop"), ({}, "length")]:
            Chat.reason = reason
            document, text, _, _ = read(settings | change)
            assert document["status"] == "completed" and "fallback_pages" in codes(document) and "Melatonin" not in text, document
    finally:
        server.shutdown()


textract()
print("RAN text-recognition: Textract's requests as moto checks their signatures, its answers by Amazon's service model", file=sys.stderr)
vision()
print("RAN text-recognition: a model that sees pictures, requests and answers as OpenAI's client types them", file=sys.stderr)
