"""Brings a real server's back-ups to real servers of S3; see `Tests/Parts/backups`."""
import contextlib
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import boto3  # noqa: E402
import botocore.config  # noqa: E402
from server import Server, binary, free_port  # noqa: E402

SECRET = "secret-1234567"


def until_open(port, process):
    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None and time.monotonic() < deadline, "the server does not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)


class JuiceFS:
    """MinIO's server code before a folder."""

    name = "JuiceFS gateway (MinIO)"

    def __init__(self, folder):
        found = shutil.which("juicefs", path=str(pathlib.Path(sys.executable).parent)) or str(next(pathlib.Path(sys.prefix).rglob("bin/juicefs")))
        self.program, self.folder, self.port = found, folder, free_port()
        self.key, self.secret = "lmuser", SECRET
        self.meta = f"sqlite3://{folder}/m.db"
        subprocess.run([found, "format", "--trash-days", "0", "--storage", "file", "--bucket", f"{folder}/o/", self.meta, "lmfs"], check=True, capture_output=True)
        self.start()

    def start(self):
        environment = {**os.environ, "MINIO_ROOT_USER": self.key, "MINIO_ROOT_PASSWORD": self.secret}
        command = [self.program, "gateway", self.meta, f"127.0.0.1:{self.port}", "--multi-buckets", "--keep-etag", "--object-meta", "--no-usage-report", "--cache-dir", f"{self.folder}/c"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        until_open(self.port, self.process)

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


class Moto:
    name = "moto"

    def __init__(self, folder):
        self.port = free_port()
        # So many requests unsigned: the user, its policy, its key; from then on signatures are checked.
        environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "3"}
        program = pathlib.Path(sys.executable).parent / "moto_server"
        self.process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(self.port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until_open(self.port, self.process)
        identity = boto3.client("iam", endpoint_url=f"http://127.0.0.1:{self.port}", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
        identity.create_user(UserName="lm")
        identity.put_user_policy(UserName="lm", PolicyName="all", PolicyDocument='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}')
        made = identity.create_access_key(UserName="lm")["AccessKey"]
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]

    def stop(self):
        self.process.kill()
        self.process.wait(20)


def files(data):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (data / "blobs").glob("??/??/*")}


def rows(path):
    with contextlib.closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%'")]
        return {table: sorted(map(repr, base.execute(f'SELECT * FROM "{table}"'))) for table in tables}


def try_on(place, folder):
    client = boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{place.port}", region_name="us-east-1", aws_access_key_id=place.key,
        aws_secret_access_key=place.secret, config=botocore.config.Config(s3={"addressing_style": "path"}))
    client.create_bucket(Bucket="backups")
    # A name of somebody else's beside ours.
    client.put_object(Bucket="backups", Key="other/photo.jpg", Body=b"x")
    settings = {
        "LM_BACKUP_URL": f"s3://backups/little monster/one?endpoint=http://127.0.0.1:{place.port}&region=us-east-1".replace(" ", "%20"),
        "LM_BACKUP_ACCESS_KEY": place.key, "LM_BACKUP_SECRET_KEY": place.secret, "LM_BACKUP_PASSPHRASE": "nine bridges", "LM_BACKUP_CONTINUOUS": "off",
    }
    data = folder / "data"

    def lm(*words, **more):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LM_")}
        return subprocess.run([binary(), *words], env=environment | {"LM_DATA_DIR": str(data)} | settings | more, text=True, capture_output=True, timeout=600)

    def does(*words, **more):
        answer = lm(*words, **more)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    server = Server(data, LM_RATE_LIMITS="off").start()
    account = server.account("ada@example.org")
    for number in range(60):
        assert account.upload(f"{number}.md", f"# Note {number}\n\nThe keeper of {number} is keeper{number}.\n".encode()).status_code == 202
    # Larger than a piece, and of bytes that nothing makes smaller.
    assert account.upload("large.txt", b"\n".join(os.urandom(30).hex().encode() for _ in range(200_000))).status_code == 202
    does("backup")
    server.stop()
    does("backup")
    # More objects than a page of the list has.
    count = sum(len(page.get("Contents", [])) for page in client.get_paginator("list_objects_v2").paginate(Bucket="backups", Prefix="little monster/one/", PaginationConfig={"PageSize": 20}))
    assert count > 60, count
    does("backup", "verify", "--all")
    does("restore", "--to", str(folder / "again"))
    assert rows(folder / "again/little-monster.db") == rows(data / "little-monster.db")
    assert files(folder / "again") == files(data)
    assert client.get_object(Bucket="backups", Key="other/photo.jpg")["Body"].read() == b"x"

    wrong = lm("backup", "list", LM_BACKUP_SECRET_KEY="wrong-secret")
    assert wrong.returncode == 69 and "LM_BACKUP_SECRET_KEY" in wrong.stderr, wrong.stderr
    missing = lm("backup", LM_BACKUP_URL=settings["LM_BACKUP_URL"].replace("s3://backups", "s3://nowhere"))
    assert missing.returncode == 69 and "nowhere" in missing.stderr, missing.stderr
    if isinstance(place, JuiceFS):
        # Killed in the middle: no back-up, a clear word; and the next one is whole.
        before = does("backup", "list").count("\n")
        for number in range(200):
            (data / "blobs/zz").mkdir(exist_ok=True)
            content = os.urandom(200_000)
            digest = hashlib.sha256(content).hexdigest()
            path = data / "blobs" / digest[:2] / digest[2:4]
            path.mkdir(parents=True, exist_ok=True)
            (path / digest).write_bytes(content)
        running = subprocess.Popen([binary(), "backup"], env={**os.environ, "LM_DATA_DIR": str(data)} | settings, text=True, stderr=subprocess.PIPE)
        time.sleep(1.0)
        place.stop()
        said = running.communicate(timeout=300)[1]
        assert running.returncode == 69 and "cannot be asked" in said, said
        place.start()
        assert does("backup", "list").count("\n") == before
        does("backup")
        does("backup", "verify")
    print(f"RAN backups: {place.name}", file=sys.stderr)


for kind in (JuiceFS, Moto):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        place = kind(folder)
        try:
            try_on(place, folder)
        finally:
            place.stop()
