"""Two people in two browsers: one shares a document, the other reads and asks it, until it ends."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from app import App
from conftest import unique_email
from papers import note
from server import Server

FENNEC = note("Foxes", "The fennec fox cools itself with ears that are half as long as its body.", "It drinks almost nothing.")


def test_a_document_is_shared_asked_and_taken_back(browser: Browser, server: Server) -> None:
    owner, member = server.account(unique_email(), "Olga Owner"), server.account(unique_email(), "Mia Member")
    document = owner.bring("fox.md", FENNEC)
    contexts = [browser.new_context(service_workers="block") for _ in range(2)]
    try:
        olga, mia = (App(context.new_page(), server.url).sign_in(each.email) for context, each in zip(contexts, [owner, member]))
        mia.page.get_by_role("link", name="Shared with me").click()
        expect(mia.page.get_by_role("heading", name="Nothing is shared with you yet")).to_be_visible()

        olga.page.get_by_role("button", name="Actions for Foxes").click()
        olga.page.get_by_role("menuitem", name="Share").click()
        dialog = olga.page.get_by_role("dialog", name="Share this document")
        address = dialog.get_by_label("Email address of an account here")
        expect(address).to_be_focused()
        olga.page.keyboard.type("nobody@example.org")
        olga.page.keyboard.press("Enter")
        expect(dialog).to_contain_text("Nobody has an account with this address here.")
        address.fill(member.email)
        olga.page.keyboard.press("Enter")
        expect(dialog.get_by_role("listitem")).to_contain_text("Mia Member")

        # It comes without being asked for, and offers nothing that would fail.
        row = mia.document("Foxes")
        expect(row).to_contain_text("Shared by Olga Owner")
        row.get_by_role("button", name="Actions for Foxes").click()
        expect(mia.page.get_by_role("menuitem")).to_have_text(["Details", "Download", "Remove from my view"])
        mia.page.keyboard.press("Escape")
        row.get_by_role("button", name="Ask about Foxes").click()
        mia.ask("How does the fennec fox cool itself?")
        answer = mia.wait_answered()
        expect(answer).to_contain_text("ears")
        mia.page.goto(f"{server.url}/d/{document['id']}")
        expect(mia.page.get_by_text("half as long as its body")).to_be_visible()

        dialog.get_by_role("button", name="Remove Mia Member").click()
        expect(dialog).to_contain_text("Nobody but you so far.")
        expect(mia.page.get_by_role("heading", name="This document is not here")).to_be_visible()
        mia.open("/library?shared=1")
        expect(mia.page.get_by_role("heading", name="Nothing is shared with you yet")).to_be_visible()
        assert member.client.get(f"/documents/{document['id']}/file").status_code == 404
        # What was answered stays, with what it quotes.
        talk = member.client.get("/chat/conversations").json()["data"][0]["id"]
        assert any("ears" in cited["quote"] for message in member.messages(talk) for cited in message["citations"])
        olga.page.keyboard.press("Escape")
        expect(olga.document("Foxes")).not_to_contain_text("Shared with")
    finally:
        for context in contexts:
            context.close()
