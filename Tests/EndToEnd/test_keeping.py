"""Versions of a document, and stopping its reading."""

from playwright.sync_api import expect

from app import App
from papers import note
from server import Account

OLD = note("Tides of the bay", "The bay of Brune has a tide of four metres at new moon.", "Boats wait outside until noon.")
NEW = note("Tides of the bay", "After the dredging the bay of Brune has a tide of six metres at new moon.", "Boats enter at any hour.")


def test_a_new_version_is_asked_and_an_old_answer_still_opens_the_old_text(app: App, account: Account) -> None:
    document = account.bring("tides.md", OLD)
    talk = account.conversation()
    answer = account.client.post(f"/chat/conversations/{talk}/messages", json={"content": "How high is the tide of the bay of Brune?"}).json()
    assert "four metres" in answer["content"] and answer["citations"][0]["document_id"] == document["id"]

    app.page.reload()
    app.wait_ready("Tides of the bay")
    app.drop(("tides.md", "text/markdown", NEW))
    dialog = app.page.get_by_role("dialog", name="Is this a new version?")
    expect(dialog).to_contain_text("tides.md")
    dialog.get_by_role("button", name="Replace").click()
    account.until(document["id"], lambda found: found["version"] == 2 and "update" not in found)
    expect(app.document("Tides of the bay")).to_have_count(1)
    assert "six metres" in account.client.post("/documents/search", json={"query": "tide of the bay"}).json()["data"][0]["text"]

    app.open(f"/talk/{talk}")
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    panel = app.page.locator(".document-tab")
    expect(panel.get_by_text("This is version 1; version 2 is newer.")).to_be_visible()
    expect(panel.get_by_text("four metres at new moon")).to_be_visible()
    expect(panel.get_by_text("six metres")).to_have_count(0)
    panel.get_by_role("link", name="Open the newest").click()
    expect(app.page.get_by_role("main").get_by_text("six metres")).to_be_visible()

    # The version of before, again.
    app.page.get_by_role("main").get_by_role("button", name="Details").click()
    dialog = app.page.get_by_role("dialog", name="Tides of the bay")
    dialog.get_by_role("button", name="Make version 1 the newest").click()
    expect(dialog.get_by_text("Version 3", exact=True)).to_be_visible()


def test_reading_is_stopped_and_goes_on(app: App, account: Account) -> None:
    long = note("A long road", *(f"Milestone {number} stands beside the road and says {number * 3}." for number in range(9000)))
    app.drop(("road.md", "text/markdown", long))
    row = app.page.get_by_role("listitem").filter(has_text="road")
    row.get_by_role("button", name="Actions for").click()
    app.page.get_by_role("menuitem", name="Stop reading").click()
    expect(row).to_contain_text("Reading was stopped")
    stopped = account.client.get("/documents").json()["data"][0]
    assert stopped["status"] == "cancelled"
    assert "cancelled" in [stage["state"] for stage in stopped["stages"]]
    row.get_by_role("link").first.click()
    stages = app.page.get_by_role("region", name="How it is read")
    expect(stages).to_contain_text("stopped")
    stages.get_by_role("button", name="Resume").click()
    expect(stages.get_by_role("button", name="Stop reading")).to_be_visible()
    assert account.client.delete(f"/documents/{stopped['id']}").status_code == 204
