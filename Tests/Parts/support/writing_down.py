"""Drives a real `lm serve` whose recordings another service writes down; see `Tests/Parts/writing-down`."""
import array
import contextlib
import io
import json
import logging
import math
import os
import pathlib
import sys
import tempfile
import time
import wave

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
logging.getLogger("werkzeug").setLevel(logging.ERROR)
# moto lets so many requests in unsigned: a user, its policy and its key; from then on it checks.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3"

import boto3  # noqa: E402
import httpx  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from moto.transcribe.models import TranscribeBackend  # noqa: E402
from server import PASSWORD, Server  # noqa: E402

MODELS = pathlib.Path(os.environ.get("LM_SPEECH_DIR", ROOT / ".models/speech"))
REGION = "eu-central-1"
#: With its marks; a second each.
SAID = "Rubisco binds carbon. Who found that ?".split()


def recording(seconds):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(array.array("h", (int(9000 * math.sin(place / 8)) for place in range(int(seconds * 16_000)))).tobytes())
    return file.getvalue()


def written(name):
    """As Amazon leaves it in a bucket: items that are words or marks, numbers as texts."""
    items, second = [], 0
    for word in SAID:
        text, mark = (word[:-1], word[-1]) if word[-1] in ".?" else (word, None)
        if text:
            items.append({"id": len(items), "type": "pronunciation", "start_time": f"{second + 0.1:.3f}", "end_time": f"{second + 0.9:.3f}",
                          "alternatives": [{"confidence": "0.987", "content": text}]})
            second += 1
        if mark:
            items.append({"id": len(items), "type": "punctuation", "alternatives": [{"confidence": "0.0", "content": mark}]})
    text = " ".join(SAID)
    return {"jobName": name, "accountId": "123456789012", "status": "COMPLETED", "results": {
        "transcripts": [{"transcript": text}], "items": items,
        "audio_segments": [{"id": 0, "transcript": text, "start_time": "0.0", "end_time": f"{second}.0", "items": list(range(len(items)))}]}}


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


def until(look, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.2)
    raise AssertionError("it took too long")


def bring(client, **fields):
    sent = client.post("/stt/transcribe", files={"file": ("l.wav", recording(6))}, data=fields)
    assert sent.status_code == 202, sent.text
    return sent.json()


def finished(client, sent):
    def look():
        now = client.get(f"/stt/transcripts/{sent['id']}").json()
        return now if now["state"] in ("completed", "failed") else None
    return until(look)


def amazon():
    orders, moto = [], ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    start, get = TranscribeBackend.start_transcription_job, TranscribeBackend.get_transcription_job
    failing = []

    moto.start()
    try:
        url = "http://{}:{}".format(*moto.get_host_and_port())
        common = {"endpoint_url": url, "region_name": REGION}
        iam = boto3.client("iam", aws_access_key_id="none", aws_secret_access_key="none", **common)
        iam.create_user(UserName="listener")
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["transcribe:*", "s3:*"], "Resource": "*"}]}
        iam.put_user_policy(UserName="listener", PolicyName="listen", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName="listener")["AccessKey"]
        keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        bucket = boto3.client("s3", **keys, **common)
        own = boto3.client("transcribe", **keys, **common)
        bucket.create_bucket(Bucket="lectures", CreateBucketConfiguration={"LocationConstraint": REGION})

        def ordered(self, **order):
            # What Amazon's own client would not send is no order.
            head = bucket.get_object(Bucket="lectures", Key=order["media"]["MediaFileUri"].removeprefix("s3://lectures/"))
            order["sound"] = head["Body"].read()
            orders.append(order)
            return start(self, **{name: value for name, value in order.items() if name != "sound"})

        def looked(self, transcription_job_name):
            answer = get(self, transcription_job_name)
            job = answer["TranscriptionJob"]
            if job["TranscriptionJobStatus"] == "COMPLETED":
                if failing:
                    return {"TranscriptionJob": job | {"TranscriptionJobStatus": "FAILED", "FailureReason": failing.pop()}}
                bucket.put_object(Bucket="lectures", Key=orders[-1]["output_key"], Body=json.dumps(written(transcription_job_name)))
            return answer

        TranscribeBackend.start_transcription_job = ordered
        TranscribeBackend.get_transcription_job = looked
        settings = {"LM_STT_AMAZON_URL": url, "LM_STT_AMAZON_STORAGE_URL": url, "LM_STT_AMAZON_BUCKET": "lectures", "LM_STT_AMAZON_REGION": REGION,
                    "LM_STT_AMAZON_ACCESS_KEY": key["AccessKeyId"], "LM_STT_AMAZON_KEY": key["SecretAccessKey"]}

        def left():
            jobs = own.list_transcription_jobs()["TranscriptionJobSummaries"]
            return [each["Key"] for each in bucket.list_objects_v2(Bucket="lectures").get("Contents", [])] + jobs

        with study(settings) as client:
            made = finished(client, bring(client, language="en"))
            assert made["state"] == "completed" and made["engine"] == "amazon" and made["gaps"] == [], made
            assert [each["text"] for each in made["segments"]] == ["Rubisco binds carbon.", "Who found that?"], made["segments"]
            words = [word for each in made["segments"] for word in each["words"]]
            assert all(abs(word["start"] - number - 0.1) < 0.002 for number, word in enumerate(words)), words
            assert abs(made["confidence"] - 0.987) < 0.001, made["confidence"]
            assert orders[0]["sound"][:4] == b"OggS" and orders[0]["language_code"] == "en-US" and orders[0]["media_format"] == "ogg", orders[0]
            assert left() == [], left()
            finished(client, bring(client))
            assert orders[-1]["identify_language"] is True and not orders[-1]["language_code"], orders[-1]
            assert left() == [], left()

        hears = (MODELS / "whisper.bin").exists()
        models = {"LM_SPEECH_DIR": str(MODELS)} if hears else {}
        with study(settings | models) as client:
            failing.append("The media format is not supported.")
            sent = bring(client)
            if hears:
                # A tone says nothing, which this machine finds out by itself.
                made = finished(client, sent)
                assert made["state"] == "completed" and made["engine"] == "whisper" and made["segments"] == [], made
            else:
                problem = until(lambda: client.get(f"/stt/jobs/{sent['job_id']}").json().get("problem"))
                assert "did not write it down" in problem, problem
            assert until(lambda: True if left() == [] else None)
        with study(settings | models | {"LM_STT_AMAZON_KEY": "wrong"}) as client:
            count, sent = len(orders), bring(client)
            if hears:
                assert finished(client, sent)["engine"] == "whisper"
            else:
                problem = until(lambda: client.get(f"/stt/jobs/{sent['job_id']}").json().get("problem"))
                assert "does not accept the key" in problem, problem
            assert len(orders) == count
    finally:
        TranscribeBackend.start_transcription_job, TranscribeBackend.get_transcription_job = start, get
        moto.stop()


amazon()
print("RAN writing-down: Amazon Transcribe and S3 as moto checks their signatures and form; words as Amazon leaves them in a bucket", file=sys.stderr)
