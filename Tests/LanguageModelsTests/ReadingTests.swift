@testable import LanguageModels
import Testing

/// How the tutor takes up a text before it chooses.
struct ReadingTests {
    private func blocks(_ text: String) -> [Block] { BlockReader.blocks(of: [SourcePassage(number: 1, title: "T", text: text)]) }

    @Test(
        "A paragraph, a list, a table and code are told apart",
        arguments: [
            ("Water moves from low to high\nconcentration of salt. It needs no energy.", [Block.Kind.paragraph]),
            ("The liver makes bile\nThe heart pumps blood through the body", [.note, .note]),
            ("Three kinds:\n• one\n• two", [.paragraph, .list]), ("1. First, heat it.\n\n2. Then stir.", [.list]),
            ("City | People\nGraz | 303,270", [.table]), ("for x in y:\n    print(x)", [.code]),
            ("as.numeric(as.character(f))", [.code]),
            ("Your character's primary attributes are Strength, Intelligence and\nDexterity:", [.paragraph]),
            ("Osmosis", [.label]), ("Evasion\n  This helps you avoid being hit.", [.label, .paragraph]),
            ("• ‘hash.c’\n\nCode for hashing positions.", [.label, .paragraph]),
            ("Constant: SHA384_DIGEST_SIZE\n\nThe size of a digest, i.e. 48.", [.label, .paragraph]),
            ("?\n\nExpands to the exit status.", [.label, .paragraph]),
            ("Call the helper (it is free) before you begin to cook", [.paragraph]),
        ] as [(String, [Block.Kind])])
    func kinds(text: String, kinds: [Block.Kind]) { #expect(blocks(text).map(\.kind) == kinds) }

    @Test("What leads through a manual is told to nobody, and a list of contents has no statements")
    func menus() {
        #expect(
            UnitMaker.isFurniture(
                "[ << Music engraving ] | [Top][Contents][Index] | [ Literature list >> ]\n[ < Sizing ] | [ Up ] | [ Next > ]"))
        #expect(!UnitMaker.isFurniture("x | y\n[1] | [2]"))
        #expect(UnitMaker.isTitle("1.6 Engraved examples (BWV 861)") && UnitMaker.isTitle("3.3. Persistence of WAL mode"))
        #expect(!UnitMaker.isTitle("1.6 is the factor.") && !UnitMaker.isTitle("2 eggs") && !UnitMaker.isTitle("1. Heat it"))
    }

    @Test("Passages that follow one another read as one text, what they share once")
    func overlap() {
        func passage(_ ordinal: Int, _ text: String) -> SourcePassage {
            SourcePassage(number: ordinal + 1, title: "T", text: text, document: "d", ordinal: ordinal)
        }
        let shared = "The membrane lets water through."
        let sources = [passage(1, "\(shared) It holds back the salt.\n\nNext."), passage(0, "Osmosis is a movement. \(shared)")]
        let found = BlockReader.blocks(of: sources)
        #expect(found.map(\.text) == ["Osmosis is a movement. \(shared) It holds back the salt.", "Next."])
        #expect(found[1].source == 0)
    }

    @Test("A heading that is known heads, and a note belongs to what it stands in")
    func headings() {
        let text = "Cells\n\nCells divide.\n\nNote\n\nThey do so often."
        let passage = SourcePassage(
            number: 1, title: "Book", text: text,
            sections: [.init(offset: 0, path: ["Cells"]), .init(offset: 22, path: ["Cells", "Note"])])
        let found = BlockReader.blocks(of: [passage])
        #expect(found.map(\.text).contains("Cells divide.") && found.allSatisfy { $0.path == ["Cells"] })
        #expect(Set(found.map(\.section)).count == 1)
    }

    @Test("The underlined headings of a plain text head what is below them")
    func underlined() {
        let found = blocks("Basics ====\n\nRest first.\n\nKeys ----\n\nPress it.\n\nEnd ====\n\nIt ends.\n\n--------")
        #expect(found.map(\.path) == [["Basics"], ["Basics", "Keys"], ["End"]])
        #expect(found.map(\.text) == ["Rest first.", "Press it.", "It ends."])
    }

    @Test(
        "Names with signs are taken as they are written",
        arguments: [
            ("What does $? expand to?", ["$?"]), ("What does --norc do?", ["--norc"]),
            ("Where is /etc/profile read?", ["/etc/profile"]),
            ("Is C++ faster?", ["C++"]), ("What is a well-known and/or e.g. 3.5 - really?", []),
        ] as [(String, [String])])
    func signs(text: String, expected: [String]) { #expect(SignedName.all(in: text) == expected) }

    @Test("A word that else asks belongs to the thing that it is a part of")
    func heads() {
        #expect(Question("What is a hash function?").head == ["hash", "function"].map(Words.stem))
        #expect(Question("What is type affinity?").head == ["type", "affinity"].map(Words.stem))
        #expect(Question("What is the function of the cell wall?").head == ["cell", "wall"].map(Words.stem))
        #expect(Question("Why is May Day celebrated?").terms.map(\.stem).contains("may"))
    }

    @Test(
        "What letters stand for",
        arguments: [
            ("RTT", "It measures the round-trip time (RTT).", "round trip time"),
            ("DNA", "DNA (deoxyribonucleic acid) holds it.", nil),
            ("WAL", "WAL stands for write-ahead log in this text.", "write ahead log"),
            ("USA", "The United States of America (USA) joined.", "United States of America"), ("XYZ", "Nothing is said.", nil),
        ] as [(String, String, String?)])
    func acronyms(letters: String, text: String, expected: String?) { #expect(Acronym.longForm(of: letters, in: text) == expected) }

    @Test("What is turned into what")
    func direction() throws {
        let direction = try #require(Direction(Words.split("How do I convert metres to feet?")))
        #expect(direction.fit("To turn metres into feet multiply by 3.28.") == 1)
        #expect(direction.fit("To turn feet into metres divide by 3.28.") == -1)
        #expect(direction.fit("A foot is a length.") == 0)
        #expect(direction.fit("Any length becomes feet by the table.") > 0 && direction.fit("Feet become other lengths.") <= 0)
        #expect(Direction(Words.split("What is added to water?")) == nil)
        #expect(Direction(Words.split("Why were the version numbers raised from 1 to 2?")) == nil)
    }

    @Test(
        "What a question asks for",
        arguments: [
            ("What is the boiling point of ethanol?", Question.Kind.quantity), ("Compare TCP and UDP", .compare),
            ("Explain osmosis like I'm five", .definition), ("Give me the main points", .summary), ("京杭大运河有多长？", .quantity),
            ("为什么叶子是绿色的？", .why), ("Wie hoch ist der Berg?", .quantity), ("Was ist der Unterschied zwischen A und B?", .compare),
        ])
    func kinds(text: String, kind: Question.Kind) { #expect(Question(text).kind == kind) }

    @Test("Figures keep their points, thousands are joined, scripts without spaces are pairs")
    func words() {
        #expect(Words.split("pi is 3.14, not 1,204.50.") == ["pi", "is", "3.14", "not", "1204.50"])
        #expect(Words.split("光合作用") == ["光合", "合作", "作用"])
        #expect(Words.split("Straße") == ["strasse"])
    }
}
