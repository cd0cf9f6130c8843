import Ambient
@testable import Courses
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Library
import Passages
@testable import Sharing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SharingTests {
    private static func address(_ person: UserID) -> String { "\(person)@example.org" }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func course(_ name: String, _ stage: LibraryStage) async throws -> CourseID {
        try await stage.courses.create(try #require(CourseName(name)), user: stage.ann).course.id
    }

    private static func titles(_ query: String, _ stage: LibraryStage, in documents: [DocumentID]? = nil) async throws -> [String] {
        try await stage.service.search(query, mode: .hybrid, limit: 10, in: documents, user: stage.ben).map(\.title)
    }

    @Test(arguments: Dialect.allCases)
    func `a course is shared with all that comes into it, and what leaves it is not`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let course = try await Self.course("Plants", stage)
            _ = try await stage.courseSharing.share(course, with: Self.address(stage.ben), user: stage.ann)
            let id = try await stage.ready("osmosis.txt", bytes: Self.text("Osmosis moves water through a membrane.")).id
            #expect(try await Self.titles("osmosis water", stage).isEmpty)
            _ = try await stage.service.move([id], to: course, user: stage.ann)
            #expect(try await Self.titles("osmosis water", stage) == ["osmosis"])
            #expect(try await stage.service.documents(in: course, of: stage.ben) == [id])
            let page: Page<DocumentView> = try await stage.client("ben").get("/documents?course_id=\(course)").json()
            #expect(page.data.map(\.courseID) == ["\(course)"])

            let seen: CourseView = try await stage.client("ben").get("/courses/\(course)").json()
            #expect(seen.sharedBy == "Somebody" && seen.documentCount == 1)
            #expect(try await stage.client("ben").get("/courses").json(Page<CourseView>.self).data.isEmpty)
            let list: Page<CourseView> = try await stage.client("ben").get("/courses?shared=true").json()
            #expect(list.data == [seen] && list.pagination.total == 1)
            #expect(try await stage.client().get("/courses/\(course)").json(CourseView.self).sharedWith == 1)
            #expect(try await stage.client("ben").patch("/courses/\(course)", json: #"{"name": "Mine"}"#).status == 403)
            #expect(try await stage.client("ben").delete("/courses/\(course)").status == 403)
            #expect(try await stage.client("cleo").delete("/courses/\(course)").status == 404)
            #expect(try await stage.client("ben").get("/courses/\(course)/shares").status == 403)
            #expect(try await stage.client("cleo").get("/courses/\(course)/shares").status == 404)

            _ = try await stage.service.move([id], to: nil, user: stage.ann)
            #expect(try await Self.titles("osmosis water", stage).isEmpty)
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 404)
            _ = try await stage.service.move([id], to: course, user: stage.ann)
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 200)
            try await stage.courses.delete(course, user: stage.ann)
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 404)
            #expect(try await stage.count("course_shares") == 0)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `own and shared documents are searched as one, and nothing else of their owners`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let given = try await stage.ready("given.txt", bytes: Self.text("Osmosis moves water through a thin membrane.")).id
            let kept = try await stage.ready("kept.txt", bytes: Self.text("Osmosis of water is my private membrane secret.")).id
            let own = try await stage.ready(
                "own.txt", as: stage.ben, bytes: Self.text("Water in soil, and a membrane of wax, are in my own notes.")
            ).id
            let cleos = try await stage.ready(
                "cleos.txt", as: stage.cleo, bytes: Self.text("Cleo writes of water and how a membrane holds it.")
            ).id
            _ = try await stage.sharing.share(given, with: Self.address(stage.ben), user: stage.ann)
            _ = try await stage.sharing.share(cleos, with: Self.address(stage.ben), user: stage.cleo)
            for mode in SearchMode.allCases {
                let found = try await stage.searcher.passages(
                    for: "water membrane", mode: mode, limit: 9, in: nil, user: stage.ben)
                #expect(Set(found.map(\.documentID)) == [given, own, cleos], "\(mode)")
                #expect(found.map(\.score) == found.map(\.score).sorted(by: >), "\(mode)")
                let named = try await stage.searcher.passages(
                    for: "water membrane", mode: mode, limit: 9, in: [given, kept, own], user: stage.ben)
                #expect(Set(named.map(\.documentID)) == [given, own], "\(mode)")
                let others = try await stage.searcher.passages(
                    for: "water membrane", mode: mode, limit: 9, in: [kept], user: stage.ben)
                #expect(others.isEmpty, "\(mode)")
            }
            let all = [given, kept, own, cleos]
            let passages = try await stage.searcher.passages(
                in: all.map { PassageStretch(document: $0, ordinals: 0..<9) }, user: stage.ben)
            #expect(passages.map(\.documentID) == [given, own, cleos].sorted())
            let sections = try await stage.searcher.sections(of: nil, limit: 99, user: stage.ben)
            #expect(Set(sections.map(\.document)) == [given, own, cleos])
            #expect(try await stage.searcher.sections(of: [kept], limit: 99, user: stage.ben).isEmpty)
            #expect(try await Set(stage.service.overview(of: stage.ben).map(\.id)) == [given, own, cleos])
            #expect(try await stage.service.overview(of: stage.ben, only: [kept, given]).map(\.id) == [given])
            // The owners find what they did.
            let anns = try await stage.searcher.passages(for: "water", mode: .hybrid, limit: 9, in: nil, user: stage.ann)
            #expect(Set(anns.map(\.documentID)) == [given, kept])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a reader sees the newest version, and opens of the old ones what could be cited`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let id = try await stage.ready("notes.txt", bytes: Self.text("The first text tells of osmosis.")).id
            func chunk(_ user: UserID) async throws -> ChunkID {
                try #require(
                    try await stage.searcher.passages(for: "text", mode: .keyword, limit: 1, in: [id], user: user).first
                ).chunkID
            }
            func replace(_ text: String) async throws {
                let form = TestForm().text("replaces", "\(id)").file("file", filename: "notes.txt", Self.text(text))
                #expect(try await stage.client().post("/documents/upload", form: form).status == 202)
                try await stage.worker.drain()
            }
            let before = try await chunk(stage.ann)
            try await replace("The second text tells of diffusion.")
            _ = try await stage.sharing.share(id, with: Self.address(stage.ben), user: stage.ann)
            let cited = try await chunk(stage.ben)
            let form = TestForm().text("replaces", "\(id)").file(
                "file", filename: "notes.txt", Self.text("The third text tells of roots."))
            #expect(try await stage.client().post("/documents/upload", form: form).status == 202)
            let draft = try #require(
                try await stage.service.shown(stage.service.document(id, user: stage.ann), to: stage.ann).update)
            #expect(try await stage.client("ben").get("/documents/\(draft.id)").status == 404)
            #expect(try await stage.client("ben").get("/documents/\(id)").json(DocumentView.self).update == nil)
            try await stage.worker.drain()

            let client = stage.client("ben")
            #expect(try await client.get("/documents/\(id)/pages").text.contains("third"))
            let old: ChunkView = try await client.get("/documents/\(id)/chunks/\(cited)").json()
            #expect(old.text.contains("second"))
            #expect(try await client.get("/documents/\(old.documentID)/pages").text.contains("second"))
            #expect(try await client.get("/documents/\(old.documentID)/file").text.contains("second"))
            let view: DocumentView = try await client.get("/documents/\(old.documentID)").json()
            #expect(view.versionOf == "\(id)" && view.sharedBy?.via == .document)
            // What was replaced before is not the reader's.
            #expect(try await client.get("/documents/\(id)/chunks/\(before)").status == 404)
            let first: ChunkView = try await stage.client().get("/documents/\(id)/chunks/\(before)").json()
            for part in ["", "/pages", "/file", "/outline"] {
                #expect(try await client.get("/documents/\(first.documentID)\(part)").status == 404)
            }
            #expect(try await client.delete("/documents/\(id)/shares/me").status == 204)
            for path in ["/documents/\(old.documentID)/pages", "/documents/\(id)/chunks/\(cited)", "/documents/\(id)/file"] {
                #expect(try await client.get(path).status == 404)
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `people are added by their address, counted, listed and removed`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let id = try await stage.ready("notes.txt", bytes: Self.text("A text of osmosis.")).id
            func share(_ address: String, as name: String = "ann") async throws -> TestAnswer {
                try await stage.client(name).post("/documents/\(id)/shares", json: #"{"email": "\#(address)"}"#)
            }
            let unknown = try await share("nobody@example.org")
            #expect(unknown.status == 422)
            #expect(try unknown.error().details == ["email": "has no account", "reason": "no_account"])
            #expect(try await share("no address").status == 400)
            #expect(try await share(Self.address(stage.ann)).status == 422)
            // Who has nothing to share learns of nobody.
            let strangers = [
                try await share("nobody@example.org", as: "cleo"), try await share(Self.address(stage.ann), as: "cleo"),
            ]
            #expect(strangers.map(\.status) == [404, 404])
            #expect(try strangers.map { try $0.error().message }.allSatisfy { $0 == "There is no such document." })

            let made = try await share(Self.address(stage.ben).uppercased())
            #expect(made.status == 201)
            #expect(try await share(Self.address(stage.ben)).text == made.text)
            let list: ShareList = try await stage.client().get("/documents/\(id)/shares").json()
            #expect(list.data.map(\.memberID) == ["\(stage.ben)"] && list.data.map(\.name) == ["Somebody"])
            #expect(try await stage.client().get("/documents/\(id)").json(DocumentView.self).sharedWith == 1)
            #expect(try await stage.eventTypes().filter { $0 == "share.began" }.count == 1)
            // Who reads cannot share on, nor end it for others.
            #expect(try await share(Self.address(stage.cleo), as: "ben").status == 403)
            _ = try await stage.sharing.share(id, with: Self.address(stage.cleo), user: stage.ann)
            #expect(try await stage.client("ben").delete("/documents/\(id)/shares/\(stage.cleo)").status == 403)
            #expect(try await stage.client("ben").delete("/documents/\(id)/shares/me").status == 204)
            #expect(try await stage.client("ben").delete("/documents/\(id)/shares/me").status == 404)
            #expect(try await stage.client().delete("/documents/\(id)/shares/\(stage.ben)").status == 404)
            #expect(try await stage.client().delete("/documents/\(id)/shares/what").status == 404)
            #expect(try await stage.client().delete("/documents/\(id)/shares/\(stage.cleo)").status == 204)
            #expect(try await stage.count("document_shares") == 0)
            #expect(try await stage.eventTypes().filter { $0 == "share.ended" }.count == 2)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `what is gone is gone for readers, and an unread document is none for them`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let id = try await stage.upload("notes.txt", bytes: Self.text("A text of osmosis.")).document.id
            _ = try await stage.sharing.share(id, with: Self.address(stage.ben), user: stage.ann)
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 404)
            #expect(try await stage.service.overview(of: stage.ben).isEmpty)
            try await stage.worker.drain()
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 200)
            try await stage.service.delete(id, user: stage.ann)
            #expect(try await stage.client("ben").get("/documents/\(id)").status == 404)
            #expect(try await stage.count("document_shares") == 0)

            let other = try await stage.ready("other.txt", bytes: Self.text("A text of diffusion.")).id
            _ = try await stage.sharing.share(other, with: Self.address(stage.ben), user: stage.ann)
            let bens = try await stage.ready("bens.txt", as: stage.ben, bytes: Self.text("A text of roots.")).id
            _ = try await stage.sharing.share(bens, with: Self.address(stage.cleo), user: stage.ben)
            try await stage.database.transaction(as: .system) { [ann = stage.ann] in
                try await $0.execute("DELETE FROM users WHERE id = \(ann)")
            }
            #expect(try await stage.client("ben").get("/documents/\(other)").status == 404)
            #expect(try await stage.count("document_shares") == 1)
            try await stage.database.transaction(as: .system) { [cleo = stage.cleo] in
                try await $0.execute("DELETE FROM users WHERE id = \(cleo)")
            }
            #expect(try await stage.count("document_shares") == 0)
            #expect(try await stage.client("ben").get("/documents/\(bens)").json(DocumentView.self).sharedWith == nil)
        }
    }

    @Test func `row-level security shows a reader no row of the owner's, and lets nobody share for another`() async throws {
        try await LibraryStage.with(.postgres) { stage in
            let id = try await stage.ready("notes.txt", bytes: Self.text("A text of osmosis.")).id
            _ = try await stage.sharing.share(id, with: Self.address(stage.ben), user: stage.ann)
            let (ann, ben, cleo) = (stage.ann, stage.ben, stage.cleo)
            func rows(_ table: String, _ user: UserID) async throws -> Int {
                try await stage.database.read(as: .user(user)) { try await $0.query("SELECT 1 AS one FROM \(unsafe: table)") }.count
            }
            for table in [
                "documents", "document_pages", "chunks", "chunk_vectors", "vector_parts", "keyword_segments", "keyword_lists",
            ] {
                #expect(try await rows(table, ben) == 0, "\(table)")
                #expect(try await rows(table, ann) > 0, "\(table)")
            }
            #expect(try await rows("document_shares", ann) == 1)
            #expect(try await rows("document_shares", ben) == 1)
            #expect(try await rows("document_shares", cleo) == 0)
            await #expect(throws: DatabaseFailure.self) {
                try await stage.database.transaction(as: .user(cleo)) {
                    try await $0.execute(
                        """
                        INSERT INTO document_shares (document_id, user_id, member_id, address, created_at)
                        VALUES (\(id), \(ann), \(cleo), '', \(Date()))
                        """)
                }
            }
        }
    }
}
