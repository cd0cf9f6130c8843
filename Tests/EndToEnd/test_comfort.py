"""What makes the difference between working and being a pleasure: nothing is lost, nothing jumps, everything can be reached."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app import App
from conftest import unique_email
from papers import long_pdf, note
from server import Account, Server
from slow_model import SlowModel

TEA = note("On tea", "Green tea is steeped for two minutes in water of eighty degrees.", "Black tea is steeped for four minutes in boiling water.")


def test_words_are_found_in_pages_that_are_not_drawn_yet(app: App, account: Account, handbook: bytes) -> None:
    document = account.bring("handbook.pdf", handbook)
    page = app.page
    page.goto(f"{app.url}/documents/{document['id']}")
    expect(page.get_by_role("group", name="Page 1", exact=True).locator("canvas")).to_be_visible(timeout=30_000)
    page.keyboard.press("Control+f")
    box = page.get_by_role("searchbox", name="Find in the document")
    expect(box).to_be_focused()
    page.keyboard.type("halvorsen VALVE")
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible(timeout=30_000)
    expect(page.locator("mark.current").first).to_be_in_viewport(timeout=30_000)
    expect(page.get_by_label("Page", exact=True)).to_have_value("73")
    box.fill("the turbine")
    count = page.get_by_role("search").get_by_role("status")
    expect(count).to_have_text(re.compile(r"^\d+ of \d{2,}$"), timeout=30_000)
    first, total = map(int, count.inner_text().split(" of "))
    page.keyboard.press("Enter")
    expect(count).to_have_text(f"{first % total + 1} of {total}")
    expect(page.locator("mark.current").first).to_be_in_viewport(timeout=30_000)
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text(f"{first} of {total}")
    box.fill("no such words anywhere")
    expect(page.get_by_text("Not found")).to_be_visible(timeout=30_000)
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(page.locator("mark")).to_have_count(0)


def test_one_steps_from_source_to_source(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    slow_account.bring("tea.md", TEA)
    slow_app.go("Ask")
    slow_app.ask("Show formulas: how does the Halvorsen valve open, and how is tea steeped?")
    answer = slow_app.wait_answered()
    page = slow_app.page
    # The next question can be typed at once.
    expect(page.get_by_label("Your question")).to_be_focused()
    page.set_viewport_size({"width": 1440, "height": 900})
    answer.get_by_role("button", name="Source 1", exact=True).first.click()
    panel = page.get_by_role("complementary", name="Document")
    tour = panel.get_by_role("group", name="Sources of the answer")
    expect(tour.get_by_role("status")).to_have_text("1 of 2")
    expect(panel.locator("mark").first).to_be_in_viewport()
    before = panel.locator("mark").first.inner_text()
    expect(tour.get_by_role("button", name="Previous source")).to_be_disabled()
    tour.get_by_role("button", name="Next source").click()
    expect(tour.get_by_role("status")).to_have_text("2 of 2")
    expect(answer.get_by_role("button", name="Source 2", exact=True).first).to_have_attribute("aria-current", "true")
    expect(panel.locator("mark").first).to_be_in_viewport()
    expect(panel.locator("mark").first).not_to_have_text(before)
    # The keyboard stays where it was, and Escape leads back to the number that was pressed.
    expect(tour.get_by_role("button", name="Next source")).to_be_disabled()
    tour.get_by_role("button", name="Previous source").focus()
    page.keyboard.press("Enter")
    expect(tour.get_by_role("status")).to_have_text("1 of 2")
    expect(tour.get_by_role("button", name="Previous source")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(answer.get_by_role("button", name="Source 1", exact=True).first).to_be_focused()


def test_formulas_tables_and_programs_keep_to_the_page(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    slow_account.bring("tea.md", TEA)
    page = slow_app.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 360, "height": 740})
    slow_app.go("Ask")
    slow_app.ask("Show formulas about the Halvorsen valve.")
    answer = slow_app.wait_answered()
    expect(answer.locator(".katex")).to_have_count(3)
    # An arrow over a letter and a growing brace have the widths that KaTeX gave them, with no inline style in the page.
    assert page.evaluate("() => [...document.querySelectorAll('.katex svg')].map((each) => each.style.width).some((width) => width !== '')")
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.answer p, .answer table, .answer .code')]"
        ".filter((each) => each.getBoundingClientRect().right > innerWidth).map((each) => each.textContent)"
    )
    assert wide == []
    answer.get_by_role("button", name="Copy the code").click()
    assert "def pressure" in page.evaluate("() => navigator.clipboard.readText()")
    answer.get_by_role("button", name="Copy the answer").click()
    expect(page.get_by_text("Copied.").first).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "\n\nSources\n[1] " in copied


def test_an_answer_is_followed_until_the_reader_scrolls_up(slow_app: App, slow_account: Account) -> None:
    slow_account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    page = slow_app.page
    page.set_viewport_size({"width": 360, "height": 420})
    slow_app.go("Ask")
    slow_app.ask("When does the Halvorsen valve open?")
    expect(slow_app.answer).to_contain_text("word25", timeout=30_000)
    thread = page.get_by_role("group", name="Messages")
    rest = "(element) => element.scrollHeight - element.scrollTop - element.clientHeight"
    assert thread.evaluate(rest) < 40
    thread.evaluate("(element) => { element.scrollTop -= 60 }")
    place = thread.evaluate("(element) => element.scrollTop")
    expect(slow_app.answer).to_contain_text("word40", timeout=30_000)
    assert thread.evaluate("(element) => element.scrollTop") == place
    page.get_by_role("button", name="Latest").click()
    slow_app.wait_answered()
    page.wait_for_function("() => { const e = document.querySelector('.thread'); return e.scrollHeight - e.scrollTop - e.clientHeight < 5 }")


def test_a_deleted_conversation_comes_back_with_undo(app: App, account: Account) -> None:
    conversation = account.conversation(title="Worth keeping")
    page = app.page
    page.goto(f"{app.url}/talks")
    history = page.get_by_role("navigation", name="Conversations")
    history.get_by_role("listitem").first.hover()
    history.get_by_role("button", name="Actions for Worth keeping").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(history.get_by_role("link")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(history.get_by_role("link", name="Worth keeping")).to_be_visible()
    page.reload()
    expect(history.get_by_role("link", name="Worth keeping")).to_be_visible()


def test_while_the_server_is_gone_nothing_written_is_lost(page: Page, fresh_server: Server) -> None:
    fresh_server.account("gone@example.org").bring("tea.md", TEA)
    app = App(page, fresh_server.url).sign_in("gone@example.org")
    app.go("Ask")
    notice = page.get_by_text("The server cannot be reached. Trying again…")
    fresh_server.kill()
    question = page.get_by_label("Your question")
    question.fill("How long is green tea steeped?")
    page.keyboard.press("Enter")
    expect(question).to_have_value("How long is green tea steeped?")
    expect(notice).to_be_visible()
    fresh_server.start()
    expect(notice).to_have_count(0, timeout=30_000)
    question.press("Enter")
    expect(app.wait_answered()).to_contain_text("two minutes")


def test_a_session_that_ends_elsewhere_says_so_and_leads_back(app: App, server: Server, account: Account) -> None:
    app.go("Search")
    server.sign_in(account.email).client.post("/auth/logout-all", json={})
    app.page.get_by_role("searchbox", name="Search your documents").fill("tea")
    app.page.keyboard.press("Enter")
    expect(app.page.get_by_text("Your session has ended.")).to_be_visible()
    assert app.page.url.endswith("/search?q=tea")


def test_an_upload_that_a_reload_cut_off_is_told(app: App, account: Account) -> None:
    page = app.page
    page.route("**/documents/upload", lambda route: None)
    app.drop(("cut.md", "text/markdown", TEA))
    expect(page.get_by_role("list", name="Uploads")).to_contain_text("cut.md")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute_all()
    row = page.get_by_role("list", name="Uploads").get_by_role("listitem")
    expect(row).to_contain_text("The page was closed before this file had arrived.")
    row.get_by_role("button", name="Dismiss cut.md").click()
    expect(row).to_have_count(0)
    page.reload()
    expect(app.heading("Library")).to_be_visible()
    expect(row).to_have_count(0)


def test_the_keyboards_shortcuts_are_listed_and_work(app: App, account: Account) -> None:
    page = app.page
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Search or go to")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search or go to")).to_be_focused()
    page.keyboard.type("membranes of cells")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Search your documents")).to_have_value("membranes of cells")
    page.keyboard.press("Control+Shift+O")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("A question that is not finished")
    app.go("Library")
    app.go("Ask")
    expect(page.get_by_label("Your question")).to_have_value("A question that is not finished")


def test_the_way_back_from_a_hit_leads_to_the_hits(app: App, account: Account) -> None:
    account.bring("tea.md", TEA)
    app.page.goto(f"{app.url}/search?q=green+tea")
    app.page.get_by_role("list", name="Passages").get_by_role("link").first.click()
    app.page.get_by_role("link", name="Back to the search").click()
    expect(app.page.get_by_role("list", name="Passages")).to_contain_text("Green")
    app.page.goto(f"{app.url}/documents/00000000-0000-7000-8000-000000000000")
    expect(app.page.get_by_role("heading", name="This document is not here")).to_be_visible()
    app.page.goto(f"{app.url}/chat/00000000-0000-7000-8000-000000000000")
    expect(app.page.get_by_role("heading", name="This conversation is not here")).to_be_visible()


#: Links within a sentence are exempt (WCAG 2.5.8), and so are the numbers of sources, which stand in one.
SMALL = """() => [...document.querySelectorAll("a, button, input, textarea, label:has(input), summary")]
    .filter((each) => {
        const style = getComputedStyle(each);
        const inline = style.display === "inline" || each.classList.contains("cite") || each.closest(".skip-link, .text-layer");
        const within = each.matches("input") && each.closest("label");
        // The whole row of a document is its link.
        const box = (each.closest(".document-title")?.closest("li") ?? each).getBoundingClientRect();
        const shown = each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1;
        return shown && !inline && !within && (box.height < 43.5 || (box.width < 43.5 && !each.matches("a")));
    })
    .map((each) => `${each.tagName} ${each.getAttribute("aria-label") ?? each.textContent} ${Math.round(each.getBoundingClientRect().width)}x${Math.round(each.getBoundingClientRect().height)}`)"""


def test_on_a_phone_everything_is_large_enough_for_a_finger(browser: Browser, server: Server) -> None:
    account = server.account(unique_email(), "Fingers")
    account.bring("tea.md", TEA)
    pdf = account.bring("short.pdf", long_pdf(3, title="A short handbook"))
    account.upload("broken.pdf", b"%PDF-1.7 nothing else")
    conversation = account.conversation()
    account.client.post(f"/chat/conversations/{conversation}/messages", json={"content": "How long is green tea steeped?"})
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server.url}/sign-in")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    small = {"sign-in": page.evaluate(SMALL)}
    App(page, server.url).sign_in(account.email)
    places = {
        "/library": page.get_by_role("link", name="On tea"), "/chat": page.get_by_label("Your question"),
        f"/chat/{conversation}": page.get_by_role("button", name="Copy the answer"), f"/documents/{pdf['id']}": page.get_by_label("Page", exact=True),
        "/search?q=tea": page.get_by_role("list", name="Passages").get_by_role("link").first, "/settings": page.get_by_label("Name", exact=True),
        "/docs": page.get_by_role("heading", level=1),
    }
    for path, sign in places.items():
        page.goto(server.url + path)
        expect(sign).to_be_visible(timeout=30_000)
        small[path] = page.evaluate(SMALL)
    page.goto(f"{server.url}/library")
    page.get_by_role("button", name="Actions for On tea").click()
    small["menu"] = page.evaluate(SMALL)
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    small["undo"] = page.evaluate(SMALL)
    page.get_by_role("button", name="Undo").click()
    context.close()
    problems = sorted({f"{name}: {each}" for name, found in small.items() for each in found})
    assert problems == [], "\n".join(problems)


def test_a_long_list_is_turned_page_by_page_from_its_top(app: App, account: Account) -> None:
    for number in range(27):
        assert account.upload(f"n{number}.md", note(f"Note {number}", f"The answer of note {number} is {number * 7}.")).status_code == 202
    page = app.page
    page.reload()
    app.wait_ready("Note 26")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_attached()
    expect(app.heading("Library")).to_be_in_viewport()
    expect(app.document("Note 1")).to_have_count(1)


def test_the_pointer_may_rest_on_a_sources_preview_and_escape_takes_it_away(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    page = app.page
    app.go("Ask")
    app.ask("When does the Halvorsen valve open?")
    citation = app.wait_answered().get_by_role("button", name="Source 1", exact=True).first
    preview = page.get_by_role("tooltip")
    citation.hover()
    expect(preview).to_be_visible()
    preview.hover()
    preview.click()
    expect(preview).to_be_visible()
    page.get_by_label("Your question").hover()
    expect(preview).to_have_count(0)
    # The question has the focus; Escape works from there too.
    citation.hover()
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)


def test_a_long_conversation_shows_its_earlier_messages_and_keeps_the_place(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    conversation = account.conversation()
    for number in range(101):
        answer = account.client.post(f"/chat/conversations/{conversation}/messages", json={"content": f"Question {number}: when does the Halvorsen valve open?"})
        assert answer.status_code == 200, answer.text
    page = app.page
    page.goto(f"{app.url}/chat/{conversation}")
    questions = page.get_by_role("article", name="You asked")
    expect(questions.last).to_be_in_viewport()
    expect(questions).to_have_count(51)
    thread = page.get_by_role("group", name="Messages")
    thread.evaluate("(element) => element.scrollTo({ top: 0 })")
    first = questions.first
    expect(first).to_contain_text("Question 50:")
    earlier = page.get_by_role("button", name="Show earlier messages")
    expect(earlier).to_be_in_viewport()
    where = "([thread, text]) => [...thread.querySelectorAll('article')].find((each) => each.textContent.includes(text)).getBoundingClientRect().top"
    before = page.evaluate(where, [thread.element_handle(), "Question 50:"])
    earlier.click()
    expect(questions).to_have_count(101)
    expect(questions.first).to_contain_text("Question 0:")
    expect(earlier).to_have_count(0)
    # The button at the top may have gone; what was read stands where it stood but for its height.
    assert abs(page.evaluate(where, [thread.element_handle(), "Question 50:"]) - before) < 100


def test_an_answer_asked_for_in_another_tab_appears(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    conversation = account.conversation()
    address = f"{app.url}/chat/{conversation}"
    app.page.goto(address)
    expect(app.page.get_by_label("Your question")).to_be_enabled()
    other = App(app.page.context.new_page(), app.url)
    other.page.goto(address)
    expect(other.page.get_by_label("Your question")).to_be_enabled()
    other.ask("When does the Halvorsen valve open?")
    other.wait_answered()
    expect(app.page.get_by_role("article", name="Answer")).to_contain_text("417 kilopascals")


def test_the_last_words_stay_in_view_when_a_source_opens_beside_them(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", *(f"The Halvorsen valve of station {number} opens at {400 + number} kilopascals." for number in range(12))))
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 500})
    app.go("Ask")
    app.ask("When does the Halvorsen valve open?")
    citation = app.wait_answered().get_by_role("button", name="Source 1", exact=True).last
    app.ask("At what pressure does the Halvorsen valve of station 7 open?")
    citation = app.wait_answered().get_by_role("button", name="Source 1", exact=True).last
    citation.click()
    expect(page.get_by_role("complementary", name="Document").locator("mark").first).to_be_in_viewport()
    expect(citation).to_be_in_viewport(ratio=1)
