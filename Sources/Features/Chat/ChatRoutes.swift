import Ambient
import Courses
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Passages

/// Conversations and answers over HTTP.
package struct ChatRoutes: RouteCollection {
    private let chat: ChatService

    package init(chat: ChatService) { self.chat = chat }

    package var routes: [Route] { conversations + messages }

    private var conversations: [Route] {
        [
            .post(
                "/chat/conversations", "Begin a conversation", tag: "Chat", body: NewConversation.self, returns: Conversation.self,
                status: 201, failures: [.validationFailed, .unprocessable]
            ) { [chat] call, body in
                let made = try await chat.create(
                    title: body.title, courseID: body.courseID, documentIDs: body.documentIDs, user: try call.user())
                call.addHeader("Location", "/api/v1/chat/conversations/\(made.id)")
                return made
            },
            .get(
                "/chat/conversations", "List conversations, the latest first", tag: "Chat", query: ConversationQuery.self,
                returns: Page<Conversation>.self, failures: [.notFound]
            ) { [chat] call, query in
                let found = try await chat.conversations(
                    query.filter, user: try call.user(), limit: query.paging.limit, offset: query.paging.offset)
                return Page(data: found.list, for: query.paging, total: found.total)
            },
            .get(
                "/chat/conversations/:id", "Get a conversation", tag: "Chat", returns: Conversation.self, failures: [.notFound]
            ) { [chat] call in
                try await chat.conversation(try call.parameter("id"), user: try call.user())
            },
            .patch(
                "/chat/conversations/:id", "Rename a conversation, or change its course or documents", tag: "Chat",
                body: ConversationChange.self, returns: Conversation.self, failures: [.notFound, .unprocessable]
            ) { [chat] call, body in
                try await chat.change(
                    try call.parameter("id"), title: body.title, courseID: body.changesCourse ? .some(body.courseID) : nil,
                    documentIDs: body.changesDocuments ? .some(body.documentIDs) : nil, user: try call.user())
            },
            .delete("/chat/conversations/:id", "Delete a conversation", tag: "Chat", failures: [.notFound]) { [chat] call in
                try await chat.delete(try call.parameter("id"), user: try call.user())
            },
            .get(
                "/chat/conversations/:id/messages", "List the messages of a conversation in their order", tag: "Chat",
                query: MessageQuery.self, returns: Page<ChatMessage>.self, failures: [.notFound]
            ) { [chat] call, query in
                let found = try await chat.messages(
                    of: try call.parameter("id"), user: try call.user(), query.stretch, limit: query.paging.limit)
                return Page(data: found.list, for: query.paging, total: found.total)
            },
        ]
    }

    private var messages: [Route] {
        [
            .raw(
                .post, "/chat/conversations/:id/messages", "Ask a question", tag: "Chat", body: Ask.self,
                produces: ["text/event-stream"], returns: ChatMessage.self,
                failures: [.notFound, .conflict, .unavailable, .badGateway]
            ) { [chat] call in
                let user = try call.user()
                let body = try await call.body(as: Ask.self)
                let answer = try await chat.ask(body.content, in: try call.parameter("id"), user: user)
                return try await respond(call, answer.id, after: 0, user: user)
            }.described(
                """
                Answers with the finished message, or with `Accept: text/event-stream` with the events `message.started`, \
                `retrieval`, `delta` {text}, `citation`, `message.completed` and `error` as they come. `message.waiting` says that \
                others are answered first, `message.restarted` that what came before is to be thrown away. A `citation` comes again \
                under its number when its quote has grown; the last one holds. The answer is written even if the connection closes; \
                read on at `/chat/messages/{id}/stream` with `Last-Event-ID`.
                """),
            .get("/chat/messages/:id", "Get a message", tag: "Chat", returns: ChatMessage.self, failures: [.notFound]) {
                [chat] call in
                try await chat.message(try call.parameter("id"), user: try call.user())
            },
            .raw(
                .get, "/chat/messages/:id/stream", "Follow an answer, from the beginning or from Last-Event-ID on", tag: "Chat",
                produces: ["text/event-stream"], failures: [.notFound]
            ) { [chat] call in
                let user = try call.user()
                let message = try await chat.message(try call.parameter("id"), user: user)
                let last = try call.request.headers["Last-Event-ID"] ?? call.query("last_event_id")
                return events(of: message.id, after: try Self.number(last), user: user)
            },
            .raw(
                .post, "/chat/messages/:id/stop", "Stop an answer; what is written stays", tag: "Chat", returns: ChatMessage.self,
                failures: [.notFound, .conflict]
            ) { [chat] call in
                try .json(try await chat.stop(try call.parameter("id"), user: try call.user()))
            },
            .raw(
                .post, "/chat/messages/:id/regenerate", "Write the last answer anew", tag: "Chat", produces: ["text/event-stream"],
                returns: ChatMessage.self, failures: [.notFound, .conflict]
            ) { [chat] call in
                let user = try call.user()
                let (message, last) = try await chat.regenerate(try call.parameter("id"), user: user)
                return try await respond(call, message.id, after: last, user: user)
            },
        ]
    }

    /// The finished message as JSON, or its events, as the caller accepts.
    private func respond(_ call: Call, _ id: MessageID, after number: Int, user: UserID) async throws -> HTTPResponse {
        // Several lines of it count as one.
        let accepts = call.request.headers.all("Accept").contains { $0.lowercased().contains("text/event-stream") }
        if accepts { return events(of: id, after: number, user: user) }
        let message = try await chat.finished(id, user: user)
        if message.status == .failed { throw HTTPFailure(.badGateway, message.error ?? "The answer failed.") }
        return try .json(message)
    }

    private func events(of id: MessageID, after number: Int, user: UserID) -> HTTPResponse {
        // Nothing but the log's bytes, so a resumed stream is the rest of the first.
        .events(greets: false) { [chat] stream in
            try await chat.follow(id, after: number, user: user) { events in
                try await stream.send(
                    events.map { ServerSentEvent(id: String($0.number), event: $0.event.rawValue, data: $0.data) })
            }
        }
    }

    private static func number(_ lastEventID: String?) throws(HTTPFailure) -> Int {
        guard let lastEventID, !lastEventID.isEmpty else { return 0 }
        guard let number = Int(lastEventID), number >= 0 else {
            throw HTTPFailure(
                .badRequest, "Last-Event-ID is not an id that this stream gave out.", details: ["Last-Event-ID": "must be a number"]
            )
        }
        return number
    }
}

/// The body of a new conversation.
struct NewConversation: APIType {
    var title: String?
    var courseID: CourseID?
    var documentIDs: [DocumentID]?

    enum CodingKeys: String, CodingKey {
        case title
        case courseID = "course_id"
        case documentIDs = "document_ids"
    }

    static var constraints: [Constraint<NewConversation>] {
        [
            .length(\.title, "title", 1...200), .check("title") { blankTitle($0.title) },
            .count(\.documentIDs, "document_ids", 0...500), .describe("title", "Without one the first question becomes the title."),
            .describe("course_id", "The course that it belongs to."),
            .describe("document_ids", "Answer from these documents only; without it from all of the course, or of the library."),
        ]
    }
}

/// What may change about a conversation. A field that is not there stays as it is; `document_ids: null` means all documents.
struct ConversationChange: APIType {
    var title: String?
    var courseID: CourseID?
    var changesCourse: Bool
    var documentIDs: [DocumentID]?
    var changesDocuments: Bool

    enum CodingKeys: String, CodingKey {
        case title
        case courseID = "course_id"
        case documentIDs = "document_ids"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        changesCourse = container.contains(.courseID)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
        changesDocuments = container.contains(.documentIDs)
        documentIDs = try container.decodeIfPresent([DocumentID].self, forKey: .documentIDs)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(title, forKey: .title)
        if changesCourse { try container.encode(courseID, forKey: .courseID) }
        if changesDocuments { try container.encode(documentIDs, forKey: .documentIDs) }
    }

    static var constraints: [Constraint<ConversationChange>] {
        [
            .length(\.title, "title", 1...200), .check("title") { blankTitle($0.title) },
            .count(\.documentIDs, "document_ids", 0...500),
            .describe("course_id", "null takes it out of its course."),
            .describe("document_ids", "null for all of the course, or of the library."),
        ]
    }
}

/// Which conversations to list.
struct ConversationQuery: APIType {
    var paging: PageQuery
    var courseID: String?
    var q: String?

    enum CodingKeys: String, CodingKey {
        case q
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        courseID = try container.decodeIfPresent(String.self, forKey: .courseID)
        q = try container.decodeIfPresent(String.self, forKey: .q)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(courseID, forKey: .courseID)
        try container.encodeIfPresent(q, forKey: .q)
    }

    /// The rules below let nothing else through.
    var filter: ConversationFilter {
        var filter = ConversationFilter(text: q.flatMap { $0.isEmpty ? nil : $0 })
        if let courseID { filter.course = .some(CourseID(courseID)) }
        return filter
    }

    static var constraints: [Constraint<ConversationQuery>] {
        [
            .inlined(\.paging), .length(\.q, "q", 0...200),
            .check("course_id") { query in
                query.courseID.map { $0 == "none" || CourseID($0) != nil } ?? true ? nil : "must be a course's id, or none"
            },
            .describe("course_id", "The conversations of this course, or with none those of no course."),
            .describe("q", "Part of the title, of a question or of an answer, in whatever case."),
        ]
    }
}

private func blankTitle(_ title: String?) -> String? {
    title?.allSatisfy(\.isWhitespace) == true ? "must not be blank" : nil
}

/// Which messages of a conversation to list: a page, or a stretch by their numbers, which is the same however the conversation grows.
struct MessageQuery: APIType {
    var paging: PageQuery
    var after: Int?
    var before: Int?

    enum CodingKeys: String, CodingKey { case after, before }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        after = try container.decodeIfPresent(Int.self, forKey: .after)
        before = try container.decodeIfPresent(Int.self, forKey: .before)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(after, forKey: .after)
        try container.encodeIfPresent(before, forKey: .before)
    }

    var stretch: MessageStretch {
        if let after { return .after(after) }
        return before.map(MessageStretch.before) ?? .offset(paging.offset)
    }

    static var constraints: [Constraint<MessageQuery>] {
        [
            .inlined(\.paging), .range(\.after, "after", 0...Int.max), .range(\.before, "before", 1...Int.max),
            .check("before") { $0.after != nil && $0.before != nil ? "cannot be given beside after" : nil },
            .describe("after", "Those behind the message with this number."),
            .describe("before", "Those nearest before the message with this number: a conversation is read from its end."),
        ]
    }
}

/// A question.
struct Ask: APIType {
    var content: String

    static var constraints: [Constraint<Ask>] {
        [.length(\.content, "content", 1...8000), .notBlank(\.content, "content"), .example("content", "What is osmosis?")]
    }
}

extension Conversation: APIType {}
extension ChatMessage: APIType {}
extension Citation: APIType {}
extension MessageUsage: APIType {}
