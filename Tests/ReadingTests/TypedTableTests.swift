import Manuscript
@testable import Reading
import Testing

struct TypedTableTests {
    @Test func `rows with colons are a table whose comment names the columns`() {
        let text = """
            # Birthday : Birth Stone : Birth Flower
            #	@(#)birthtoken	8.1 (Berkeley) 6/8/93
            January:Garnet:Carnation
            February:Amethyst:Violet
            May:Emerald:Lily Of The Valley
            """
        let read = TextReader.read(text)
        #expect(
            read.lines == [
                "note: @(#)birthtoken\t8.1 (Berkeley) 6/8/93",
                "table: Birthday | Birth Stone | Birth Flower\nJanuary | Garnet | Carnation\nFebruary | Amethyst | Violet\n"
                    + "May | Emerald | Lily Of The Valley",
            ])
        #expect(read.paragraphs.last?.headRows == 1)
    }

    @Test(arguments: [
        ("root:x:0:0::/root\nlp:x:7:7:lp:/var\nman:x:6:12:man:/usr", "root | x | 0 | 0 |  | /root"),
        ("Rhine;1230;Europe\nNile;6650;Africa\nAmur;2824;Asia", "Rhine | 1230 | Europe"),
        ("Planet      Moons   Day\nMars        2       24.6 h\nJupiter     95      9.9 h", "Planet | Moons | Day"),
        (
            "  Metal      Melts at   Found\n  ---------  ---------  -----------\n  Iron       1538 °C    Kiruna\n  Copper     1085 °C    Atacama\n  Gold       1064 °C",
            "Metal | Melts at | Found"
        ),
        ("Ada\t1815\tLondon\nAlan\t1912\nGrace\t1906\tNew York", "Ada | 1815 | London\nAlan | 1912 | "),
        ("Stage\t\tATP\nGlycolysis\t2\nCitric acid cycle\t2", "Stage | ATP\nGlycolysis | 2"),
    ])
    func `cells are told by their signs or their places`(text: String, start: String) {
        let read = TextReader.read(text)
        #expect(read.paragraphs.map(\.kind) == [.table])
        #expect(read.paragraphs.first?.text.hasPrefix(start) == true, "\(read.lines)")
    }

    @Test(arguments: [
        // What a compiler and a server say.
        "main.c:12:5: error: expected\nmain.c:14:9: error: unknown\nutil.c:2:1: note: here",
        "2024-01-01 12:00:01 start: a: b\n2024-01-01 12:00:09 stop: a: b\n2024-01-01 12:01:00 end: a: b",
        // Prose, addresses, verse, what is to be done.
        "Note: this holds: always.\nWarning: it ends: soon.\nHint: read on: there is more.",
        "Monday: read\nTuesday: write\nWednesday: rest",
        "Red, green, blue\nOne, two, three\nDo, re, mi",
        "1,000,000\n2,000,000\n3,500,000",
        "Shall I compare thee to a summer's day?\n  Thou art more lovely and more temperate:\n  Rough winds do shake the darling buds of May",
        "see http://a.example:80/x\nsee http://b.example:80/y\nsee http://c.example:80/z",
        // Options with what they do, and columns of running text.
        "-a  all of the entries, also those that are hidden from view\n-b  the short form with its numbers in front of them\n-c  one",
        "The cell is the unit     Its membrane keeps what is\nof life and was first    within from what is without,\nseen by Hooke in 1665    and lets some things pass.",
    ])
    func `what only looks like a table keeps its lines`(text: String) {
        #expect(TextReader.read(text).paragraphs.allSatisfy { $0.kind != .table }, "\(TextReader.read(text).lines)")
    }

    @Test func `a table typed in Markdown takes the marks of one`() {
        let text =
            "# Rivers\n\nRiver    Length   Mouth\n------   -------  ---------\nRhine    1230     Rotterdam\nElbe     1094     Cuxhaven\n"
        #expect(
            MarkdownSource.prepared(text).contains(
                "| River | Length | Mouth |\n|---|---|---|\n| Rhine | 1230 | Rotterdam |\n| Elbe | 1094 | Cuxhaven |"))
        let fenced = "```\na:b:c\nd:e:f\ng:h:i\n```"
        #expect(MarkdownSource.prepared(fenced) == fenced)
        #expect(MarkdownSource.prepared("a:b:c\nd:e:f\ng:h:<i>").contains("<td>&lt;i&gt;</td>"))
    }
}
