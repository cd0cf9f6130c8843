"""Quizzes as a student meets them: made from a document, taken, gone on with elsewhere, and what came of them."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from app import LONG, App
from papers import note
from server import Account

TERMS = [
    "The mitochondrion is an organelle that makes most of the ATP of a cell.",
    "Photosynthesis is a process that turns light, water and carbon dioxide into sugar.",
    "Osmosis is the movement of water through a membrane that holds back what is dissolved.",
    "Chlorophyll is a green pigment that absorbs red and blue light.",
    "A ribosome is a machine of the cell that builds proteins from amino acids.",
]


def test_a_document_becomes_a_quiz_whose_answers_open_where_they_stand(app: App, account: Account) -> None:
    account.bring("cells.md", note("Cells", *TERMS))
    page = app.page
    app.open("/quizzes")
    page.get_by_role("main").get_by_role("button", name="New quiz").first.click()
    dialog = page.get_by_role("dialog", name="New quiz")
    dialog.get_by_label("Cells").check()
    dialog.get_by_role("button", name="Make the quiz").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible(timeout=LONG)
    # An exam is judged at the end.
    page.get_by_text("Exam", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text(re.compile(r"^Question 1 of \d+"))).to_be_visible()
    expect(app.main).to_have_count(0)
    while page.get_by_role("button", name="Hand in").count() == 0:
        page.get_by_role("button", name=re.compile("^(Next|To the end)$")).click()
    page.get_by_role("button", name="Hand in").click()
    expect(app.heading("Result")).to_be_visible()
    expect(page.get_by_label("Score")).to_contain_text("0%")
    source = page.get_by_role("main").get_by_role("link", name=re.compile("^Cells")).first
    source.click()
    expect(page).to_have_url(re.compile(r"/d/[^/]+\?.*chunk="))
    expect(page.locator("mark").first).to_be_visible()


def test_a_quiz_is_gone_on_with_elsewhere_and_mistakes_are_practised(app: App, account: Account, browser: Browser) -> None:
    gift = "Which makes ATP? {=Mitochondrion ~Nucleus ~Vacuole}\n\nPlants respire. {TRUE}\n\nThe green pigment? {=chlorophyll}\n\nBroken {=a\n"
    page = app.page
    app.open("/quizzes")
    page.get_by_label("Import").set_input_files({"name": "week 1.gift", "mimeType": "text/plain", "buffer": gift.encode()})
    expect(page.get_by_text("Line 7: its answers have no closing brace")).to_be_visible()
    page.get_by_role("link", name="3 questions were imported.").click()
    page.get_by_role("button", name="Begin").click()
    # By keys alone: a wrong option, what is told of it, a flag.
    expect(page.get_by_role("heading", name="Which makes ATP?")).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_label("Nucleus")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not right")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Come back to this one")).to_have_attribute("aria-pressed", "true")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and '"true"' in (answer.request.post_data or "")):
        page.keyboard.press("a")

    # What was judged, answered and flagged is on the other device too.
    other = App(browser.new_page(), app.url).sign_in(account.email)
    phone = other.page
    phone.goto(page.url)
    expect(phone.get_by_text("Question 2 of 3")).to_be_visible()
    expect(phone.get_by_role("button", name="Come back to this one")).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_label("True")).to_be_checked()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Right", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("textbox").fill("Chlorophyll")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Right", exact=True)).to_be_visible()
    phone.get_by_role("button", name="To the end").click()
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_label("Score")).to_contain_text("67%")
    other.shot("quiz-result")
    phone.get_by_role("button", name="Practise 1 mistake").click()
    expect(other.heading("Mistakes")).to_be_visible()
    expect(phone.get_by_text("1 question", exact=True)).to_be_visible()
    phone.close()
