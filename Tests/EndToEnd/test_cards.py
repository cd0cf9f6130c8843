"""Flashcards in the web app of the real program: made of a document, learned by keyboard, also without a network."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from app import App
from papers import note
from server import Account, Server

CELL = note("Cells", "The mitochondrion makes most of the ATP of a cell. The nucleus holds its genes.", "Ribosomes make proteins.")

SELECT = """(words) => {
    const host = document.querySelector('.text-scroller');
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
        return true;
    }
    return false;
}"""


def test_words_of_a_document_become_a_card_that_is_learned_and_leads_back(server: Server, account: Account, page: Page) -> None:
    document = account.bring("cells.md", CELL)["id"]
    app = App(page, server.url).sign_in(account.email)
    app.open(f"/d/{document}")
    expect(page.get_by_text("makes most of the ATP")).to_be_visible()
    words = "The mitochondrion makes most of the ATP of a cell."
    assert page.evaluate(SELECT, words)
    page.get_by_role("button", name="Make a card").click()
    form = page.get_by_role("dialog", name="New card")
    expect(form.get_by_role("textbox", name="Back")).to_have_value(words)
    form.get_by_role("textbox", name="Front").fill("What makes $ATP$?")
    form.get_by_role("button", name="Add card").click()
    expect(form).to_have_count(0)

    app.open("/cards")
    expect(page.get_by_text("1 card waits today")).to_be_visible()
    page.get_by_role("link", name="My cards", exact=True).click()
    page.get_by_role("button", name="New card", exact=True).first.click()
    form.get_by_text("Gaps", exact=True).click()
    form.get_by_role("textbox", name="Text with gaps").fill("Ribosomes make proteins.")
    form.get_by_role("textbox", name="Text with gaps").evaluate("(field) => field.setSelectionRange(15, 23)")
    form.get_by_role("button", name="Make a gap of the selection").click()
    expect(form.get_by_role("textbox", name="Text with gaps")).to_have_value("Ribosomes make {{c1::proteins}}.")
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("textbox", name="Text with gaps")).to_have_value("")
    page.keyboard.press("Escape")
    cards = page.get_by_role("list", name="Cards").get_by_role("listitem")
    expect(cards).to_have_count(2)
    page.get_by_role("searchbox", name="Find cards").fill("ribo")
    expect(cards).to_have_count(1)

    # By the keyboard alone: Space shows, 1 to 4 answer, U takes back.
    page.get_by_role("link", name="Review now").click()
    review = page.get_by_role("region", name="Reviewing")
    expect(review.get_by_role("article", name="Question")).to_contain_text("What makes")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    page.keyboard.press("Space")
    expect(review.get_by_role("button", name=re.compile("Good"))).to_contain_text("10 min")
    page.keyboard.press("4")
    expect(review.get_by_role("article", name="Question")).to_contain_text("Ribosomes make […]")
    page.keyboard.press("u")
    expect(review.get_by_role("article", name="Answer")).to_contain_text("mitochondrion")
    review.get_by_role("button", name="Cells").click()
    expect(page.locator(".text-scroller mark, .text-scroller .marked").first).to_contain_text("mitochondrion")
    page.go_back()

    # What is answered without a network is not lost, and counts once.
    expect(review.get_by_role("article", name="Question")).to_contain_text("What makes")
    page.context.set_offline(True)
    page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(review.get_by_role("article", name="Question")).to_contain_text("Ribosomes make […]")
    page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(review.get_by_text("2 answers wait for the network")).to_be_visible()
    expect(review.get_by_role("heading", name="Done for now")).to_be_visible()
    page.context.set_offline(False)
    expect(review.get_by_text("wait for the network")).to_have_count(0, timeout=20_000)
    listed = account.client.get("/cards").json()["data"]
    assert sorted((card["state"], card["reps"]) for card in listed) == [("review", 1), ("review", 1)]
    review.get_by_role("link", name="Back to the decks").click()
    expect(page.get_by_text("0 due")).to_be_visible()


def test_what_a_quiz_found_missing_becomes_cards_once(server: Server, account: Account, page: Page) -> None:
    gift = b"Which makes ATP? {=Mitochondrion ~Nucleus ~Vacuole#Plants have it}\n\nThe green pigment? {=chlorophyll}\n"
    quiz = account.client.post("/quizzes/import", files={"file": ("week 1.gift", gift)}).json()["id"]
    result = account.client.post(f"/quizzes/{quiz}/submissions", json={"answers": {}}).json()["id"]
    app = App(page, server.url).sign_in(account.email)
    for told in ["2 cards made.", "2 are cards already."]:
        app.open(f"/quiz/{quiz}/result/{result}")
        page.get_by_role("button", name="Make 2 cards of what you missed").click()
        expect(page.get_by_text(told)).to_be_visible()
    page.get_by_role("link", name="To the cards").click()
    expect(page.get_by_role("heading", name="Mistakes")).to_be_visible()
    cards = page.get_by_role("list", name="Cards").locator("> li")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="Which makes ATP?")).to_contain_text("Mitochondrion")


def test_a_picture_with_parts_covered_is_drawn_and_learned(server: Server, account: Account, page: Page) -> None:
    app = App(page, server.url).sign_in(account.email)
    app.open("/cards?sheet=new-card")
    form = page.get_by_role("dialog", name="New card")
    form.get_by_text("Covered picture", exact=True).click()
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "#88aacc").save(picture, "PNG")
    form.locator("input[type=file]").set_input_files({"name": "heart.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    frame = form.locator(".occlusion-frame")
    expect(frame.get_by_role("img")).to_be_visible()
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 80)
    page.mouse.up()
    form.get_by_role("button", name="Cover a part").click()
    second = form.get_by_role("button", name="Part 2")
    second.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    form.get_by_role("button", name="Add card").click()
    expect(frame).to_have_count(0)
    front = account.client.get("/cards").json()["data"][0]["front"]
    assert "{{c2::image-occlusion:rect:left=0.39:top=0.4:width=0.2:height=0.11}}" in front, front
    app.open("/review")
    review = page.get_by_role("region", name="Reviewing")
    expect(review.locator(".occlusion-asked")).to_have_count(1)
    assert review.locator(".occlusion img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 400
    page.keyboard.press("Space")
    expect(review.locator(".review-answer .occlusion-shown")).to_have_count(1)
    page.keyboard.press("3")
    expect(review.get_by_role("heading", name="Done for now").or_(review.locator(".occlusion-asked"))).to_be_visible()
