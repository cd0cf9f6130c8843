"""What stands around the pages: the rail, the bar, the panel, the palette, overlays that Back closes."""

import datetime
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app import App
from conftest import unique_email
from papers import long_pdf, note
from server import Account, Server

TEA = note("On tea", "Green tea is steeped for two minutes in water of eighty degrees.")
VALVE = note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals.")


def course(account: Account, **details: object) -> str:
    answer = account.client.post("/courses", json=details)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def asked(account: Account, *questions: str, **fields: object) -> str:
    conversation = account.conversation(**fields)
    for question in questions:
        answer = account.client.post(f"/chat/conversations/{conversation}/messages", json={"content": question})
        assert answer.status_code == 200, answer.text
    return conversation


def in_days(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def test_a_course_is_made_filled_asked_put_away_and_deleted(app: App, account: Account) -> None:
    page = app.page
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_role("menuitem", name="New course").click()
    dialog = page.get_by_role("dialog", name="New course")
    expect(dialog.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Steam plants")
    dialog.get_by_label("Day of the exam").fill(in_days(5))
    dialog.get_by_role("radio", name="Orange").check(force=True)
    dialog.get_by_role("button", name="Make the course").click()
    expect(app.heading("Steam plants")).to_be_visible()
    expect(page.get_by_text("Exam in 5 days").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Courses").get_by_role("link", name=re.compile("Steam plants"))).to_have_attribute("aria-current", "page")

    # A file dropped on the course belongs to it.
    app.drop(("valve.md", "text/markdown", VALVE))
    tabs = page.get_by_role("navigation", name="Parts of the course")
    expect(tabs.get_by_role("link", name="Sources")).to_have_attribute("aria-current", "page")
    app.wait_ready("Valve handbook")
    tabs.get_by_role("link", name="Overview").click()
    app.ask("When does the Halvorsen valve open?")
    expect(app.wait_answered()).to_contain_text("417 kilopascals")
    expect(page).to_have_url(re.compile(r"/c/[^/]+/talk/[^/?]+"))
    page.get_by_role("navigation", name="Courses").get_by_role("link", name=re.compile("Steam plants")).click()
    tabs.get_by_role("link", name="Conversations").click()
    expect(page.get_by_role("navigation", name="Conversations").get_by_role("link")).to_have_count(1)

    # Today counts the days.
    app.go("Today")
    exams = page.get_by_role("region", name="Exams")
    expect(exams).to_contain_text("Steam plants")
    expect(exams).to_contain_text("5")
    page.goto(f"{app.url}/courses")
    page.get_by_role("button", name="Actions for Steam plants").click()
    page.get_by_role("menuitem", name="Put away").click()
    expect(page.get_by_role("heading", name="Put away")).to_be_visible()
    page.get_by_role("button", name="Actions for Steam plants").click()
    page.get_by_role("menuitem", name="Delete the course").click()
    expect(page.get_by_role("link", name="Steam plants")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_have_count(0, timeout=30_000)
    assert account.client.get("/courses").json()["data"] == []
    assert account.client.get("/documents").json()["pagination"]["total"] == 1


def test_back_closes_whatever_lies_over_the_page(app: App, account: Account) -> None:
    account.bring("valve.md", VALVE)
    talk = asked(account, "When does the Halvorsen valve open?")
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{app.url}/library")
    expect(app.document("Valve handbook")).to_have_count(1)
    address = page.url
    overlays = {
        "palette": (lambda: page.keyboard.press("Control+k"), page.get_by_role("dialog", name="Search or go to")),
        "shortcuts": (lambda: page.keyboard.press("Control+/"), page.get_by_role("dialog", name="Keyboard shortcuts")),
        "course": (lambda: page.get_by_role("button", name="New course").click(), page.get_by_role("dialog", name="New course")),
    }
    for show, overlay in overlays.values():
        show()
        expect(overlay).to_be_visible()
        page.go_back()
        expect(overlay).to_have_count(0)
        assert page.url == address
        # Escape leaves no entry behind either.
        show()
        page.keyboard.press("Escape")
        expect(overlay).to_have_count(0)
        expect(page).to_have_url(address)
    expect(app.heading("Library")).to_be_visible()

    page.goto(f"{app.url}/talk/{talk}")
    answer = app.wait_answered()
    panel = page.get_by_role("complementary", name="Document")
    answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(panel.locator("mark").first).to_be_in_viewport()
    page.go_back()
    expect(panel).to_have_count(0)
    expect(page.get_by_role("complementary", name="Sources")).to_be_visible()
    page.go_forward()
    expect(panel.locator("mark").first).to_be_in_viewport()
    # The address alone leads there too, with the same sentence marked.
    marked = panel.locator("mark").all_text_contents()
    elsewhere = page.context.new_page()
    elsewhere.set_viewport_size({"width": 1440, "height": 900})
    elsewhere.goto(page.url)
    expect(elsewhere.get_by_role("complementary", name="Document").locator("mark").first).to_be_in_viewport()
    assert elsewhere.get_by_role("complementary", name="Document").locator("mark").all_text_contents() == marked
    elsewhere.close()


def test_the_palette_goes_does_and_finds(app: App, account: Account) -> None:
    steam = course(account, name="Steam plants")
    document = account.bring("tea.md", TEA)
    page = app.page
    page.reload()
    palette = page.get_by_role("combobox", name="Search or go to")
    expect(app.heading("Library")).to_be_visible()
    for typed, option, where in (
        ("ste", "Steam plants", f"/c/{steam}"), ("on tea", "On tea", f"/d/{document['id']}"), ("notif", "Notifications", "/notifications"),
        ("steeped", "Search passages for “steeped”", "/search?q=steeped"),
    ):
        page.keyboard.press("Control+k")
        expect(palette).to_be_focused()
        page.keyboard.type(typed)
        page.get_by_role("option", name=re.compile(f"^{option}")).click()
        expect(page).to_have_url(re.compile(re.escape(where) + "$"))
        expect(palette).to_have_count(0)
    # From what was found, Back leads to where the palette was opened, not to the palette.
    page.go_back()
    expect(page).to_have_url(re.compile("/notifications$"))


def test_sources_are_those_of_the_answer(app: App, account: Account) -> None:
    account.bring("tea.md", TEA)
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    app.go("Ask")
    app.ask("How long is green tea steeped?")
    app.wait_answered()
    sources = page.get_by_role("complementary", name="Sources")
    expect(sources).to_contain_text("On tea")
    app.ask("Who won the football world cup of 1954?")
    app.wait_answered()
    # An answer that rests on nothing shows nothing of the one before.
    expect(sources).to_contain_text("rests on no passage")
    expect(sources).not_to_contain_text("On tea")
    expect(page.get_by_role("status").filter(has_text="It rests on no source.")).to_be_attached()
    page.get_by_role("button", name="1 source").first.click()
    expect(sources).to_contain_text("On tea")


def test_the_panel_is_made_wider_by_keyboard_and_stays_so(app: App, account: Account) -> None:
    document = account.bring("tea.md", TEA)
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{app.url}/d/{document['id']}")
    page.get_by_role("button", name="Ask about On tea").click()
    panel = page.get_by_role("complementary", name="Ask")
    expect(page.get_by_label("Your question")).to_be_focused()
    width = "(element) => element.getBoundingClientRect().width"
    drawn = "([label, low, high]) => { const width = document.querySelector(`aside[aria-label='${label}']`)?.getBoundingClientRect().width; return width > low && width < high; }"
    before = panel.evaluate(width)
    handle = page.get_by_role("separator", name="Width of what stands beside")
    handle.focus()
    expect(handle).to_be_focused()
    handle.press("ArrowLeft")
    handle.press("ArrowLeft")
    # Drawn with the next frame, which a busy machine gives late.
    page.wait_for_function(drawn, arg=["Ask", before + 50, 2000], timeout=30_000)
    wider = panel.evaluate(width)
    page.reload()
    expect(panel).to_be_visible()
    page.wait_for_function(drawn, arg=["Ask", wider - 2, wider + 2], timeout=30_000)


def test_news_of_imports_comes_to_the_bell(app: App, account: Account) -> None:
    page = app.page
    app.go("Ask")
    account.bring("tea.md", TEA)
    account.upload("broken.pdf", b"%PDF-1.7 nothing else")
    bell = page.get_by_role("link", name="Notifications, 2 new")
    expect(bell).to_be_visible()
    bell.click()
    news = page.get_by_role("list", name="Notifications")
    expect(news.get_by_role("listitem")).to_have_count(2)
    expect(news).to_contain_text("damaged")
    news.get_by_role("button", name="Try broken again").click()
    # It fails again, and says so again.
    expect(news.get_by_role("listitem").filter(has_text="damaged")).to_have_count(1)
    page.reload()
    expect(news.get_by_role("listitem")).to_have_count(2)
    app.go("Today")
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()


def test_many_documents_are_ticked_moved_and_deleted_and_the_keyboard_keeps_its_place(app: App, account: Account) -> None:
    course(account, name="Steam plants")
    for number in range(4):
        account.bring(f"n{number}.md", note(f"Note {number}", f"The answer of note {number} is {number * 7}."))
    page = app.page
    page.goto(f"{app.url}/library?sort=title")
    titles = page.get_by_role("list", name="Documents").get_by_role("listitem").get_by_role("link", name=re.compile("^Note"))
    expect(titles).to_have_text([f"Note {number}" for number in range(4)])
    page.get_by_role("button", name="Select", exact=True).click()
    for number in (1, 2):
        page.get_by_role("checkbox", name=f"Select Note {number}").check()
    bar = page.get_by_role("group", name="Selected documents")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Move").click()
    dialog = page.get_by_role("dialog", name="Move 2 documents to a course")
    dialog.get_by_role("radio", name="Steam plants").check()
    dialog.get_by_role("button", name="Move").click()
    expect(app.document("Note 1")).to_contain_text("Steam plants")
    expect(app.document("Note 3")).not_to_contain_text("Steam plants")

    app.document("Note 1").get_by_role("button", name="Actions for Note 1").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(titles).to_have_count(3)
    # On the row after the one that went; undone by a key, on the one that came back.
    expect(app.document("Note 2").get_by_role("link", name="Note 2")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(titles).to_have_count(4)
    expect(app.document("Note 1").get_by_role("link", name="Note 1")).to_be_focused()


def test_filters_are_in_the_address_and_the_place_is_kept(app: App, account: Account) -> None:
    for number in range(24):
        assert account.upload(f"n{number}.md", note(f"Note {number}", f"The answer of note {number} is {number * 7}.")).status_code == 202
    page = app.page
    page.reload()
    app.wait_ready("Note 23")
    page.get_by_label("Filter by title or file").fill("note 1")
    expect(page).to_have_url(re.compile(r"q=note\+1"))
    expect(app.document("Note 19")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Filter by title or file")).to_have_value("note 1")
    page.get_by_label("Filter by title or file").fill("")
    expect(app.document("Note 0")).to_have_count(1)
    content = page.locator("#content")
    content.evaluate("(element) => element.scrollTo({ top: 500 })")
    app.document(re.compile("^.*Note 9")).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/d/"))
    page.go_back()
    expect(app.heading("Library")).to_be_attached()
    page.wait_for_function("() => document.getElementById('content').scrollTop > 400")


def test_a_question_that_cannot_be_sent_stays_and_is_sent_again(page: Page, fresh_server: Server) -> None:
    account = fresh_server.account("unsent@example.org")
    account.bring("tea.md", TEA)
    talk = asked(account, "How hot is the water?")
    app = App(page, fresh_server.url).sign_in("unsent@example.org")
    page.goto(f"{app.url}/talk/{talk}")
    app.wait_answered()
    fresh_server.kill()
    page.get_by_label("Your question").fill("How long is green tea steeped?")
    page.keyboard.press("Enter")
    unsent = page.get_by_role("article", name="Not sent yet")
    expect(unsent).to_contain_text("How long is green tea steeped?")
    # One outage is told once.
    expect(page.get_by_role("alert")).to_have_count(0)
    fresh_server.start()
    page.reload()
    expect(unsent).to_contain_text("How long is green tea steeped?")
    unsent.get_by_role("button", name="Send again").click()
    expect(app.wait_answered()).to_contain_text("two minutes")
    expect(unsent).to_have_count(0)


def test_without_a_network_the_app_itself_says_so(browser: Browser, server: Server) -> None:
    account = server.account(unique_email(), "Offline")
    context = browser.new_context()
    page = context.new_page()
    app = App(page, server.url).sign_in(account.email)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(app.heading("Library")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    page.goto(f"{server.url}/c/deep/talk/address", wait_until="commit")
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached", timeout=30_000)
    context.set_offline(False)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible(timeout=30_000)
    context.close()


def test_what_is_typed_as_a_password_can_be_shown(page: Page, server: Server) -> None:
    App(page, server.url).open("/sign-in")
    field = page.get_by_label("Password")
    field.fill("something long")
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show what is typed").click()
    expect(field).to_have_attribute("type", "text")


def test_old_addresses_lead_where_they_led(app: App, account: Account) -> None:
    document = account.bring("tea.md", TEA)
    talk = asked(account, "How long is green tea steeped?")
    page = app.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{app.url}/documents/{document['id']}?page=1")
    expect(page).to_have_url(re.compile(rf"/d/{document['id']}\?page=1$"))
    page.goto(f"{app.url}/chat/{talk}?document={document['id']}")
    expect(page).to_have_url(re.compile(rf"/talk/{talk}\?panel=document"))
    expect(page.get_by_role("complementary", name="Document")).to_contain_text("Green tea")
    page.goto(f"{app.url}/chat")
    expect(page).to_have_url(re.compile("/talk$"))


@pytest.mark.parametrize(("width", "height"), [(320, 256), (740, 360), (360, 740)])
def test_a_small_window_leaves_everything_in_reach(browser: Browser, server: Server, width: int, height: int) -> None:
    account = server.account(unique_email(), "Small")
    account.bring("tea.md", TEA)
    pdf = account.bring("short.pdf", long_pdf(3, title="A short handbook"))
    talk = asked(account, "How long is green tea steeped?")
    context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block")
    page = context.new_page()
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password").fill("violet lantern under nine bridges")
    page.get_by_role("button", name="Sign in").click()
    menu = page.get_by_role("button", name=re.compile("^(Menu|More)$"))
    expect(menu).to_be_visible()
    for path in ("/", "/library", "/courses", f"/talk/{talk}", f"/d/{pdf['id']}", "/search?q=tea", "/notifications", "/settings"):
        page.goto(server.url + path)
        expect(menu).to_be_visible()
        expect(page.locator("#content h1").first).to_be_attached()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
    # Everywhere from the menu, and the question can be written.
    menu.click()
    page.get_by_role("dialog", name="More").get_by_role("link", name="Library", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Library")).to_be_visible()
    page.goto(f"{server.url}/talk/{talk}")
    question = page.get_by_label("Your question")
    question.click()
    question.fill("For how long is green tea steeped?")
    expect(question).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Answer").last).to_contain_text("two minutes", timeout=60_000)
    context.close()


def test_the_administrator_lets_somebody_choose_a_new_password(page: Page, server: Server) -> None:
    lost = server.account(unique_email(), "Lost Her Password")
    app = App(page, server.url).sign_in("administrator@example.org")
    page.goto(f"{app.url}/admin/people")
    person = page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=lost.email)
    person.get_by_role("button", name="Give Lost Her Password a new password").click()
    dialog = page.get_by_role("dialog", name="A new password for Lost Her Password")
    dialog.get_by_role("button", name="New password").click()
    link = dialog.locator("code").inner_text()
    other = page.context.browser.new_page()
    other.goto(link)
    other.get_by_label("New password").fill("another long pass phrase")
    other.get_by_role("button", name="Save and sign in").click()
    expect(other.get_by_role("navigation", name="Main")).to_be_visible()
    # Once only.
    other.goto("about:blank")
    other.goto(link)
    other.get_by_label("New password").fill("yet another pass phrase")
    other.get_by_role("button", name="Save and sign in").click()
    expect(other.get_by_role("alert")).to_be_visible()
    other.close()
    page.goto(f"{app.url}/admin/health")
    expect(page.get_by_role("region", name="Health")).to_contain_text("Database")
    # Nobody else has that page.
    stranger = App(page.context.browser.new_page(), server.url).sign_in(server.account(unique_email()).email)
    stranger.page.goto(f"{app.url}/admin/people")
    expect(stranger.heading("There is no such page")).to_be_visible()
    stranger.page.close()


def test_the_administrator_makes_another_and_takes_it_back(page: Page, server: Server) -> None:
    helper = server.account(unique_email(), "Helping Hand")
    app = App(page, server.url).sign_in("administrator@example.org")
    page.goto(f"{app.url}/admin/people")
    person = page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=helper.email)
    person.get_by_role("button", name="What Helping Hand may do").click()
    dialog = page.get_by_role("dialog")

    def give(role: str) -> None:
        dialog.locator(f"input[value={role.lower()}]").check()
        dialog.get_by_role("button", name="Save the role").click()

    give("Administrator")
    expect(dialog).to_have_count(0)
    expect(person).to_contain_text("Administrator")
    assert server.sign_in(helper.email).client.get("/admin/users").status_code == 200
    person.get_by_role("button", name="What Helping Hand may do").click()
    give("Student")
    expect(dialog).to_have_count(0)
    expect(person).not_to_contain_text("Administrator")
    assert server.sign_in(helper.email).client.get("/admin/users").status_code == 403
    # The last one stays.
    me = page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text="administrator@example.org")
    me.get_by_role("button", name="What Olga Beispiel may do").click()
    give("Student")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("only administrator")


def test_the_app_speaks_the_language_that_one_chooses(app: App) -> None:
    page = app.page
    app.settings("Appearance")
    page.get_by_role("radio", name="Deutsch").check(force=True)
    expect(app.heading("Einstellungen")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("navigation", name="Hauptbereiche").get_by_role("link", name="Bibliothek")).to_be_visible()
    page.get_by_role("radio", name="English").check(force=True)
    expect(app.heading("Settings")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 256), (740, 360)])
def test_a_low_window_lets_one_send_close_and_choose(app: App, account: Account, width: int, height: int) -> None:
    account.bring("tea.md", TEA)
    for number in range(3):
        account.bring(f"n{number}.md", note(f"Note {number}", f"The answer of note {number} is {number * 7}."))
    page = app.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{app.url}/talk")
    page.get_by_label("Your question").fill("How long is green tea steeped?")
    send = page.get_by_role("button", name="Send the question")
    send.scroll_into_view_if_needed()
    expect(send).to_be_in_viewport(ratio=1)
    send.click()
    app.wait_answered()
    # What stands beside comes over the page here, and goes again.
    app.answer.get_by_role("button", name="Source 1", exact=True).first.click()
    sheet = page.get_by_role("dialog", name="Document")
    expect(sheet.locator("mark").first).to_be_in_viewport()
    close = sheet.get_by_role("button", name="Close", exact=True)
    expect(close).to_be_in_viewport(ratio=1)
    close.click()
    expect(sheet).to_have_count(0)

    # Every line of a menu can be seen, also of the last row's.
    page.goto(f"{app.url}/library")
    rows = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(rows).to_have_count(4)
    for row in (rows.first, rows.last):
        row.get_by_role("button", name=re.compile("^Actions for")).click()
        for item in page.get_by_role("menuitem").all():
            item.focus()
            expect(item).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(page.get_by_role("menuitem")).to_have_count(0)

    # And a dialog's last button.
    page.goto(f"{app.url}/courses?sheet=new-course")
    dialog = page.get_by_role("dialog", name="New course")
    dialog.get_by_label("Name").fill("Steam plants")
    make = dialog.get_by_role("button", name="Make the course")
    make.scroll_into_view_if_needed()
    expect(make).to_be_in_viewport(ratio=1)
    make.click()
    expect(app.heading("Steam plants")).to_be_visible()


def test_the_keyboard_has_a_place_after_whatever_was_done(app: App, account: Account) -> None:
    account.bring("tea.md", TEA)
    for name in ("First", "Second", "Third"):
        account.conversation(title=name)
        course(account, name=f"Course {name}")
    page = app.page
    # A conversation that goes gives its place to the next, and takes it back.
    page.goto(f"{app.url}/talks")
    talks = page.get_by_role("navigation", name="Conversations")
    expect(talks.get_by_role("link")).to_have_text(["Third", "Second", "First"])
    talks.get_by_role("button", name="Actions for Second").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(talks.get_by_role("link")).to_have_text(["Third", "First"])
    expect(talks.get_by_role("link", name="First")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(talks.get_by_role("link", name="Second")).to_be_focused()

    # So does a course.
    page.goto(f"{app.url}/courses")
    courses = page.get_by_role("list", name="Courses")
    courses.get_by_role("button", name="Actions for Course First").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(courses.get_by_role("link", name="Course Second")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(courses.get_by_role("link", name="Course First")).to_be_focused()

    # A hit that is opened is read with the keyboard at once, and Back leads to the hits.
    page.goto(f"{app.url}/search?q=green+tea")
    page.get_by_role("list", name="Passages").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Text of On tea")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("list", name="Passages")).to_contain_text("Green")
