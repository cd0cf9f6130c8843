"""A quiz that is shared: taken and copied by another, whose answers are theirs alone; and how questions and topics do."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from app import LONG, App
from conftest import unique_email
from papers import note
from server import Account, Server
from test_quizzes import TERMS


def made(account: Account, document: dict) -> dict:
    """A quiz of a document, made to its end."""
    quiz = account.client.post("/quizzes", json={"document_ids": [document["id"]], "count": 10, "title": "Cells"}).json()
    for _ in range(600):
        found = account.client.get(f"/quizzes/{quiz['id']}", params={"include": "answers"}).json()
        if found["status"] != "generating":
            assert found["total_questions"] > 0, found
            return found
        account.client.get("/jobs", timeout=5)
    raise AssertionError("the quiz was not made")


def submit(account: Account, quiz: dict, right: int) -> dict:
    """Answers so many questions right, and the others not at all."""
    answers = {each["id"]: each["correct_answer"] for each in quiz["questions"][:right]}
    answer = account.client.post(f"/quizzes/{quiz['id']}/submissions", json={"answers": answers})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_quiz_is_shared_taken_and_copied(browser: Browser, server: Server) -> None:
    owner, member = server.account(unique_email(), "Olga Owner"), server.account(unique_email(), "Mia Member")
    quiz = made(owner, owner.bring("cells.md", note("Cells", *TERMS)))
    contexts = [browser.new_context(service_workers="block") for _ in range(2)]
    try:
        olga, mia = (App(context.new_page(), server.url).sign_in(each.email) for context, each in zip(contexts, [owner, member]))
        mia.open("/quizzes")
        expect(mia.page.get_by_role("heading", name="Test yourself")).to_be_visible()
        olga.open(f"/quiz/{quiz['id']}")
        olga.page.get_by_role("button", name="Actions for Cells").click()
        olga.page.get_by_role("menuitem", name="Share").click()
        dialog = olga.page.get_by_role("dialog", name="Share this quiz")
        expect(dialog).to_contain_text("you do not learn what they answer")
        dialog.get_by_label("Email address of an account here").fill(member.email)
        olga.page.keyboard.press("Enter")
        expect(dialog.get_by_role("listitem")).to_contain_text("Mia Member")

        # It comes without being asked for, without its answers, and offers nothing that would fail.
        row = mia.page.get_by_role("listitem").filter(has_text="Cells")
        expect(row).to_contain_text("from Olga Owner")
        expect(row.get_by_role("button")).to_have_count(0)
        row.get_by_role("link", name="Cells").click()
        expect(mia.heading("Cells")).to_be_visible()
        expect(mia.page.get_by_role("heading", name="The questions")).to_have_count(0)
        mia.page.get_by_role("button", name="Actions for Cells").click()
        expect(mia.page.get_by_role("menuitem")).to_have_text(["Copy into your quizzes", "Leave this quiz"])
        mia.page.keyboard.press("Escape")
        mia.page.get_by_text("Exam", exact=True).click()
        mia.page.get_by_role("button", name="Begin").click()
        while mia.page.get_by_role("button", name="Hand in").count() == 0:
            mia.page.get_by_role("button", name=re.compile("^(Next|To the end)$")).click()
        mia.page.get_by_role("button", name="Hand in").click()
        expect(mia.heading("Result")).to_be_visible()
        # The sentence stands there; the document is not hers to open.
        source = mia.page.locator(".quiz-source").first
        expect(source).to_contain_text("Cells")
        expect(source.get_by_role("link")).to_have_count(0)

        # Its author learns nothing of it.
        olga.page.keyboard.press("Escape")
        olga.page.reload()
        expect(olga.heading("Cells")).to_be_visible()
        expect(olga.page.get_by_role("heading", name="Results")).to_have_count(0)
        assert owner.client.get(f"/quizzes/{quiz['id']}/submissions").json()["data"] == []

        mia.page.get_by_role("link", name="Back to the quiz").click()
        mia.page.get_by_role("button", name="Actions for Cells").click()
        mia.page.get_by_role("menuitem", name="Copy into your quizzes").click()
        expect(mia.page.get_by_role("heading", name="The questions")).to_be_visible()
        assert member.client.get("/quiz-questions").json()["pagination"]["total"] == quiz["total_questions"]
        mia.open(f"/quiz/{quiz['id']}")
        mia.page.get_by_role("button", name="Actions for Cells").click()
        mia.page.get_by_role("menuitem", name="Leave this quiz").click()
        expect(mia.heading("Quizzes")).to_be_visible()
        expect(mia.page.get_by_text("from Olga Owner")).to_have_count(0)
    finally:
        for context in contexts:
            context.close()


def test_how_questions_and_topics_do_is_shown(app: App, account: Account) -> None:
    page = app.page
    quiz = made(account, account.bring("cells.md", note("Cells", *TERMS)))
    app.open("/quizzes")
    expect(page.get_by_text("Take a quiz, and what you know of each topic is shown here.")).to_be_visible()
    count = len(quiz["questions"])
    for right in (0, 1, count, count - 1, count):
        submit(account, quiz, right)
    app.open(f"/quiz/{quiz['id']}")
    card = page.locator(".quiz-card").first
    card.locator("summary").click()
    figures = card.get_by_role("region", name="How this question does")
    expect(figures).to_contain_text("Answers5")
    expect(figures).to_contain_text("80%")
    expect(figures).to_contain_text("Discrimination")
    if quiz["questions"][0]["question_type"] == "multiple_choice":
        expect(figures.get_by_role("list", name="How often each answer was chosen")).to_contain_text("4 times")
    # In the bank, over every quiz that asks it.
    app.open("/questions")
    card = page.locator(".quiz-card").last
    card.locator("summary").click()
    expect(card.get_by_role("region", name="How this question does")).to_contain_text("Answers5", timeout=LONG)

    app.open("/quizzes")
    topic = page.locator(".quiz-mastery details").first
    topic.locator("summary").click()
    plot = topic.get_by_role("img", name=re.compile("^How well you knew "))
    expect(plot).to_have_attribute("aria-label", re.compile(r"today \d+%, today \d+%"))
