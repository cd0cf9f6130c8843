"""An account goes from one server to another, by a browser."""

from __future__ import annotations

import pathlib
import zipfile

from playwright.sync_api import expect

from app import App
from papers import note
from server import PASSWORD, Account, Server


def archive_of(account: Account) -> bytes:
    answer = account.client.post("/users/me/export", json={"password": PASSWORD}, timeout=120)
    answer.raise_for_status()
    return answer.content


def made(account: Account, path: str, body: dict) -> dict:
    answer = account.client.post(path, json=body)
    answer.raise_for_status()
    return answer.json()


def test_everything_of_another_server_is_brought_here(app: App, account: Account, serve, tmp_path: pathlib.Path) -> None:
    elsewhere: Server = serve()
    ann = elsewhere.account("ann@example.org", "Ann Example")
    course = made(ann, "/courses", {"name": "Tea"})
    ann.bring("tea.md", note("On tea", "Green tea is steeped for two minutes at eighty degrees."), course=course["name"])
    deck = made(ann, "/decks", {"name": "Tea cards"})
    card = made(ann, "/cards", {"deck_id": deck["id"], "front": "How long is green tea steeped?", "back": "Two minutes"})
    made(ann, "/reviews", {"card_id": card["id"], "rating": 3})
    made(ann, "/notes", {"title": "Steeping", "content": "Never with boiling water."})
    file = tmp_path / "little-monster.zip"
    file.write_bytes(archive_of(ann))

    app.settings("Data")
    app.page.get_by_label("Choose an archive").set_input_files(file)
    expect(app.page.get_by_text("Everything in the archive is here.")).to_be_visible()
    for kind in ["Courses", "Documents", "Decks", "Cards", "Answers to cards", "Notes"]:
        expect(app.page.get_by_role("row", name=kind, exact=False).first).to_contain_text("1")
    # It stays to be read after a reload, and choosing the archive again doubles nothing.
    app.page.reload()
    expect(app.page.get_by_text("Everything in the archive is here.")).to_be_visible()
    app.page.get_by_label("Choose an archive").set_input_files(file)
    expect(app.page.get_by_role("row", name="Notes", exact=False).first).to_contain_text("01")
    decks = account.client.get("/decks").json()["data"]
    assert [each["name"] for each in decks] == ["Tea cards"]
    documents = account.client.get("/documents").json()["data"]
    assert len(documents) == 1
    # It can be asked here as it could there.
    account.ready(documents[0]["id"])
    app.open("/cards")
    expect(app.page.get_by_text("Tea cards").first).to_be_visible()


def test_what_does_not_come_in_is_told(app: App, account: Account, serve, tmp_path: pathlib.Path) -> None:
    elsewhere: Server = serve()
    ann = elsewhere.account("ann@example.org", "Ann Example")
    ann.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    made(ann, "/notes", {"title": "Steeping", "content": "Never with boiling water."})
    whole = tmp_path / "whole.zip"
    whole.write_bytes(archive_of(ann))
    # Somebody packed it anew, and left the documents' files out.
    part = tmp_path / "part.zip"
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in archive.namelist():
            if not name.startswith("documents/"):
                packed.writestr(name, archive.read(name))

    app.settings("Data")
    app.page.get_by_label("Choose an archive").set_input_files(part)
    expect(app.page.get_by_role("alert")).to_contain_text("could not come in")
    expect(app.page.get_by_text("The file of one is missing in the archive or damaged.")).to_be_visible()
    expect(app.page.get_by_role("row", name="Notes", exact=False).first).to_contain_text("1")
    # The whole one brings the rest.
    app.page.get_by_label("Choose an archive").set_input_files(whole)
    expect(app.page.get_by_text("Everything in the archive is here.")).to_be_visible()

    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-40])
    app.page.get_by_label("Choose an archive").set_input_files(cut)
    expect(app.page.get_by_role("alert")).to_contain_text("damaged or was cut off")
    text = tmp_path / "text.zip"
    text.write_text("no archive")
    app.page.get_by_label("Choose an archive").set_input_files(text)
    expect(app.page.get_by_text("This is no archive of an account.", exact=False)).to_be_visible()
    assert len(account.client.get("/notes").json()["data"]) == 1
