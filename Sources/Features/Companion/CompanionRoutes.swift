import Ambient
import BlobStorage
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import LanguageModels
import WebSockets

/// The companion over HTTP.
package struct CompanionRoutes: RouteCollection {
    private let service: CompanionService

    package init(service: CompanionService) { self.service = service }

    package var routes: [Route] { [start, show, process, audio, live, picture] + personas }

    private static let tag = "Companion"

    private var start: Route {
        Route.post(
            "/session/start", "Begin to talk with the companion", tag: Self.tag, body: SessionRequest.self,
            returns: SessionView.self,
            status: 201, failures: [.notFound, .validationFailed, .unprocessable]
        ) { call, body in
            let wish = CompanionService.Wish(
                persona: body.persona, language: body.language, remembers: body.remembers ?? true, courseID: body.courseID,
                documentIDs: body.documentIDs, conversation: body.conversationID)
            let (session, persona) = try await service.start(wish, user: try call.user())
            return SessionView(session, persona)
        }
        .described(
            "A session is a conversation of the chat: what is said stands there, with its citations, and can be continued in text.")
    }

    private var show: Route {
        Route.get(
            "/session/:id", "Show a session with the companion", tag: Self.tag, returns: SessionView.self, failures: [.notFound]
        ) { call in
            let user = try call.user()
            let session = try await service.session(try call.parameter("id"), user: user)
            let personas = try await service.personas(of: user)
            return SessionView(session, personas.first { $0.key == session.persona } ?? personas[0])
        }
    }

    private var process: Route {
        Route.raw(
            .post, "/voice/process", "Say something, and hear the answer", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("session_id", .text, required: true, "From `/session/start`. Before `audio` in the form."),
                FormField("audio", .file, required: true, "WAV, MP3, M4A, MP4, OGG, WebM or FLAC, 10 MB at most."),
            ], returns: VoiceAnswerView.self, bodyLimit: CompanionService.longestRecording + (64 << 10),
            failures: [
                .badRequest, .validationFailed, .notFound, .conflict, .payloadTooLarge, .unsupportedMediaType, .unprocessable,
                .unavailable,
            ],
            limit: .voice
        ) { call in
            let user = try call.user()
            var session: Session?
            for try await part in try MultipartReader(call.request) {
                switch part.name {
                case "session_id":
                    guard let id = SessionID(try await part.body.text(upTo: 100)) else { throw CompanionFailure.noSession }
                    session = try await service.session(id, user: user)
                case "audio":
                    guard let session else { throw CompanionFailure.noParts }
                    let bytes = try await part.body.collect(upTo: CompanionService.longestRecording)
                    let parts = AsyncThrowingStream<[UInt8], any Error> { stream in
                        stream.yield(bytes)
                        stream.finish()
                    }
                    return try .json(VoiceAnswerView(try await service.process(parts, of: session), of: session.id))
                default: break
                }
            }
            throw CompanionFailure.noParts
        }
        .described("Ten a minute. The answer also stands in the conversation; `timings` tells how long each stage took.")
    }

    private var audio: Route {
        Route.raw(
            .get, "/voice/audio/:id", "Get a spoken answer", tag: Self.tag, produces: ["audio/wav"],
            failures: [.notFound, .rangeNotSatisfiable, .preconditionFailed], limit: .files
        ) { call in
            let (digest, content) = try await service.audio(try call.parameter("id"), user: try call.user())
            return try await Self.file(content, digest, "audio/wav", "answer.wav", call)
        }
        .described("Kept for an hour. Ranges and conditional requests are answered.")
    }

    private var live: Route {
        var limits = WebSocketLimits()
        limits.message = 256 << 10
        return Route.webSocket(
            "/voice/live", "Talk live, over a WebSocket", tag: Self.tag, subprotocol: LiveTalk.subprotocol, limits: limits,
            query: LiveQuery.self, failures: [.notFound, .validationFailed]
        ) { call in
            let query = try call.query(as: LiveQuery.self)
            let session = try await service.session(query.sessionID, user: try call.user())
            return { socket in try await LiveTalk(socket, service: service, session: session).run() }
        }
        .described(
            """
            The subprotocol is `lm.talk.v1`; a page gives its token as a second one, `bearer.<token>`. Binary messages of the client are \
            sound: 16,000 samples a second, one channel, 16 bits, little-endian. Its texts are JSON with a `type`: `hello` \
            {echo_cancellation}, `mute`, `unmute`, `interrupt`, `text` {text}, `played` {number}, `end`. The server's texts: `state` \
            {state: listening, thinking, speaking, muted}, `partial` {text}, `heard` {text}, `sentence` {number, text}, `spoken` {number: nothing follows it}, `answer` {text, \
            message_id, image_url}, `interrupted`, `notice` {code, text}. Its binary messages are the sound of a sentence: the number in \
            four bytes, little-endian, then samples like the client's, but 22,050 a second.
            """)
    }

    private var picture: Route {
        Route.raw(
            .get, "/companion/pictures/:id", "Get a diagram that the companion drew", tag: Self.tag,
            produces: ["image/svg+xml"] + PictureForm.allCases.map(\.mediaType),
            failures: [.notFound, .rangeNotSatisfiable, .preconditionFailed], limit: .files
        ) { call in
            let picture = try await service.picture(try call.parameter("id"), user: try call.user())
            switch picture.content {
            case .svg(let svg):
                return HTTPResponse(
                    headers: [
                        "Content-Type": "image/svg+xml", "Content-Security-Policy": "default-src 'none'; sandbox",
                        "Cache-Control": "private, max-age=3600",
                    ], body: .bytes(Array(svg.utf8)))
            case .file(let digest, let form):
                return try await Self.file(
                    try await service.content(of: digest), digest, form.mediaType, "picture.\(form.rawValue)", call)
            }
        }
    }

    private static func file(
        _ content: BlobContent, _ digest: String, _ type: String, _ name: String, _ call: Call
    ) async throws -> HTTPResponse {
        switch content {
        case .file(let path):
            return try await .file(path: path, contentType: type, etag: digest, request: call.request, filename: name)
        case .remote(let size, let modified, let read):
            return try .ranged(
                size: size, modified: modified, contentType: type, etag: digest, request: call.request, filename: name
            ) { writer, offset, length in
                for try await part in read(offset, length) { try await writer.write(part) }
            }
        }
    }

    private var personas: [Route] {
        [
            .get("/companion/personas", "List who can speak with you", tag: Self.tag, returns: PersonaList.self) { call in
                PersonaList(data: try await service.personas(of: try call.user()).map(PersonaView.init))
            },
            .put(
                "/companion/personas", "Change a persona, or make one", tag: Self.tag, body: PersonaChange.self,
                returns: PersonaView.self, failures: [.validationFailed, .conflict]
            ) { call, body in
                let user = try call.user()
                let all = try await service.personas(of: user)
                let persona = body.persona(like: all.first { $0.key == body.key } ?? .plain)
                try await service.put(persona, user: user)
                return PersonaView(persona)
            },
            .delete(
                "/companion/personas/:key", "Undo your changes of a persona, or remove your own", tag: Self.tag,
                failures: [.notFound]
            ) { call in
                try await service.removePersona(try call.parameter("key", as: String.self), user: try call.user())
            },
        ]
    }
}
