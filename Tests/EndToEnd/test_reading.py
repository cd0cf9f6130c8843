"""Reading a document: its contents, and the place where one stopped."""

import re

from playwright.sync_api import Page, expect

from app import App
from papers import linked_pdf
from server import Account

GUIDE = """# Steam guide

Steam is water vapour.

## Boilers

{filler}

### Feed water

{filler}

## Turbines

{filler}

## Safety

The Halvorsen valve opens at 417 kilopascals.
""".replace("{filler}", "\n\n".join(f"Paragraph {number} tells of pressure, of heat and of the work that both can do." for number in range(30))).encode()


def contents(page: Page):
    return page.get_by_role("navigation", name="Contents")


def test_the_contents_of_a_pdf_lead_to_its_headings(app: App, account: Account, handbook: bytes) -> None:
    document = account.bring("handbook.pdf", handbook)
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{app.url}/documents/{document['id']}")
    page.get_by_role("button", name="Contents", exact=True).click()
    heading = contents(page).get_by_role("button", name=re.compile("^Section 64: "))
    heading.click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("64")
    expect(heading).to_have_attribute("aria-current", "location")
    # The section follows the reader, and the contents show it.
    page.get_by_label("Page", exact=True).fill("101")
    page.keyboard.press("Enter")
    there = contents(page).get_by_role("button", name=re.compile("^Section 101: "))
    expect(there).to_have_attribute("aria-current", "location")
    expect(there).to_be_in_viewport()
    expect(contents(page).locator("[aria-current]")).to_have_count(1)
    # They stay open for the next document, and closed once they were closed.
    page.reload()
    expect(contents(page)).to_be_visible()
    page.get_by_role("button", name="Contents", exact=True).click()
    expect(contents(page)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Contents", exact=True)).to_be_visible()
    expect(contents(page)).to_have_count(0)


def test_on_a_phone_the_contents_of_a_text_lie_over_it_until_a_heading_is_picked(app: App, account: Account) -> None:
    document = account.bring("guide.md", GUIDE)
    page = app.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{app.url}/documents/{document['id']}")
    button = page.get_by_role("button", name="Contents", exact=True)
    button.click()
    expect(contents(page).get_by_role("button", name="Steam guide", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(contents(page)).to_have_count(0)
    expect(button).to_be_focused()
    button.click()
    branch = contents(page).get_by_role("button", name="Headings under Boilers")
    branch.click()
    expect(contents(page).get_by_role("button", name="Feed water", exact=True)).to_have_count(0)
    branch.click()
    contents(page).get_by_role("button", name="Feed water", exact=True).click()
    expect(contents(page)).to_have_count(0)
    expect(page.get_by_role("heading", name="Feed water")).to_be_in_viewport()
    button.click()
    expect(contents(page).get_by_role("button", name="Feed water", exact=True)).to_have_attribute("aria-current", "location")


def test_a_document_opens_where_it_was_left_unless_a_link_says_where(app: App, account: Account, handbook: bytes) -> None:
    document = account.bring("handbook.pdf", handbook)
    page = app.page
    field = page.get_by_label("Page", exact=True)
    page.goto(f"{app.url}/documents/{document['id']}")
    expect(field).to_have_value("1")
    field.fill("58")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Page 58", exact=True).locator("canvas")).to_be_visible()
    app.go("Library")
    app.document("Handbook").get_by_role("link").click()
    expect(field).to_have_value("58")
    page.goto(f"{app.url}/documents/{document['id']}?page=7")
    expect(field).to_have_value("7")


def test_a_text_opens_where_it_was_left(app: App, account: Account) -> None:
    document = account.bring("guide.md", GUIDE)
    page = app.page
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{app.url}/documents/{document['id']}")
    safety = page.get_by_role("heading", name="Safety")
    expect(safety).to_be_visible()
    expect(safety).not_to_be_in_viewport()
    safety.scroll_into_view_if_needed()
    expect(safety).to_be_in_viewport()
    app.go("Library")
    app.document("Steam guide").get_by_role("link").click()
    expect(safety).to_be_in_viewport()


def test_the_links_of_a_pdf_lead_within_it_and_out_of_it_but_run_nothing(app: App, account: Account) -> None:
    document = account.bring("linked.pdf", linked_pdf())
    page = app.page
    page.goto(f"{app.url}/documents/{document['id']}")
    first = page.get_by_role("group", name="Page 1", exact=True)
    out = first.get_by_role("link")
    expect(out).to_have_count(1)
    expect(out).to_have_attribute("href", "https://example.org/further")
    expect(out).to_have_attribute("target", "_blank")
    expect(out).to_have_attribute("rel", "noopener noreferrer")
    first.get_by_role("button", name="Go to this place in the document").click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("3")
    expect(page.get_by_role("group", name="Page 3", exact=True)).to_be_in_viewport()


def test_a_document_is_asked_beside_itself(app: App, account: Account) -> None:
    document = account.bring("guide.md", GUIDE)
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    question = page.get_by_label("Your question")
    ask = page.get_by_role("button", name="Ask about the selection")
    text = page.get_by_role("region", name="Text of Steam guide")
    page.goto(f"{app.url}/d/{document['id']}")
    page.get_by_text("Steam is water vapour.").click(click_count=3)
    ask.click()
    expect(question).to_have_value(re.compile("^“Steam is water vapour.”\n\n$"))
    expect(question).to_be_focused()
    # The document stays where it is.
    expect(text).to_be_visible()
    question.fill("At what pressure does the Halvorsen valve open?")
    page.keyboard.press("Enter")
    answer = app.wait_answered()
    expect(answer).to_contain_text("417 kilopascals")
    answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(text.locator("mark").first).to_be_in_viewport()
    expect(answer).to_be_visible()
    # The question in hand takes further words.
    text.get_by_text("The Halvorsen valve opens").click(click_count=3)
    ask.click()
    expect(question).to_have_value(re.compile("^“The Halvorsen valve opens at 417 kilopascals.”\n\n$"))
    expect(question).to_be_focused()
    # The conversation is there again after a reload, and on a page of its own; there a source opens beside it.
    page.reload()
    expect(app.answer).to_contain_text("417 kilopascals")
    page.get_by_role("link", name="Open on a page of its own").click()
    expect(page).to_have_url(re.compile(r"/talk/"))
    app.wait_answered().get_by_role("button", name="Source 1", exact=True).first.click()
    panel = page.get_by_role("complementary", name="Document")
    expect(panel.locator("mark").first).to_be_in_viewport()
    panel.get_by_text("The Halvorsen valve opens").click(click_count=3)
    ask.click()
    expect(question).to_have_value(re.compile("The Halvorsen valve opens at 417 kilopascals.”\n\n"))
    expect(question).to_be_focused()
