"""The planner in the web app of the real program: from a typed line to blocks that say why, moved by hand, missed and planned anew."""

from __future__ import annotations

import datetime
import re

from playwright.sync_api import Page, expect

from app import App
from server import Account, Server


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def blocks(account: Account) -> list[dict[str, object]]:
    """What is planned, missed blocks too, in order."""
    now = datetime.datetime.now(datetime.timezone.utc)
    times = {"from": now - datetime.timedelta(days=3), "to": now + datetime.timedelta(days=20)}
    found = account.client.get("/planner/events", params={name: f"{time:%Y-%m-%dT%H:%M:%SZ}" for name, time in times.items()})
    return [event for event in found.json()["data"] if "activity" in event]


def test_a_typed_exam_becomes_blocks_that_are_moved_missed_and_planned_anew(server: Server, account: Account, page: Page) -> None:
    assert account.client.post("/courses", json={"name": "Biology", "colour": "green"}).status_code == 201
    app = App(page, server.url).sign_in(account.email)
    app.open("/planner")

    # What was understood is shown, and kept by a second Enter.
    page.get_by_role("textbox", name="Write down what is when").fill("bio exam in 6 days 9am")
    page.keyboard.press("Enter")
    understood = page.get_by_role("region", name="Understood as")
    expect(understood).to_contain_text("Exam")
    expect(understood).to_contain_text(re.compile(r"9:00"))
    expect(understood.get_by_role("link", name="Biology")).to_be_visible()
    page.keyboard.press("Enter")
    expect(understood).to_have_count(0)

    page.get_by_role("button", name="Plan my week").first.click()
    setup = page.get_by_role("dialog", name="Plan my week")
    expect(setup.get_by_role("region", name="What you prepare for")).to_contain_text("bio exam")
    setup.get_by_role("button", name="Plan", exact=True).click()
    expect(setup).to_have_count(0)
    planned = blocks(account)
    assert planned
    first = planned[0]
    app.open(f"/planner?day={first['start_date'][:10]}")
    chip = page.locator(f"[data-event='{first['id']}@']")
    expect(chip).to_have_attribute("aria-label", re.compile("Prepare: bio exam, Study block, .*You prepare for “bio exam”"))

    # By the keyboard, and by the pointer.
    chip.focus()
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as moved:
        page.keyboard.press("Shift+ArrowDown")
        expect(page.get_by_role("status").filter(has_text="“Prepare: bio exam” is now").first).to_be_attached()
    assert moment(moved.value.json()["start_date"]) - moment(str(first["start_date"])) == datetime.timedelta(minutes=15)
    expect(chip).to_be_focused()
    # In the evening the first hours that are free stand at the window's foot.
    chip.evaluate("(chip) => chip.scrollIntoView({ block: 'center' })")
    box = chip.bounding_box()
    assert box is not None
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as moved:
        page.mouse.move(box["x"] + 20, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 20, box["y"] + 34, steps=3)
        # An hour is three rem high.
        page.mouse.move(box["x"] + 20, box["y"] + 58, steps=3)
        page.mouse.up()
    assert moment(moved.value.json()["start_date"]) - moment(str(first["start_date"])) == datetime.timedelta(hours=1, minutes=15)

    # It goes by undone; one tap plans it anew.
    yesterday = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    assert account.client.patch(f"/planner/events/{first['id']}", json={"start_date": f"{yesterday:%Y-%m-%d}T08:00:00Z"}).status_code == 200
    missed = page.get_by_role("region", name="1 block went by undone")
    expect(missed).to_be_visible()
    missed.get_by_role("button", name="Plan anew").click()
    expect(missed).to_have_count(0)
    again = blocks(account)
    assert first["id"] not in [block["id"] for block in again]
    assert len(again) == len(planned)
    assert all(moment(str(block["start_date"])) > datetime.datetime.now(datetime.timezone.utc) for block in again)


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Winter term"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@moodle", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_a_calendar_comes_in_is_looked_at_before_and_is_taken_back(server: Server, account: Account, page: Page) -> None:
    day = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)
    essay = f"SUMMARY:Essay is due|DTSTART:{day:%Y%m%d}T120000Z"
    file = calendar(f"SUMMARY:Lecture|LOCATION:Hall 3|DTSTART:{day:%Y%m%d}T080000Z|DTEND:{day:%Y%m%d}T093000Z", essay, "SUMMARY:Broken|DTSTART:soon")
    app = App(page, server.url).sign_in(account.email)
    app.open("/planner?sheet=bring-calendar")
    dialog = page.get_by_role("dialog", name="Bring a calendar in")
    dialog.locator("input[type=file]").set_input_files({"name": "term.ics", "mimeType": "text/calendar", "buffer": file})
    found = dialog.get_by_role("region", name="Winter term")
    expect(found).to_contain_text("2 new")
    found.get_by_text("1 was left out").click()
    expect(found).to_contain_text("“Broken” (line 19) has a DTSTART that is no time")
    assert events(account) == []
    dialog.get_by_role("button", name="Bring it in once").click()
    expect(dialog).to_have_count(0)
    assert [(event["title"], event["type"], event.get("location")) for event in events(account)] == [
        ("Lecture", "class", "Hall 3"), ("Essay is due", "deadline", None),
    ]
    app.open(f"/planner?day={day:%Y-%m-%d}")
    page.get_by_role("button", name=re.compile("^Lecture")).first.click()
    expect(page.get_by_role("dialog", name="Lecture")).to_contain_text("Hall 3")

    # The next file changes what is there, and doubles nothing; that alone is taken back.
    app.open("/planner?sheet=bring-calendar")
    dialog.locator("input[type=file]").set_input_files({"name": "term.ics", "mimeType": "text/calendar", "buffer": file.replace(b"Hall 3", b"Hall 5")})
    expect(found).to_contain_text("1 changed · 1 as it was")
    dialog.get_by_role("button", name="Bring it in once").click()
    expect(dialog).to_have_count(0)
    assert [event.get("location") for event in events(account)] == ["Hall 5", None]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is as it was before.")).to_be_visible()
    assert [event.get("location") for event in events(account)] == ["Hall 3", None]

    # An address within is told to be none that is opened.
    app.open("/planner?sheet=bring-calendar")
    dialog.get_by_text("An address").click()
    dialog.get_by_label("Address of the calendar").fill("webcal://127.0.0.1/me.ics")
    dialog.get_by_role("button", name="Look").click()
    expect(dialog.get_by_role("alert")).to_contain_text("may not be opened")


def events(account: Account) -> list[dict[str, object]]:
    """What happens in the next days, in order."""
    now = datetime.datetime.now(datetime.timezone.utc)
    times = {"from": f"{now:%Y-%m-%d}T00:00:00Z", "to": f"{now + datetime.timedelta(days=10):%Y-%m-%d}T00:00:00Z"}
    return account.client.get("/planner/events", params=times).json()["data"]
