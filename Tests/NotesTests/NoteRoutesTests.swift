import Ambient
import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Notes
import SourceTexts
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct NoteRoutesTests {
    private static let outline = """
        ## 1 Energy

        - The mitochondrion makes ATP. [1]
        - ATP carries energy. [2]

        ## 2 Control

        - The nucleus holds the DNA of the cell. [3]
        """

    @Test(arguments: Dialect.allCases) func `a note is made from a document, with a citation for each line`(_ dialect: Dialect)
        async throws
    {
        try await NoteStage.with(dialect) { stage in
            let client = stage.client()
            let body = #"{"document_ids": ["\#(GivenPassages.document.id)"], "kind": "outline"}"#
            let begun = try await client.post("/notes", json: body)
            #expect(begun.status == 202)
            let note: NoteView = try begun.json()
            #expect(note.status == .generating && note.jobID != nil && note.title == "Cells" && note.content == "")
            try await stage.worker.drain()
            let made: NoteView = try await client.get("/notes/\(note.id)").json()
            #expect(made.status == .ready && made.content == Self.outline && made.version == 2 && made.isMade)
            let last = try #require(made.citations.last)
            #expect(last.number == 3 && last.page == 4 && last.section == "2 Control")
            #expect(last.quote == "The nucleus holds the DNA of the cell." && last.start == 0 && last.end == 38)
            // Nobody else sees it.
            #expect(try await stage.client("ben").get("/notes/\(note.id)").status == 404)
            #expect(try await stage.client("ben").post("/notes", json: body).status == 400)
            let listed: Page<NoteOverviewView> = try await client.get("/notes").json()
            #expect(listed.data.map(\.id) == [note.id] && listed.data.first?.excerpt.hasPrefix("## 1 Energy") == true)
            let events = try await stage.database.read(as: .system) {
                try await $0.query("SELECT event_type FROM events ORDER BY position").map {
                    try $0.get("event_type", as: String.self)
                }
            }
            #expect(events == ["note.created", "note.generated"])
        }
    }

    @Test(arguments: Dialect.allCases) func `of two windows neither loses what was typed in the other`(_ dialect: Dialect)
        async throws
    {
        try await NoteStage.with(dialect) { stage in
            let client = stage.client()
            let note: NoteView = try await client.post("/notes", json: #"{"title": "Mine", "content": "One."}"#).json()
            #expect(note.status == .ready && note.kind == .written && note.version == 1)
            let first = try await client.patch(
                "/notes/\(note.id)", json: #"{"content": "One. Two.", "version": 1, "editor": "a"}"#)
            #expect(first.status == 200)
            let second = try await client.patch(
                "/notes/\(note.id)", json: #"{"content": "One. Three.", "version": 1, "editor": "b"}"#)
            #expect(second.status == 409)
            #expect(try second.error().details["version"] == "is 2 now")
            // What the second then keeps in its place leaves the first as a version.
            #expect(
                try await client.patch("/notes/\(note.id)", json: #"{"content": "One. Three.", "version": 2, "editor": "b"}"#)
                    .status
                    == 200)
            let versions: NoteVersionList = try await client.get("/notes/\(note.id)/versions").json()
            #expect(versions.versions.map(\.content) == ["One. Three.", "One. Two.", "One."])
            let back: NoteView = try await client.post("/notes/\(note.id)/restore", json: #"{"to": 2, "version": 3}"#).json()
            #expect(back.content == "One. Two." && back.version == 4)
            #expect(try await client.post("/notes/\(note.id)/restore", json: #"{"to": 2, "version": 3}"#).status == 409)
            #expect(try await client.get("/notes/\(note.id)/versions/9").status == 404)
            #expect(try await client.delete("/notes/\(note.id)").status == 204)
            #expect(try await client.get("/notes/\(note.id)/versions").status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `what is typed in one sitting is one version`(_ dialect: Dialect) async throws {
        try await NoteStage.with(dialect) { stage in
            let client = stage.client()
            let note: NoteView = try await client.post("/notes", json: #"{"title": "Mine"}"#).json()
            for (version, text) in ["a", "ab", "abc"].enumerated() {
                let change = #"{"content": "\#(text)", "version": \#(version + 1), "editor": "a"}"#
                #expect(try await client.patch("/notes/\(note.id)", json: change).status == 200)
            }
            stage.clock.move(900)
            #expect(
                try await client.patch("/notes/\(note.id)", json: #"{"content": "abcd", "version": 4, "editor": "a"}"#).status
                    == 200)
            // The same again is no change.
            let same: NoteView = try await client.patch(
                "/notes/\(note.id)", json: #"{"content": "abcd", "version": 5, "editor": "a"}"#
            ).json()
            #expect(same.version == 5)
            let versions: NoteVersionList = try await client.get("/notes/\(note.id)/versions").json()
            #expect(versions.versions.map(\.version) == [5, 4, 1] && versions.versions.map(\.content) == ["abcd", "abc", ""])
        }
    }

    @Test(arguments: Dialect.allCases) func `made anew, a note keeps what its owner wrote, changed and took out`(
        _ dialect: Dialect
    ) async throws {
        try await NoteStage.with(dialect) { stage in
            let client = stage.client()
            let note = try await stage.made()
            let edited = Self.outline.replacing(
                "- ATP carries energy. [2]\n", with: "- ATP is the currency. [2]\n- My own thought.\n"
            )
            .replacing("- The nucleus holds the DNA of the cell. [3]", with: "")
            let change = NoteChange(version: 2, content: edited)
            #expect(try await client.send(.patch, "/notes/\(note.id)", json: change).status == 200)
            stage.passages.texts.withLock {
                $0[0] = "The mitochondrion makes ATP. Glucose is broken down before."
                $0[1] = "The nucleus holds the DNA of the cell. DNA is copied before division."
            }
            #expect(try await client.post("/notes/\(note.id)/regenerate", json: "{}").status == 202)
            #expect(try await client.post("/notes/\(note.id)/regenerate", json: "{}").status == 409)
            try await stage.worker.drain()
            let after: NoteView = try await client.get("/notes/\(note.id)").json()
            #expect(after.content.contains("- The mitochondrion makes ATP. [1]\n- ATP is the currency. [2]\n- My own thought."))
            #expect(
                after.content.contains("Glucose is broken down before.") && after.content.contains("DNA is copied before division.")
            )
            #expect(!after.content.contains("holds the DNA"))
            #expect(after.citations.first { $0.number == 2 }?.quote == "ATP carries energy.")
            // A note by hand is made of nothing.
            let own: NoteView = try await client.post("/notes", json: #"{"title": "Mine"}"#).json()
            #expect(try await client.post("/notes/\(own.id)/regenerate", json: "{}").status == 409)
        }
    }

    @Test func `a model's lines stay as far as their sources bear them out`() async throws {
        let model = WritingModel(
            text: """
                ## Energy
                - The mitochondrion makes ATP [1]
                - ATP carries energy [2]
                - Energy was invented in 1905 [2]
                ## Control
                - The nucleus holds the DNA of the cell [3]
                """)
        try await NoteStage.with(.sqlite, model: model) { stage in
            let note = try await stage.made("key_points")
            #expect(note.model == "writer" && note.refused == 1)
            #expect(note.content.contains("- ATP carries energy [2]") && !note.content.contains("1905"))
            #expect(note.citations.map(\.page) == [3, 3, 4])
        }
        // One that makes things up is not used at all.
        try await NoteStage.with(.sqlite, model: WritingModel(text: "- Cells are made of cheese [1]")) { stage in
            let note = try await stage.made("key_points")
            #expect(note.status == .ready && note.model == nil && note.remarks.contains("model_refused"))
            #expect(note.content.contains("The mitochondrion makes ATP. [1]"))
        }
    }

    @Test func `an empty document, a part that is not there and a bad wish get a clear word`() async throws {
        try await NoteStage.with(.sqlite) { stage in
            let client = stage.client()
            let body = #"{"document_ids": ["\#(GivenPassages.empty.id)"], "kind": "summary"}"#
            let begun: NoteView = try await client.post("/notes", json: body).json()
            try await stage.worker.drain()
            let note: NoteView = try await client.get("/notes/\(begun.id)").json()
            #expect(note.status == .failed && note.problem == .noText)
            #expect(try await client.post("/notes", json: #"{"kind": "summary"}"#).status == 400)
            #expect(try await client.post("/notes", json: #"{"kind": "poem", "topic": "cells"}"#).status == 400)
            #expect(try await client.post("/notes", json: #"{"document_ids": ["\#(GivenPassages.document.id)"]}"#).status == 400)
            #expect(try await client.get("/notes/\(begun.id)/map").status == 404)
            #expect(try await client.get("/notes/\(begun.id)/export?format=svg").status == 404)
        }
    }

    @Test func `a note goes out with what its numbers stand for`() async throws {
        try await NoteStage.with(.sqlite) { stage in
            let client = stage.client()
            let note = try await stage.made()
            let markdown = try await client.get("/notes/\(note.id)/export?format=md").text
            #expect(markdown.hasPrefix("# Cells\n\n## 1 Energy\n"))
            #expect(markdown.contains("\\[3\\] Cells, p. 4: “The nucleus holds the DNA of the cell.”"))
            let page = try await client.get("/notes/\(note.id)/export?format=html")
            #expect(page.status == 200 && page.text.contains("The nucleus holds the DNA of the cell."))
            #expect(page.text.contains("footnote"))
            let word = try await client.get("/notes/\(note.id)/export?format=docx")
            #expect(word.status == 200 && word.body.starts(with: [0x50, 0x4B]))
            let print = try await client.get("/notes/\(note.id)/export?format=pdf")
            #expect(print.status == 200 && print.body.starts(with: Array("%PDF-".utf8)))
        }
    }
    @Test func `a picture elsewhere is a link in what goes out, and costs nobody the file`() async throws {
        try await NoteStage.with(.sqlite) { stage in
            let client = stage.client()
            let body = #"{"title": "Rivers", "content": "![A delta](https://example.org/delta.png) and ![x](file:///etc/passwd)"}"#
            let note: NoteView = try await client.post("/notes", json: body).json()
            let page = try await client.get("/notes/\(note.id)/export?format=html").text
            #expect(page.contains(#"<a href="https://example.org/delta.png">A delta</a>"#) && !page.contains("<img"))
            for format in ["docx", "pdf"] {
                #expect(try await client.get("/notes/\(note.id)/export?format=\(format)").status == 200)
            }
        }
    }
}
