"""Classes: a teacher invites, a newcomer joins by the link, takes the shared quiz, the teacher sees the result, and the student leaves."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from app import LONG, App
from conftest import unique_email
from server import PASSWORD, Server


def test_a_class_from_its_making_to_its_end(browser: Browser, server: Server) -> None:
    email = unique_email()
    server.account(email, "Tess Teacher")
    admin = server.sign_in("administrator@example.org")
    person = next(each for each in admin.client.get("/admin/users", params={"q": email}).json()["data"])
    assert admin.client.patch(f"/admin/users/{person['id']}", json={"role": "teacher"}).status_code == 200
    teacher = server.sign_in(email)
    asked = teacher.client.post("/quiz-questions", json={
        "question_text": "What makes ATP?", "question_type": "short_answer", "key": {"accepted": ["The mitochondrion"]}, "topic": "Cells",
    }).json()["id"]
    assert teacher.client.post("/quizzes", json={"question_ids": [asked], "title": "Cells"}).status_code == 202
    contexts = [browser.new_context(service_workers="block") for _ in range(2)]
    try:
        tess, sam = (App(context.new_page(), server.url) for context in contexts)
        tess.sign_in(email).open("/classes")
        expect(tess.page.get_by_role("heading", name="Make your first class")).to_be_visible()
        tess.page.get_by_role("button", name="New class").click()
        tess.page.get_by_label("Name", exact=True).fill("Biology 10b")
        tess.page.get_by_role("button", name="Save").click()
        expect(tess.heading("Biology 10b")).to_be_visible()
        tess.page.get_by_role("link", name="Shared", exact=True).click()
        tess.page.get_by_role("button", name="Share something").click()
        tess.page.get_by_role("button", name="Share Cells").click()
        expect(tess.page.get_by_role("dialog").get_by_text("shared", exact=True)).to_be_visible()
        tess.page.get_by_role("button", name="Done").click()
        tess.page.get_by_role("link", name="Students", exact=True).click()
        tess.page.get_by_role("button", name="Make a code").click()
        expect(tess.page.locator("[data-code]")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
        tess.page.get_by_role("button", name="Invite students").click()
        tess.page.get_by_role("button", name="Make the link").click()
        link = tess.page.get_by_role("dialog").locator("code").inner_text()
        tess.page.get_by_role("button", name="Done").click()
        expect(tess.page.get_by_role("list", name="Open invitations")).to_contain_text("used 0 of 40 times")

        # A newcomer: an account first, then what joining means, then the class.
        sam.page.goto(link)
        sam.page.get_by_role("link", name="Make an account").click()
        expect(sam.page.get_by_text("Tess Teacher invites you to a class.")).to_be_visible()
        page = sam.page
        page.get_by_label("Name", exact=True).fill("Sam Student")
        page.get_by_label("Email").fill(unique_email())
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        expect(sam.page.get_by_role("heading", name="What Tess Teacher will see")).to_be_visible(timeout=LONG)
        expect(sam.page.get_by_text("no documents, conversations, notes or cards")).to_be_visible()
        sam.page.get_by_role("button", name="Join the class").click()
        expect(sam.heading("Biology 10b")).to_be_visible()
        # The teacher sees it come without asking.
        expect(tess.page.get_by_role("list", name="Students")).to_contain_text("Sam Student")

        sam.page.get_by_role("link", name="Cells").click()
        expect(sam.page.get_by_text("Tess Teacher shares it with your class, and sees what you hand in")).to_be_visible()
        sam.page.get_by_text("Exam", exact=True).click()
        sam.page.get_by_role("button", name="Begin").click()
        sam.page.get_by_role("textbox").first.fill("The mitochondrion")
        while sam.page.get_by_role("button", name="Hand in").count() == 0:
            sam.page.get_by_role("button", name=re.compile("^(Next|To the end)$")).click()
        sam.page.get_by_role("button", name="Hand in").click()
        expect(sam.heading("Result")).to_be_visible()

        tess.page.get_by_role("link", name="Results", exact=True).click()
        row = tess.page.get_by_role("row", name=re.compile("^Sam Student"))
        expect(row).to_contain_text("100 %")
        tess.page.get_by_role("button", name="Cells").click()
        dialog = tess.page.get_by_role("dialog", name="Cells")
        expect(dialog.get_by_role("list", name="Handed in")).to_contain_text("all right")
        expect(dialog).not_to_contain_text("mitochondrion")
        dialog.get_by_role("button", name="Done").click()

        sam.open("/classes")
        sam.page.get_by_role("link", name="Biology 10b").click()
        sam.page.get_by_role("button", name="Actions for Biology 10b").click()
        sam.page.get_by_role("menuitem", name="Leave the class").click()
        sam.page.get_by_role("dialog", name="Leave Biology 10b?").get_by_role("button", name="Leave the class").click()
        expect(sam.page.get_by_role("heading", name="No classes yet")).to_be_visible()
        sam.open("/quizzes")
        expect(sam.page.get_by_role("link", name="Cells")).to_have_count(0)
        expect(row).to_have_count(0)
        # Back by the code that stands on the board.
        code = next(each for each in teacher.client.get("/classes").json()["data"])["code"]
        sam.open("/join")
        sam.page.get_by_label("Code").fill(code.lower())
        sam.page.get_by_role("button", name="Go on").click()
        sam.page.get_by_role("button", name="Join the class").click()
        expect(sam.page.get_by_role("link", name="Cells")).to_be_visible()
        expect(row).to_contain_text("not yet")
    finally:
        for context in contexts:
            context.close()
