"""The calendar as a real CalDAV client sees it, beside the app in a browser: found, written, changed in either place, synchronised."""

from __future__ import annotations

import datetime

import caldav
import httpx
import icalendar
import pytest
import recurring_ical_events
from playwright.sync_api import Page, expect

from app import App
from server import PASSWORD, Account, Server

UTC = datetime.timezone.utc
DAY = datetime.datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def client(server: Server, account: Account) -> caldav.DAVClient:
    made = account.client.post("/planner/passwords", json={"name": "A client", "password": PASSWORD})
    assert made.status_code == 201, made.text
    return caldav.DAVClient(url=f"{server.url}/dav/", username=account.email, password=made.json()["secret"])


def calendar_of(client: caldav.DAVClient) -> caldav.Calendar:
    calendars = client.principal().calendars()
    assert [str(each.url.path) for each in calendars] == ["/dav/calendars/planner/"]
    return calendars[0]


def event(account: Account, **fields: object) -> dict:
    made = account.client.post("/planner/events", json={"type": "class", "start_date": "2026-11-02T09:00:00Z", **fields})
    assert made.status_code == 201, made.text
    return made.json()


def titles(account: Account) -> list[str]:
    found = account.client.get("/planner/events", params={"from": "2026-10-01T00:00:00Z", "to": "2027-10-01T00:00:00Z"}).json()["data"]
    return [each["title"] for each in found]


def text_of(found: caldav.Event) -> str:
    return found.data.decode() if isinstance(found.data, bytes) else found.data


def test_a_client_finds_the_calendar_and_both_write_it(client: caldav.DAVClient, account: Account) -> None:
    calendar = calendar_of(client)
    assert calendar.get_supported_components() == ["VEVENT"]
    event(account, title="Lecture", time_zone="Europe/Berlin", rrule="FREQ=WEEKLY;COUNT=6", location="Hall 3")
    assert len(calendar.events()) == 1

    dentist = icalendar.Event.new(summary="Dentist", uid="dentist@phone", start=DAY + datetime.timedelta(days=1), end=DAY + datetime.timedelta(days=1, hours=1))
    made = calendar.save_event(icalendar.Calendar.new(subcomponents=[dentist]).to_ical().decode())
    assert titles(account).count("Dentist") == 1
    assert "UID:dentist@phone" in text_of(calendar.event_by_uid("dentist@phone"))

    # Changed by the client, then in the app: each sees what the other did.
    made.load()
    made.icalendar_component["SUMMARY"] = "Dentist, again"
    made.save()
    assert titles(account).count("Dentist, again") == 1
    mine = next(each for each in account.client.get("/planner/events", params={"from": "2026-11-03T00:00:00Z", "to": "2026-11-04T00:00:00Z"}).json()["data"])
    assert account.client.patch(f"/planner/events/{mine['id']}", json={"start_date": "2026-11-05T08:00:00Z"}).status_code == 200
    made.load()
    assert made.icalendar_component["DTSTART"].dt == datetime.datetime(2026, 11, 5, 8, tzinfo=UTC)
    made.delete()
    assert "Dentist, again" not in titles(account)


def test_series_with_exceptions_go_there_and_back(client: caldav.DAVClient, account: Account) -> None:
    calendar = calendar_of(client)
    series = event(account, title="Lab", time_zone="Europe/Berlin", start_date="2026-10-05T07:00:00Z", rrule="FREQ=WEEKLY;COUNT=8")
    path = f"/planner/events/{series['id']}"
    assert account.client.patch(path, json={"occurrence": "2026-10-12T07:00:00Z", "start_date": "2026-10-13T12:00:00Z"}).status_code == 200
    assert account.client.delete(path, params={"occurrence": "2026-10-19T07:00:00Z"}).status_code == 204
    (found,) = calendar.events()
    parsed = icalendar.Calendar.from_ical(text_of(found))
    times = sorted(each["DTSTART"].dt.astimezone(UTC) for each in recurring_ical_events.of(parsed).between((2026, 9, 1), (2027, 3, 1)))
    there = account.client.get("/planner/events", params={"from": "2026-09-01T00:00:00Z", "to": "2027-03-01T00:00:00Z"}).json()["data"]
    assert times == [datetime.datetime.fromisoformat(each["start_date"].replace("Z", "+00:00")) for each in there]
    # The clocks are put back on 25 October: nine in Berlin is an hour later in UTC.
    assert times[2] == datetime.datetime(2026, 10, 26, 8, tzinfo=UTC)

    # Written back as it came, nothing changes; without its exception that is gone.
    found.save()
    assert account.client.get("/planner/events", params={"from": "2026-09-01T00:00:00Z", "to": "2027-03-01T00:00:00Z"}).json()["data"].__len__() == len(there)
    whole = parsed.copy()
    whole.subcomponents = [each for each in parsed.subcomponents if "RECURRENCE-ID" not in each]
    found.data = whole.to_ical().decode()
    found.save()
    now = [each["start_date"] for each in account.client.get("/planner/events", params={"from": "2026-10-10T00:00:00Z", "to": "2026-10-18T00:00:00Z"}).json()["data"]]
    assert now == ["2026-10-12T07:00:00.000000Z"]


def test_a_client_asks_by_time_and_for_what_is_new(client: caldav.DAVClient, account: Account) -> None:
    calendar = calendar_of(client)
    event(account, title="Early", start_date="2026-11-02T09:00:00Z")
    event(account, title="Daily", start_date="2026-11-01T09:00:00Z", rrule="FREQ=DAILY;COUNT=40")
    event(account, title="Late", start_date="2027-02-01T09:00:00Z")
    found = calendar.search(start=DAY + datetime.timedelta(days=20), end=DAY + datetime.timedelta(days=21), event=True, expand=False)
    assert ["SUMMARY:Daily" in text_of(each) for each in found] == [True]
    assert len(calendar.search(start=DAY - datetime.timedelta(hours=2), end=DAY + datetime.timedelta(hours=2), event=True, expand=False)) == 2
    assert calendar.todos() == []

    seen = calendar.objects_by_sync_token(load_objects=True)
    assert len(list(seen)) == 3
    late = event(account, title="New", start_date="2026-12-01T09:00:00Z")
    first = next(each for each in account.client.get("/planner/events", params={"from": "2026-11-02T00:00:00Z", "to": "2026-11-03T00:00:00Z"}).json()["data"] if each["title"] == "Early")
    assert account.client.delete(f"/planner/events/{first['id']}").status_code == 204
    changed, gone = seen.sync()
    assert [str(each.url).rsplit("/", 1)[1] for each in changed] == [f"{late['id']}.ics"]
    assert [str(each.url).rsplit("/", 1)[1] for each in gone] == [f"{first['id']}.ics"]
    changed, gone = seen.sync()
    assert (list(changed), list(gone)) == ([], [])


def test_a_password_is_made_in_the_dialog_and_taken_away(server: Server, account: Account, page: Page) -> None:
    app = App(page, server.url).sign_in(account.email)
    app.open("/planner?sheet=calendar")
    dialog = page.get_by_role("dialog", name="Use the calendar elsewhere")
    dialog.get_by_label("For which program or device").fill("Thunderbird")
    dialog.get_by_role("button", name="Make a password").click()
    # It opens the calendar for as long as nobody takes it away, so it is asked who wants it.
    dialog.get_by_label("Password", exact=True).fill("not the one")
    dialog.get_by_role("button", name="Make a password").click()
    expect(dialog.get_by_text("The password is not right.")).to_be_visible()
    app.shot("calendar-proof")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Make a password").click()
    secret = dialog.get_by_role("textbox", name="Password of “Thunderbird”").input_value()
    assert len(secret) == 27
    auth = (account.email, secret)
    asked = httpx.request("PROPFIND", f"{server.url}/.well-known/caldav", auth=auth, headers={"Depth": "0"}, follow_redirects=True)
    assert asked.status_code == 207 and "/dav/principal/" in asked.text
    assert httpx.request("PROPFIND", f"{server.url}/dav/", auth=(account.email, "guess")).status_code == 401
    dialog.get_by_role("button", name="Take the password of “Thunderbird” away").click()
    expect(dialog.get_by_role("listitem").filter(has_text="Thunderbird")).to_have_count(0)
    assert httpx.request("PROPFIND", f"{server.url}/dav/", auth=auth).status_code == 401
