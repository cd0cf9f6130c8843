"""What a newcomer brings first: a scan, slides and a table. Each is asked, and its answer opened where it stands."""

import pathlib

from playwright.sync_api import Page, expect

from app import App
from office import presentation
from server import Account, Server

LAYOUTS = pathlib.Path(__file__).parents[1] / "LibraryTests" / "Fixtures" / "Layouts"
SLIDES = presentation([
    ("Weathering", ["Weathering is the breakdown of rocks at the surface of the earth.", "Frost splits rocks."], "Ask who has seen a scree."),
    ("Erosion", ["Erosion is the removal of loosened rock by water, ice or wind.", "A glacier carries boulders for miles."], "Show the moraine."),
])
METALS = b"""Metal,Symbol,Melting point in degrees Celsius,Density
Iron,Fe,1538,7.87
Tungsten,W,3422,19.25
Gallium,Ga,29.8,5.91
Copper,Cu,1085,8.96
"""


def test_a_newcomer_asks_a_scan_slides_and_a_table(page: Page, server: Server) -> None:
    app = App(page, server.url).open("/register").register("newcomer-files@example.org")
    app.drop(
        ("kidney scan.pdf", "application/pdf", (LAYOUTS / "mixed.pdf").read_bytes()),
        ("erosion.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", SLIDES),
        ("metals.csv", "text/csv", METALS),
    )
    expect(page.get_by_role("progressbar").first).to_be_visible()
    for title in ("kidney scan", "erosion", "metals"):
        app.wait_ready(title)
    app.shot("files-library")

    # What is suggested comes from all of them, and was tried.
    app.go("Ask")
    suggested = page.get_by_role("list", name="Suggested questions")
    expect(suggested.get_by_role("button", name="What is weathering?")).to_be_visible()
    app.shot("files-suggested")

    app.ask("How many nephrons does each kidney have?")
    expect(app.wait_answered()).to_contain_text("a million nephrons")
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    panel = page.get_by_role("complementary", name="Document")
    expect(panel.get_by_role("group", name="Page 2", exact=True).locator("mark", has_text="million")).to_be_in_viewport()
    app.shot("files-scan")

    app.ask("What does a glacier carry?")
    expect(app.wait_answered()).to_contain_text("boulders")
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(panel.locator("mark", has_text="glacier")).to_be_in_viewport()
    app.shot("files-slide")

    app.ask("What is the melting point of tungsten?")
    expect(app.wait_answered()).to_contain_text("3422")
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    row = page.get_by_role("row").filter(has_text="Tungsten")
    expect(row.locator("mark").first).to_be_in_viewport()
    # The row alone.
    expect(panel.locator("mark", has_text="Gallium")).to_have_count(0)
    app.shot("files-table")

    page.set_viewport_size({"width": 360, "height": 740})
    expect(row.locator("mark").first).to_be_in_viewport()
    app.shot("files-table-phone")


def test_what_a_document_does_not_hold_is_asked_of_all_by_a_button(app: App, account: Account) -> None:
    erosion = account.bring("erosion.pptx", SLIDES)
    account.bring("metals.csv", METALS)
    conversation = account.conversation(document_ids=[erosion["id"]])
    page = app.page
    page.goto(f"{app.url}/talk/{conversation}")
    app.ask("What is the melting point of tungsten?")
    expect(app.wait_answered()).to_contain_text("could not find")
    offer = app.answer.get_by_role("button", name="Not in this document. Ask all your documents?")
    expect(offer).to_be_visible()
    app.shot("ask-all-offered")
    page.reload()
    offer.press("Enter")
    expect(page.get_by_role("article", name="Answer")).to_have_count(2)
    expect(app.wait_answered()).to_contain_text("3422")
    expect(page.get_by_role("article", name="You asked").last).to_contain_text("Asked of all documents")
    expect(offer).to_have_count(0)
    app.shot("ask-all-answered")

    # Nothing is offered that none of them holds; what the tutor does not do comes with what it does.
    app.ask("Who won the world cup of 1998?")
    expect(app.wait_answered()).to_contain_text("the rest of your library does not hold it either")
    expect(app.answer.get_by_role("list", name="What you can ask next")).to_have_count(0)
    app.ask("Make me a quiz")
    app.wait_answered().get_by_role("button", name="Key terms").click()
    expect(page.get_by_role("article", name="Answer")).to_have_count(5)
    expect(app.wait_answered()).to_contain_text("Erosion: Erosion is the removal of loosened rock")
    app.shot("key-terms")
