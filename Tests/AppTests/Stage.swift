import Ambient
@testable import App
import Assembly
import Database
import DatabaseTesting
import Embedding
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Lifecycle
import Settings
import Telemetry
import Testing

/// The whole program in process: its own database, folder, jobs and generation; requests go through its router.
struct Stage: Sendable {
    let app: Application
    /// Asks without a token.
    let client: TestClient
    let source: SettingsSource

    /// - Parameters:
    ///   - settings: over those of the stage; `LM_…`.
    ///   - running: whether jobs, answers and events run beside the router. They are stopped at the end.
    static func with(
        _ dialect: Dialect, settings: [String: String] = [:], features: FeatureList = .program, running: Bool = true,
        _ body: (Stage) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withDatabaseURL(dialect) { url in
                try await on(settingsSource(folder, url, settings), features: features, running: running, body)
            }
        }
    }

    /// A stage on a folder and a database that may have been used before.
    static func on(
        _ source: SettingsSource, features: FeatureList = .program, running: Bool = true, _ body: (Stage) async throws -> Void
    ) async throws {
        let app = try await Application(
            configuration: Configuration(from: source), features: features, logger: .silent, embedder: try sharedEmbedder.get())
        let stage = Stage(app: app, client: TestClient(try app.router()), source: source)
        guard running else {
            let result: Result<Void, any Error>
            do { result = .success(try await body(stage)) } catch { result = .failure(error) }
            await app.close()
            return try result.get()
        }
        let shutdown = ShutdownSignal()
        async let services: Void = app.run(until: shutdown)
        let result: Result<Void, any Error>
        do { result = .success(try await body(stage)) } catch { result = .failure(error) }
        shutdown.trigger()
        try await services
        try result.get()
    }

    static func settingsSource(_ folder: String, _ url: String, _ settings: [String: String] = [:]) -> SettingsSource {
        let base = [
            "LM_DATA_DIR": folder + "/data", "LM_DATABASE_URL": url, "LM_RATE_LIMITS": "off", "LM_JOB_WORKERS": "2",
            // Nothing is fetched.
            "LM_SPEECH": "off",
        ]
        return SettingsSource(environment: base.merging(settings) { $1 })
    }

    /// The real model, loaded once: its threads are the machine's.
    private static let sharedEmbedder: Result<any TextEmbedder, any Error> = Result {
        try Application.load(.miniLM, Configuration(from: SettingsSource(environment: modelSettings)))
    }

    /// The folder of the model where the person who runs the tests keeps it elsewhere.
    static var modelSettings: [String: String] {
        ProcessInfo.processInfo.environment["LM_MODEL_DIR"].map { ["LM_MODEL_DIR": $0] } ?? [:]
    }

    static let password = "a long enough phrase"

    /// Makes an account; the client then asks as that person.
    func person(_ name: String) async throws -> Person {
        let answer = try await client.post(
            "/api/v1/auth/register",
            json: #"{"email": "\#(name)@example.org", "password": "\#(Self.password)", "display_name": "\#(name)"}"#)
        try #require(answer.status == 201, "\(answer.text)")
        let grant = try answer.json(JSONValue.self)
        return Person(
            id: try #require(grant["user"]?["id"]?.text), token: try #require(grant["access_token"]?.text),
            refreshToken: try #require(grant["refresh_token"]?.text), client: client)
    }

    /// Somebody of a role, which an administrator gives.
    func person(_ name: String, _ role: String, by administrator: Person) async throws -> Person {
        let made = try await person(name)
        let given = try await administrator.client.patch("/api/v1/admin/users/\(made.id)", json: #"{"role": "\#(role)"}"#)
        try #require(given.status == 200, "\(given.text)")
        let login = try await client.post(
            "/api/v1/auth/login", json: #"{"email": "\#(name)@example.org", "password": "\#(Self.password)"}"#)
        let grant = try login.json(JSONValue.self)
        return Person(
            id: made.id, token: try #require(grant["access_token"]?.text),
            refreshToken: try #require(grant["refresh_token"]?.text), client: client)
    }

    /// Rows of a table, of everyone.
    func count(_ table: String, where condition: String = "1 = 1") async throws -> Int {
        try await app.database.read(as: .system) {
            try await $0.first("SELECT count(*) AS n FROM \(unsafe: table) WHERE \(unsafe: condition)")
        }?.get("n") ?? 0
    }
}

/// Somebody with an account.
struct Person: Sendable {
    let id: String
    let token: String
    let refreshToken: String
    /// Asks as this person.
    let client: TestClient

    init(id: String, token: String, refreshToken: String, client: TestClient) {
        (self.id, self.token, self.refreshToken) = (id, token, refreshToken)
        self.client = client.bearing(token)
    }

    /// Uploads a file; returns the answer's document.
    func upload(_ filename: String, _ bytes: [UInt8]) async throws -> JSONValue {
        let answer = try await client.post("/api/v1/documents/upload", form: TestForm().file("file", filename: filename, bytes))
        try #require(answer.status == 202, "\(answer.text)")
        return try answer.json()
    }

    /// Uploads a file and returns its document once it is completed or failed.
    func bring(_ filename: String, _ bytes: [UInt8]) async throws -> JSONValue {
        let id = try #require(try await upload(filename, bytes)["id"]?.text)
        return try await settled(id)
    }

    /// Real programs read the document, so there is nothing to wait on but its state.
    func settled(_ id: String) async throws -> JSONValue {
        let deadline = ContinuousClock.now + .seconds(80)
        while ContinuousClock.now < deadline {
            let document = try await client.get("/api/v1/documents/\(id)").json(JSONValue.self)
            if ["completed", "failed"].contains(document["status"]?.text) { return document }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Late()
    }

    struct Late: Error {}

    func conversation() async throws -> String {
        let answer = try await client.post("/api/v1/chat/conversations", json: "{}")
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(try answer.json(JSONValue.self)["id"]?.text)
    }

    /// A deck with a card that was answered.
    func card() async throws -> (deck: String, card: String, review: String) {
        func id(_ path: String, _ json: String) async throws -> String {
            let answer = try await client.post("/api/v1/\(path)", json: json)
            return try #require(try answer.json(JSONValue.self)["id"]?.text, "\(answer.text)")
        }
        let deck = try await id("decks", #"{"name": "Biology"}"#)
        let card = try await id("cards", #"{"deck_id": "\#(deck)", "front": "What makes ATP?", "back": "The mitochondrion"}"#)
        return (deck, card, try await id("reviews", #"{"card_id": "\#(card)", "rating": 3}"#))
    }

    /// An exam with a plan for it, and what counts in a course.
    /// - Returns: the exam's id.
    func planned(course: String) async throws -> String {
        func send(_ method: HTTPMethod, _ path: String, _ json: String) async throws -> JSONValue {
            let answer = try await client.send(
                method, "/api/v1/\(path)", headers: ["Content-Type": "application/json"], body: Array(json.utf8))
            #expect(answer.status < 300, "\(answer.text)")
            return try answer.json(JSONValue.self)
        }
        let exam = try await send(
            .post, "planner/events",
            #"{"title": "Exam", "type": "exam", "start_date": "2090-03-23T08:00:00Z", "course_id": "\#(course)"}"#)
        _ = try await send(.post, "planner/plan", "{}")
        _ = try await send(.post, "planner/passwords", #"{"name": "Phone", "password": "\#(Stage.password)"}"#)
        let gone = try await send(
            .post, "planner/events", #"{"title": "Gone", "type": "reminder", "start_date": "2090-03-23T08:00:00Z"}"#)
        _ = try await client.delete("/api/v1/planner/events/\(try #require(gone["id"]?.text))")
        _ = try await send(.post, "courses/\(course)/assessments", #"{"name": "Final", "weight": 60}"#)
        _ = try await send(.put, "courses/\(course)/grade", #"{"scale": "four_point"}"#)
        return try #require(exam["id"]?.text)
    }

    /// A browser that takes pushes, at a service that there is not. Nothing is pushed to it.
    /// - Returns: the subscription's id.
    func browser() async throws -> String {
        let answer = try await client.post(
            "/api/v1/push/subscriptions",
            json: """
                {"endpoint": "https://push.example.invalid/\(id)", "keys": {"auth": "BTBZMqHH6r4Tts7J_aSIgg", "p256dh":
                 "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}
                """)
        return try #require(try answer.json(JSONValue.self)["id"]?.text, "\(answer.text)")
    }

    /// A quiz of one question, taken once.
    func quiz() async throws -> (quiz: String, question: String) {
        func id(_ path: String, _ json: String) async throws -> String {
            let answer = try await client.post("/api/v1/\(path)", json: json)
            return try #require(try answer.json(JSONValue.self)["id"]?.text, "\(answer.text)")
        }
        let question = try await id(
            "quiz-questions",
            #"{"question_text": "What makes ATP?", "question_type": "short_answer", "key": {"accepted": ["The mitochondrion"]}}"#)
        let quiz = try await id("quizzes", #"{"title": "Cells", "question_ids": ["\#(question)"]}"#)
        _ = try await id("quizzes/\(quiz)/submissions", #"{"answers": {"\#(question)": "The mitochondrion"}}"#)
        return (quiz, question)
    }

    /// The id of a note.
    func note() async throws -> String {
        let answer = try await client.post("/api/v1/notes", json: #"{"title": "Cells", "content": "They divide."}"#)
        return try #require(try answer.json(JSONValue.self)["id"]?.text, "\(answer.text)")
    }

    /// The finished answer.
    func ask(_ question: String, in conversation: String) async throws -> JSONValue {
        let answer = try await client.send(
            .post, "/api/v1/chat/conversations/\(conversation)/messages", json: ["content": question])
        try #require(answer.status == 200, "\(answer.text)")
        return try answer.json()
    }
}

/// What is brought and asked about.
enum Course {
    /// A recording of a moment of silence.
    static var recording: TestForm { recording(saying: "") }

    /// The same, of a content of its own.
    static func recording(saying mark: String) -> TestForm {
        let samples = Array(mark.utf8) + [UInt8](repeating: 0, count: 3_200 - mark.utf8.count)
        let head: [UInt8] =
            Array("RIFF".utf8) + [0xA4, 0x0C, 0, 0] + Array("WAVEfmt ".utf8)
            + [16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0] + Array("data".utf8) + [0x80, 0x0C, 0, 0]
        return TestForm().file("file", filename: "silence.wav", head + samples)
    }

    static let markdown = Array(
        """
        # Cell energy

        ## Photosynthesis
        Plants take in light with chlorophyll in the thylakoid membranes of the chloroplast. The light reactions split water and \
        release oxygen. They make ATP and NADPH for the next stage.

        ## The Calvin cycle
        The Calvin cycle fixes carbon dioxide in the stroma of the chloroplast. The enzyme rubisco joins carbon dioxide to \
        ribulose bisphosphate. The cycle uses ATP and NADPH and makes sugar.

        ## Respiration
        Mitochondria oxidise sugar and pass electrons along the respiratory chain. Protons flow back through ATP synthase, which \
        makes most of the ATP of the cell.

        """.utf8)
    static let question = "Which enzyme joins carbon dioxide to ribulose bisphosphate in the Calvin cycle?"

    /// A file of the library's own tests.
    static func fixture(_ name: String, from file: String = #filePath) throws -> [UInt8] {
        let tests = file.split(separator: "/").dropLast(2).joined(separator: "/")
        return Array(try Data(contentsOf: URL(filePath: "/\(tests)/LibraryTests/Fixtures/\(name)")))
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var integer: Int? { if case .integer(let number) = self { number } else { nil } }
    var list: [JSONValue] { if case .array(let list) = self { list } else { [] } }
    var fields: [(name: String, value: JSONValue)] {
        if case .object(let fields) = self { fields.map { ($0.name, $0.value) } } else { [] }
    }
    var names: Set<String> { Set(fields.map(\.name)) }
}

/// One event of a stream, and the bytes up to its end.
struct StreamEvent {
    let id: String
    let name: String
    let data: JSONValue
    /// Of the stream, up to and with this event.
    let end: Int

    /// Splits a whole stream; every event must have an id and JSON data.
    static func all(in bytes: [UInt8]) throws -> [StreamEvent] {
        var events: [StreamEvent] = []
        var end = 0
        let text = String(decoding: bytes, as: UTF8.self)
        for block in text.components(separatedBy: "\n\n") where !block.isEmpty {
            end += block.utf8.count + 2
            var fields: [String: String] = [:]
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                fields[String(parts[0])] = String(parts[1].dropFirst())
            }
            let data = try JSONCoding.decoder.decode(JSONValue.self, from: Data((fields["data"] ?? "").utf8))
            events.append(
                StreamEvent(id: try #require(fields["id"]), name: try #require(fields["event"]), data: data, end: end))
        }
        return events
    }
}
