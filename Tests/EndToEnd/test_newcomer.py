"""The first thing that a student does: bring a document, ask, follow the citation to the page."""

import re

from playwright.sync_api import Page, expect

from app import App
from papers import FACT_PAGE, QUESTION
from server import Server


def test_a_newcomer_brings_a_pdf_asks_and_lands_on_the_highlighted_passage(page: Page, fresh_server: Server, handbook: bytes) -> None:
    app = App(page, fresh_server.url).open()
    expect(app.heading("Welcome")).to_be_visible()
    expect(page.get_by_text("It is the administrator’s.")).to_be_visible()
    app.register("first@example.org")

    app.drop(("handbook.pdf", "application/pdf", handbook))
    row = app.document("Handbook")
    expect(row.get_by_role("progressbar")).to_be_visible(timeout=30_000)
    row = app.wait_ready("Handbook")
    expect(row).to_contain_text("120 pages")
    app.shot("library")

    app.go("Ask")
    app.ask(QUESTION)
    answer = app.wait_answered()
    expect(answer).to_contain_text("417 kilopascals")
    citation = answer.get_by_role("button", name="Source 1", exact=True).first
    citation.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Halvorsen valve")

    citation.click()
    viewer = page.get_by_role("complementary", name="Document")
    expect(viewer.get_by_label("Page", exact=True)).to_have_value(str(FACT_PAGE), timeout=30_000)
    marks = viewer.locator("mark")
    expect(marks.first).to_be_in_viewport(timeout=30_000)
    assert "417 kilopascals" in re.sub(r"\s+", " ", " ".join(marks.all_text_contents()))
    app.shot("cited-passage")

    # The page's address leads there too.
    viewer.get_by_role("link", name="Open on a page of its own").click()
    expect(page).to_have_url(re.compile(rf"/d/.+page={FACT_PAGE}"))
    expect(page.locator("mark").first).to_be_in_viewport(timeout=30_000)
    page.reload()
    expect(page.locator("mark").first).to_be_in_viewport(timeout=30_000)


def test_the_sample_course_is_one_click_away_and_answers_its_own_questions(page: Page, fresh_server: Server) -> None:
    app = App(page, fresh_server.url).open().register("sample@example.org")
    page.get_by_role("button", name="Try the sample course").click()
    for title in ("Lecture 1: The plasma membrane", "Reading: How cells release energy", "Lecture 3: Photosynthesis", "Exam guide"):
        app.wait_ready(title)
    app.go("Ask")
    page.get_by_role("button", name="How does the sodium-potassium pump work?").click()
    answer = app.wait_answered()
    expect(answer).to_contain_text("three sodium ions")
    answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(page.get_by_role("complementary", name="Document").locator("mark").first).to_be_in_viewport()
    app.shot("sample-course")
