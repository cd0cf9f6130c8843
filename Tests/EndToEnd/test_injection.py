"""Scripts in every field that is shown: none runs on any page, and the browser reports no breach of the policy for scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app import App
from conftest import PATIENT
from hostile_zips import zipped
from places import ADMIN, SHEETS, Places
from server import PASSWORD, Account, Server

IMAGE = "<img src=x onerror=ran(1)>"
#: Ways into a page, each within the 200 letters that a title may have.
VECTORS = [
    f'"><script>ran(1)</script>{IMAGE}', f"'><svg/onload=ran(1)><svg><script>ran(1)</script>", "</title></textarea></style><iframe srcdoc=\"<script>parent.ran(1)</script>\">",
    "[x](javascript:ran(1)) <a href=javascript:ran(1)>x</a>", "![x](x\"onerror=\"ran(1)) ${ran(1)} {{constructor.constructor('ran(1)')()}}",
    "$\\href{javascript:ran(1)}{x}$ \\(\\url{javascript:ran(1)}\\) $\\htmlData{x=\"><img src=x onerror=ran(1)>}{y}$", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=ran(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=ran(1)>\">", "<form><button formaction=javascript:ran(1)>x</button><input autofocus onfocus=ran(1)>", "<details open ontoggle=ran(1)><a autofocus tabindex=1 onfocus=ran(1)>",
]


def words(turn: int) -> dict[str, str]:
    """What is written on every page: another way in each field, so that each field has each in some turn."""
    fields = ["course", "book", "chapter", "sentence", "title", "text", "more", "question", "answer"]
    made = {field: f"tea {VECTORS[(turn + number) % len(VECTORS)]}" for number, field in enumerate(fields)}
    # What is asked must be one line with words to find; a course's name is short.
    return made | {"course": made["course"][:95], "book": made["book"][:190], "title": made["title"][:190], "answer": made["answer"][:190], "query": "tea"}


class Guarded:
    """A browser that tells of every script that is not the app's."""

    def __init__(self, browser: Browser) -> None:
        self.context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 850}, reduced_motion="reduce", service_workers="block")
        self.context.set_default_timeout(PATIENT)
        self.ran: list[str] = []
        self.breaches: list[str] = []
        self.context.expose_function("ran", lambda *_: self.ran.append(self.place))
        self.context.expose_function("breached", lambda what: self.breaches.append(f"{self.place}: {what}"))
        self.context.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) => { if (/script|trusted|worker|frame|object|base|form/.test(event.effectiveDirective))"
            " breached(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`); });")
        self.context.on("console", lambda message: self.breaches.append(f"{self.place}: {message.text}") if re.search("Trusted|javascript:|inline (script|event)", message.text) else None)
        self.context.on("dialog", lambda dialog: (self.ran.append(f"{self.place}: a dialog"), dialog.dismiss()))
        self.place = ""

    def go(self, page: Page, url: str, path: str) -> None:
        self.place = path
        page.goto(url + path)
        expect(page.get_by_role("main")).to_be_visible()
        # What is fetched is drawn, and what was drawn has had the time to fail: a picture's error comes after it.
        expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        page.wait_for_timeout(250)


@pytest.fixture
def guarded(browser: Browser) -> Iterator[Guarded]:
    made = Guarded(browser)
    yield made
    made.context.close()


def fill(account: Account, turn: int) -> Places:
    """An account whose every page has something of it, and what places do not reach: the name, memories, a card of another program, files."""
    written = words(turn)
    person = account.client.get("/users/me").json()
    named = account.client.patch(f"/users/{person['id']}", json={"display_name": written["title"][:80]})
    assert named.status_code == 200, named.text
    places = Places(account, written)
    html = f"<p>tea {IMAGE} <a href='javascript:ran(1)'>x</a><svg><animate onbegin=ran(1) attributeName=x dur=1s></svg></p><script>ran(1)</script>"
    account.bring(f"{written['title'][:60].replace('/', '|')}.html", f"<!DOCTYPE html><html><head><title>{html}</title></head><body>{html}<p>{'Tea is steeped. ' * 5}&lt;script&gt;ran(1)&lt;/script&gt;</p></body></html>".encode())
    account.bring("book.epub", zipped({
        "mimetype": b"application/epub+zip", "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
        "b.opf": b'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
        "a.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Tea</h1><p>Tea is steeped.</p><script>ran(1)</script><svg xmlns="http://www.w3.org/2000/svg" onload="ran(1)"/><p>&lt;img src=x onerror=ran(1)&gt;</p></body></html>'}))
    deck = account.client.post("/decks/import", files={"file": ("cards.txt", f"#separator:tab\n#html:true\n<b>tea</b>{html}\t{html}\n".encode())})
    assert deck.status_code < 300, deck.text
    events = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "DTSTART:20300101T100000Z", f"SUMMARY:{IMAGE}", f"LOCATION:{IMAGE}", "URL:javascript:ran(1)", f"DESCRIPTION:{IMAGE}", "END:VEVENT", "END:VCALENDAR"])
    assert account.client.post("/planner/import", files={"file": ("x.ics", events.encode())}).status_code == 200
    return places


def tried(server: Server, guarded: Guarded, account: Account, turn: int) -> int:
    places = fill(account, turn)
    page = guarded.context.new_page()
    App(page, server.url).sign_in(account.email)
    paths = places.all | places.beside | SHEETS | {"documents": "/library"}
    for path in paths.values():
        guarded.go(page, server.url, path)
    for document in account.client.get("/documents", params={"limit": 100}).json()["data"]:
        guarded.go(page, server.url, f"/d/{document['id']}")
        # The file itself, opened as a page, is no page of this origin.
        guarded.place = f"file of {document['filename']}"
        answer = account.client.get(f"/documents/{document['id']}/file")
        assert "sandbox" in answer.headers["content-security-policy"] or answer.headers["content-type"] == "application/pdf", guarded.place
    for deck in account.client.get("/decks", params={"limit": 100}).json()["data"]:
        guarded.go(page, server.url, f"/review/{deck['id']}")
    assert guarded.ran == [], guarded.ran
    assert guarded.breaches == [], guarded.breaches
    return len(paths)


def test_no_field_runs_a_script(server: Server, guarded: Guarded, account: Account) -> None:
    assert tried(server, guarded, account, 0) > 60
    # An administrator sees the names of others.
    page = guarded.context.browser.new_context().new_page() if guarded.context.browser else guarded.context.new_page()
    page.context.expose_function("ran", lambda *_: guarded.ran.append("admin"))
    page.goto(server.url + "/sign-in")
    page.get_by_label("Email").fill("administrator@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()
    for path in ADMIN.values():
        guarded.go(page, server.url, path)
    page.context.close()
    assert guarded.ran == []


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(1, len(VECTORS)))
def test_no_field_runs_any_script(server: Server, guarded: Guarded, account: Account, turn: int) -> None:
    tried(server, guarded, account, turn)


def test_a_script_that_got_in_would_be_seen_and_stopped(server: Server, guarded: Guarded) -> None:
    page = guarded.context.new_page()
    guarded.go(page, server.url, "/sign-in")
    assert page.evaluate("() => { try { document.body.innerHTML = '<img src=x onerror=ran(1)>'; return 'set'; } catch (error) { return error.name; } }") == "TypeError"
    assert page.evaluate("() => { try { document.createElement('script').text = 'ran(1)'; return 'set'; } catch (error) { return error.name; } }") == "TypeError"
    assert page.evaluate("() => { try { new Worker('https://example.org/x.js'); return 'made'; } catch (error) { return error.name; } }") == "TypeError"
    assert page.evaluate("() => { try { trustedTypes.createPolicy('mine', {}); return 'made'; } catch (error) { return error.name; } }") == "TypeError"
    assert len(guarded.breaches) >= 3 and guarded.ran == []
    page.evaluate("() => { const image = document.createElement('img'); try { image.setAttribute('onerror', 'ran(1)'); } catch {} image.src = 'x'; document.body.append(image); }")
    page.wait_for_timeout(500)
    assert guarded.ran == []
