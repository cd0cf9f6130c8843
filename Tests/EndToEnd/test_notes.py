"""Notes as a student meets them: made of a document, edited in two windows, brought back, and taken along."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from app import App
from papers import note
from server import Account, Server

CELL = note(
    "Cells", "Osmosis is the diffusion of water across a membrane. Active transport moves a substance against its gradient.",
    "Glycolysis splits glucose in the cytosol of the cell. The mitochondrion makes most of the ATP of a cell.")


def test_a_note_is_made_edited_in_two_windows_brought_back_and_taken_along(server: Server, account: Account, page: Page) -> None:
    account.bring("cells.md", CELL)
    app = App(page, server.url).sign_in(account.email)
    app.open("/notes")
    page.get_by_role("main").get_by_role("button", name="New note").first.click()
    dialog = page.get_by_role("dialog", name="New note")
    dialog.get_by_label("Cells").check()
    dialog.get_by_label("Key points").check()
    dialog.get_by_role("button", name="Make the note").click()
    expect(app.heading("Cells")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("diffusion of water")
    made = account.client.get(f"/notes/{page.url.rsplit('/', 1)[1]}").json()
    address = f"/notes/{made['id']}"

    # Somebody writes in another window while what is typed here is on its way.
    written: list[int] = []

    def meanwhile(route: Route) -> None:
        if route.request.method == "PATCH" and not written:
            written.append(made["version"])
            other = account.client.patch(address, json={"version": made["version"], "content": "From the other window [2]"})
            assert other.status_code == 200, other.text
        route.continue_()

    page.get_by_role("radio", name="Edit").check(force=True)
    text = page.get_by_role("textbox", name="Text")
    page.route("**/api/v1/notes/*", meanwhile)
    text.fill("From this window [1]")
    clash = page.get_by_role("alert").filter(has_text="changed in another place")
    expect(clash).to_contain_text("From the other window")
    clash.get_by_role("button", name="Keep both, one below the other").click()
    expect(clash).to_have_count(0)
    expect(text).to_have_value(re.compile(r"^From the other window \[2\]\s+---\s+From this window \[\d\]$"))
    both = account.client.get(address).json()
    quotes = {each["number"]: each["quote"] for each in made["citations"]}
    assert sorted(each["quote"] for each in both["citations"]) == sorted([quotes[1], quotes[2]])

    # What it said first is brought back, with its source, which leads to the words.
    page.get_by_role("button", name="Actions for Cells").click()
    page.get_by_role("menuitem", name="Versions").click()
    page.get_by_role("dialog", name="Versions").get_by_role("button", name="Bring it back").last.click()
    expect(text).to_have_value(made["content"])
    page.get_by_role("button", name="Actions for Cells").click()
    page.get_by_role("menuitem", name="Export").click()
    with page.expect_download() as taken:
        page.get_by_role("dialog", name="Export").get_by_role("button", name="Save the file").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("radio", name="Read").check(force=True)
    page.get_by_role("main").locator("[data-cite='1']").first.click()
    expect(page.locator(".text-scroller mark, .text-scroller .marked").first).to_be_visible()
