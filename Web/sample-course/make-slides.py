"""Draws 3-photosynthesis.pdf, the sample course's slides. Needs reportlab; run it after changing the text below."""

import pathlib
import textwrap

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 720, 405
INK, QUIET, GREEN, PAPER = HexColor("#1d1b18"), HexColor("#6b655b"), HexColor("#1e6b52"), HexColor("#faf8f4")

# Title, then points. A point that begins with ">" is running text.
SLIDES = [
    ("Photosynthesis", [
        "> Lecture 3 of Cell biology: membranes and energy",
        "> How light becomes sugar, and why the machinery looks so much like a mitochondrion run backwards.",
    ]),
    ("The overall equation", [
        "6 CO2 + 6 H2O, with light, give C6H12O6 + 6 O2.",
        "It is a redox process: water is oxidised and carbon dioxide is reduced.",
        "The oxygen that is set free comes from water and not from carbon dioxide. This was shown with water that contained the isotope oxygen-18.",
        "The two halves: the light reactions make ATP and NADPH, the Calvin cycle uses them up.",
    ]),
    ("Inside a chloroplast", [
        "Two outer membranes enclose the stroma, a watery space with enzymes, DNA and ribosomes.",
        "In the stroma lie thylakoids: flat sacs of membrane, stacked into grana.",
        "The light reactions take place in the thylakoid membrane. The Calvin cycle takes place in the stroma.",
        "The space inside a thylakoid is the lumen. Protons gather there.",
    ]),
    ("Pigments", [
        "Chlorophyll a and b absorb blue-violet and red light and reflect green.",
        "Carotenoids absorb blue-green light, pass its energy on, and protect chlorophyll from excess light.",
        "The action spectrum (rate against wavelength) follows the absorption spectra of all pigments together.",
        "Engelmann showed it in 1882: bacteria that need oxygen gathered at the parts of an alga that were lit by red and blue light.",
    ]),
    ("Photosystem II splits water", [
        "Light excites an electron in the reaction centre P680, and the electron is passed to a carrier.",
        "P680 is then the strongest biological oxidant known. It takes electrons back from water.",
        "The oxygen-evolving complex, with four manganese atoms, splits two water molecules into four protons, four electrons and one O2.",
        "The protons stay in the lumen and add to the gradient.",
    ]),
    ("From photosystem II to photosystem I", [
        "Electrons travel through plastoquinone, the cytochrome b6f complex and plastocyanin.",
        "The cytochrome b6f complex pumps protons from the stroma into the lumen.",
        "In photosystem I a second photon lifts the electrons again, in the reaction centre P700.",
        "Ferredoxin hands them to NADP+, which becomes NADPH. Drawn as energy levels, the path looks like the letter Z: the Z-scheme.",
    ]),
    ("Photophosphorylation", [
        "The pH of the lumen falls to about 5 while that of the stroma rises to about 8: a thousandfold difference in protons.",
        "Protons flow back into the stroma through ATP synthase and drive the making of ATP. This is chemiosmosis again.",
        "Cyclic electron flow sends electrons from ferredoxin back to the cytochrome b6f complex. It makes ATP without making NADPH or oxygen.",
        "A cell needs it because the Calvin cycle uses three ATP for every two NADPH.",
    ]),
    ("The Calvin cycle", [
        "Fixation: the enzyme rubisco joins CO2 to RuBP, a sugar with five carbons. The product splits into two molecules of 3-phosphoglycerate.",
        "Reduction: ATP and NADPH turn 3-phosphoglycerate into G3P, a sugar with three carbons.",
        "Regeneration: five of every six G3P are used, with more ATP, to make RuBP again. The sixth is the gain.",
        "Three turns fix three CO2 and give one G3P. They cost nine ATP and six NADPH.",
    ]),
    ("Rubisco and photorespiration", [
        "Rubisco is slow, about three to ten reactions a second, and is probably the most abundant enzyme on Earth.",
        "It also accepts O2 instead of CO2. The product has to be recovered in a pathway that costs ATP and sets CO2 free: photorespiration.",
        "Heat makes it worse, because stomata close to save water, CO2 inside the leaf falls and O2 rises.",
        "In hot weather a C3 plant can lose a quarter or more of the carbon that it has fixed.",
    ]),
    ("C4 and CAM plants", [
        "C4 plants, such as maize and sugar cane, fix CO2 with PEP carboxylase, which does not bind oxygen, and release it again around rubisco in bundle-sheath cells. They separate the two steps in space.",
        "CAM plants, such as cacti and pineapples, open their stomata at night, store CO2 as malate in the vacuole and use it by day. They separate the two steps in time.",
        "Both spend extra ATP to avoid photorespiration, which pays in heat and drought and not in a cool, damp place.",
    ]),
    ("Limiting factors", [
        "At any moment the factor that is in shortest supply sets the rate (Blackman's law of limiting factors, 1905).",
        "Light: the rate rises in proportion at first and then levels off, when something else limits it.",
        "Carbon dioxide: growers raise it in greenhouses to about 0.1 per cent, more than twice that of the air.",
        "Temperature: it acts on the enzymes of the Calvin cycle much more than on the light reactions.",
        "The compensation point is the light at which photosynthesis and respiration are in balance.",
    ]),
    ("Summary", [
        "Light reactions: water and light in; oxygen, ATP and NADPH out. Place: thylakoid membrane.",
        "Calvin cycle: CO2, ATP and NADPH in; sugar out. Place: stroma.",
        "Mitochondria and chloroplasts share one principle: electrons drive proton pumps, and the proton gradient drives ATP synthase.",
        "> Next: the exam guide compares the two organelles line by line.",
    ]),
]


def draw_slide(canvas: Canvas, number: int, title: str, points: list[str]) -> None:
    canvas.setFillColor(PAPER)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(GREEN)
    canvas.rect(0, 0, 10, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont("Helvetica-Bold", 27)
    canvas.drawString(48, HEIGHT - 72, title)
    y = HEIGHT - 116
    for point in points:
        running = point.startswith("> ")
        lines = textwrap.wrap(point.removeprefix("> "), 80)
        if not running:
            canvas.setFillColor(GREEN)
            canvas.circle(54, y + 5, 2.6, stroke=0, fill=1)
        canvas.setFillColor(QUIET if running else INK)
        canvas.setFont("Helvetica", 15)
        for line in lines:
            canvas.drawString(48 if running else 68, y, line)
            y -= 21
        y -= 11
    canvas.setFillColor(QUIET)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(48, 22, "Cell biology: membranes and energy")
    canvas.drawRightString(WIDTH - 32, 22, str(number))
    canvas.bookmarkPage(f"slide-{number}")
    canvas.addOutlineEntry(title, f"slide-{number}", level=0)
    canvas.showPage()


def main() -> None:
    target = pathlib.Path(__file__).with_name("3-photosynthesis.pdf")
    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("Lecture 3: Photosynthesis")
    canvas.setAuthor("The Little Monster project")
    for number, (title, points) in enumerate(SLIDES, start=1):
        draw_slide(canvas, number, title, points)
    canvas.save()


if __name__ == "__main__":
    main()
