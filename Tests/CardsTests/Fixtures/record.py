"""Makes packages with Anki itself (PyPI anki 26.9.3), of today's form and of the one before: python record.py FOLDER"""
import os
import struct
import sys
import tempfile
import zlib

from anki.collection import Collection, ExportAnkiPackageOptions


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(shade):
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress((b"\0" + bytes([shade]) * 8) * 8)) + chunk(b"IEND", b"")


out = sys.argv[1]
col = Collection(os.path.join(tempfile.mkdtemp(), "collection.anki2"))
deck = col.decks.id("Biology::Cells")
other = col.decks.id("Languages")


def add(kind, fields, tags=(), goal=deck):
    note = col.new_note(col.models.by_name(kind))
    for index, field in enumerate(fields):
        note.fields[index] = field
    note.tags = list(tags)
    col.add_note(note, goal)
    return note


folder = col.media.dir()
for name, content in [("heart 1.png", picture(200)), ("beat.mp3", b"ID3\x04\0\0\0\0\0\0" + bytes(64)), ("odd.bin", b"nothing known")]:
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)
basic = add("Basic", ["What makes <b>ATP</b>?", "The mitochondrion"], ["cell", "exam_1"])
add("Basic (and reversed card)", ["Haus", "house"], goal=other)
add("Cloze", ["{{c1::ATP::fuel}} comes from the {{c2::mitochondrion}}", "More"])
optional = add("Basic (optional reversed card)", ["Q", "A", ""])
shown = add("Basic", ['<img src="heart 1.png">', "The heart [sound:beat.mp3] [sound:odd.bin]"], ["Heart::form"])
covered = add("Image Occlusion", [
    "{{c1::image-occlusion:rect:left=.1:top=.1:width=.3:height=.2:oi=1}}<br>{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2:oi=1}}<br>",
    '<img src="heart 1.png">', "The heart", "Two sides", ""])
odd = col.models.new("Odd & wild")
for name in ["Word", "Meaning", "Hint"]:
    col.models.add_field(odd, col.models.new_field(name))
for name, question, answer in [
    ("Meaning", "<style>b{color:red}</style>{{Word}}{{#Hint}} ({{hint:Hint}}){{/Hint}}<script>alert(1)</script>", "{{FrontSide}}<hr id=answer>{{type:Meaning}}"),
    ("Word", "{{^Hint}}{{Meaning}}{{/Hint}}{{#Hint}}{{Meaning}} {{Hint}}{{/Hint}} {{type:Word}}", "{{Word}} · {{Tags}} · {{Deck}}"),
]:
    template = col.models.new_template(name)
    template["qfmt"], template["afmt"] = question, answer
    col.models.add_template(odd, template)
odd["css"] = ".card { color: navy; }"
col.models.add(odd)
add("Odd & wild", ["Baum", "tree", ""], ["wood"], goal=other)
col.set_config("fsrs", True)
col.decks.select(deck)
for _ in range(3):
    card = col.sched.getCard()
    card.start_timer()
    col.sched.answerCard(card, 3)
col.sched.set_due_date(basic.card_ids(), "5")
col.sched.suspend_cards(optional.card_ids())
for name, legacy in [("new", False), ("legacy", True)]:
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy)
    col.export_anki_package(out_path=os.path.join(out, f"{name}.apkg"), options=options, limit=None)
