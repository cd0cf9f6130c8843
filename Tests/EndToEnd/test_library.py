"""Bringing, finding and deleting documents, and what is said when a file cannot be read."""

import pytest
from playwright.sync_api import expect

from app import App
from papers import damaged_pdf, encrypted_pdf, note
from server import Account


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("locked.pdf", encrypted_pdf(), "password"),
        ("broken.pdf", damaged_pdf(), "damaged"),
        ("program.exe", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 8, "cannot be read"),
        ("empty.txt", b"", "empty"),
    ],
    ids=["encrypted", "damaged", "wrong type", "empty"],
)
def test_a_file_that_cannot_be_read_says_why(app: App, name: str, content: bytes, reason: str) -> None:
    app.drop((name, "application/octet-stream", content))
    failed = app.page.get_by_role("listitem").filter(has_text=name.split(".")[0])
    expect(failed).to_contain_text(reason, timeout=60_000, ignore_case=True)
    # The page and the server go on.
    app.drop(("after.md", "text/markdown", note("After the failure", "Everything still works as it should, and this note proves it.")))
    app.wait_ready("After the failure")


def test_many_files_at_once_become_ready(app: App) -> None:
    app.drop(*((f"note{number}.md", "text/markdown", note(f"Note number {number}", f"The answer of note {number} is {number * 7}.")) for number in range(1, 7)))
    for number in range(1, 7):
        app.wait_ready(f"Note number {number}")


def test_the_same_file_twice_is_one_document(app: App) -> None:
    file = ("twice.md", "text/markdown", note("Brought twice", "The same bytes are the same document, however often they come."))
    app.drop(file)
    app.wait_ready("Brought twice")
    app.drop(file)
    expect(app.page.get_by_text("is already in your library")).to_be_visible()
    expect(app.document("Brought twice")).to_have_count(1)


def test_a_deleted_document_comes_back_with_undo_and_goes_without(app: App, account: Account) -> None:
    account.bring("keep.md", note("Worth keeping", "A note that was deleted by mistake and brought back in time."))
    app.page.reload()
    row = app.wait_ready("Worth keeping")
    row.get_by_role("button", name="Actions for Worth keeping").click()
    app.page.get_by_role("menuitem", name="Delete").click()
    expect(row).to_have_count(0)
    app.page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    assert account.client.get("/documents").json()["pagination"]["total"] == 1

    row.get_by_role("button", name="Actions for Worth keeping").click()
    app.page.get_by_role("menuitem", name="Delete").click()
    expect(app.page.get_by_text("Bring what you study from")).to_be_visible(timeout=20_000)
    expect(app.page.get_by_role("button", name="Undo")).to_have_count(0, timeout=20_000)
    app.page.reload()
    expect(app.page.get_by_text("Bring what you study from")).to_be_visible()
    assert account.client.get("/documents").json()["pagination"]["total"] == 0


def test_a_document_can_be_renamed_and_put_into_a_course(app: App, account: Account) -> None:
    assert account.client.post("/courses", json={"name": "Rhetoric"}).status_code == 201
    account.bring("draft.md", note("A working title", "This note will be called something else in a moment."))
    app.page.reload()
    app.wait_ready("A working title").get_by_role("button", name="Actions for A working title").click()
    app.page.get_by_role("menuitem", name="Title and course").click()
    dialog = app.page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("The final title")
    dialog.get_by_label("Course").select_option("Rhetoric")
    dialog.get_by_role("button", name="Save").click()
    expect(app.document("The final title")).to_contain_text("Rhetoric")
    app.page.reload()
    expect(app.document("The final title")).to_contain_text("Rhetoric")


def test_search_finds_a_passage_by_meaning_and_by_words_and_opens_it(app: App, account: Account) -> None:
    account.bring(
        "zoo.md",
        note("Animals of the steppe", "The saiga antelope filters dust with its inflated nose.", "Marmots spend two thirds of their lives asleep underground."),
    )
    app.go("Search")
    box = app.page.get_by_role("searchbox", name="Search your documents")
    for mode, query in (("By words", "saiga nose"), ("By meaning", "rodents hibernating"), ("Best of both", "antelope dust")):
        box.fill(query)
        app.page.get_by_role("button", name="Search", exact=True).click()
        app.page.get_by_role("radio", name=mode).check(force=True)
        expect(app.page.get_by_role("list", name="Passages")).to_contain_text("saiga antelope")
    app.page.get_by_role("list", name="Passages").get_by_role("link").first.click()
    expect(app.page.locator("mark").first).to_be_in_viewport()


def test_files_dropped_on_any_page_are_taken(app: App, account: Account) -> None:
    app.go("Ask")
    expect(app.page.get_by_label("Your question")).to_be_visible()
    app.drop(("dropped.md", "text/markdown", note("Dropped beside a question", "It is not lost.")))
    expect(app.heading("Library")).to_be_visible()
    app.wait_ready("Dropped beside a question")


def test_a_course_is_shown_and_asked_as_one(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."), subject="Steam")
    account.bring("pump.md", note("Pump handbook", "The pump lifts 40 litres."), subject="Steam")
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes."))
    page = app.page
    page.reload()
    app.wait_ready("Valve handbook").get_by_role("link", name="Steam", exact=True).click()
    expect(app.heading("Steam")).to_be_visible()
    page.get_by_role("navigation", name="Parts of the course").get_by_role("link", name="Sources").click()
    expect(app.document("Pump handbook")).to_have_count(1)
    expect(app.document("On tea")).to_have_count(0)
    page.get_by_role("navigation", name="Parts of the course").get_by_role("link", name="Overview").click()
    app.ask("What does the pump lift?")
    expect(app.wait_answered()).to_contain_text("40 litres")
    # What other courses say is not asked.
    app.ask("How long is green tea steeped?")
    expect(app.wait_answered()).not_to_contain_text("two minutes")
    expect(page.get_by_role("button", name="Asking: Steam. Change")).to_be_visible()
