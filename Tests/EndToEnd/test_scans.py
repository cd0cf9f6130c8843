"""Scanned pages and pictures: asked, found, and marked where the words stand."""

import pathlib

from playwright.sync_api import expect

from app import App
from server import Account

LAYOUTS = pathlib.Path(__file__).parents[1] / "LibraryTests" / "Fixtures" / "Layouts"


def test_an_answer_from_a_scanned_page_is_marked_on_its_picture(app: App, account: Account) -> None:
    app.drop(("mixed.pdf", "application/pdf", (LAYOUTS / "mixed.pdf").read_bytes()))
    app.wait_ready("mixed")
    app.go("Ask")
    app.ask("How many nephrons does each kidney have?")
    app.wait_answered()
    page = app.page
    expect(app.answer).to_contain_text("a million nephrons")
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    panel = page.get_by_role("complementary", name="Document")
    mark = panel.get_by_role("group", name="Page 2", exact=True).locator("mark", has_text="million")
    expect(mark).to_be_in_viewport(timeout=30_000)
    # The word is drawn at 540 of 1240 points from the left and 220 of 1754 from the top of its page.
    sheet, box = panel.get_by_role("group", name="Page 2", exact=True).bounding_box(), mark.bounding_box()
    assert 0.3 < (box["x"] - sheet["x"]) / sheet["width"] < 0.6 and 0.11 < (box["y"] - sheet["y"]) / sheet["height"] < 0.17
    expect(panel.get_by_text("Page 2 was read from its picture and may have errors.")).to_be_visible()


def test_words_of_a_scanned_page_and_of_a_picture_are_found(app: App, account: Account) -> None:
    scan = account.bring("mixed.pdf", (LAYOUTS / "mixed.pdf").read_bytes())
    page = app.page
    page.goto(f"{app.url}/d/{scan['id']}")
    expect(page.get_by_role("group", name="Page 1", exact=True).locator("canvas")).to_be_visible(timeout=30_000)
    page.keyboard.press("Control+f")
    page.keyboard.type("glomerulus")
    expect(page.locator("mark.current").first).to_be_in_viewport(timeout=30_000)
    expect(page.get_by_label("Page", exact=True)).to_have_value("2")

    picture = account.bring("kidney.png", (LAYOUTS / "kidney.png").read_bytes())
    found = account.client.post("/documents/search", json={"query": "million nephrons", "document_ids": [picture["id"]]}).json()["data"][0]
    page.goto(f"{app.url}/d/{picture['id']}?chunk={found['chunk_id']}")
    expect(page.locator("mark", has_text="nephrons").first).to_be_in_viewport(timeout=30_000)
    expect(page.locator(".picture-page img")).to_be_visible()
