"""One account on several devices: what happens elsewhere is shown where one is, without a reload."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app import LONG, App
from conftest import unique_email
from papers import note
from server import Account, Server


def long_note(title: str, sections: int = 400) -> bytes:
    """A text that takes the server some seconds to read."""
    tell = "Section {0} tells how pump {0} feeds boiler {1} under load, and what its gasket holds back at station {2} in winter. "
    return note(title, *(tell.format(number, number + 7, number * 3) * 5 + "\n\n" for number in range(sections)))


def marked(page: Page) -> None:
    """Leaves a mark that a reload would take away."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return page.evaluate("window.stayed === true")


def test_whoever_is_made_an_administrator_is_one_at_once(page: Page, server: Server) -> None:
    helper = server.account(unique_email(), "Helping Hand")
    app = App(page, server.url).sign_in(helper.email)
    page.get_by_role("button", name="Account of Helping Hand").click()
    expect(page.get_by_role("menuitem", name="Settings")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Administration")).to_have_count(0)
    page.keyboard.press("Escape")
    page.goto(f"{app.url}/admin/people")
    expect(app.heading("There is no such page")).to_be_visible()
    marked(page)
    office = server.sign_in("administrator@example.org").client
    made = office.patch(f"/admin/users/{helper.session['user']['id']}", json={"role": "administrator"})
    assert made.status_code == 200, made.text
    expect(app.heading("Administration")).to_be_visible()
    expect(page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=helper.email)).to_contain_text("Administrator")
    page.get_by_role("button", name="Account of Helping Hand").click()
    expect(page.get_by_role("menuitem", name="Administration")).to_be_visible()
    page.keyboard.press("Escape")
    assert stayed(page)
    # Who is a student again is signed out, and told so.
    assert office.patch(f"/admin/users/{helper.session['user']['id']}", json={"role": "student"}).status_code == 200
    expect(app.heading("Sign in")).to_be_visible()
    assert stayed(page)


def test_the_text_of_a_document_that_is_being_read_comes_when_it_is_ready(app: App, account: Account) -> None:
    page = app.page
    uploaded = account.upload("pumps.md", long_note("On pumps"))
    assert uploaded.status_code == 202, uploaded.text
    identifier = uploaded.json()["id"]
    page.goto(f"{app.url}/d/{identifier}")
    expect(page.get_by_text("This document is still being read.")).to_be_visible()
    marked(page)
    text = page.get_by_role("region", name=re.compile("^Text of"))
    expect(text).to_contain_text("Section 399 tells how pump 399 feeds boiler 406", timeout=LONG)
    expect(page.get_by_text("This document is still being read.")).to_have_count(0)
    assert stayed(page)
    # A new title given elsewhere is the page's, too.
    assert account.client.patch(f"/documents/{identifier}", json={"title": "On feed pumps"}).status_code == 200
    expect(app.heading("On feed pumps")).to_be_visible()
    expect(page).to_have_title(re.compile("On feed pumps"))
    assert account.client.delete(f"/documents/{identifier}").status_code == 204
    expect(app.heading("This document is not here")).to_be_visible()
    assert stayed(page)


def test_a_conversation_renamed_or_deleted_elsewhere_is_so_here(app: App, account: Account) -> None:
    page = app.page
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    talk, other = account.conversation(title="Tea at four"), account.conversation(title="Coffee at ten")
    assert account.client.post(f"/chat/conversations/{talk}/messages", json={"content": "How long is green tea steeped?"}).status_code == 200
    page.goto(f"{app.url}/talk/{talk}")
    expect(app.heading("Tea at four")).to_be_visible()
    recent = page.get_by_role("navigation", name="Recent")
    expect(recent.get_by_role("link", name="Tea at four")).to_be_visible()
    marked(page)
    assert account.client.patch(f"/chat/conversations/{talk}", json={"title": "Tea at five"}).status_code == 200
    expect(app.heading("Tea at five")).to_be_visible()
    expect(page).to_have_title(re.compile("Tea at five"))
    expect(recent.get_by_role("link", name="Tea at five")).to_be_visible()
    expect(recent.get_by_role("link", name="Tea at four")).to_have_count(0)
    assert account.client.delete(f"/chat/conversations/{talk}").status_code == 204
    expect(page.get_by_role("heading", name="This conversation is not here")).to_be_visible()
    expect(recent.get_by_role("link", name="Tea at five")).to_have_count(0)
    # The list that is open forgets one, too.
    page.get_by_role("button", name="Conversations").click()
    sheet = page.get_by_role("dialog", name="Conversations")
    expect(sheet.get_by_role("link", name="Coffee at ten")).to_be_visible()
    expect(sheet.get_by_role("link", name="Tea at five")).to_have_count(0)
    assert account.client.delete(f"/chat/conversations/{other}").status_code == 204
    expect(sheet.get_by_role("link", name="Coffee at ten")).to_have_count(0)
    page.keyboard.press("Escape")
    # What is asked here now begins another conversation.
    app.ask("How long is green tea steeped?")
    expect(app.wait_answered()).to_contain_text("two minutes")
    expect(page).not_to_have_url(re.compile(talk))
    assert stayed(page)


def test_a_device_that_is_no_longer_at_hand_is_signed_out(app: App, account: Account, server: Server) -> None:
    page = app.page
    elsewhere = server.sign_in(account.email)
    app.settings("Devices")
    devices = page.get_by_role("list", name="Devices")
    expect(devices.get_by_role("listitem").first).to_contain_text("Chrome, Linux")
    expect(devices.get_by_role("listitem").first).to_contain_text("This device")
    # The test's own client has signed in twice: when the account was made, and just now.
    others = devices.get_by_role("listitem").filter(has_text="python-httpx")
    expect(others).to_have_count(2)
    for left in (1, 0):
        others.first.get_by_role("button").click()
        expect(others).to_have_count(left)
    expect(page.get_by_role("status").filter(has_text="is signed out")).to_have_count(1)
    assert elsewhere.client.get("/users/me").status_code == 401
    page.reload()
    expect(devices.get_by_role("listitem")).to_have_count(1)
    expect(devices.get_by_role("button")).to_have_count(0)
