import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// Conversations and answers over HTTP.
package struct ChatRoutes: RouteCollection {
    private let chat: ChatService

    package init(chat: ChatService) { self.chat = chat }

    package var routes: [Route] { conversations + messages + suggestions }

    private var conversations: [Route] {
        [
            .post(
                "/chat/conversations", "Begin a conversation", tag: "Chat", body: NewConversation.self, returns: Conversation.self,
                status: 201, failures: [.validationFailed, .unprocessable]
            ) { [chat] call, body in
                let made = try await chat.create(
                    title: body.title, courseID: body.courseID, documentIDs: body.documentIDs, remembers: body.remembers ?? true,
                    user: try call.user())
                call.addHeader("Location", "/api/v1/chat/conversations/\(made.id)")
                return made
            },
            .get(
                "/chat/conversations", "List conversations, the latest first", tag: "Chat", query: ConversationQuery.self,
                returns: Page<Conversation>.self, failures: [.notFound]
            ) { [chat] call, query in
                let found = try await chat.conversations(
                    query.filter, user: try call.user(), limit: query.paging.limit, behind: query.place,
                    offset: query.paging.offset)
                return Page(data: found.list, for: query.paging, total: found.total, next: found.next?.description)
            },
            .get(
                "/chat/conversations/:id", "Get a conversation", tag: "Chat", returns: Conversation.self, failures: [.notFound]
            ) { [chat] call in
                try await chat.conversation(try call.parameter("id"), user: try call.user())
            },
            .patch(
                "/chat/conversations/:id", "Rename a conversation, or change its course, its documents or what is remembered",
                tag: "Chat",
                body: ConversationChange.self, returns: Conversation.self, failures: [.notFound, .unprocessable]
            ) { [chat] call, body in
                try await chat.change(
                    try call.parameter("id"), title: body.title, courseID: body.changesCourse ? .some(body.courseID) : nil,
                    documentIDs: body.changesDocuments ? .some(body.documentIDs) : nil, remembers: body.remembers,
                    user: try call.user())
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

    private var suggestions: [Route] {
        [
            .post(
                "/chat/suggestions", "Suggest questions that the documents answer", tag: "Chat", body: SuggestionScope.self,
                returns: Suggestions.self, failures: [.notFound, .validationFailed, .unprocessable]
            ) { [chat] call, body in
                let user = try call.user()
                let questions = try await chat.suggestions.first(
                    body.documentIDs.flatMap { $0.isEmpty ? nil : $0 }, course: body.courseID, own: body.questions ?? [],
                    limit: body.limit ?? 4, user: user)
                return Suggestions(questions: questions)
            }.described(
                """
                Each was tried: it is answered plainly from what is in scope, and in the language of the document that it comes from. \
                Of several documents some of each; none where there is no document.
                """),
            .get(
                "/chat/messages/:id/follow-ups", "Suggest questions that go on from an answer", tag: "Chat",
                returns: Suggestions.self, failures: [.notFound]
            ) { [chat] call in
                let questions = try await chat.suggestions.following(
                    try call.parameter("id"), limit: 3, user: try call.user())
                return Suggestions(questions: questions)
            }.described("About what stands around the first citation of the answer; each was tried as for `/chat/suggestions`."),
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
                let answer = try await chat.ask(body.content, of: body.scope, in: try call.parameter("id"), user: user)
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
            .post(
                "/chat/messages/:id/proposal", "Agree to what an answer proposes", tag: "Chat", returns: ChatMessage.self,
                failures: [.notFound, .conflict, .unprocessable]
            ) { [chat] call in
                try await chat.carryOut(try call.parameter("id"), user: try call.user())
            }.described("It is made once, however often this is asked for. `deed` then says what was made, and under which id."),
            .delete(
                "/chat/messages/:id/proposal", "Take back what an answer had made", tag: "Chat", returns: ChatMessage.self,
                failures: [.notFound, .conflict]
            ) { [chat] call in
                try await chat.undo(try call.parameter("id"), user: try call.user())
            }.described("It can be agreed to again."),
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
