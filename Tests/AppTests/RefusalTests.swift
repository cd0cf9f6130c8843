import App
import Database
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

@Suite(.timeLimit(.minutes(3)))
struct RefusalTests {
    private static let open: Set<String> = [
        "get /api/v1/auth/status", "post /api/v1/auth/register", "post /api/v1/auth/login", "post /api/v1/auth/refresh",
        "post /api/v1/auth/logout", "post /api/v1/auth/forgot", "post /api/v1/auth/reset", "post /api/v1/auth/confirm-email",
        "post /api/v1/auth/confirm-sign-up",
        "post /api/v1/auth/passkey/options", "post /api/v1/auth/passkey",
        "post /api/v1/auth/invitation", "get /api/v1/auth/providers", "post /api/v1/auth/authorize", "post /api/v1/auth/callback",
        "get /api/v1/auth/lti-login", "post /api/v1/auth/lti-login", "post /api/v1/auth/lti-launch",
        "post /api/v1/auth/lti-session",
        "get /health", "get /ready",
        "get /metrics",
        // The address itself is the secret.
        "get /api/v1/planner/calendar/{secret}",
        // What it carries is signed.
        "get /api/v1/notifications/unsubscribe/{token}", "post /api/v1/notifications/unsubscribe/{token}",
    ]

    @Test(arguments: Dialect.allCases) func `every route but the door and the server's own asks for a token`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, running: false) { stage in
            var asked = 0
            for operation in try Operation.all(of: stage.app) where !Self.open.contains(operation.name) {
                let answer = try await stage.client.send(operation.method, operation.path(with: { _ in Self.nobody }))
                #expect(answer.status == 401, "\(operation.name)")
                let error = try answer.error()
                #expect(error.error == "Unauthenticated")
                #expect(!error.message.isEmpty && !error.requestID.isEmpty && error.timestamp.hasSuffix("Z"))
                #expect(answer.headers["X-Request-ID"] == error.requestID)
                asked += 1
            }
            #expect(asked > 25)
        }
    }

    private static let administration = "/api/v1/admin/"
    /// What each role includes, as the decision on roles has it.
    private static let roles: [String: Set<String>] = [
        "student": ["student"], "teacher": ["student", "teacher"], "moderator": ["student", "moderator"],
        "administrator": ["student", "teacher", "moderator", "administrator"],
    ]

    @Test(arguments: Dialect.allCases) func `what takes a role is refused to every other, whether or not it is there`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let ann = try await stage.person("ann")
            let operations = try Operation.all(of: stage.app)
            let taking = Set(operations.compactMap(\.role))
            #expect(taking.isSubset(of: Self.roles.keys) && taking.isSuperset(of: ["administrator", "moderator"]))
            // Whatever looks after others says so.
            for operation in operations where operation.template.hasPrefix(Self.administration) {
                #expect(operation.role != nil, "\(operation.name)")
            }
            for (role, may) in Self.roles where role != "administrator" {
                let person = try await stage.person(role, role, by: ann)
                var asked = 0
                for operation in operations where operation.role.map({ !may.contains($0) }) ?? false {
                    for id in [ann.id, Self.nobody] {
                        let answer = try await person.client.send(operation.method, operation.path(with: { _ in id }))
                        #expect(answer.status == 403, "\(operation.name) as \(role)")
                        #expect(try answer.error().error == "Forbidden")
                    }
                    asked += 1
                }
                #expect(asked >= 2)
            }
            #expect(try await ann.client.get("/api/v1/users/me").status == 200)
        }
    }

    private static let nobody = "0192f0c1-2345-7abc-8def-0123456789ab"

    @Test(arguments: Dialect.allCases) func `what another person has is not there, on every route that names it`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect) { stage in
            let (ann, ben) = (try await stage.person("ann"), try await stage.person("ben"))
            var others = [("student", ben)]
            for role in ["teacher", "moderator", "administrator"] {
                others.append((role, try await stage.person(role, role, by: ann)))
            }
            let document = try await ann.bring("cell.md", Course.markdown)
            let conversation = try await ann.conversation()
            let message = try await ann.ask(Course.question, in: conversation)
            let found = try await ann.client.post("/api/v1/documents/search", json: #"{"query": "rubisco"}"#)
            let chunk = try found.json(JSONValue.self)["data"]?.list.first?["chunk_id"]?.text
            let course = try await ann.client.post("/api/v1/courses", json: #"{"name": "Biology"}"#).json(JSONValue.self)["id"]?
                .text
            let sessions = try await ann.client.get("/api/v1/users/me/sessions").json(JSONValue.self)
            let jobs = try await ann.client.get("/api/v1/jobs").json(JSONValue.self)
            let spoken = try await ann.client.post("/api/v1/tts/synthesize", json: #"{"text": "Osmosis.", "voice": "slt"}"#)
            let recording = try await ann.client.post("/api/v1/stt/transcribe", form: Course.recording).json(JSONValue.self)
            let talk = try await ann.client.post("/api/v1/session/start", json: "{}").json(JSONValue.self)["session_id"]?.text
            _ = try await ann.client.send(
                .put, "/api/v1/companion/personas", headers: ["Content-Type": "application/json"],
                body: Array(#"{"key": "rose", "name": "Rosa", "style": "Slowly."}"#.utf8))
            let memory = try await ann.client.post("/api/v1/memories", json: #"{"kind": "goal", "text": "Pass anatomy"}"#)
            let cards = try await ann.card()
            let (quiz, note) = (try await ann.quiz(), try await ann.note())
            let exam = try await ann.planned(course: try #require(course))
            let browser = try await ann.browser()
            // The teacher of a class that she takes part in sees no more of hers than anybody.
            let teacher = try #require(others.first { $0.0 == "teacher" }?.1)
            func made(_ person: Person, _ path: String, _ json: String) async throws -> JSONValue {
                try await person.client.post("/api/v1/\(path)", json: json).json(JSONValue.self)
            }
            let taught = try #require(try await made(teacher, "classes", #"{"name": "Biology"}"#)["id"]?.text)
            let code = try #require(try await made(teacher, "classes/\(taught)/code", "{}")["code"]?.text)
            #expect(try await made(ann, "classes/join", #"{"code": "\#(code)"}"#)["id"]?.text == taught)
            let classroom = try await made(ann, "classes", #"{"name": "Hers"}"#)["id"]?.text
            let ids: [(String, String?)] = [
                ("/api/v1/decks/", cards.deck), ("/api/v1/cards/", cards.card), ("/api/v1/reviews/", cards.review),
                ("/api/v1/planner/events/", exam), ("/api/v1/planner/calendar/", Self.nobody),
                ("/api/v1/planner/undos/", Self.nobody), ("/api/v1/planner/passwords/", Self.nobody),
                ("/api/v1/planner/subscriptions/", Self.nobody),
                ("/api/v1/quizzes/", quiz.quiz), ("/api/v1/quiz-questions/", quiz.question),
                ("/api/v1/notes/", note), ("/api/v1/classes/", classroom), ("/api/v1/push/subscriptions/", browser),
                ("/api/v1/notifications/unsubscribe/", Self.nobody),
                ("/api/v1/memories/", try memory.json(JSONValue.self)["id"]?.text),
                ("/api/v1/session/", talk), ("/api/v1/voice/audio/", Self.nobody), ("/api/v1/companion/pictures/", Self.nobody),
                ("/api/v1/companion/personas/", "rose"),
                ("/api/v1/tts/audio/", try spoken.json(JSONValue.self)["id"]?.text), ("/api/v1/tts/voices/", Self.nobody),
                ("/api/v1/recordings/", recording["id"]?.text), ("/api/v1/stt/transcripts/", recording["id"]?.text),
                ("/api/v1/stt/jobs/", recording["job_id"]?.text),
                ("/api/v1/documents/", document["id"]?.text), ("/api/v1/chat/conversations/", conversation),
                ("/api/v1/courses/", course), ("/api/v1/chat/messages/", message["id"]?.text),
                ("/api/v1/jobs/", jobs["data"]?.list.first?["id"]?.text),
                ("/api/v1/users/me/identities/", Self.nobody), ("/api/v1/users/me/tokens/", Self.nobody),
                ("/api/v1/users/me/passkeys/", Self.nobody), ("/api/v1/users/me/platforms/", Self.nobody),
                ("/api/v1/learning-platforms/classes/", classroom), ("/api/v1/learning-platforms/", Self.nobody),
                ("/api/v1/users/me/sessions/", sessions["data"]?.list.first?["id"]?.text), ("/api/v1/users/", ann.id),
            ]
            for operation in try Operation.all(of: stage.app)
            where operation.template.contains("{") && !operation.template.hasPrefix(Self.administration) {
                let id = try #require(
                    ids.first { operation.template.hasPrefix($0.0) }?.1, "a new kind of thing: \(operation.template)")
                let path = operation.path { $0 == "chunk_id" ? chunk ?? Self.nobody : id }
                let isOfClass = operation.template.hasPrefix("/api/v1/classes/")
                let kind =
                    isOfClass
                    ? #""kind": "quiz", "id": "\#(Self.nobody)", "#
                    : operation.template.hasPrefix("/api/v1/learning-platforms/")
                        ? #""items": [{"kind": "quiz", "id": "\#(Self.nobody)"}], "# : ""
                let body =
                    operation.hasBody
                    ? """
                    {"title": "Mine", "content": "What is osmosis?", "document_id": "\(Self.nobody)", "segment_id": "\(Self.nobody)", "word": 1, "email": "ann@example.org",
                    "segment_ids": ["\(Self.nobody)", "\(Self.nobody)"], "question_id": "\(Self.nobody)", "answers": {}, "correct": true,
                    "name": "Mine", \(kind)"weight": 1, "scale": "percentage", "version": 1, "to": 1}
                    """ : ""
                // The account itself, without what is in it, an administrator looks at and removes.
                let isAccount = operation.template == "/api/v1/users/{id}"
                for (role, person) in others where !(isAccount && role == "administrator") {
                    let answer = try await person.client.send(
                        operation.method, path, headers: body.isEmpty ? [:] : ["Content-Type": "application/json"],
                        body: Array(body.utf8))
                    // What takes a role tells who has none nothing of what there is.
                    let isRefused = operation.role.map { Self.roles[role]?.contains($0) != true } ?? false
                    #expect(answer.status == (isRefused ? 403 : 404), "\(operation.name) as \(role): \(answer.text)")
                    #expect(try answer.error().error == (isRefused ? "Forbidden" : "NotFound"))
                }
            }
            let kept = try await ann.client.get("/api/v1/documents/\(try #require(document["id"]?.text))")
            #expect(try kept.json(JSONValue.self)["title"] == document["title"])
            #expect(try await ann.client.get("/api/v1/chat/conversations/\(conversation)").status == 200)
            for (role, person) in others {
                for operation in try Operation.all(of: stage.app)
                where operation.method == .get && !operation.template.contains("{")
                    && !operation.template.hasPrefix(Self.administration) && operation.hasEnd
                {
                    // Lists, figures and what is waiting: nothing in them is of hers.
                    let answer = try await person.client.get(operation.template)
                    for (_, id) in ids where id != Self.nobody && id != "rose" {
                        #expect(!answer.text.contains(id ?? ann.id), "\(operation.name) as \(role)")
                    }
                }
            }
            #expect(try await ben.client.get("/api/v1/documents").json(JSONValue.self)["data"]?.list.isEmpty == true)
            let search = try await ben.client.post(
                "/api/v1/documents/search",
                json: #"{"query": "rubisco", "document_ids": ["\#(document["id"]?.text ?? "")"]}"#)
            #expect(try search.json(JSONValue.self)["data"]?.list.isEmpty != false || search.status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `files that cannot be taken are refused, or fail with a reason`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, settings: ["LM_UPLOAD_LIMIT_MB": "1"]) { stage in
            let ann = try await stage.person("ann")
            func upload(_ name: String, _ bytes: [UInt8]) async throws -> TestAnswer {
                try await ann.client.post("/api/v1/documents/upload", form: TestForm().file("file", filename: name, bytes))
            }
            let picture = try await upload("scan.pdf", [UInt8]("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x3B])
            #expect(picture.status == 415)
            #expect(try picture.error().details["file"] != nil)
            let empty = try await upload("empty.txt", [])
            #expect(empty.status == 422)
            for size in [1 << 20 + 1, 3 << 20] {
                let large = try await upload("large.txt", [UInt8](repeating: 0x61, count: size))
                #expect(large.status == 413)
                #expect(try large.error().error == "PayloadTooLarge")
            }
            let none = try await ann.client.post("/api/v1/documents/upload", form: TestForm().text("title", "No file"))
            #expect([400, 422].contains(none.status))
            #expect(try await ann.client.post("/api/v1/documents/upload", json: "{}").status == 415)
            #expect(try await ann.client.get("/api/v1/documents").json(JSONValue.self)["data"]?.list.isEmpty == true)

            for name in ["truncated.pdf", "encrypted.pdf"] {
                let document = try await ann.bring(name, Course.fixture(name))
                #expect(document["status"]?.text == "failed", "\(name)")
                #expect(document["error"]?["message"]?.text?.isEmpty == false)
                #expect(document["error"]?["code"]?.text == (name == "encrypted.pdf" ? "encrypted" : "damaged"))
            }
            #expect(try await ann.bring("cell.md", Course.markdown)["status"]?.text == "completed")
        }
    }

    @Test(arguments: Dialect.allCases) func `requests that make no sense are refused with what is wrong`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, running: false) { stage in
            let ann = try await stage.person("ann")
            let unknown = try await ann.client.get("/api/v1/nothing")
            #expect(unknown.status == 404)
            #expect(try unknown.error().error == "NotFound")
            let method = try await ann.client.delete("/api/v1/auth/login")
            #expect(method.status == 405)
            #expect(method.headers["Allow"]?.contains("POST") == true)
            #expect(try method.error().error == "MethodNotAllowed")
            let broken = try await ann.client.post("/api/v1/auth/login", json: #"{"email": "#)
            #expect(broken.status == 400)
            #expect(try broken.error().error == "BadRequest")
            let typed = try await ann.client.post("/api/v1/auth/login", json: "a=b", headers: ["Content-Type": "text/plain"])
            #expect(typed.status == 415)

            let fields = try await stage.client.post(
                "/api/v1/auth/register", json: #"{"email": "nowhere", "password": "short", "display_name": " "}"#)
            #expect(fields.status == 400)
            let error = try fields.error()
            #expect(error.error == "ValidationFailed")
            #expect(Set(error.details.keys) == ["email", "password", "display_name"])
            let mode = try await ann.client.post("/api/v1/documents/search", json: #"{"query": "x", "mode": "magic"}"#)
            #expect(try mode.error().details["mode"] != nil)
            let malformed = try await ann.client.get("/api/v1/documents/not-an-id")
            #expect([400, 404].contains(malformed.status))

            for (path, json) in [
                ("/api/v1/chat/conversations", #"{"title": "a\u0000b"}"#),
                ("/api/v1/documents/search", #"{"query": "a\u0000b"}"#),
                (
                    "/api/v1/auth/register",
                    #"{"email": "z@example.org", "password": "a long \u0000 phrase", "display_name": "a\u0000"}"#
                ),
            ] {
                let answer = try await ann.client.post(path, json: json)
                #expect(answer.status < 500, "\(path): \(answer.text)")
            }
        }
    }
}

/// One operation of the OpenAPI document.
struct Operation {
    let method: HTTPMethod
    let template: String
    let document: JSONValue

    var name: String { "\(method.rawValue.lowercased()) \(template)" }
    /// The role that it takes; nil where it takes none.
    var role: String? { document["x-role"]?.text }
    /// What is neither a stream nor a web socket.
    var hasEnd: Bool {
        let answers = document["responses"]
        return answers?["101"] == nil && answers?["200"]?["content"]?.names.contains("text/event-stream") != true
    }
    var hasBody: Bool { document["requestBody"] != nil }

    /// The path with each parameter filled in.
    func path(with value: (String) -> String) -> String {
        template.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.hasPrefix("{") ? value(String(segment.dropFirst().dropLast())) : String(segment)
        }.joined(separator: "/")
    }

    static func all(of app: Application) throws -> [Operation] {
        let paths = try openAPI(of: app)["paths"]
        return try (paths?.fields ?? []).flatMap { path, operations in
            try operations.fields.map { name, document in
                Operation(method: try #require(HTTPMethod(rawValue: name.uppercased())), template: path, document: document)
            }
        }
    }
}
