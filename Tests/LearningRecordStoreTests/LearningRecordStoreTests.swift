import Ambient
import Events
import FoundationEssentials
import HTTPClient
import JSON
@testable import LearningRecordStore
import ScriptedServing
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LearningRecordStoreTests {
    private static let user = UserID(UUID())
    private static let authorization = "Basic a2V5OnNlY3JldA=="

    private func event(_ type: String, _ payload: String, user: UserID? = Self.user) -> Event {
        Event(
            id: Ambient.live.newID(), type: type, timestamp: Date(timeIntervalSince1970: 1_800_000_000), userID: user,
            service: "lm",
            version: "1.0", payload: payload, position: 1)
    }

    private func submission(_ type: String = "quiz.submitted") -> Event {
        let (attempt, quiz) = (UUID().uuidString.lowercased(), UUID().uuidString.lowercased())
        let (first, second) = (UUID().uuidString.lowercased(), UUID().uuidString.lowercased())
        return event(
            type,
            """
            {"id": "\(attempt)", "quiz_id": "\(quiz)", "score": 1.5, "total_points": 3, "missed": ["\(second)"],
             "answers": [{"question_id": "\(first)", "share": 1}, {"question_id": "\(second)"}]}
            """)
    }

    private func sink(_ store: StrictRecordStore, secret: String = "secret") throws -> LearningRecordStore {
        LearningRecordStore(
            url: store.url + "/", key: "key", secret: secret, homePage: "https://study.example.org/",
            client: try HTTPClient(HTTPClientConfiguration(retry: .never)))
    }

    @Test func `a quiz that was handed in is completed with its score, and each question answered`() async throws {
        let store = try StrictRecordStore(authorization: Self.authorization)
        let event = submission()
        try await sink(store).take([event])
        #expect(store.faults.isEmpty && store.kept.count == 3)
        let whole = try #require(store.kept[event.id.description])
        #expect(whole["verb"]?["id"] == "http://adlnet.gov/expapi/verbs/completed")
        #expect(whole["result"]?["score"]?["scaled"]?.double == 0.5 && whole["result"]?["score"]?["max"]?.double == 3)
        #expect(whole["actor"]?["account"]?["name"]?.string == Self.user.description)
        #expect(whole["actor"]?["account"]?["homePage"] == "https://study.example.org")
        #expect(whole["object"]?["id"]?.string?.hasPrefix("https://study.example.org/quiz/") == true)
        let answers = store.kept.values.filter { $0["verb"]?["id"] == "http://adlnet.gov/expapi/verbs/answered" }
        #expect(answers.count == 2 && answers.count { $0["result"]?["success"] == .bool(true) } == 1)
        // What the student has not decided has no outcome.
        #expect(answers.count { $0["result"]?["success"] == nil && $0["result"]?["completion"] == .bool(true) } == 1)
    }

    @Test func `told again, each counts once`() async throws {
        let store = try StrictRecordStore(authorization: Self.authorization)
        let events = [submission(), submission("quiz.judged"), event("note.created", #"{"id": "\#(UUID())", "version": 1}"#)]
        try await sink(store).take(events)
        let before = store.kept
        try await sink(store).take(events)
        #expect(store.kept == before && before.count == 5 && store.faults.isEmpty)
    }

    @Test func `a review is told at its own time; what is no learning, or nobody's, is not told`() async throws {
        let store = try StrictRecordStore(authorization: Self.authorization)
        let review = event(
            "card.reviewed",
            #"{"id": "\#(UUID())", "review_id": "r", "deck_id": "d", "rating": 1, "reviewed_at": "2026-05-01T10:00:00.000000Z", "state": "review"}"#
        )
        let others = [
            event("course.created", #"{"id": "1"}"#), event("quiz.submitted", #"{"odd": true}"#),
            event("note.created", #"{"id": "1"}"#, user: nil),
        ]
        try await sink(store).take([review] + others)
        let told = try #require(store.kept[review.id.description])
        #expect(store.kept.count == 1 && told["timestamp"] == "2026-05-01T10:00:00.000000Z")
        #expect(told["result"]?["success"] == .bool(false) && told["result"]?["score"]?["raw"] == 1)
        try await sink(store).take(others)
        #expect(store.server.requests.count == 1)
    }

    @Test func `one that is refused for good holds up none that comes after it`() async throws {
        let bad = event("note.created", #"{"id": "refused"}"#)
        let store = try StrictRecordStore(authorization: Self.authorization) {
            $0["object"]?["id"]?.string?.hasSuffix("/refused") == true
        }
        let good = [submission("quiz.judged"), event("note.created", #"{"id": "fine"}"#)]
        try await sink(store).take([good[0], bad, good[1]])
        #expect(Set(store.kept.keys) == Set(good.map(\.id.description)))
    }

    @Test func `a store that cannot be asked, or does not know us, is asked again later`() async throws {
        let store = try StrictRecordStore(authorization: Self.authorization)
        await #expect(throws: HTTPClientFailure.self) { try await sink(store, secret: "wrong").take([submission()]) }
        #expect(store.kept.isEmpty)
        let down = try ScriptedServer { connection, _ in connection.respond(500) }
        let away = LearningRecordStore(
            url: down.url, key: nil, secret: nil, homePage: "http://localhost",
            client: try HTTPClient(HTTPClientConfiguration(retry: .never)))
        await #expect(throws: HTTPClientFailure.self) { try await away.take([submission()]) }
        #expect(down.requests.first?.headers["authorization"] == nil)
    }

    @Test func `many go in several requests`() async throws {
        let store = try StrictRecordStore(authorization: Self.authorization)
        try await sink(store).take((0..<90).map { _ in submission() })
        #expect(store.kept.count == 270 && store.server.requests.count == 3 && store.faults.isEmpty)
    }
}
