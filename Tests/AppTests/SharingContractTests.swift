import Ambient
@testable import App
import Assembly
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

/// Sharing in the whole program: the tutor, events, exports and the end of an account.
@Suite(.timeLimit(.minutes(3)))
struct SharingContractTests {
    @Test(arguments: Dialect.allCases)
    func `a member asks a shared course with citations, and not after its end`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let (ann, ben) = (try await stage.person("ann"), try await stage.person("ben"))
            let form = TestForm().text("subject", "Biology").file("file", filename: "cell.md", Course.markdown)
            let id = try #require(
                try await ann.client.post("/api/v1/documents/upload", form: form).json(JSONValue.self)["id"]?.text)
            let course = try #require(try await ann.settled(id)["course_id"]?.text)
            let share = #"{"email": "ben@example.org"}"#
            #expect(try await ann.client.post("/api/v1/courses/\(course)/shares", json: share).status == 201)

            let begun = try await ben.client.post("/api/v1/chat/conversations", json: #"{"course_id": "\#(course)"}"#)
            #expect(begun.status == 201, "\(begun.text)")
            let inCourse = try #require(try begun.json(JSONValue.self)["id"]?.text)
            let ofDocument = try await ben.client.post("/api/v1/chat/conversations", json: #"{"document_ids": ["\#(id)"]}"#)
            #expect(ofDocument.status == 201, "\(ofDocument.text)")
            for conversation in [
                inCourse, try #require(try ofDocument.json(JSONValue.self)["id"]?.text), try await ben.conversation(),
            ] {
                let answer = try await ben.ask(Course.question, in: conversation)
                let cited = try #require(answer["citations"]?.list.first, "\(answer)")
                #expect(cited["document_id"]?.text == id)
                let chunk = try #require(cited["chunk_id"]?.text)
                #expect(try await ben.client.get("/api/v1/documents/\(id)/chunks/\(chunk)").status == 200)
            }
            #expect(
                try await ben.client.get("/api/v1/chat/conversations?course_id=\(course)").json(JSONValue.self)["data"]?.list.count
                    == 1)
            let seen = try await ben.client.get("/api/v1/courses/\(course)").json(JSONValue.self)
            #expect(seen["shared_by"]?.text == "ann" && seen["conversation_count"]?.integer == 1)
            // What the member asks is the member's.
            #expect(
                try await ann.client.get("/api/v1/courses/\(course)").json(JSONValue.self)["conversation_count"]?.integer == 0)
            let asked = try await ben.client.post("/api/v1/chat/suggestions", json: #"{"course_id": "\#(course)"}"#)
            #expect(try asked.json(JSONValue.self)["questions"]?.list.isEmpty == false, "\(asked.text)")
            let stranger = try await stage.person("cleo")
            #expect(
                try await stranger.client.post("/api/v1/chat/conversations", json: #"{"course_id": "\#(course)"}"#).status == 422)
            #expect(
                try await stranger.client.post("/api/v1/chat/conversations", json: #"{"document_ids": ["\#(id)"]}"#).status == 400)

            #expect(try await ann.client.delete("/api/v1/courses/\(course)/shares/\(ben.id)").status == 204)
            let after = try await ben.ask(Course.question, in: inCourse)
            #expect(after["citations"]?.list.isEmpty == true, "\(after)")
            #expect(after["content"]?.text?.contains("ribulose") != true, "\(after)")
            let none = try await ben.client.post("/api/v1/chat/suggestions", json: #"{"course_id": "\#(course)"}"#)
            #expect(try none.json(JSONValue.self)["questions"]?.list.isEmpty == true)
            // What was answered stays the member's, with what it quoted.
            let old = try await ben.client.get("/api/v1/chat/conversations/\(inCourse)/messages").json(JSONValue.self)
            #expect(old["data"]?.list.contains { $0["citations"]?.list.first?["document_id"]?.text == id } == true)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `shares are in the export of both, and members hear of the end of an account`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let (ann, ben) = (try await stage.person("ann"), try await stage.person("ben"))
            let bens = try #require(try await ben.bring("cell.md", Course.markdown)["id"]?.text)
            let share = try await ben.client.post("/api/v1/documents/\(bens)/shares", json: #"{"email": "ann@example.org"}"#)
            #expect(share.status == 201, "\(share.text)")
            let (annID, benID) = (try #require(UserID(ann.id)), try #require(UserID(ben.id)))
            func exported(_ user: UserID) async throws -> [String] {
                try await stage.app.exportedEntries(of: user).compactMap { entry in
                    guard case .json(let value) = entry.content, entry.path == "document-shares.json" else { return nil }
                    return String(decoding: try JSONCoding.bytes(value), as: UTF8.self)
                }
            }
            let (given, received) = (try await exported(benID), try await exported(annID))
            #expect(given.count == 1 && given[0].contains(bens) && given[0].contains("ann@example.org"))
            #expect(received.count == 1 && received[0].contains(bens) && !received[0].contains("example.org"))

            let farewell = try await ben.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
            #expect(farewell.status == 204, "\(farewell.text)")
            #expect(try await ann.client.get("/api/v1/documents/\(bens)").status == 404)
            #expect(try await stage.count("events", where: "event_type = 'share.ended' AND user_id = '\(ann.id)'") == 1)
            #expect(try await stage.count("document_shares") == 0)
        }
    }
}
