"""Drives a real `lm serve` whose texts another service reads aloud; see `Tests/Parts/reading-aloud`."""
import array
import base64
import contextlib
import http.server
import io
import json
import logging
import math
import os
import pathlib
import sys
import tempfile
import threading
import time
import urllib.parse
import wave
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
logging.getLogger("werkzeug").setLevel(logging.ERROR)
# moto lets so many requests in unsigned: a user, its policy and its key; from then on it checks.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3"

import boto3  # noqa: E402
import httpx  # noqa: E402
import openai  # noqa: E402
import pydantic  # noqa: E402
from elevenlabs.client import ElevenLabs  # noqa: E402
from elevenlabs.types import AudioWithTimestampsResponse  # noqa: E402
from moto.polly.responses import PollyResponse  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from openai.types.audio.speech_create_params import SpeechCreateParams  # noqa: E402
from server import PASSWORD, Server  # noqa: E402

TEXT = "The cell is small. It divides & grows."
WORDS = ["The", "cell", "is", "small", "It", "divides", "&", "grows"]


def samples(seconds, rate):
    """A tone that is loud all the time."""
    return array.array("h", (int(9000 * math.sin(place / 8)) for place in range(int(seconds * rate))))


def sound(seconds, rate=24_000):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples(seconds, rate).tobytes())
    return file.getvalue()


@contextlib.contextmanager
def study(settings):
    """A signed-in student's client on a server with these settings."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "data", LM_SPEECH="off", **settings).start()
        try:
            with httpx.Client(base_url=f"{server.url}/api/v1", timeout=120) as client:
                account = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
                client.headers["Authorization"] = "Bearer " + client.post("/auth/register", json=account).json()["access_token"]
                yield client
        finally:
            server.stop()


def spoken(client, text=TEXT, **wishes):
    answer = client.post("/tts/synthesize", json={"text": text, "format": "wav"} | wishes)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert len(made["words"]) == len(WORDS) or text != TEXT, made
    assert all(one["start"] <= one["end"] <= other["start"] for one, other in zip(made["words"], made["words"][1:])), made
    assert client.get(f"/tts/audio/{made['id']}").content[:4] == b"RIFF"
    return made


def polly():
    asked = []

    def speech(self):
        """What Polly says: a quarter of a second a word, and a mark for each."""
        asked.append(self.json)
        text = xml.fromstring(self.json["Text"])
        words = "".join(text.itertext()).replace(".", "").split()
        if self.json["OutputFormat"] == "json":
            lines, place = [], 0
            raw = self.json["Text"].encode()
            for number, word in enumerate(words):
                place = raw.index(word.encode(), place)
                lines.append(json.dumps({"time": 250 * number, "type": "word", "start": place, "end": place + len(word.encode()), "value": word}))
                place += len(word.encode())
            return "\n".join(lines) + "\n", {"Content-Type": "application/x-json-stream"}
        return samples(0.25 * len(words), int(self.json["SampleRate"])).tobytes(), {"Content-Type": "audio/pcm"}

    genuine = PollyResponse.speech

    def checked(self):
        # Its own checks of the request first.
        refused = genuine(self)
        return refused if refused[1].get("status", 200) >= 400 else speech(self)

    PollyResponse.speech = checked
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    try:
        url = "http://{}:{}".format(*moto.get_host_and_port())
        common = {"endpoint_url": url, "region_name": "eu-central-1"}
        iam = boto3.client("iam", aws_access_key_id="none", aws_secret_access_key="none", **common)
        iam.create_user(UserName="speaker")
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "polly:*", "Resource": "*"}]}
        iam.put_user_policy(UserName="speaker", PolicyName="speak", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName="speaker")["AccessKey"]
        # Amazon's own client first: what it cannot do is no test of ours.
        own = boto3.client("polly", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"], **common)
        whole = own.synthesize_speech(Text="<speak>one two</speak>", TextType="ssml", OutputFormat="pcm", SampleRate="16000", VoiceId="Joanna")
        assert len(whole["AudioStream"].read()) == 16_000
        asked.clear()
        settings = {"LM_TTS_POLLY_URL": url, "LM_TTS_POLLY_ACCESS_KEY": key["AccessKeyId"], "LM_TTS_POLLY_KEY": key["SecretAccessKey"],
                    "LM_TTS_POLLY_REGION": "eu-central-1", "LM_TTS_POLLY_MODEL": "standard"}
        with study(settings) as client:
            made = spoken(client)
            assert (made["engine"], made["voice"]) == ("polly", "polly-Joanna"), made
            assert all(abs(word["start"] - 0.25 * number) < 0.002 for number, word in enumerate(made["words"][:4])), made["words"]
            # Two sentences, each for its sound and for its times.
            assert len(asked) == 4 and {each["OutputFormat"] for each in asked} == {"pcm", "json"}, asked
            fast = spoken(client, speed=1.5, voice="polly-Matthew")
            assert fast["voice"] == "polly-Matthew" and 'rate="150%"' in asked[-1]["Text"], asked[-1]
            assert abs(fast["words"][1]["start"] - 0.25) < 0.002, fast["words"]
        with study(settings | {"LM_TTS_POLLY_KEY": "wrong"}) as client:
            asked.clear()
            made = spoken(client)
            assert made["engine"] == "flite" and not asked, made
    finally:
        PollyResponse.speech = genuine
        moto.stop()


class Provider(http.server.BaseHTTPRequestHandler):
    """A provider of which each test says how it answers."""
    protocol_version = "HTTP/1.1"
    answering = staticmethod(lambda handler, body: None)
    asked, faults = [], []

    def handle_all(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        type(self).asked.append((self.path, body))
        try:
            self.answering(self, body)
        except ConnectionError:
            # Where one sentence failed the others are not waited for.
            self.close_connection = True
        except Exception as fault:  # noqa: BLE001
            type(self).faults.append(repr(fault))
            self.answer(400, "text/plain", str(fault).encode())

    do_GET = do_POST = handle_all

    def answer(self, status, media_type, data, announced=None):
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(announced if announced is not None else len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def provider(answering):
    Provider.answering = staticmethod(answering)
    Provider.asked, Provider.faults = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
        assert not Provider.faults, Provider.faults
    finally:
        server.shutdown()


def open_ai():
    requests = pydantic.TypeAdapter(SpeechCreateParams)
    trouble = {"kind": None}

    def answering(handler, body):
        if handler.path != "/v1/audio/speech" or handler.headers["Authorization"] != "Bearer sk-right":
            error = {"message": "Incorrect API key provided.", "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}
            return handler.answer(401, "application/json", json.dumps({"error": error}).encode())
        asked = json.loads(body)
        requests.validate_python(asked)
        assert not set(asked) - set(SpeechCreateParams.__annotations__), asked
        made = sound(0.25 * len(asked["input"].split()))
        match trouble["kind"]:
            case "slow":
                time.sleep(25)
                handler.close_connection = True
            case "broken":
                handler.answer(200, "audio/wav", made[: len(made) // 2], announced=len(made))
                handler.close_connection = True
            case "limited": handler.answer(429, "application/json", b'{"error": {"message": "Rate limit reached"}}')
            case "down": handler.answer(503, "text/plain", b"overloaded")
            case "page": handler.answer(200, "text/html", b"<html>Welcome to the hotel's network</html>")
            case "endless":
                # A head as of a file that is still being made.
                handler.answer(200, "audio/wav", made[:4] + b"\xff\xff\xff\xff" + made[8:40] + b"\xff\xff\xff\xff" + made[44:])
            case _: handler.answer(200, "audio/wav", made)

    with provider(answering) as url:
        # OpenAI's own client first.
        own = openai.OpenAI(base_url=url + "/v1", api_key="sk-right", max_retries=0)
        assert own.audio.speech.create(model="m", voice="nova", input="One.", response_format="wav").content[:4] == b"RIFF"
        settings = {"LM_TTS_OPENAI_URL": url + "/v1", "LM_TTS_OPENAI_KEY": "sk-right", "LM_TTS_VOICES": "openai:nova,openai:onyx"}
        with study(settings) as client:
            voices = [voice for voice in client.get("/tts/voices").json()["data"] if voice["engine"] == "openai"]
            assert [(voice["id"], voice["language"]) for voice in voices] == [("openai-nova", "mul"), ("openai-onyx", "mul")], voices
            Provider.asked.clear()
            made = spoken(client)
            assert (made["engine"], made["voice"]) == ("openai", "openai-nova") and abs(made["words"][-1]["end"] - 2) < 0.7, made
            assert len(Provider.asked) == 2
            spoken(client)
            assert len(Provider.asked) == 2, "what was spoken is kept"
            german = spoken(client, "Die Zelle teilt sich und wächst.", voice="openai-onyx")
            assert german["voice"] == "openai-onyx"
            # Heard while it is spoken: the second sentence is asked for meanwhile.
            with client.stream("POST", "/tts/stream", json={"text": "One is here. Two is here."}) as answer:
                events = [line[7:] for line in answer.iter_lines() if line.startswith("event: ")]
            assert events == ["part", "part", "kept"], events
            trouble["kind"] = "endless"
            assert spoken(client, "It has no end in its head.")["engine"] == "openai"
            for number, kind in enumerate(["limited", "page", "broken", "slow"]):
                trouble["kind"] = kind
                begun = time.monotonic()
                made = spoken(client, f"Trouble number {number}.")
                assert made["engine"] == "flite", (kind, made)
                assert time.monotonic() - begun < 60, kind
            # What fails again and again is left alone.
            trouble["kind"] = "down"
            for number in range(6):
                assert spoken(client, f"It is down, {number}.")["engine"] == "flite"
            before = len(Provider.asked)
            assert spoken(client, "It is down, and is not asked.")["engine"] == "flite"
            assert len(Provider.asked) == before
            # What another engine spoke in its place is not taken for its own.
            trouble["kind"] = None
            deadline = time.monotonic() + 40
            while (made := spoken(client, "It is down, 0."))["engine"] != "openai":
                assert time.monotonic() < deadline, made
                time.sleep(1)
        with study(settings | {"LM_TTS_OPENAI_KEY": "sk-wrong"}) as client:
            assert spoken(client)["engine"] == "flite"
        with study(settings | {"LM_TTS_ORDER": "flite,espeak-ng"}) as client:
            Provider.asked.clear()
            assert spoken(client)["engine"] == "flite" and not Provider.asked


def eleven_labs():
    def answering(handler, body):
        address = urllib.parse.urlsplit(handler.path)
        if handler.headers["xi-api-key"] != "right":
            return handler.answer(401, "application/json", b'{"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}')
        assert address.path.startswith("/v1/text-to-speech/") and address.path.endswith("/with-timestamps"), handler.path
        form = urllib.parse.parse_qs(address.query)["output_format"][0]
        assert form.startswith("pcm_"), form
        asked = json.loads(body)
        known = {"text", "model_id", "language_code", "voice_settings", "seed", "previous_text", "next_text"}
        assert not set(asked) - known, asked
        letters = list(asked["text"])
        times = [0.05 * place for place in range(len(letters))]
        alignment = {"characters": letters, "character_start_times_seconds": times, "character_end_times_seconds": [each + 0.05 for each in times]}
        audio = samples(0.05 * len(letters), int(form[4:])).tobytes()
        answer = {"audio_base64": base64.b64encode(audio).decode(), "alignment": alignment, "normalized_alignment": alignment}
        AudioWithTimestampsResponse.model_validate(answer)
        handler.answer(200, "application/json", json.dumps(answer).encode())

    with provider(answering) as url:
        # ElevenLabs' own client first.
        own = ElevenLabs(base_url=url, api_key="right")
        whole = own.text_to_speech.convert_with_timestamps("v", text="One.", model_id="m", output_format="pcm_22050")
        assert whole.alignment.characters == list("One.")
        settings = {"LM_TTS_ELEVENLABS_URL": url, "LM_TTS_ELEVENLABS_KEY": "right"}
        with study(settings) as client:
            made = spoken(client)
            assert made["engine"] == "elevenlabs", made
            # "The cell": the second word begins with the fifth letter.
            assert abs(made["words"][1]["start"] - 0.2) < 0.002, made["words"]
            slow = spoken(client, speed=0.5)
            assert slow["duration_ms"] > made["duration_ms"] * 1.2, slow
        with study(settings | {"LM_TTS_ELEVENLABS_KEY": "wrong"}) as client:
            assert spoken(client)["engine"] == "flite"


def azure():
    def answering(handler, body):
        if handler.headers["Ocp-Apim-Subscription-Key"] != "right":
            return handler.answer(401, "text/plain", b"")
        assert handler.path == "/cognitiveservices/v1" and handler.headers["Content-Type"] == "application/ssml+xml", handler.path
        assert handler.headers["X-Microsoft-OutputFormat"] == "riff-24khz-16bit-mono-pcm" and handler.headers["User-Agent"]
        speak = xml.fromstring(body)
        space = "{http://www.w3.org/2001/10/synthesis}"
        assert speak.tag == space + "speak" and speak.get("version") == "1.0" and speak.get("{http://www.w3.org/XML/1998/namespace}lang"), body
        assert [child.tag for child in speak] == [space + "voice"] and speak[0].get("name"), body
        handler.answer(200, "audio/x-wav", sound(0.3 * len("".join(speak.itertext()).split())))

    with provider(answering) as url:
        settings = {"LM_TTS_AZURE_URL": url, "LM_TTS_AZURE_KEY": "right"}
        with study(settings) as client:
            assert spoken(client)["voice"] == "azure-en-US-JennyNeural"
            assert spoken(client, "Die Zelle teilt sich und wächst.", speed=1.25)["voice"] == "azure-de-DE-KatjaNeural"
        with study(settings | {"LM_TTS_AZURE_KEY": "wrong"}) as client:
            assert spoken(client)["engine"] == "flite"


def coqui():
    def answering(handler, _):
        address = urllib.parse.urlsplit(handler.path)
        query = urllib.parse.parse_qs(address.query, strict_parsing=True)
        assert address.path == "/api/tts" and set(query) <= {"text", "speaker_id", "style_wav", "language_id"}, handler.path
        handler.answer(200, "audio/wav", sound(0.3 * len(query["text"][0].split()), 22_050))

    with provider(answering) as url, study({"LM_TTS_COQUI_URL": url}) as client:
        made = spoken(client)
        assert (made["engine"], made["voice"]) == ("coqui", "coqui-default"), made
        # It has no speeds: they are made here.
        assert spoken(client, speed=2)["duration_ms"] < made["duration_ms"] * 0.75


for run, what in [
    (polly, "Polly's requests as moto checks their signatures and their form; sound and times in Polly's form"),
    (open_ai, "/audio/speech as OpenAI's client types it; a key, a limit, a page, a broken and a slow answer, a server that is down"),
    (eleven_labs, "ElevenLabs as its own client asks and reads"),
    (azure, "Azure Speech, form only"),
    (coqui, "Coqui's tts-server, form only"),
]:
    run()
    print(f"RAN reading-aloud: {what}", file=sys.stderr)
