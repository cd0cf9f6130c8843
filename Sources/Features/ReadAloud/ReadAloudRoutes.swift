import BlobStorage
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Speech

/// Reading aloud over HTTP.
package struct ReadAloudRoutes: RouteCollection {
    private let service: ReadAloudService

    package init(service: ReadAloudService) { self.service = service }

    package var routes: [Route] { [voices, sample, synthesize, stream, list, show, file, remove] }

    private static let tag = "Reading aloud"

    private var voices: Route {
        Route.get(
            "/tts/voices", "List the voices that read aloud", tag: Self.tag, query: VoiceQuery.self, returns: VoiceList.self
        ) { _, query in
            let all = await service.voices()
            let shown = all.filter { voice in query.language.map { voice.speaks($0) } ?? true }
            let favourites = Set(Set(shown.map(\.language)).compactMap { service.favourite(of: all, for: $0)?.id })
            return VoiceList(
                data: shown.sorted { ($1.quality, $0.id) < ($0.quality, $1.id) }.map {
                    VoiceView($0, isDefault: favourites.contains($0.id))
                })
        }
        .described("The most natural first. `is_default` has the one of each language that speaks where none is asked for.")
    }

    private var sample: Route {
        Route.raw(
            .get, "/tts/voices/:id/sample", "Hear a voice", tag: Self.tag, produces: [AudioForm.mp3.mediaType],
            failures: [.notFound, .unavailable], limit: .files
        ) { call in
            let (id, user) = (try call.parameter("id", as: String.self), try call.user())
            guard let voice = await service.voices().first(where: { $0.id == id }) else {
                throw HTTPFailure(.notFound, "There is no such voice here.")
            }
            let text = VoiceSample.text(in: voice.language)
            let made = try await service.speak(.init(.text(text), voice: id, language: voice.language), user: user)
            return try await answer(made.audio.id, call)
        }
    }

    private var synthesize: Route {
        Route.raw(
            .post, "/tts/synthesize", "Have something read aloud", tag: Self.tag, body: SynthesisRequest.self,
            returns: SpokenView.self,
            status: 201, bodyLimit: 4 << 20,
            failures: [.validationFailed, .notFound, .unprocessable, .payloadTooLarge, .unavailable]
        ) { call in
            let body = try await call.body(as: SynthesisRequest.self, limit: 4 << 20)
            let made = try await service.speak(try body.wish, user: try call.user())
            var response = try HTTPResponse.json(
                SpokenView(made.audio, words: true), status: made.audio.state == .pending ? 202 : 201)
            response.headers.append("Location", "/api/v1/tts/audio/\(made.audio.id)/words")
            return response
        }
        .described(
            "A short text is read at once: 201, with the time of each word. A long one is read by a job: 202, and `job_id` tells how "
                + "far it is. The same text in the same voice is not spoken twice.")
    }

    private var stream: Route {
        Route.raw(
            .post, "/tts/stream", "Have something read aloud, and hear it while it is spoken", tag: Self.tag,
            body: SynthesisRequest.self, produces: ["text/event-stream"], bodyLimit: 4 << 20,
            failures: [.validationFailed, .notFound, .unprocessable, .payloadTooLarge, .unavailable]
        ) { call in
            let body = try await call.body(as: SynthesisRequest.self, limit: 4 << 20)
            let plan = try await service.plan(try body.wish, user: try call.user())
            return .events(greets: false) { [service] events in
                do {
                    try await service.stream(plan) { try await events.send(try Self.event($0)) }
                } catch let failure as any Failure {
                    try await events.send(ServerSentEvent(event: "error", json: StreamFailureView(failure)))
                }
            }
        }
        .described(
            """
            Events: `part` {number, media_type, audio, start, end, voice, engine, words}, each with a file of sound in Base64 that ends in a \
            short silence, so that one can be played after the other; the first is WAV, the others of `format`. Then `kept` with the \
            whole as it can be had again, or `error` {error, message}. What was read before comes as `kept` alone.
            """)
    }

    private static func event(_ heard: ReadAloudService.Heard) throws -> ServerSentEvent {
        switch heard {
        case .part(let number, let voice, let form, let file, let start, let end, let words):
            try ServerSentEvent(
                event: "part",
                json: SpokenPartView(
                    number: number, mediaType: form.mediaType, audio: Data(file).base64EncodedString(), start: Double(start) / 1000,
                    end: Double(end) / 1000, voice: voice.id, engine: voice.engine,
                    words: words.map {
                        SpokenView.WordView(
                            word: $0.text, offset: $0.range.lowerBound, start: Double($0.start) / 1000, end: Double($0.end) / 1000)
                    }))
        case .kept(let audio): try ServerSentEvent(event: "kept", json: SpokenView(audio, words: true))
        }
    }

    private var list: Route {
        Route.get(
            "/tts/audio", "List what was read aloud to you", tag: Self.tag, query: PageQuery.self, returns: Page<SpokenView>.self
        ) { call, query in
            let (list, total) = try await service.list(user: try call.user(), offset: query.offset, limit: query.limit)
            return Page(data: list.map { SpokenView($0, words: false) }, for: query, total: total)
        }
    }

    private var show: Route {
        Route.get(
            "/tts/audio/:id/words", "Show when each word is spoken", tag: Self.tag, returns: SpokenView.self, failures: [.notFound]
        ) { call in
            SpokenView(try await service.audio(try call.parameter("id"), user: try call.user()), words: true)
        }
    }

    private var file: Route {
        Route.raw(
            .get, "/tts/audio/:id", "Get the sound", tag: Self.tag, produces: AudioForm.allCases.map(\.mediaType),
            failures: [.notFound, .conflict, .unprocessable, .rangeNotSatisfiable, .preconditionFailed], limit: .files
        ) { call in try await answer(try call.parameter("id"), call) }
        .described("Ranges and conditional requests are answered.")
    }

    private func answer(_ id: SpokenAudioID, _ call: Call) async throws -> HTTPResponse {
        let (audio, digest, content) = try await service.file(id, user: try call.user())
        let name = (audio.title.isEmpty ? "speech" : audio.title) + "." + audio.form.fileExtension
        switch content {
        case .file(let path):
            return try await .file(
                path: path, contentType: audio.form.mediaType, etag: digest, request: call.request, filename: name)
        case .remote(let size, let modified, let read):
            return try .ranged(
                size: size, modified: modified, contentType: audio.form.mediaType, etag: digest, request: call.request,
                filename: name
            ) { writer, offset, length in
                for try await part in read(offset, length) { try await writer.write(part) }
            }
        }
    }

    private var remove: Route {
        Route.delete("/tts/audio/:id", "Delete what was read aloud", tag: Self.tag, failures: [.notFound]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
    }
}
