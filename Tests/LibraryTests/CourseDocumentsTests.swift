import Ambient
import Courses
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
@testable import Library
import Passages
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CourseDocumentsTests {
    private func text(_ words: String) -> [UInt8] { Array("\(words). That is what there is to say of it.".utf8) }

    private func course(_ name: String, _ stage: LibraryStage, user: UserID? = nil) async throws -> CourseID {
        try await stage.courses.create(try #require(CourseName(name)), user: user ?? stage.ann).course.id
    }

    @Test(arguments: Dialect.allCases) func `a document is brought into a course, moved and taken out, and counted there`(
        _ dialect: Dialect
    ) async throws {
        try await LibraryStage.with(dialect) { stage in
            let (biology, physics) = (try await course("Biology", stage), try await course("Physics", stage))
            let client = stage.client()
            let form = TestForm().file("file", filename: "cells.txt", text("The cell")).text("course_id", biology.description)
            let document: DocumentView = try await client.post("/documents/upload", form: form).json()
            #expect(document.courseID == biology.description && document.subject == "Biology")
            func counts() async throws -> [Int] { try await stage.courses.list(user: stage.ann).courses.map(\.documentCount) }
            #expect(try await counts() == [1, 0])

            let path = "/documents/\(document.id)"
            let moved = try await client.patch(path, json: #"{"course_id": "\#(physics)"}"#).json(DocumentView.self)
            #expect(moved.courseID == physics.description && moved.subject == "Physics" && moved.title == document.title)
            #expect(try await counts() == [0, 1])
            let titled = try await client.patch(path, json: #"{"title": "Cells"}"#).json(DocumentView.self)
            #expect(titled.courseID == physics.description)
            let free = try await client.patch(path, json: #"{"course_id": null}"#).json(DocumentView.self)
            #expect(free.courseID == nil && free.subject == nil)
            #expect(try await counts() == [0, 0])
            let both = try await client.patch(path, json: #"{"course_id": null, "subject": "Biology"}"#)
            #expect(both.status == 400 && both.text.contains("subject"))
            #expect(
                try await stage.eventTypes().filter { $0.hasPrefix("document") } == ["document.uploaded"]
                    + Array(repeating: "document.updated", count: 3))
        }
    }

    @Test(arguments: Dialect.allCases) func `a subject is the course of that name, which is made once`(_ dialect: Dialect)
        async throws
    {
        try await LibraryStage.with(dialect) { stage in
            let client = stage.client()
            func bring(_ name: String, _ subject: String) async throws -> DocumentView {
                let form = TestForm().text("subject", subject).file("file", filename: name, text(name))
                return try await client.post("/documents/upload", form: form).json()
            }
            let first = try await bring("a.txt", "Ökologie der Meere")
            let second = try await bring("b.txt", "  ökologie  DER meere ")
            #expect(first.courseID != nil && second.courseID == first.courseID && second.subject == "Ökologie der Meere")
            let third = try await bring("c.txt", "Physics")
            #expect(third.courseID != first.courseID)
            #expect(try await bring("d.txt", "  ").courseID == nil)
            #expect(try await stage.courses.list(user: stage.ann).courses.map(\.documentCount) == [2, 1])

            let patched = try await client.patch("/documents/\(third.id)", json: #"{"subject": "ÖKOLOGIE der Meere"}"#)
            #expect(try patched.json(DocumentView.self).courseID == first.courseID)
            let named: Page<DocumentView> = try await client.get("/documents?subject=%C3%B6kologie%20der%20meere").json()
            #expect(named.pagination.total == 3)
            let twice = TestForm().text("subject", "Physics").text("course_id", first.courseID ?? "").file(
                "file", filename: "e.txt", text("e"))
            #expect(try await client.post("/documents/upload", form: twice).status == 400)
            let odd = TestForm().text("course_id", "Physics").file("file", filename: "e.txt", text("e"))
            #expect(try await client.post("/documents/upload", form: odd).status == 400)
        }
    }

    @Test(arguments: Dialect.allCases) func `a list is narrowed to a course, to none, and ordered`(_ dialect: Dialect) async throws
    {
        try await LibraryStage.with(dialect) { stage in
            let biology = try await course("Biology", stage)
            func bring(_ name: String, _ words: String, to course: CourseID?) async throws {
                let upload = Upload(filename: name, parts: Pieces(text(words)))
                _ = try await stage.service.upload(upload, user: stage.ann) {
                    UploadDescription(filing: course.map { .course($0) } ?? .nowhere)
                }
            }
            try await bring("Ähre.txt", "The ear of a grass is long and has many parts", to: biology)
            try await bring("blatt.txt", "The leaf", to: biology)
            try await bring("notes.md", "Of no course", to: nil)
            func list(_ query: String) async throws -> [String] {
                try await stage.client().get("/documents?\(query)").json(Page<DocumentView>.self).data.map(\.filename)
            }
            #expect(try await list("course_id=\(biology)&sort=-title") == ["Ähre.txt", "blatt.txt"])
            #expect(try await list("course_id=none") == ["notes.md"])
            #expect(try await list("sort=kind") == ["notes.md", "blatt.txt", "Ähre.txt"])
            #expect(try await list("sort=-size").first == "Ähre.txt")
            #expect(try await list("q=%C3%84HRE") == ["Ähre.txt"])
            #expect(try await stage.client().get("/documents?course_id=biology").status == 400)
            #expect(try await stage.client().get("/documents?course_id=none&subject=Biology").status == 400)
            #expect(try await stage.client("ben").get("/documents?course_id=\(biology)").status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `search keeps to a course, and to those documents of it that are named`(
        _ dialect: Dialect
    ) async throws {
        try await LibraryStage.with(dialect) { stage in
            let (biology, empty) = (try await course("Biology", stage), try await course("Empty", stage))
            let inside = try await stage.ready("a.txt", bytes: text("Osmosis moves water into the cell"))
            let beside = try await stage.ready("b.txt", bytes: text("Osmosis moves water through a membrane"))
            let outside = try await stage.ready("c.txt", bytes: text("Osmosis moves water out of the cell"))
            _ = try await stage.service.move([inside.id, beside.id], to: biology, user: stage.ann)
            func search(_ fields: String, as name: String = "ann") async throws -> TestAnswer {
                try await stage.client(name).post("/documents/search", json: #"{"query": "osmosis water", \#(fields)}"#)
            }
            func found(_ fields: String) async throws -> Set<String> {
                Set(try await search(fields).json(SearchAnswer.self).data.map(\.documentID))
            }
            for mode in ["hybrid", "vector", "keyword"] {
                let ids = try await found(#""course_id": "\#(biology)", "mode": "\#(mode)""#)
                #expect(ids == [inside.id.description, beside.id.description])
            }
            let named = #""document_ids": ["\#(inside.id)", "\#(outside.id)"]"#
            #expect(try await found(#""course_id": "\#(biology)", \#(named)"#) == [inside.id.description])
            #expect(try await found(#""course_id": "\#(empty)""#).isEmpty)
            let another = try await search(#""course_id": "\#(biology)""#, as: "ben")
            #expect(another.status == 422 && another.text.contains(#""course_id":"is none of your courses""#))
        }
    }

    @Test(arguments: Dialect.allCases) func `many documents move at once, or none`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let (biology, foreign) = (try await course("Biology", stage), try await course("Biology", stage, user: stage.ben))
            let first = try await stage.upload("a.txt", bytes: text("One")).document
            let second = try await stage.upload("b.txt", bytes: text("Two")).document
            let other = try await stage.upload("c.txt", as: stage.ben, bytes: text("Three")).document
            func move(_ ids: [DocumentID], _ course: String) async throws -> TestAnswer {
                let list = ids.map { "\"\($0)\"" }.joined(separator: ", ")
                return try await stage.client().post("/documents/move", json: #"{"ids": [\#(list)], "course_id": \#(course)}"#)
            }
            #expect(try await move([first.id, other.id], "\"\(biology)\"").status == 422)
            #expect(try await move([first.id], "\"\(foreign)\"").status == 422)
            #expect(try await stage.service.document(first.id, user: stage.ann).courseID == nil)
            let moved = try await move([second.id, first.id], "\"\(biology)\"").json(MovedDocuments.self).data
            #expect(moved.map(\.id) == [second.id, first.id].map(\.description))
            #expect(moved.allSatisfy { $0.courseID == biology.description })
            #expect(try await move([first.id], "null").json(MovedDocuments.self).data.first?.courseID == nil)
            let forgotten = try await stage.client().post("/documents/move", json: #"{"ids": ["\#(second.id)"]}"#)
            #expect(forgotten.status == 400)
            #expect(try await stage.service.document(second.id, user: stage.ann).courseID == biology)
        }
    }

    @Test(arguments: Dialect.allCases) func `a course that is deleted leaves its documents, and another's takes none`(
        _ dialect: Dialect
    ) async throws {
        try await LibraryStage.with(dialect) { stage in
            let biology = try await course("Biology", stage)
            let document = try await stage.ready("a.txt", bytes: text("One"))
            _ = try await stage.service.move([document.id], to: biology, user: stage.ann)
            try await stage.courses.delete(biology, user: stage.ann)
            #expect(try await stage.service.document(document.id, user: stage.ann).courseID == nil)

            let foreign = try await course("Biology", stage, user: stage.ben)
            let form = TestForm().text("course_id", foreign.description).file("file", filename: "b.txt", text("Two"))
            let refused = try await stage.client().post("/documents/upload", form: form)
            #expect(refused.status == 422 && refused.text.contains("course_id"))
            #expect(try await stage.count("documents") == 1)
            let patched = try await stage.client().patch("/documents/\(document.id)", json: #"{"course_id": "\#(foreign)"}"#)
            #expect(patched.status == 422)
            // Whatever the rules above it let through.
            try await stage.database.transaction(as: .system) { [ann = stage.ann] in
                try await DocumentStore().file([document.id], in: foreign, now: Date(), user: ann, in: $0)
            }
            #expect(try await stage.service.document(document.id, user: stage.ann).courseID == nil)
        }
    }

    @Test(arguments: Dialect.allCases) func `a file that is brought again is filed if it lies nowhere, and stays where it lies`(
        _ dialect: Dialect
    ) async throws {
        try await LibraryStage.with(dialect) { stage in
            let (biology, physics) = (try await course("Biology", stage), try await course("Physics", stage))
            func bring(to course: CourseID?) async throws -> Uploaded {
                try await stage.service.upload(Upload(filename: "a.txt", parts: Pieces(text("One"))), user: stage.ann) {
                    UploadDescription(filing: course.map { .course($0) } ?? .nowhere)
                }
            }
            #expect(try await bring(to: nil).document.courseID == nil)
            let filed = try await bring(to: biology)
            #expect(filed.isDuplicate && filed.document.courseID == biology && filed.document.subject == "Biology")
            #expect(try await bring(to: physics).document.courseID == biology)
            #expect(try await bring(to: nil).document.courseID == biology)
        }
    }

    @Test(arguments: Dialect.allCases) func `the subjects of before become courses, one of each name and student`(
        _ dialect: Dialect
    ) async throws {
        let before = LibraryStage.migrations.filter { $0.feature != "library" || $0.number < 5 }
        try await withDatabase(dialect, migrations: before) { database in
            let (ann, ben) = (LibraryStage.annID, LibraryStage.benID)
            let rows: [(UserID, String?, String)] = [
                (ann, "Ökologie", "a"), (ann, "ökologie ", "b"), (ann, "Physics", "c"), (ann, nil, "d"), (ann, " ", "e"),
                (ben, "Physics", "f"),
            ]
            try await database.transaction(as: .system) { transaction in
                for (number, (user, subject, name)) in rows.enumerated() {
                    let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(number))
                    try await transaction.execute(
                        """
                        INSERT INTO documents (id, user_id, title, is_title_chosen, subject, filename, media_type, size, sha256,
                            status, stage, done, total, is_paged, revision, created_at, updated_at)
                        VALUES (\(DocumentID(UUID())), \(user), \(name), \(false), \(subject), \(name), 'text/plain', 1, \(name),
                            'completed', 'completed', 0, 0, \(false), 1, \(time), \(time))
                        """)
                }
            }
            try await Migrator(database: database).apply(LibraryStage.migrations)
            let found = try await database.read(as: .system) { transaction in
                try await transaction.query(
                    """
                    SELECT d.title AS title, d.user_id AS user_id, c.user_id AS owner, c.name AS name FROM documents d
                    LEFT JOIN courses c ON c.id = d.course_id ORDER BY d.title
                    """
                ).map { row in
                    let owner: UserID? = try row.optional("owner")
                    #expect(try owner == nil || owner == row.get("user_id"))
                    return (try row.get("title") as String) + ":" + (try row.optional("name") ?? "")
                }
            }
            #expect(found == ["a:Ökologie", "b:Ökologie", "c:Physics", "d:", "e:", "f:Physics"])
            let courses = try await database.read(as: .system) {
                try await $0.query("SELECT name FROM courses ORDER BY user_id, position")
            }
            #expect(courses.count == 3)
        }
    }
}
