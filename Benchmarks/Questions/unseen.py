#!/usr/bin/env python3
"""Writes documents that no rule of the questions was made with, from documentation that Debian packages, as questions-bench reads them.

  mkdir F && cd F && apt-get download kstars-data gnucash-docs hugin-data festival-doc ntpsec-doc gnubg-data kalzium-data  # or the second set's
  for deb in *.deb; do dpkg-deb -x "$deb" "${deb%%_*}"; done
  unseen.py F first >documents.json; questions-bench MODELS /usr/share/wordnet more 60 <documents.json >made.json
"""
import html
import html.parser
import json
import pathlib
import re
import sys

# Title, folder, which files. Manuals of programs are taken where they teach a subject, not where they list menus.
FIRST = [
    ("Astronomy", "kstars-data/usr/share/doc/HTML/en/kstars", "*.docbook"),
    ("Accounting", "gnucash-docs/usr/share/doc/gnucash-docs/gnucash-guide-en", "*.html"),
    ("Panoramas", "hugin-data/usr/share/hugin/xrc/data/help_en_EN", "*.html"),
    ("Speech synthesis", "festival-doc/usr/share/doc/festival-doc/html", "*.html"),
    ("Network time", "ntpsec-doc/usr/share/doc/ntpsec-doc/html", "*.html"),
    ("Backgammon", "gnubg-data/usr/share/doc/gnubg", "*.html"),
    ("Chemistry", "kalzium-data/usr/share/doc/HTML/en/kalzium", "*.docbook"),
]
# Faults of the first were mended; these were read after that.
SECOND = [
    ("Digital images", "gimp-help-en/usr/share/gimp/2.0/help/en", "*.html"),
    ("Geography", "grass-doc/usr/share/doc/grass-doc/html", "*.html"),
    ("Administration", "debian-handbook/usr/share/doc/debian-handbook/html/en-US", "*.html"),
    ("Network analysis", "wireshark-doc/usr/share/doc/wireshark/wsug_html_chunked", "*.html"),
    ("Circuit boards", "kicad-doc-en/usr/share/doc/kicad/help/en", "*.html"),
    ("Bioinformatics", "python-biopython-doc/usr/share/doc/python-biopython-doc/Doc", "*.html"),
]
HEADINGS = {f"h{level}" for level in range(1, 7)} | {"title"}
BLOCKS = {"p", "li", "dd", "dt", "td", "th", "para", "div", "listitem", "glossdef", "glossterm", "blockquote", "br", "term"}
SKIPPED = {
    "script", "style", "head", "pre", "code", "screen", "programlisting", "table", "nav", "authorgroup", "indexterm", "alt",
    "bookinfo", "screenshot", "figure", "mediaobject", "literallayout", "informaltable",
}


class Text(html.parser.HTMLParser):
    """Headings and paragraphs of a page, in their order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.words, self.heading, self.skipping = [], [], False, []

    def close_block(self):
        text = " ".join("".join(self.words).split())
        if text:
            self.parts.append((self.heading, text))
        self.words = []

    def handle_starttag(self, tag, attributes):
        if tag in SKIPPED:
            self.close_block()
            self.skipping.append(tag)
        if tag in HEADINGS or tag in BLOCKS:
            self.close_block()
        if tag in HEADINGS:
            self.heading = True

    def handle_endtag(self, tag):
        if self.skipping and self.skipping[-1] == tag:
            self.skipping.pop()
        if tag in HEADINGS or tag in BLOCKS:
            self.close_block()
        if tag in HEADINGS:
            self.heading = False

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)


def passages(file):
    source = file.read_text(errors="replace")
    if file.suffix == ".docbook":
        source = re.sub(r"<!DOCTYPE.*?\]>", "", source, flags=re.S)
        source = re.sub(r"&([a-z]+);", lambda found: html.unescape(found[0]) if html.unescape(found[0]) != found[0] else found[1].capitalize(), source)
    reader = Text()
    reader.feed(source)
    reader.close_block()
    found, heading, lines = [], None, []
    for is_heading, text in reader.parts + [(True, "")]:
        if not is_heading:
            lines.append(text)
            continue
        if lines:
            found.append({"text": "\n\n".join(lines), "headings": [heading] if heading else []})
        heading, lines = text, []
    return found


# The last, read when nothing was mended any more.
THIRD = [
    ("Cryptography", "python-cryptography-doc/usr/share/doc/python-cryptography-doc/html", "**/*.html"),
    ("Statistics", "python-statsmodels-doc/usr/share/doc/python-statsmodels-doc/html", "*.html"),
    ("Mail", "exim4-doc-html/usr/share/doc/exim4-doc-html/spec_html", "ch0*.html"),
    ("Names", "bind9-doc/usr/share/doc/bind9-doc/arm", "*.html"),
    ("Music", "beets-doc/usr/share/doc/beets/html", "**/*.html"),
    ("Spatial data", "postgis-doc/usr/share/doc/postgis-doc", "*.html"),
]

folder = pathlib.Path(sys.argv[1])
documents = []
for title, place, names in {"first": FIRST, "second": SECOND, "third": THIRD}[sys.argv[2]]:
    files = sorted((folder / place).glob(names))
    if not files:
        sys.exit(f"{place} has no {names}")
    documents.append({"title": title, "passages": [passage for file in files for passage in passages(file)]})
json.dump(documents, sys.stdout, ensure_ascii=False)
