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
