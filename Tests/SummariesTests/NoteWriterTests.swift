import Questions
@testable import Summaries
import Testing

struct NoteWriterTests {
    private let writer = NoteWriter(GivenSurvey.survey, of: GivenSurvey.source, embedder: nil)

    private func markdown(_ kind: NoteKind) async throws -> NoteMarkdown {
        NoteMarkdown(try await writer.draft(kind, title: "Cells"))
    }

    @Test func `an outline has the text's headings, and below them what stands there`() async throws {
        let note = try await markdown(.outline)
        #expect(
            note.text == """
                ## Energy

                - The mitochondrion makes ATP. [1]
                - ATP carries energy to where the cell needs it. [2]

                ## Control

                - The nucleus holds the DNA of the cell. [3]
                - DNA is copied before the cell divides. [4]
                """)
        #expect(note.origins == [0, 2, 3, 4].map(GivenSurvey.origin))
    }

    @Test(arguments: NoteKind.allCases) func `every line that says something says where it stands`(_ kind: NoteKind) async throws {
        let draft = try await writer.draft(kind, title: "Cells")
        #expect(!draft.isEmpty)
        let note = NoteMarkdown(draft)
        let lines = note.text.split(separator: "\n").filter {
            !$0.hasPrefix("#") && !$0.hasPrefix("| ---") && !$0.hasPrefix("| Cues")
        }
        #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("[") })
        // Nothing of the list of references, and no sentence that needs the one before it.
        #expect(!note.text.contains("Smith") && !note.text.contains("two membranes"))
    }

    @Test func `a glossary is sorted, and tells what a term means`() async throws {
        let note = try await markdown(.glossary)
        #expect(
            note.text == """
                - **ATP**: ATP carries energy to where the cell needs it. [1]
                - **DNA**: what is copied before a cell divides [2]
                - **Mitochondrion**: what makes ATP [3]
                """)
    }

    @Test func `a concept map in words cites each of its lines`() async throws {
        let note = try await markdown(.conceptMap)
        #expect(note.text == "- **mitochondrion** makes **ATP**. [1]" && note.origins == [GivenSurvey.origin(0)])
    }

    @Test func `Cornell notes are a table with cues, and a summary below`() async throws {
        let note = try await markdown(.cornell)
        #expect(note.text.hasPrefix("| Cues | Notes |\n| --- | --- |\n| **Energy** – mitochondrion, ATP |"))
        #expect(note.text.contains("\n\n## Summary\n\n"))
    }

    @Test func `an empty text makes an empty note`() async throws {
        let empty = TextSurvey(statements: [], terms: [], relations: [], words: 0, language: nil)
        for kind in NoteKind.allCases {
            let draft = try await NoteWriter(empty, of: QuestionSource(passages: []), embedder: nil).draft(kind, title: "Nothing")
            #expect(draft.isEmpty)
        }
    }

    @Test func `signs that Markdown would read are escaped, formulas are not`() {
        #expect(NoteMarkdown.escaped("a*b_c [1] costs $5 and <b>") == "a\\*b\\_c \\[1\\] costs \\$5 and \\<b>")
        #expect(NoteMarkdown.escaped("where $a_1 * b$ holds") == "where $a_1 * b$ holds")
        #expect(NoteMarkdown.escaped("1. first") == "1\\. first")
        #expect(NoteMarkdown.escaped("# no heading") == "\\# no heading")
    }
}
