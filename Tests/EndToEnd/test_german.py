"""Who reads German reads nothing of the English catalogue, on any page."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from conftest import unique_email
from places import ADMIN, GERMAN, SHEETS, SOURCES, Places, missed
from server import PASSWORD, ROOT, Server

#: Words that nearly every English sentence has one of, and no German one.
ENGLISH = re.compile(r"\b(?:the|The|your|Your|you|You|and|And|of|with|is|are|this|This|that|not|from|for|to|by|on|have)\b")
#: All that a page says: what is written, what is read out, what a pointer shows; not what the student brought, nor what says
#: itself that it is English.
SAID = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const inside = node.parentElement;
        if (!inside.closest("script, style, template, noscript, canvas, .textLayer, .pdf-page, .document-text, [lang=en]")) found.push(node.textContent.trim());
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
        for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(element.getAttribute(name)?.trim() ?? "");
    }
    return [document.title, ...new Set(found)].filter(Boolean);
}"""


def catalogue(language: str) -> dict[str, str]:
    """What the app says in a language, by the folder and the key."""
    words = {}
    for file in SOURCES.rglob(f"words.{language}.ts"):
        text = file.read_text()
        for key, value in re.findall(r"^\s*\"?([\w-]+)\"?: \"((?:[^\"\\]|\\.)*)\",$", text, re.MULTILINE):
            words[f"{file.parent.name}.{key}"] = value
        for key, forms in re.findall(r"^\s*([\w-]+): \{ (.*) \},$", text, re.MULTILINE):
            for form, value in re.findall(r"(\w+): \"((?:[^\"\\]|\\.)*)\"", forms):
                words[f"{file.parent.name}.{key}.{form}"] = value
    return words


def english_only() -> dict[str, re.Pattern[str]]:
    english, german = catalogue("en"), catalogue("de")
    # It is the administrator's name in these tests.
    del english["admin.administrator"]
    assert len(english) > 300
    said = set(german.values())
    whole = {}
    for key, value in english.items():
        # A message of parameters alone says nothing by itself.
        if value in said or not re.search(r"[a-z]{2}", re.sub(r"\{\w+\}", "", value)):
            continue
        whole[key] = re.compile("(?s)^" + re.sub(r"\\\{\w+\\\}", ".+", re.escape(value)) + "$")
    return whole


def test_no_page_says_an_english_word_in_german(browser: Browser, server: Server) -> None:
    account = server.account(unique_email(), "Grete Beispiel")
    places = Places(account, GERMAN)
    known = english_only()
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900}, service_workers="block")
    page = context.new_page()
    faults: dict[str, list[str]] = {}

    def look(name: str, path: str) -> None:
        page.goto(server.url + path)
        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page.locator("h1").first).to_be_attached()
        expect(page.locator(".loading")).to_have_count(0)
        said = page.evaluate(SAID)
        assert len(said) > 5, path
        found = [text for text in said if ENGLISH.search(text)]
        found += [f"{text} ({key})" for text in said for key, form in known.items() if form.match(text)]
        if found:
            faults[name] = sorted(set(found))

    def sign_in(email: str) -> None:
        page.get_by_label("E-Mail").fill(email)
        page.get_by_label("Passwort").first.fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("navigation", name="Hauptbereiche")).to_be_visible()

    for path in ("/register", "/reset", "/unsubscribe", "/sign-in"):
        look(path, path)
    sign_in(account.email)
    for name, path in {**places.all, **places.beside, **SHEETS}.items():
        look(name, path)
    context.clear_cookies()
    page.goto(f"{server.url}/sign-in")
    sign_in("administrator@example.org")
    for name, path in {**ADMIN, **places.taught}.items():
        look(name, path)
    context.close()
    assert missed([*places.all.values(), *ADMIN.values()]) == set()
    assert faults == {}


def test_every_reason_why_a_file_cannot_be_read_is_said_in_german() -> None:
    failure = (ROOT / "Sources/Features/Library/Extraction/ExtractionFailure.swift").read_text()
    cases = re.search(r"enum Reason.*?\{(.*?)\}", failure, re.DOTALL)
    assert cases is not None
    reasons = {raw or name for name, raw in re.findall(r"case (\w+)(?: = \"(\w+)\")?$", cases[1], re.MULTILINE)}
    assert len(reasons) > 4
    assert {key.removeprefix("reasons.") for key in catalogue("de") if key.startswith("reasons.")} == reasons
