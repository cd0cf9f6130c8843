import Ambient
import Courses
import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
@testable import Library
import Passages
import Sharing
import Testing

/// Who gets what of a document: every address below `/documents/:id`, for every kind of person.
@Suite(.timeLimit(.minutes(3)))
struct SharedRoutesTests {
    /// What an address does for who may read the document and is not its owner.
    enum Leave: Sendable {
        /// The same answer that the owner gets.
        case same
        /// An answer of its own, with this status.
        case own(Int)
        /// 403: it is the owner's.
        case refused
    }

    struct Address: Sendable, CustomStringConvertible {
        let method: HTTPMethod
        let path: String
        let leave: Leave
        var body = ""
        var description: String { "\(method) \(path)" }

        init(_ method: HTTPMethod, _ path: String, _ leave: Leave, body: String = "") {
            (self.method, self.path, self.leave, self.body) = (method, path, leave, body)
        }
    }

    static let addresses = [
        Address(.get, "/documents/:id", .own(200)), Address(.get, "/documents/:id/file", .same),
        Address(.get, "/documents/:id/pages", .same), Address(.get, "/documents/:id/pages/:number/words", .same),
        Address(.get, "/documents/:id/pages/:number/picture", .same), Address(.get, "/documents/:id/outline", .same),
        Address(.get, "/documents/:id/chunks/:chunk_id", .same), Address(.get, "/documents/:id/figures", .same),
        Address(.get, "/documents/:id/figures/:number/picture", .same), Address(.get, "/documents/:id/versions", .refused),
        Address(.get, "/documents/:id/shares", .refused),
        Address(.post, "/documents/:id/shares", .refused, body: #"{"email": "\#(LibraryStage.cleoID)@example.org"}"#),
        Address(.delete, "/documents/:id/shares/:member_id", .refused),
        Address(.post, "/documents/:id/versions", .refused, body: #"{"document_id": "\#(LibraryStage.annID)"}"#),
        Address(.post, "/documents/:id/versions/:version_id/restore", .refused),
        Address(.post, "/documents/:id/read-again", .refused),
        Address(.patch, "/documents/:id", .refused, body: #"{"title": "Mine now"}"#),
        Address(.post, "/documents/:id/retry", .refused), Address(.post, "/documents/:id/cancel", .refused),
        Address(.delete, "/documents/:id", .refused),
    ]

    @Test func `the table names every address of a document`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let routes = stage.documentRoutes.flatMap(\.routes).filter { $0.path.hasPrefix("/documents/:id") }
            #expect(Set(routes.map { "\($0.method) \($0.path)" }) == Set(Self.addresses.map(\.description)))
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a reader reads and changes nothing, a stranger and who was a reader find nothing`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let course = try await stage.courses.create(try #require(CourseName("Cells")), user: stage.ann).course.id
            let document = try await stage.ready("cells.md")
            let id = document.id
            _ = try await stage.service.move([id], to: course, user: stage.ann)
            let chunk = try #require(
                try await stage.searcher.passages(for: "membrane", mode: .keyword, limit: 1, in: nil, user: stage.ann).first)
            let (benAddress, cleoAddress) = ("\(stage.ben)@example.org", "\(stage.cleo)@example.org")
            func ask(_ address: Address, _ name: String) async throws -> TestAnswer {
                let target = address.path.replacing(":id", with: "\(id)").replacing(":number", with: "1")
                    .replacing(":chunk_id", with: "\(chunk.chunkID)").replacing(":version_id", with: "\(id)")
                    .replacing(":member_id", with: "\(stage.ann)")
                switch address.method {
                case .get: return try await stage.client(name).get(target)
                case .delete: return try await stage.client(name).delete(target)
                case .patch: return try await stage.client(name).patch(target, json: address.body)
                default: return try await stage.client(name).post(target, json: address.body)
                }
            }
            func expectNothing(for name: String) async throws {
                for address in Self.addresses {
                    let answer = try await ask(address, name)
                    #expect(answer.status == 404, "\(name): \(address) \(answer.text)")
                    #expect(try answer.error().message == "There is no such document.", "\(name): \(address)")
                }
                let search = try await stage.client(name).post("/documents/search", json: #"{"query": "membrane"}"#)
                #expect(try search.json(SearchAnswer.self).data.isEmpty)
                for query in ["", "?shared=only", "?shared=too"] {
                    #expect(try await stage.client(name).get("/documents\(query)").json(Page<DocumentView>.self).data.isEmpty)
                }
                #expect(try await stage.client(name).get("/documents?course_id=\(course)").status == 404)
                let inCourse = #"{"query": "membrane", "course_id": "\#(course)"}"#
                #expect(try await stage.client(name).post("/documents/search", json: inCourse).status == 422)
                #expect(try await stage.service.overview(of: name == "ben" ? stage.ben : stage.cleo).isEmpty)
            }
            func expectReading(for name: String, inCourse isInCourse: Bool) async throws {
                for address in Self.addresses {
                    let (answer, owners) = (try await ask(address, name), address.leave)
                    switch owners {
                    case .same:
                        let owner = try await ask(address, "ann")
                        #expect(answer.status == owner.status, "\(name): \(address)")
                        if answer.status == 200 { #expect(answer.body == owner.body, "\(name): \(address)") }
                        if answer.status == 404 { #expect(try answer.error().message == owner.error().message, "\(address)") }
                    case .own(let status): #expect(answer.status == status, "\(name): \(address) \(answer.text)")
                    case .refused:
                        #expect(answer.status == 403, "\(name): \(address) \(answer.text)")
                        #expect(try answer.error().message == "This document is shared with you: only its owner can change it.")
                    }
                }
                let view: DocumentView = try await stage.client(name).get("/documents/\(id)").json()
                #expect(view.sharedBy == .init(name: "Somebody", via: isInCourse ? .course : .document) && view.sharedWith == nil)
                // What is the owner's alone.
                #expect(view.jobID == nil && view.stages.isEmpty)
                #expect(view.courseID == (isInCourse ? "\(course)" : nil) && view.subject == (isInCourse ? "Cells" : nil))
                for mode in SearchMode.allCases {
                    let search = try await stage.client(name).post(
                        "/documents/search", json: #"{"query": "membrane", "mode": "\#(mode)"}"#)
                    #expect(try search.json(SearchAnswer.self).data.first?.documentID == "\(id)", "\(mode)")
                }
                #expect(try await stage.client(name).get("/documents").json(Page<DocumentView>.self).data.isEmpty)
                for query in ["only", "too"] {
                    let list: Page<DocumentView> = try await stage.client(name).get("/documents?shared=\(query)").json()
                    #expect(list.data == [view] && list.pagination.total == 1)
                }
                #expect(try await stage.client(name).get("/documents?course_id=\(course)").status == (isInCourse ? 200 : 404))
                let moved = try await stage.client(name).post("/documents/move", json: #"{"ids": ["\#(id)"], "course_id": null}"#)
                #expect(moved.status == 422)
                let form = TestForm().text("replaces", "\(id)").file("file", filename: "a.txt", Array("Other text.".utf8))
                #expect(try await stage.client(name).post("/documents/upload", form: form).status == 422)
                let filed = TestForm().text("course_id", "\(course)").file("file", filename: "b.txt", Array("More text.".utf8))
                #expect(try await stage.client(name).post("/documents/upload", form: filed).status == 422)
                // All of it is as it was.
                #expect(try await stage.service.document(id, user: stage.ann).title == document.title)
                #expect(try await stage.count("documents") == 1)
            }

            try await expectNothing(for: "ben")
            #expect(
                try await stage.client().post("/documents/\(id)/shares", json: #"{"email": "\#(benAddress)"}"#).status == 201)
            try await expectReading(for: "ben", inCourse: false)
            try await expectNothing(for: "cleo")
            #expect(
                try await stage.client().post("/courses/\(course)/shares", json: #"{"email": "\#(cleoAddress)"}"#).status == 201)
            try await expectReading(for: "cleo", inCourse: true)
            #expect(try await stage.client().delete("/documents/\(id)/shares/\(stage.ben)").status == 204)
            #expect(try await stage.client().delete("/courses/\(course)/shares/\(stage.cleo)").status == 204)
            for name in ["ben", "cleo"] { try await expectNothing(for: name) }
        }
    }
}
