"""Documents of many kinds, as they are shown."""

import pathlib
import re

from playwright.sync_api import expect

from app import App
from office import presentation, zipped
from server import Account

LAYOUTS = pathlib.Path(__file__).parents[1] / "LibraryTests/Fixtures/Layouts"

LECTURE = b"""# Energy

The rest energy is $E = mc^2$ for every mass.

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3}
$$

| Stage | ATP |
|-------|-----|
| Glycolysis | 2 |
| Krebs cycle | 2 |

A) Liver
B) Heart

```python
# not a heading
print("ATP")
```

<details><summary>Answer</summary>The heart.</details>
"""


def test_tables_formulas_code_and_lists_are_shown_as_what_they_are(app: App, account: Account) -> None:
    document = account.bring("lecture.md", LECTURE)
    page = app.page
    page.goto(f"{app.url}/documents/{document['id']}")
    text = page.get_by_role("region", name=re.compile("Energy"))
    expect(text.get_by_role("columnheader", name="ATP")).to_be_visible()
    expect(text.get_by_role("cell", name="Krebs cycle")).to_be_visible()
    expect(text.locator(".math .katex")).to_have_count(2)
    expect(text.locator('.math[data-display="true"] .katex-display')).to_be_visible()
    expect(text.locator("pre code")).to_have_text('# not a heading\nprint("ATP")')
    expect(text.locator(".text-item").nth(1)).to_contain_text("B)")
    expect(text.get_by_role("heading", name="not a heading")).to_have_count(0)
    expect(text.get_by_text("The heart.")).to_be_visible()
    app.shot("formats-lecture")


def test_slides_are_pages_with_their_notes(app: App, account: Account) -> None:
    slides = [("Otters", ["They eat eels.", "They swim."], "Ask who has seen one."), ("Weirs", ["A weir holds water back."], "Show the picture.")]
    document = account.bring("rivers.pptx", presentation(slides))
    assert document["page_count"] == 2 and document["has_pages"]
    pages = account.client.get(f"/documents/{document['id']}/pages").json()["data"]
    assert pages[0]["text"] == "Otters\n\n• They eat eels.\n\n• They swim.\n\nAsk who has seen one."
    assert [block["kind"] for block in pages[0]["blocks"]] == ["item", "item", "note"]
    app.page.goto(f"{app.url}/documents/{document['id']}")
    expect(app.page.get_by_text("A weir holds water back.")).to_be_visible()
    slide = app.page.get_by_role("region", name="Slide 2")
    expect(slide.get_by_role("heading", name="Weirs")).to_be_visible()
    expect(slide.get_by_role("group", name="Notes")).to_have_text(re.compile("Show the picture."))


def test_a_paper_shows_its_details_page_names_and_figures(app: App, account: Account) -> None:
    document = account.bring("walls.pdf", (LAYOUTS / "walls.pdf").read_bytes())
    page = app.page
    page.goto(f"{app.url}/documents/{document['id']}")
    number = page.get_by_label("Page", exact=True)
    expect(number).to_have_value("i")
    page.get_by_role("button", name="Details").click()
    details = page.get_by_role("dialog")
    expect(details).to_contain_text("Ann Lee, Ben Roe")
    expect(details.get_by_role("link", name="10.1000/walls.1")).to_have_attribute("href", "https://doi.org/10.1000/walls.1")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Contents").click()
    page.get_by_role("button", name=re.compile("Figure 1: A drawn wall")).click()
    expect(page.locator(".figure-region")).to_be_in_viewport()
    expect(number).to_have_value("2")
    app.shot("formats-figure")
    app.shot("formats-slides")


def test_each_file_of_a_zip_is_a_document(app: App, account: Account) -> None:
    app.go("Library")
    archive = zipped({"one.txt": "Otters eat eels.", "two.md": "# Weirs\n\nA weir holds water back.", "game.exe": b"MZ\0\1\2"})
    app.drop(("all.zip", "application/zip", archive))
    app.wait_ready("one")
    app.wait_ready("Weirs")
    expect(app.page.get_by_text("game.exe")).to_be_visible()


def test_an_address_within_is_refused_in_words(app: App) -> None:
    app.go("Library")
    app.page.get_by_role("button", name="New").first.click()
    app.page.get_by_role("menuitem", name="Web page").click()
    dialog = app.page.get_by_role("dialog", name="Web page")
    dialog.get_by_label("Address").fill("http://127.0.0.1/admin")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_text("may not be opened")).to_be_visible()
    app.shot("formats-address")
