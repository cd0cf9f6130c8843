"""What a student has the tutor make by saying so: asked about, made, found by its link, taken back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app import App
from papers import note
from server import Account

CELL = note(
    "Cells", "Osmosis is the diffusion of water across a membrane. A ribosome is a machine that makes proteins.",
    "The mitochondrion makes most of the ATP of a cell. Glycolysis is the splitting of glucose in the cytosol.")


def test_the_tutor_makes_what_is_asked_for_when_the_student_agrees(app: App, account: Account) -> None:
    account.bring("cells.md", CELL)
    page = app.page
    app.open("/talk")
    app.ask("Make me 3 flashcards on cells")
    answer = app.wait_answered()
    expect(answer).to_contain_text("Shall I?")
    assert account.client.get("/decks").json()["data"] == []
    plan = answer.get_by_role("region", name="What can be made")
    plan.get_by_role("button", name="Make the cards").click()
    expect(plan).to_contain_text("Made: Cells")
    app.shot("tool-made")
    talk = page.url
    plan.get_by_role("link", name="Cells").click()
    expect(page).to_have_url(re.compile("/cards/[0-9a-f-]{36}$"))
    expect(app.heading("Cells")).to_be_visible()
    page.goto(talk)
    plan.get_by_role("button", name="Undo").click()
    expect(plan).to_contain_text("Taken back")
    assert account.client.get("/decks").json()["data"] == []
    expect(plan.get_by_role("button", name="Make the cards")).to_be_visible()
