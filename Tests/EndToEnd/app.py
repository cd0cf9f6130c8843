"""The web app as a student meets it: by labels and roles, never by its inner structure."""

from __future__ import annotations

import pathlib
import re

from playwright.sync_api import Locator, Page, expect

from server import PASSWORD

LONG = 120_000


class App:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, path: str = "/") -> "App":
        self.page.goto(self.url + path)
        expect(self.page.get_by_role("main")).to_be_visible()
        return self

    def register(self, email: str, name: str = "Ada Example") -> "App":
        page = self.page
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        return self._inside()

    def sign_in(self, email: str) -> "App":
        self.open("/sign-in")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        return self._inside()

    def _inside(self) -> "App":
        """Who has signed in is at Today; most tests go on in the library."""
        expect(self.main).to_be_attached()
        self.go("Library")
        expect(self.heading("Library")).to_be_visible()
        return self

    @property
    def main(self) -> Locator:
        """The rail's places, or the bar's on a phone."""
        return self.page.get_by_role("navigation", name="Main")

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=name)

    @property
    def small(self) -> bool:
        """Whether the screen has no room for the rail."""
        return (self.page.viewport_size or {"width": 1280})["width"] < 896

    def go(self, place: str) -> "App":
        """Goes there as one does on a screen of this size."""
        page = self.page
        if self.small:
            # The rail may still be making way for the bar.
            page.get_by_role("button", name=re.compile("^(More|Menu)$")).wait_for()
        link = self.main.get_by_role("link", name=place, exact=True)
        if link.count() > 0 and link.is_visible():
            link.click()
        elif self.small:
            # In a low window the bar makes way for a button in the corner.
            page.get_by_role("button", name=re.compile("^(More|Menu)$")).click()
            page.get_by_role("dialog", name="More").get_by_role("link", name=place, exact=True).click()
        elif place == "Ask":
            page.get_by_role("button", name="New", exact=True).click()
            page.get_by_role("menuitem", name="New question").click()
        elif place == "Settings":
            page.get_by_role("button", name=re.compile("^Account of")).click()
            page.get_by_role("menuitem", name="Settings").click()
        else:
            page.keyboard.press("Control+k")
            page.get_by_role("combobox", name="Search or go to").fill(place)
            page.get_by_role("option", name=place, exact=True).click()
        return self

    def settings(self, section: str) -> "App":
        self.go("Settings")
        self.page.get_by_role("navigation", name="Sections of the settings").get_by_role("link", name=section, exact=True).click()
        return self

    def drop(self, *files: tuple[str, str, bytes]) -> None:
        """Drops files on the page, as from a desktop."""
        transfer = self.page.evaluate_handle("() => new DataTransfer()")
        for name, kind, content in files:
            self.page.evaluate(
                """([transfer, name, kind, text]) => {
                    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
                    transfer.items.add(new File([bytes], name, { type: kind }));
                }""",
                [transfer, name, kind, _base64(content)],
            )
        for event in ("dragenter", "dragover", "drop"):
            self.page.dispatch_event("body", event, {"dataTransfer": transfer})

    def document(self, title: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("list", name="Documents").get_by_role("listitem").filter(has_text=title)

    def wait_ready(self, title: str | re.Pattern[str]) -> Locator:
        row = self.document(title)
        expect(row).to_contain_text("Ready", timeout=LONG)
        return row

    def ask(self, question: str) -> None:
        self.page.get_by_label("Your question").fill(question)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("article", name="You asked").last).to_contain_text(question)

    @property
    def answer(self) -> Locator:
        return self.page.get_by_role("article", name="Answer").last

    def wait_answered(self) -> Locator:
        expect(self.answer).to_have_attribute("aria-busy", "false", timeout=LONG)
        return self.answer

    def shot(self, name: str) -> None:
        folder = pathlib.Path(__file__).resolve().parents[2] / ".build" / "screens"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png")


def _base64(content: bytes) -> str:
    import base64

    return base64.b64encode(content).decode()
