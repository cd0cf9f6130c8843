"""A learning platform launches Little Monster: a teacher links a quiz, a learner hands it in, the grade arrives, and both see it."""

from __future__ import annotations

import pathlib
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app import LONG, App
from learning_platform import COURSE, LearningPlatform, as_another_tool
from server import PASSWORD, Server


@pytest.fixture
def study(tmp_path: pathlib.Path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    server.settings["LM_PUBLIC_URL"] = server.url
    yield server
    server.stop()


@pytest.fixture
def platform(study: Server) -> Iterator[LearningPlatform]:
    platform = LearningPlatform(study.url)
    study.settings["LM_LEARNING_PLATFORM_ORIGINS"] = platform.url
    study.start()
    study.account("administrator@example.org", "Administrator")
    yield platform
    platform.stop()


def register(page: Page, platform: LearningPlatform, study: Server) -> None:
    """By the administrator's form, as the two systems' pages show it."""
    app = App(page, study.url).sign_in("administrator@example.org")
    app.open("/admin/platforms")
    expect(page.get_by_role("heading", name="No platforms yet")).to_be_visible()
    for address in ("/api/v1/auth/lti-login", "/api/v1/auth/lti-launch", "/.well-known/jwks.json", "/lti/"):
        expect(page.get_by_text(study.url + address, exact=True)).to_be_visible()
    page.get_by_role("button", name="Register a platform").click()
    told = platform.registration
    page.get_by_label("Name", exact=True).fill(told["name"])
    page.get_by_label("Issuer (platform ID)").fill(told["issuer"])
    page.get_by_label("Client ID").fill(told["client_id"])
    page.get_by_label("Deployment IDs").fill(told["deployment_ids"][0])
    page.get_by_label("Authentication request address").fill("http://169.254.169.254/authorize")
    page.get_by_label("Access token address").fill(told["token_url"])
    page.get_by_label("Public keyset address").fill(told["keys_url"])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("must be an https address").first).to_be_visible()
    page.get_by_label("Authentication request address").fill(told["authorization_url"])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("list", name="Learning platforms")).to_contain_text("Old College")


def test_a_quiz_is_linked_handed_in_and_graded(browser: Browser, study: Server, platform: LearningPlatform) -> None:
    teacher = study.account("tess@example.org", "Tess Teacher")
    asked = teacher.client.post("/quiz-questions", json={
        "question_text": "What makes ATP?", "question_type": "short_answer", "key": {"accepted": ["The mitochondrion"]}, "topic": "Cells",
    }).json()["id"]
    assert teacher.client.post("/quizzes", json={"question_ids": [asked], "title": "Cells"}).status_code == 202
    contexts = [browser.new_context(service_workers="block") for _ in range(3)]
    admin, tess, sam = (context.new_page() for context in contexts)
    try:
        register(admin, platform, study)
        as_another_tool(platform)

        # The teacher: in a frame of the platform's, whose cookies of ours are blocked, a tab opens; the account that she has is connected.
        tess.goto(f"{platform.url}/choose?user=t-1")
        frame = tess.frame_locator("iframe")
        with tess.expect_popup() as opened:
            frame.get_by_role("link", name="Open Little Monster").click()
        tab = opened.value
        expect(tab.get_by_role("heading", name="You come from Old College")).to_be_visible(timeout=LONG)
        assert "state" not in tab.url
        # The address is hers, but nothing is done unasked.
        tab.get_by_role("button", name="Make an account").click()
        expect(tab.get_by_text("There is an account with your email address already.")).to_be_visible()
        tab.get_by_label("Password").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in and connect").click()
        expect(tab.get_by_role("heading", name="Choose what the course shows")).to_be_visible(timeout=LONG)
        tab.get_by_label("Cells").check()
        tab.get_by_role("button", name="Link it in the course").click()
        expect(tab.get_by_role("heading", name="Chosen")).to_be_visible()
        # The platform's own page goes on by itself.
        expect(frame.get_by_role("status")).to_have_text("Added Cells to the course", timeout=LONG)
        tab.close()
        assert list(platform.links) == ["link-1"] and len(platform.columns) == 1

        # A learner who is new here.
        platform.upsets = 1
        sam.goto(f"{platform.url}/open?user=l-1&link=link-1")
        sam.get_by_role("link", name="Open Cells").click()
        sam.get_by_role("button", name="Make an account").click()
        expect(sam.get_by_role("heading", name="Join the class")).to_be_visible(timeout=LONG)
        expect(sam.get_by_text("The best points of this quiz go to Old College")).to_be_visible()
        sam.get_by_role("button", name="Join and go on").click()
        expect(sam.get_by_text("Tess Teacher shares it with your class, and sees what you hand in")).to_be_visible(timeout=LONG)
        sam.get_by_text("Exam", exact=True).click()
        sam.get_by_role("button", name="Begin").click()
        sam.get_by_role("textbox").first.fill("The mitochondrion")
        while sam.get_by_role("button", name="Hand in").count() == 0:
            sam.get_by_role("button", name=re.compile("^(Next|To the end)$")).click()
        sam.get_by_role("button", name="Hand in").click()
        expect(App(sam, study.url).heading("Result")).to_be_visible()

        # The platform was down once; it arrives all the same, once.
        deadline = time.monotonic() + 60
        while not platform.scores and time.monotonic() < deadline:
            time.sleep(0.1)
        assert platform.faults == []
        assert [(score["userId"], score["scoreGiven"]) for score in platform.scores["1"]] == [("l-1", 100)]
        assert len(platform.assertions) == 1

        # The learner comes back at once; the teacher sees that it arrived.
        sam.goto(f"{platform.url}/open?user=l-1&link=link-1")
        sam.get_by_role("link", name="Open Cells").click()
        sam.wait_for_url(re.compile(r"/quiz/[\w-]+$"))
        app = App(tess, study.url)
        app.open("/classes")
        tess.get_by_role("link", name="Biology 10b").click()
        tess.get_by_role("link", name="Results", exact=True).click()
        given = tess.get_by_role("list", name="Given back to the learning platform")
        expect(given).to_contain_text("Sam Student")
        expect(given).to_contain_text("arrived")
        assert platform.faults == []
    finally:
        for context in contexts:
            context.close()


def test_columns_are_made_where_there_are_none_and_nobody_comes_in_by_a_lie(study: Server, platform: LearningPlatform, page: Page) -> None:
    admin = study.sign_in("administrator@example.org")
    assert admin.client.post("/admin/learning-platforms", json=platform.registration).status_code == 201
    # An address that tells no email makes no account.
    platform.links["link-9"] = {"url": f"{study.url}/lti/", "title": "Anything"}
    page.goto(f"{platform.url}/open?user=l-2&link=link-9")
    page.get_by_role("link", name="Open Anything").click()
    expect(page.get_by_role("heading", name="You come from Old College")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name="Make an account")).to_have_count(0)
    # What nobody launched leads nowhere, and says so.
    page.goto(f"{study.url}/launch#state=made-up")
    page.reload()
    expect(page.get_by_role("heading", name="That did not work")).to_be_visible()
    page.goto(f"{study.url}/api/v1/auth/lti-login?iss=https://evil.example&login_hint=x&target_link_uri={study.url}/lti/")
    expect(page.get_by_text("The learning platform is not registered here.")).to_be_visible()
    assert platform.faults == [] and not platform.columns and COURSE
