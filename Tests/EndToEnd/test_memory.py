"""What is remembered of a student, in the web app of the real program."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from app import App
from papers import note
from server import Account, Server

OWL = note("Owls", "The barn owl hunts mice by hearing alone. It hears them below snow. Its ears stand at different heights.", "It nests in barns.")


def test_what_a_student_tells_is_kept_used_and_forgotten(server: Server, account: Account, page: Page) -> None:
    account.bring("owl.md", OWL)
    talk = account.conversation(title="Owls")

    def ask(text: str) -> dict:
        answer = account.client.post(f"/chat/conversations/{talk}/messages", json={"content": text})
        assert answer.status_code == 200, answer.text
        return answer.json()

    told = ask("My name is Ada. Please keep your answers short.")
    assert "“My name is Ada”" in told["content"] and told["citations"] == []
    app = App(page, server.url).sign_in(account.email)
    app.settings("Memory")
    row = page.get_by_role("listitem").filter(has_text="Keep your answers short")
    expect(row).to_be_visible()
    answer = ask("How does the barn owl hunt?")
    assert answer["citations"] and len(answer["memories"]) == 1
    # An answer says what it was suited to, and shows it; the memory leads back to the message.
    app.open(f"/talk/{talk}")
    page.get_by_role("link", name="Used 1 memory").click()
    expect(page.get_by_role("listitem").filter(has_text="My name is Ada")).to_have_count(0)
    expect(row).to_contain_text("of use for 1 answer")
    row.get_by_role("link", name=re.compile("^You said this")).click()
    expect(page.get_by_role("article", name="You asked").filter(has_text="My name is Ada")).to_be_focused()

    app.settings("Memory")
    row.get_by_role("button", name="Pin: Keep").click()
    expect(row.get_by_role("button", name="Pin: Keep")).to_have_attribute("aria-pressed", "true")
    row.get_by_role("button", name="Edit: Keep").click()
    page.get_by_role("textbox", name="What is to be remembered").fill("Keep your answers very short")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="Keep your answers very short")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Forget: Keep").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert len(json.loads(download.value.path().read_text())["memories"]) == 2

    # A conversation is left out before its first question.
    app.open("/talk")
    page.get_by_role("button", name="Don't remember this conversation").click()
    expect(page.get_by_text("Not remembered")).to_be_visible()
    app.ask("My favourite bird is the tawny owl.")
    expect(page).to_have_url(re.compile("/talk/.+"))
    left_out = page.url.rsplit("/", 1)[1].split("?")[0]
    assert account.client.get(f"/chat/conversations/{left_out}").json()["remembers"] is False
    assert not any("tawny" in each["text"] for each in account.client.get("/memories").json()["data"])

    # Off for this conversation, then as a whole.
    app.open("/talks")
    page.get_by_role("button", name="Actions for Owls").click()
    page.get_by_role("menuitem", name="Don't remember this conversation").click()
    page.get_by_role("button", name="Actions for Owls").click()
    expect(page.get_by_role("menuitem", name="Remember this conversation")).to_be_visible()
    page.keyboard.press("Escape")
    assert ask("I'm struggling with owls.")["memories"] == [] and ask("How does the barn owl hunt?")["memories"] == []
    app.settings("Memory")
    page.get_by_role("switch", name="Remember what I tell of myself").uncheck()
    expect(page.get_by_text("Memory is off")).to_be_visible()
    assert account.client.get("/memories/settings").json() == {"is_on": False}
    assert [each["text"] for each in account.client.get("/memories").json()["data"]] == ["Keep your answers very short", "My name is Ada"]
