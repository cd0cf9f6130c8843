"""Pushes to browsers, through a push service that unseals them: reminders, once each, over several processes and a crash."""

from __future__ import annotations

import contextlib
import datetime
import pathlib
import sqlite3
import time
from collections.abc import Callable, Iterator

import pytest

from mail_server import MailServer
from postgres import Postgres
from push_server import PushServer, Subscriber
from server import Account, Server


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def service() -> Iterator[PushServer]:
    server = PushServer()
    yield server
    server.close()
    assert server.faults == []


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[Callable[..., Server]]:
    """Makes servers on one fresh database and data folder; stops them at the end."""
    settings = {} if request.param == "sqlite" else {"LM_DATABASE_URL": request.getfixturevalue("postgres").database()}
    servers: list[Server] = []

    def make(**more: str) -> Server:
        server = Server(tmp_path / "data", log=f"{len(servers)}.log", **settings, **more)
        servers.append(server)
        return server.start()

    yield make
    for server in servers:
        server.stop()


def subscribe(account: Account, subscriber: Subscriber) -> str:
    answer = account.client.post("/push/subscriptions", json=subscriber.body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def remind(account: Account, title: str, seconds: float, **fields: object) -> None:
    """An event that is told of at its start, some seconds from now."""
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    event = {"title": title, "type": "reminder", "start_date": f"{start:%Y-%m-%dT%H:%M:%S.%fZ}", "remind_before": 0} | fields
    answer = account.client.post("/planner/events", json=event)
    assert answer.status_code == 201, answer.text


def test_a_push_is_sealed_for_its_browser_and_one_that_is_gone_goes(place, service: PushServer) -> None:
    server = place(**service.settings)
    account = server.account("ada@example.org")
    assert account.client.post("/notifications/test", json={"channel": "push"}).status_code == 409
    phone, laptop = service.subscriber("phone"), service.subscriber("laptop")
    service.key = account.client.get("/push/key").json()["key"]
    for subscriber in (phone, laptop):
        subscribe(account, subscriber)
    laptop.answers = [503]
    other = server.account("ben@example.org")
    subscribe(other, gone := service.subscriber("gone"))
    gone.answers = [410]
    for each in (account, other):
        assert each.client.post("/notifications/test", json={"channel": "push"}).status_code == 204
    first = phone.wait()[0]
    assert first.notice["title"] == "It works" and first.notice["path"] == "settings/notifications", first
    assert 0 < int(first.headers["TTL"]) <= 3600 and first.headers["Urgency"] == "high"
    # The one that could not take it is asked again.
    assert laptop.wait()[0].notice == first.notice
    assert (laptop.refused, len(phone.pushed)) == (1, 1)
    deadline = time.monotonic() + 30
    while other.client.get("/push/subscriptions").json()["data"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert gone.pushed == []
    # What has come is noted after it was taken.
    listed = account.client.get("/push/subscriptions").json()["data"]
    while not all("last_used_at" in each for each in listed):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        listed = account.client.get("/push/subscriptions").json()["data"]
    assert {each["device_name"] for each in listed} == {"phone", "laptop"}
    # Whoever signs out is told nothing more.
    again = server.sign_in(account.email)
    subscribe(again, tablet := service.subscriber("tablet"))
    assert again.client.post("/auth/logout", json={"refresh_token": again.session["refresh_token"]}).status_code == 204
    assert "tablet" not in {each["device_name"] for each in account.client.get("/push/subscriptions").json()["data"]}
    assert tablet.pushed == []


def test_a_reminder_comes_once_by_each_channel_over_three_processes_one_of_which_is_killed(
    place, service: PushServer, tmp_path: pathlib.Path
) -> None:
    post = MailServer(tmp_path / "mail").start()
    settings = service.settings | post.settings
    try:
        servers = [place(**settings) for _ in range(3)]
        accounts = [servers[0].account(f"student{number}@example.org", post=post) for number in range(6)]
        browsers = []
        for account in accounts:
            wishes = account.client.get("/notifications/settings").json()["settings"]
            wishes["events"] = {"app": True, "push": True, "mail": True}
            assert account.client.put("/notifications/settings", json=wishes).status_code == 200
            browsers.append(service.subscriber(account.email.split("@")[0]))
            subscribe(account, browsers[-1])
            for number in range(5):
                remind(account, f"Swim {number}", 1)
        # The sweep runs each minute, in one of them. That one, or another, dies in the middle of it.
        browsers[0].wait(1, 150)
        servers[1].kill()
        for browser in browsers:
            browser.wait(5, 120)
        post.wait(30, 120)
        time.sleep(2)
        for browser in browsers:
            assert sorted({pushed.notice["title"] for pushed in browser.pushed}) == [f"Swim {number}" for number in range(5)]
            assert len({pushed.notice["tag"] for pushed in browser.pushed}) == 5
        # What a killed process had sent without saying so comes again under the same name, and no more than it had in hand.
        told = [(browser.name, pushed.notice["tag"]) for browser in browsers for pushed in browser.pushed]
        assert len(set(told)) == 30 and len(told) <= 34
        assert len({message["Message-ID"] for message in post.messages}) == 30 and len(post.messages) <= 34
    finally:
        post.stop()


def test_what_comes_late_says_so_and_what_is_of_no_use_does_not_come(tmp_path: pathlib.Path, service: PushServer) -> None:
    server = Server(tmp_path / "data", **service.settings).start()
    try:
        account = server.account("ada@example.org")
        subscribe(account, browser := service.subscriber("browser"))
        for title in ("Over", "Late", "Punctual"):
            remind(account, title, 7200)
        server.stop()
        # As if it had been away: what was to be told lies in the past.
        now = datetime.datetime.now(datetime.timezone.utc)
        with contextlib.closing(sqlite3.connect(server.data / "little-monster.db")) as database, database:
            for title, hours in (("Over", -3), ("Late", -0.5), ("Punctual", 0)):
                moment = f"{now + datetime.timedelta(hours=hours):%Y-%m-%dT%H:%M:%S.%fZ}"
                changed = database.execute(
                    "UPDATE planner_events SET start_date = ?, end_date = ?, remind_at = ? WHERE title = ?", (moment, moment, moment, title)
                )
                assert changed.rowcount == 1
        server.start()
        titles = {pushed.notice["title"]: pushed.notice["body"] for pushed in browser.wait(2, 150)}
        assert set(titles) == {"Late", "Punctual"}
        assert "This comes late" in titles["Late"] and "late" not in titles["Punctual"]
    finally:
        server.stop()
