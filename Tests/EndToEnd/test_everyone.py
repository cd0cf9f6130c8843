"""The app for everyone: any screen, paper, light and dark, any script, keyboard alone, a screen reader's rules."""

import io
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from app import App
from papers import long_pdf, note
from server import PASSWORD, Account, Server

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desktop": (1440, 900), "wide": (1920, 1080)}


@pytest.fixture(scope="module")
def tour(server: Server) -> dict[str, str]:
    """An account with something on every page, and the addresses of the pages."""
    account = server.account("tour@example.org", "Tour Guide")
    pdf = account.bring("short.pdf", long_pdf(4, title="A short handbook"))
    text = account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes in water of eighty degrees."), subject="Drinks")
    account.upload("broken.pdf", b"%PDF-1.7 nothing else")
    conversation = account.conversation()
    answer = account.client.post(f"/chat/conversations/{conversation}/messages", json={"content": "How long is green tea steeped?"})
    assert answer.status_code == 200, answer.text
    return {
        "library": "/library", "ask": "/chat", "conversation": f"/chat/{conversation}",
        "beside": f"/chat/{conversation}?document={text['id']}", "pdf": f"/documents/{pdf['id']}?page=2", "text": f"/documents/{text['id']}",
        "search": "/search?q=green+tea", "settings": "/settings", "missing": "/nowhere",
        "deleted": "/documents/00000000-0000-7000-8000-000000000000", "docs": "/docs",
    }


SETTLED: dict[str, Callable[[Page], None]] = {
    "library": lambda page: expect(page.get_by_role("list", name="Documents")).to_contain_text("On tea"),
    "ask": lambda page: expect(page.get_by_role("heading", name="What would you like to understand?")).to_be_visible(),
    "conversation": lambda page: expect(page.get_by_role("article", name="Answer")).to_contain_text("two minutes"),
    "beside": lambda page: expect(page.get_by_role("region", name="Text of On tea")).to_be_visible(),
    "pdf": lambda page: expect(page.get_by_role("group", name="Page 2").locator("canvas")).to_be_visible(timeout=30_000),
    "text": lambda page: expect(page.get_by_role("region", name="Text of On tea")).to_be_visible(),
    "search": lambda page: expect(page.get_by_role("list", name="Passages")).to_contain_text("Green"),
    "settings": lambda page: expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible(),
    "missing": lambda page: expect(page.get_by_role("heading", level=1, name="There is no such page")).to_be_visible(),
    "deleted": lambda page: expect(page.get_by_role("heading", name="This document is not here")).to_be_visible(),
    "docs": lambda page: expect(page.get_by_role("heading", level=1)).to_contain_text("API"),
}


def visit(page: Page, server: Server, tour: dict[str, str], name: str) -> None:
    page.goto(server.url + tour[name])
    SETTLED[name](page)


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']][:4]}"
        for each in found if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("size", "theme"), [("phone", "dark"), ("desktop", "light")])
def test_no_page_breaks_the_rules_of_accessibility(page: Page, server: Server, tour: dict[str, str], theme: str, size: str) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size])))
    page.goto(f"{server.url}/sign-in")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    problems = {"sign-in": serious(page)}
    App(page, server.url).sign_in("tour@example.org")
    for name in tour:
        visit(page, server, tour, name)
        problems[name] = serious(page)
        if name == "library":
            page.get_by_role("button", name="Select", exact=True).click()
            page.get_by_role("checkbox", name="Select On tea").check()
            expect(page.get_by_role("group", name="Selected documents")).to_contain_text("1 selected")
            problems["selecting"] = serious(page)
        elif name == "pdf":
            page.get_by_role("button", name="Contents", exact=True).click()
            expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
            problems["contents"] = serious(page)
        elif name == "text":
            page.get_by_text("Green tea is steeped").click(click_count=3)
            expect(page.get_by_role("button", name="Ask about the selection")).to_be_visible()
            problems["selection"] = serious(page)
    assert {name: found for name, found in problems.items() if found} == {}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_scrolls_sideways(page: Page, server: Server, tour: dict[str, str], size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    App(page, server.url).sign_in("tour@example.org")
    too_wide = {}
    for name in tour:
        visit(page, server, tour, name)
        needed = page.evaluate("() => document.documentElement.scrollWidth")
        if needed > width:
            too_wide[name] = needed
    assert too_wide == {}


def test_dark_and_light_follow_the_system_until_the_student_chooses(page: Page, server: Server, tour: dict[str, str]) -> None:
    App(page, server.url).sign_in("tour@example.org")
    background = "() => getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    before = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_function("light => getComputedStyle(document.body).backgroundColor !== light", arg=before)
    dark = page.evaluate(background)
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    # A colour may take a frame to arrive, so the page is asked until it has.
    page.wait_for_function("dark => getComputedStyle(document.body).backgroundColor !== dark", arg=dark)
    page.goto(f"{server.url}/settings/appearance")
    page.get_by_role("radio", name="Dark").check(force=True)
    page.wait_for_function("dark => getComputedStyle(document.body).backgroundColor === dark", arg=dark)


def test_the_whole_path_works_without_a_mouse(browser: Browser, server: Server) -> None:
    account = server.account("keyboard@example.org", "Keyboard User")
    account.bring("tea.md", note("On tea", "Green tea is steeped for two minutes in water of eighty degrees."))
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/sign-in")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    tab_to(page, "Email")
    page.keyboard.type(account.email)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.goto(f"{server.url}/library")
    expect(page.get_by_role("list", name="Documents")).to_contain_text("On tea")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(page, "Actions for On tea")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Actions for On tea")).to_be_focused()
    page.goto(f"{server.url}/chat")
    expect(page.get_by_role("heading", name="What would you like to understand?")).to_be_visible()
    tab_to(page, "Your question")
    page.keyboard.type("How long is green tea steeped?")
    page.keyboard.press("Enter")
    answer = page.get_by_role("article", name="Answer")
    expect(answer).to_have_attribute("aria-busy", "false", timeout=60_000)
    # From the question back to the citation in the answer above it.
    tab_to(page, "Source 1", key="Shift+Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("two minutes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Document").locator("mark").first).to_be_in_viewport()
    expect(page.get_by_role("complementary", name="Document").get_by_role("heading", name="On tea").first).to_be_focused()
    tab_to(page, "Close what stands beside")
    page.keyboard.press("Enter")
    expect(answer.get_by_role("button", name="Source 1", exact=True).first).to_be_focused()
    page.close()


def tab_to(page: Page, name: str, key: str = "Tab", most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(
            """() => {
                const element = document.activeElement;
                const label = element.labels?.[0]?.textContent ?? "";
                return (element.getAttribute("aria-label") ?? (label || element.textContent)).trim();
            }"""
        )
        if found == name:
            return
    raise AssertionError(f"{name} cannot be reached with {key}")


def test_on_a_phone_a_citation_opens_in_a_sheet_over_the_answer(page: Page, server: Server, tour: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    App(page, server.url).sign_in("tour@example.org")
    visit(page, server, tour, "conversation")
    page.get_by_role("article", name="Answer").get_by_role("button", name="Source 1", exact=True).first.click()
    sheet = page.get_by_role("dialog", name="Document")
    expect(sheet.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.get_by_role("button", name="1 source").click()
    expect(page.get_by_role("dialog", name="Sources")).to_contain_text("On tea")


def test_on_paper_an_answer_has_its_sources_and_nothing_to_press(app: App, account: Account) -> None:
    account.bring("valve.md", note("Valve handbook", "The Halvorsen valve opens at 417 kilopascals."))
    page = app.page
    app.go("Ask")
    app.ask("When does the Halvorsen valve open?")
    app.wait_answered()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_label("Your question")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    text = re.sub(r"\s+", " ", text)
    assert "When does the Halvorsen valve open?" in text
    assert "Valve handbook" in text
    assert "417 kilopascals" in text
    assert "All documents" not in text
    # Whatever the screen's colours, the paper's are dark on white.
    assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()") == "#ffffff"


def test_a_text_runs_as_its_script_does(app: App, account: Account) -> None:
    document = account.bring("arabic.md", "# الكيمياء الحيوية\n\nالغشاء الخلوي يحيط بالخلية.\n\nThe cell membrane.\n".encode())
    page = app.page
    page.goto(f"{app.url}/documents/{document['id']}")
    text = page.get_by_role("region", name="Text of")
    direction = "(element) => getComputedStyle(element).direction"
    expect(text.get_by_text("الغشاء")).to_be_visible()
    assert text.get_by_role("heading").evaluate(direction) == "rtl"
    assert text.get_by_text("الغشاء").evaluate(direction) == "rtl"
    assert text.get_by_text("The cell").evaluate(direction) == "ltr"


def test_with_the_systems_own_colours_one_still_sees_where_one_is(app: App, account: Account) -> None:
    page = app.page
    page.emulate_media(forced_colors="active")
    current = page.get_by_role("navigation", name="Main").get_by_role("link", name="Library")
    expect(current).to_have_css("outline-style", "solid")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Today")).to_have_css("outline-style", "none")
