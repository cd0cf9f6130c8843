"""The loop that nothing else closes: a document, a quiz, what was missed as cards, their place in the plan, a review, and what is known moves."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app import LONG, App
from papers import note
from server import Account
from test_quizzes import TERMS


def known(account: Account) -> dict[str, float]:
    return {topic["topic"]: topic["mastery"] for topic in account.client.get("/quizzes/statistics").json()["topics"]}


def test_what_was_missed_is_learned_planned_and_known(app: App, account: Account) -> None:
    page = app.page
    course = account.client.post("/courses", json={"name": "Biology", "colour": "green"}).json()["id"]
    app.open(f"/c/{course}")
    app.drop(("cells.md", "text/markdown", note("Cells", *TERMS)))
    app.go("Library")
    app.wait_ready("Cells")

    # Every question of a quiz over it is missed.
    quiz = account.client.post("/quizzes", json={"course_id": course, "count": 4}).json()["id"]
    app.open(f"/quiz/{quiz}")
    expect(page.get_by_role("button", name="Begin")).to_be_visible(timeout=LONG)
    page.get_by_text("Exam", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    while page.get_by_role("button", name="Hand in").count() == 0:
        page.get_by_role("button", name=re.compile("^(Next|To the end)$")).click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_label("Score")).to_contain_text("0%")
    page.get_by_role("button", name=re.compile(r"^Make \d cards? of what you missed$")).click()
    expect(page.get_by_text(re.compile(r"^\d cards? made\.$"))).to_be_visible()
    missed = known(account)
    assert missed and all(share < 0.5 for share in missed.values()), missed

    # The exam's plan holds a time for the cards, and Today says that they wait.
    app.open("/planner")
    page.get_by_role("textbox", name="Write down what is when").fill("biology exam in 6 days 9am")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Understood as")).to_contain_text("Exam")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Plan my week").first.click()
    setup = page.get_by_role("dialog", name="Plan my week")
    setup.get_by_role("button", name="Plan", exact=True).click()
    expect(setup).to_have_count(0)
    cards = page.get_by_role("button", name=re.compile("^Cards that are due, Study block")).or_(
        page.locator("[data-event][aria-label^='Cards that are due, Study block']"))
    expect(cards.first).to_be_attached()
    app.open("/")
    expect(page.get_by_text(re.compile(r"\d cards? waits? today"))).to_be_visible()

    # They are reviewed, and what is known of their topics moves.
    app.open("/review")
    review = page.get_by_role("region", name="Reviewing")
    done = review.get_by_role("heading", name="Done for now")
    question = review.get_by_role("article", name="Question")
    for _ in range(12):
        expect(done.or_(question).first).to_be_visible()
        if done.count() > 0:
            break
        page.keyboard.press("Space")
        expect(review.get_by_role("article", name="Answer")).to_be_visible()
        with page.expect_response(lambda answer: answer.url.endswith("/reviews") and answer.request.method == "POST"):
            page.keyboard.press("4")
    expect(done).to_be_visible()
    app.open("/quizzes")
    for topic, share in missed.items():
        row = page.locator(".quiz-mastery li").filter(has_text=topic).first
        expect(row.locator(".quiz-percent")).not_to_have_text(f"{round(share * 100)}%")
    now = known(account)
    assert all(now[topic] > share + 0.1 for topic, share in missed.items()), (missed, now)

    # The next quiz asks what had been missed.
    again = account.client.post("/quizzes", json={"from_mistakes": True, "course_id": course})
    assert again.status_code in (201, 202), again.text
    app.open(f"/quiz/{again.json()['id']}")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
