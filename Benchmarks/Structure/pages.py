"""Pages of many layouts, made with a browser, each with the text that is right and its order: a list of blocks, a table's rows each one.

The texts are of our own making; two thirds of the layouts were made before the reader's rules, the last third after.
"""
import itertools

STYLE = (
    "<meta charset=utf-8><style>@page{size:A4;margin:2cm}body{font:11pt 'DejaVu Serif',serif;line-height:1.35;margin:0}"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:2pt 8pt;text-align:left}td.n{text-align:right}"
    ".c{column-count:2;column-gap:1cm}.c3{column-count:3;column-gap:.7cm;font-size:9pt}.j{text-align:justify;hyphens:auto}"
    "pre{font-family:'DejaVu Sans Mono',monospace;font-size:9pt}h1{font-size:18pt}h2{font-size:13pt}</style>")

SENTENCES = """The kidney filters about one hundred and eighty litres of plasma in a day.
A glomerulus is a ball of fine vessels under high pressure.
Water follows the salt that the tubule takes back.
The loop dips into a marrow that is saltier than blood.
A hormone of the brain opens the last part to water.
The heart pumps five litres in a minute when the body rests.
Valves keep the blood from flowing back between two beats.
Arteries carry it away from the heart and veins bring it home.
The walls of the smallest vessels are one cell thick.
Lungs give the blood its oxygen and take its carbon dioxide.
Nerves carry signals as waves of voltage along their fibres.
A gap parts two of them, and a messenger crosses it.
Muscles shorten when heads of myosin walk along threads of actin.
Bones are rebuilt all through life by cells that break them down.
The skin keeps water in and most germs out.""".split("\n")


def prose(seed, count):
    return " ".join(itertools.islice(itertools.cycle(SENTENCES[seed % 15:] + SENTENCES[: seed % 15]), count))


def paragraphs(seed, *counts):
    return [prose(seed + 4 * at, count) for at, count in enumerate(counts)]


def p(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def table(rows, numbers=(), head=True, style=""):
    cell = lambda name, at, text: f"<{name}{' class=n' if at in numbers and name == 'td' else ''}>{text}</{name}>"
    return f"<table style='{style}'>" + "".join(
        "<tr>" + "".join(cell("th" if head and not index else "td", at, text) for at, text in enumerate(row)) + "</tr>"
        for index, row in enumerate(rows)) + "</table>"


def rows(table):
    return [" ".join(row) for row in table]


RIVERS = [["River", "Length (km)", "Basin (km²)", "Mouth"], ["Alder", "1,250", "48,100", "North Sea"], ["Birch", "905", "31,700", "Lake Orr"],
          ["Cedar", "3,480", "402,900", "Gulf of Tam"], ["Dogwood", "2,075", "97,300", "North Sea"]]
ENZYMES = [["Enzyme", "Where", "What it does"], ["Amylase", "mouth", "splits starch into maltose, which is split further in the gut"],
           ["Pepsin", "stomach", "splits proteins into shorter chains where it is very acid"],
           ["Lipase", "pancreas", "splits fats into fatty acids with the help of bile"]]
TRIAL = [["Group", "n", "Before", "After", "p"], ["Control", "24", "3.1", "3.2", "0.71"], ["Treated", "26", "3.0", "4.7", "0.002"],
         ["Washed out", "25", "3.3", "3.4", "0.64"]]
FACTS = [["Lecturer", "Dr Jo Reed"], ["Room", "Hall C"], ["Credits", "6"], ["Exam", "12 June 2026"]]


def pages():
    """Names, HTML and blocks."""
    a, b, c = paragraphs(0, 6, 5, 7), paragraphs(3, 8, 9), paragraphs(7, 4, 4, 5)
    yield "one column", f"<h1>The kidney</h1>{p(a)}<h2>Its vessels</h2>{p(b)}", ["The kidney", *a, "Its vessels", *b]
    yield "two columns", f"<h1>Blood</h1><div class=c>{p(a + b)}</div>", ["Blood", *a, *b]
    yield "two columns, justified and hyphenated", f"<body lang=en><h1>Blood</h1><div class='c j'>{p(a + b)}</div>", ["Blood", *a, *b]
    yield "three columns", f"<h1>News of the body</h1><div class=c3>{p(a + b + c)}</div>", ["News of the body", *a, *b, *c]
    yield "table with figures", f"<h1>Rivers</h1>{p(a[:1])}{table(RIVERS, (1, 2))}{p(a[1:])}", ["Rivers", a[0], *rows(RIVERS), *a[1:]]
    yield "table with long cells", f"<h1>Enzymes</h1>{p(a[:1])}{table(ENZYMES, style='width:13cm')}{p(a[1:])}", ["Enzymes", a[0], *rows(ENZYMES), *a[1:]]
    yield "table in a column", f"<h1>A trial</h1><div class=c>{p(a)}{table(TRIAL, (1, 2, 3, 4), style='font-size:8pt')}{p(b)}</div>", [
        "A trial", *a, *rows(TRIAL), *b]
    yield "facts without lines", f"<h1>The course</h1>{p(c[:1])}{table(FACTS, head=False)}{p(c[1:])}", ["The course", c[0], *rows(FACTS), *c[1:]]
    yield "margin numbers", "<style>.l{position:relative}.l b{position:absolute;left:-.9cm;font:7pt sans-serif}</style><h1>Law</h1>" + "".join(
        f"<div class=l><b>{at + 1}</b>{text}</div>" for at, text in enumerate(SENTENCES)), ["Law", *SENTENCES]
    yield "watermark across", f"<div style='position:fixed;top:9cm;left:1cm;font-size:80pt;color:#ccc;transform:rotate(-40deg)'>DRAFT COPY</div><h1>Lease</h1>{p(a + b)}", [
        "Lease", *a, *b]
    yield "turned page", f"<div style='writing-mode:vertical-rl;height:24cm'><h1>Turned</h1>{p(a)}</div>", ["Turned", *a]
    yield "exponents", "<h1>Numbers</h1><p>There are 6.022 × 10<sup>23</sup> of them, each of 3 × 10<sup>−11</sup> g, on an area of πr<sup>2</sup>.</p>", [
        "Numbers", "There are 6.022 × 10²³ of them, each of 3 × 10⁻¹¹ g, on an area of πr²."]
    yield "Hebrew", "<body dir=rtl lang=he><h1>הלב</h1><p>הלב מזרים את הדם (ראו איור 12) אל כל חלקי הגוף.</p><p>בשנת 1628 תיאר אותו William Harvey.</p>", [
        "הלב", "הלב מזרים את הדם (ראו איור 12) אל כל חלקי הגוף.", "בשנת 1628 תיאר אותו William Harvey."]
    yield "Arabic", "<body dir=rtl lang=ar><h1>القلب</h1><p>يضخ القلب الدم إلى جميع أجزاء الجسم.</p><p>وصفه William Harvey في عام 1628.</p>", [
        "القلب", "يضخ القلب الدم إلى جميع أجزاء الجسم.", "وصفه William Harvey في عام 1628."]
    yield "slide with two lists", "<style>@page{size:25cm 14cm;margin:1cm}body{font:18pt sans-serif}</style><h1>Osmosis</h1><div style='display:flex;gap:2cm'><ul>" + "".join(
        f"<li>{text}</li>" for text in ["Water moves", "through a wall", "to more salt"]) + "</ul><ul>" + "".join(
        f"<li>{text}</li>" for text in ["No energy", "Stops at balance", "Cells may burst"]) + "</ul></div>", [
        "Osmosis", "Water moves", "through a wall", "to more salt", "No energy", "Stops at balance", "Cells may burst"]
    yield "program", f"<h1>Sums</h1>{p(c[:1])}<pre>total = 0\nfor item in items:\n    if item > 3:      # large\n        total += item\nprint(total)</pre>{p(c[1:])}", [
        "Sums", c[0], "total = 0", "for item in items:", "    if item > 3:      # large", "        total += item", "print(total)", *c[1:]]
    # Made after the rules.
    yield "box beside the text", f"<h1>The heart</h1><div style='float:right;width:5.5cm;border:1pt solid;padding:6pt;margin-left:12pt;font-size:9pt'>{c[0]}</div>{p(a + b)}", [
        "The heart", c[0], *a, *b]
    yield "footnotes", f"<h1>Notes</h1>{p(a + b)}<div style='position:absolute;bottom:0;font-size:8pt;border-top:.5pt solid'>1 {SENTENCES[8]}<br>2 {SENTENCES[9]}</div>", [
        "Notes", *a, *b, "1 " + SENTENCES[8], "2 " + SENTENCES[9]]
    yield "two tables", f"<h1>Both</h1>{table(TRIAL, (1, 2, 3, 4))}{p(c)}{table(RIVERS, (1, 2))}", ["Both", *rows(TRIAL), *c, *rows(RIVERS)]
    yield "questions with choices", "<h1>Quiz</h1>" + "".join(
        f"<p>{at}. Which is right?</p><div style='display:grid;grid-template-columns:7cm 7cm'>" + "".join(
            f"<span>{letter}) {text}</span>" for letter, text in zip("ABCD", SENTENCES[at * 2][:30].split()[:4])) + "</div>" for at in (1, 2)), [
        "Quiz", *[line for at in (1, 2) for line in [f"{at}. Which is right?"] + [
            f"{letter}) {text}" for letter, text in zip("ABCD", SENTENCES[at * 2][:30].split()[:4])]]]
    yield "caption under a picture", f"<h1>Picture</h1>{p(a)}<div style='width:8cm;height:5cm;background:#888'></div><p style='font-size:9pt'><i>Figure 1. {SENTENCES[3]}</i></p>{p(b)}", [
        "Picture", *a, "Figure 1. " + SENTENCES[3], *b]
    yield "abstract over two columns", f"<h1 style='text-align:center'>A finding</h1><p style='text-align:center'>Jo Reed and Kim Ash</p><p style='margin:0 2cm;font-size:9pt'>{c[2]}</p><div class='c j'>{p(a + b)}</div>", [
        "A finding", "Jo Reed and Kim Ash", c[2], *a, *b]
