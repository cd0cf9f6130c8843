"""Packages of cards both ways between the real program and Anki's own back end (PyPI anki)."""

from __future__ import annotations

import pathlib
import time

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from server import Account, Server

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SOUND = b"ID3\x04\0\0\0\0\0\0" + bytes(64)


@pytest.fixture
def anki(tmp_path: pathlib.Path):
    opened: list[Collection] = []

    def make(name: str) -> Collection:
        (tmp_path / name).mkdir()
        opened.append(Collection(str(tmp_path / name / "collection.anki2")))
        opened[-1].set_config("fsrs", True)
        return opened[-1]

    yield make
    for collection in opened:
        collection.close()


def add(col: Collection, kind: str, fields: list[str], tags: list[str], deck: str) -> None:
    note = col.new_note(col.models.by_name(kind))
    for index, field in enumerate(fields):
        note.fields[index] = field
    note.tags = tags
    col.add_note(note, col.decks.id(deck))


def odd_type(col: Collection) -> None:
    """Two cards a note, with conditions, styles and a script."""
    kind = col.models.new("Odd & wild")
    for name in ["Word", "Meaning", "Hint"]:
        col.models.add_field(kind, col.models.new_field(name))
    for name, question, answer in [
        ("There", "{{Word}}{{#Hint}} ({{hint:Hint}}){{/Hint}}<script>alert(1)</script>", "{{FrontSide}}<hr id=answer>{{Meaning}}"),
        ("Back", "{{Meaning}} {{type:Word}}", "{{Word}} · {{Tags}}"),
    ]:
        template = col.models.new_template(name)
        template["qfmt"], template["afmt"] = question, answer
        col.models.add_template(kind, template)
    kind["css"] = ".card { color: navy; }"
    col.models.add(kind)


def learn(col: Collection, deck: str, count: int) -> None:
    col.decks.select(col.decks.id(deck))
    for index in range(count):
        card = col.sched.getCard()
        card.start_timer()
        col.sched.answerCard(card, 4 if index % 2 else 3)


def exported(col: Collection, path: pathlib.Path, legacy: bool = False) -> bytes:
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy)
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    return path.read_bytes()


def imported(col: Collection, path: pathlib.Path, content: bytes) -> None:
    path.write_bytes(content)
    options = ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=False)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


def state(col: Collection) -> list[tuple]:
    """What is known of each card, as Anki has it."""
    cards = []
    for identifier in col.find_cards(""):
        card = col.get_card(identifier)
        note = card.note()
        kind = note.note_type()
        memory = card.memory_state
        cards.append(
            (
                note.guid, card.ord, tuple(note.fields), tuple(sorted(note.tags)), col.decks.name(card.current_deck_id()),
                # Of two types with one name in a collection Anki marks the second.
                kind["name"].rstrip("+"),
                tuple(each["qfmt"] for each in kind["tmpls"]), kind["css"], int(card.type), int(card.queue), card.ivl, card.reps, card.lapses,
                card.due if card.type == 2 else None, memory and (round(memory.stability, 2), round(memory.difficulty, 1)),
                # What was put off by hand is no answer.
                len([each for each in col.card_stats_data(identifier).revlog if each.button_chosen > 0]),
            )
        )
    return sorted(cards, key=repr)


def media(col: Collection) -> dict[str, bytes]:
    folder = pathlib.Path(col.media.dir())
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def bring(account: Account, content: bytes) -> dict:
    answer = account.client.post("/decks/import", files={"file": ("deck.apkg", content)})
    assert answer.status_code == 202, answer.text
    return finished(account, answer.json()["job_id"])


def finished(account: Account, job: str) -> dict:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = account.client.get(f"/jobs/{job}").json()
        if found["state"] in ("succeeded", "dead", "cancelled"):
            assert found["state"] == "succeeded", found
            return found["result"]
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def decks(account: Account) -> dict[str, str]:
    return {deck["name"]: deck["id"] for deck in account.client.get("/decks").json()["data"]}


def cards(account: Account) -> list[tuple]:
    names = {identifier: name for name, identifier in decks(account).items()}
    found = account.client.get("/cards", params={"limit": 100}).json()["data"]
    return sorted(
        (
            names[card["deck_id"]], card["type"], card["markup"], card["front"], card["back"], tuple(card["tags"]), card["part"], card["state"],
            round(card.get("stability", 0), 2), round(card.get("difficulty", 0), 1), card["reps"], card["due"][:10] if card["state"] == "review" else "",
        )
        for card in found
    )


@pytest.mark.parametrize("legacy", [False, True])
def test_what_anki_wrote_goes_back_to_anki_as_it_came(server: Server, account: Account, anki, tmp_path: pathlib.Path, legacy: bool) -> None:
    col = anki("first")
    odd_type(col)
    for name, content in [("heart.png", PICTURE), ("beat.mp3", SOUND)]:
        (pathlib.Path(col.media.dir()) / name).write_bytes(content)
    for number in range(8):
        add(col, "Basic", [f"What is <b>{number}</b>?", f"The number {number} &amp; more"], ["maths", "exam_1"], "Numbers::Small")
    add(col, "Basic", ['<img src="heart.png">', "The heart [sound:beat.mp3]"], ["Heart::form"], "Body")
    add(col, "Basic (and reversed card)", ["Haus", "house"], [], "Body")
    add(col, "Cloze", ["{{c1::ATP::fuel}} of the {{c2::cell}}", "More"], [], "Body")
    add(col, "Odd & wild", ["Baum", "tree", "wood"], ["plant"], "Body")
    covered = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.3:height=.2:oi=1}}<br>{{c2::image-occlusion:rect:left=.5:top=.5:width=.1:height=.2:oi=1}}<br>"
    add(col, "Image Occlusion", [covered, '<img src="heart.png">', "The heart", "", ""], [], "Body")
    learn(col, "Numbers::Small", 6)
    col.sched.suspend_cards(col.find_cards("Haus"))

    result = bring(account, exported(col, tmp_path / "out.apkg", legacy))
    assert (result["imported"], result["skipped"], result["media"]) == ("14", "0", "2"), result
    assert set(decks(account)) == {"Body", "Numbers::Small"}
    back = anki("second")
    for name, identifier in decks(account).items():
        answer = account.client.get(f"/decks/{identifier}/export", params={"format": "apkg"})
        assert answer.status_code == 200
        imported(back, tmp_path / f"{identifier}.apkg", answer.content)
    for mine, theirs in zip(state(back), state(col), strict=True):
        assert mine[8:] == theirs[8:], mine[2]
        assert mine == theirs
    assert media(back) == media(col)


def test_what_was_written_here_comes_back_from_anki_as_it_went(server: Server, account: Account, anki, tmp_path: pathlib.Path) -> None:
    deck = account.client.post("/decks", json={"name": "Cells"}).json()["id"]
    kept = account.client.post("/cards/media", files={"file": ("cell.png", PICTURE)}).json()["name"]
    written = [
        {"type": "basic", "front": "**What** makes `ATP`? $x < y$", "back": f"- The mitochondrion\n- ![]({kept})", "tags": ["exam 1", "cell"]},
        {"type": "reversed", "front": "Haus", "back": "house"},
        {"type": "cloze", "front": "{{c1::Ribosomes}} make {{c2::proteins::what}}.", "back": ""},
        {"type": "image_occlusion", "front": f'<img src="{kept}">\n{{{{c1::image-occlusion:rect:left=0.1:top=0.1:width=0.2:height=0.2:oi=1}}}}', "back": "A cell"},
    ]
    for card in written:
        answer = account.client.post("/cards", json={"deck_id": deck, **card})
        assert answer.status_code == 201, answer.text
    for card in account.client.get("/reviews/due", params={"deck_id": deck}).json()["data"][:3]:
        account.client.post("/reviews", json={"card_id": card["card_id"], "rating": 4}).raise_for_status()

    col = anki("theirs")
    imported(col, tmp_path / "ours.apkg", account.client.get(f"/decks/{deck}/export", params={"format": "apkg"}).content)
    assert media(col) == {"cell.png": PICTURE}
    assert len(col.find_cards("deck:Cells")) == 6 and len(col.find_cards("is:review")) == 3
    question = col.get_card(col.find_cards("ATP")[0]).question()
    assert "<strong>What</strong>" in question and "<code>ATP</code>" in question
    other = server.account("somebody.else@example.org")
    bring(other, exported(col, tmp_path / "theirs.apkg"))
    assert cards(other) == cards(account)
    assert other.client.get(f"/cards/media/{kept}").content == PICTURE
    # Brought to where it came from, it is what is there.
    assert bring(account, exported(col, tmp_path / "again.apkg"))["imported"] == "0"
