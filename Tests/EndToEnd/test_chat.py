"""Answers: streaming, stopping, reloading, scope, history."""

import re

from playwright.sync_api import Route, expect

from app import App
from papers import note
from server import Account

VALVE = note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals.", "It is painted red so that nobody overlooks it in an emergency.")
QUESTION = "When does the Halvorsen valve open?"


def test_an_answer_streams_and_reloading_in_the_middle_resumes_it(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", VALVE)
    slow_app.go("Ask")
    slow_app.ask(QUESTION)
    expect(slow_app.answer).to_contain_text("word5", timeout=30_000)
    expect(slow_app.answer).to_have_attribute("aria-busy", "true")
    slow_app.page.reload()
    # What was there before the reload is there again, and the rest goes on coming.
    expect(slow_app.answer).to_contain_text("word5")
    expect(slow_app.answer).to_have_attribute("aria-busy", "true")
    answer = slow_app.wait_answered()
    words = re.findall(r"word\d+", answer.inner_text())
    assert words == [f"word{number}" for number in range(1, 61)], "a word was lost or doubled"
    expect(answer.get_by_role("button", name="Source 1", exact=True)).to_be_visible()


def test_stop_ends_an_answer_and_keeps_what_was_written(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", VALVE)
    slow_app.go("Ask")
    slow_app.ask(QUESTION)
    expect(slow_app.answer).to_contain_text("word3", timeout=30_000)
    slow_app.page.get_by_role("button", name="Stop the answer").click()
    answer = slow_app.wait_answered()
    expect(answer).to_contain_text("You stopped this answer.")
    expect(answer).to_contain_text("word3")
    expect(answer).not_to_contain_text("word60")
    slow_app.page.reload()
    expect(slow_app.answer).to_contain_text("You stopped this answer.")
    # The conversation goes on from here.
    slow_app.page.get_by_role("button", name="Write the answer again").click()
    expect(slow_app.answer).to_contain_text("word1", timeout=30_000)
    slow_app.page.get_by_role("button", name="Stop the answer").click()
    slow_app.wait_answered()


def test_an_answer_goes_on_while_the_student_looks_at_another_page(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", VALVE)
    slow_app.go("Ask")
    slow_app.ask(QUESTION)
    expect(slow_app.answer).to_contain_text("word2", timeout=30_000)
    slow_app.go("Library")
    expect(slow_app.heading("Library")).to_be_visible()
    slow_app.page.get_by_role("navigation", name="Recent").get_by_role("link").first.click()
    assert "word60" in slow_app.wait_answered().inner_text()


def test_a_question_asked_of_one_document_is_answered_from_it_alone(app: App, account: Account) -> None:
    account.bring("red.md", note("The red book", "The captain of the red ship is called Marisol Ardent."))
    account.bring("blue.md", note("The blue book", "The captain of the blue ship is called Tobias Vell."))
    app.page.reload()
    app.wait_ready("The blue book").get_by_role("button", name="Ask about The blue book").click()
    expect(app.page.get_by_role("button", name="Asking: The blue book")).to_be_visible()
    app.ask("What is the captain of the ship called?")
    answer = app.wait_answered()
    expect(answer).to_contain_text("Tobias Vell")
    expect(answer).not_to_contain_text("Marisol")


def test_what_the_documents_do_not_say_is_said_plainly(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes in water of eighty degrees."))
    app.go("Ask")
    app.ask("Who won the football world cup of 1954?")
    answer = app.wait_answered()
    expect(answer).not_to_contain_text("Germany")
    expect(answer.get_by_role("button", name="Source 1", exact=True)).to_have_count(0)


def test_conversations_are_kept_renamed_and_deleted(app: App, account: Account) -> None:
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes in water of eighty degrees."))
    app.go("Ask")
    app.ask("How long is green tea steeped?")
    app.wait_answered()
    app.page.goto(f"{app.url}/talks")
    history = app.page.get_by_role("navigation", name="Conversations")
    link = history.get_by_role("link").first
    expect(link).to_contain_text(re.compile("tea", re.IGNORECASE))
    history.get_by_role("listitem").first.hover()
    history.get_by_role("button", name=re.compile("^Actions for")).first.click()
    app.page.get_by_role("menuitem", name="Rename").click()
    app.page.get_by_role("dialog").get_by_label("Name").fill("Tea time")
    app.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    history.get_by_role("link", name="Tea time").click()
    expect(app.heading("Tea time")).to_be_visible()
    app.page.reload()
    expect(app.heading("Tea time")).to_be_visible()
    expect(app.answer).to_contain_text("two minutes")

    # From within the conversation itself.
    app.page.get_by_role("button", name="Conversations", exact=True).click()
    history.get_by_role("button", name="Actions for Tea time").click()
    app.page.get_by_role("menuitem", name="Delete").click()
    expect(app.heading("Ask")).to_be_visible()
    # Gone from the server once Undo is no longer offered.
    expect(app.page.get_by_role("button", name="Undo")).to_have_count(0, timeout=20_000)
    app.page.goto(f"{app.url}/talks")
    expect(app.page.get_by_text("Your conversations will be kept here.")).to_be_visible()


def test_a_question_sent_while_the_conversation_is_on_its_way_is_asked_when_it_is_there(app: App, account: Account) -> None:
    account.bring("cells.md", note("Cells", "The mitochondrion makes most of the ATP of a cell."))
    conversation = account.conversation()
    page = app.page
    held: list[Route] = []
    page.route(re.compile(r"/conversations/[^/]+/messages"), lambda route: held.append(route), times=1)
    page.goto(f"{app.url}/talk/{conversation}")
    page.get_by_label("Your question").fill("What makes the ATP of a cell?")
    page.wait_for_timeout(500)
    assert held
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_have_value("What makes the ATP of a cell?")
    held[0].continue_()
    expect(app.wait_answered()).to_contain_text("mitochondrion")
    expect(page.get_by_label("Your question")).to_have_value("")
    expect(page.get_by_role("article", name="You asked")).to_have_count(1)
