import BlobStorage
import FoundationEssentials
import Questions
@testable import Quizzes
import Sandbox
import Testing
import TypedText

/// Files of questions, there and back.
@Suite(.timeLimit(.minutes(3)))
struct FormatTests {
    /// Every kind, with the signs that formats use for themselves.
    private static let drafts: [QuestionDraft] = {
        var all: [QuestionDraft] = EachKind.all
        all[0].stem = "Which {of} these: 50 % = “a/b” # ~ \\ & <br>?\nTwo lines."
        all[0].explanation = "Because 1 < 2 & \"so\": {x}."
        all[1].content = .choice(options: ["Adenine = A", "Uracil | U", "Guanine; G", "Water, \"pure\""], right: [0, 2])
        all[1].points = 2
        all[3].content = .typed(TypedKey(accepted: ["chlorophyll", "leaf-green ~ a=b"]))
        all[5].content = .matching(prompts: ["Root | r", "Leaf"], answers: ["takes = water", "makes sugar", "bears seeds"])
        all[7].content = .number(NumberKey(value: 0.25, unit: "kg", tolerance: 0.01, text: "0.25 kg"))
        for index in all.indices {
            all[index].topic = index < 4 ? "Cells / life" : ""
            all[index].tags = index.isMultiple(of: 2) ? ["week 1", "exam"] : []
        }
        return all
    }()

    /// What a format keeps of a question.
    private static func kept(_ draft: QuestionDraft, by format: BankFormat) -> QuestionDraft {
        var draft = draft
        draft.level = nil
        draft.bloom = nil
        if format == .gift { draft.points = 1 }
        if format == .qti { draft.tags = [] }
        if format == .gift, case .number(var key) = draft.content {
            key.unit = nil
            key.text = key.value.plain
            draft.content = .number(key)
        }
        if format == .aiken {
            draft = QuestionDraft(draft.kind, draft.stem.oneLine, draft.content)
        }
        return draft
    }

    private static func withFile<Value: Sendable>(_ body: (BankFile) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lm-banks-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sandbox = Sandbox(programs: [BankFile.program])
        return try await body(BankFile(blobs: try DiskBlobStore(root: folder), sandbox: sandbox))
    }

    private static func read(_ bytes: [UInt8], _ name: String) async throws -> ImportedBank {
        try await withFile {
            try await $0.read(
                AsyncStream { stream in
                    stream.yield(bytes)
                    stream.finish()
                }, filename: name)
        }
    }

    @Test("What goes out comes back the same", arguments: BankFormat.allCases)
    func roundTrip(_ format: BankFormat) async throws {
        let held = Self.drafts.filter(format.holds)
        let bytes = format.file(of: Self.drafts, title: "All kinds")
        let bank = try await Self.read(bytes, "bank.\(format.fileExtension)")
        #expect(bank.problems.isEmpty)
        let expected = held.map { Self.kept($0, by: format) }
        let found = bank.drafts.map { Self.kept($0, by: format) }
        #expect(found.count == [.gift: 6, .aiken: 1][format] ?? 8)
        for (one, other) in zip(found, expected) { #expect(one == other) }
        // And so does what came back.
        #expect(format.file(of: bank.drafts, title: "All kinds") == format.file(of: held, title: "All kinds"))
    }

    @Test func `one broken question costs no other, and its line is told`() async throws {
        let gift = """
            // A bank.
            One? {TRUE}

            Two? {=a ~b

            ::Three::Three? {=right ~wrong#because}

            Five {#abc}
            """
        let gifts = try await Self.read(Array(gift.utf8), "a.txt")
        #expect(gifts.drafts.map(\.stem) == ["One?", "Three?"])
        #expect(gifts.problems.map(\.line) == [4, 8])

        let aiken = "One?\nA. a\nB. b\nANSWER: B\n\nTwo?\nA. a\nB. b\nANSWER: D\n\nThree?\nA) a\nB) b\nANSWER: A\n"
        let aikens = try await Self.read(Array(aiken.utf8), "a.txt")
        #expect(aikens.drafts.map(\.stem) == ["One?", "Three?"] && aikens.problems.map(\.line) == [6])

        let csv = "type;question;options;correct\ntrue_false;\"One;\nstill one?\";;true\nriddle;Two?;;x\nnumeric;Three?;;4\n"
        let csvs = try await Self.read(Array(csv.utf8), "a.csv")
        #expect(csvs.drafts.map(\.stem) == ["One;\nstill one?", "Three?"] && csvs.problems.map(\.line) == [4])

        let moodle = """
            <?xml version="1.0" encoding="UTF-8"?>
            <quiz>
            <question type="truefalse"><questiontext format="html"><text><![CDATA[<p>Is 1 &lt; 2?</p><p>Say.</p>]]></text></questiontext>
            <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
            <!-- <question> -->
            <question type="truefalse"><questiontext><text>Broken</questiontext></question>
            <question type="calculated"><questiontext><text>Unknown</text></questiontext></question>
            <question type="shortanswer"><questiontext><text>Last?</text></questiontext><answer fraction="100"><text>yes</text></answer></question>
            </quiz>
            """
        let moodles = try await Self.read(Array(moodle.utf8), "a.xml")
        #expect(moodles.drafts.map(\.stem) == ["Is 1 < 2?\nSay.", "Last?"] && moodles.problems.map(\.line) == [6, 7])
    }

    @Test func `what Moodle writes is read`() async throws {
        let text = """
            $CATEGORY: $course$/top/Default for Cells

            // question: 1  name: Grant
            ::Grant::[html]Who is buried in Grant's tomb?{
            \t~%-50%no one
            \t~%50%Grant
            \t~%50%Grant's wife
            \t####Both are.
            }

            Mahatma Gandhi's birthday is an Indian holiday on  {~15th ~3rd =2nd} of October.

            Two plus {=two =2} equals four.

            When was Ulysses S. Grant born? {#1822:5}

            What is Pi to 2 decimals? {#3.14..3.15}
            """
        let bank = try await Self.read(Array(text.utf8), "moodle.gift")
        #expect(bank.problems.isEmpty)
        #expect(bank.drafts.map(\.kind) == [.multipleResponse, .multipleChoice, .cloze, .numeric, .numeric])
        #expect(bank.drafts[0].explanation == "Both are." && bank.drafts[0].topic == "Default for Cells")
        #expect(bank.drafts[1].stem == "Mahatma Gandhi's birthday is an Indian holiday on _____ of October.")
        guard case .number(let key) = bank.drafts[4].content else { throw BankProblem("no number") }
        #expect(abs(key.value - 3.145) < 1e-9 && abs((key.tolerance ?? 0) - 0.005) < 1e-9)
    }

    @Test func `what is no bank is refused with a clear word`() async throws {
        for (bytes, name) in [
            (Array("Just a letter.".utf8), "a.txt"), (Array("<html><p>x</p></html>".utf8), "a.xml"),
            ([0x50, 0x4B, 3, 4, 0], "a.zip"), ([1, 0, 2], "a"),
        ] {
            await #expect(throws: QuizzesFailure.self) { _ = try await Self.read(bytes, name) }
        }
    }
}
