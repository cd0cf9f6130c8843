import Ambient
import BlobStorage
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Jobs
import Speech

/// Recordings and their transcripts over HTTP.
package struct TranscriptRoutes: RouteCollection {
    private let service: TranscriptsService
    private let links: SoundLinks

    package init(service: TranscriptsService, links: SoundLinks) { (self.service, self.links) = (service, links) }

    package var routes: [Route] {
        [
            transcribe, dictate, job, list, show, update, split, join, export, file, link, played, slides, speakers, cancel, retry,
            shelve, remove,
        ]
    }

    private static let tag = "Transcripts"

    // MARK: - Bringing

    private var transcribe: Route {
        Route.raw(
            .post, "/stt/transcribe", "Have a recording written down", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("title", .text, "Otherwise the file's name."),
                FormField("language", .text, "What it is in, as ISO 639-1; otherwise it is found out."),
                FormField("vocabulary", .text, "Rare words that are likely to be said, separated by commas."),
                FormField("speakers", .text, "How many people speak, or `auto` to find it out; otherwise they are not told apart."),
                FormField("course_id", .text, "The course that its document goes to, and whose words are likely to be said."),
                FormField("file", .file, required: true, "WAV, MP3, M4A, MP4, OGG, WebM or FLAC."),
            ], returns: TranscriptView.self, status: 202, bodyLimit: service.limit.addingReportingOverflow(1 << 20).partialValue,
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .unprocessable, .insufficientStorage], limit: .upload
        ) { call in
            let user = try call.user()
            var request = call.request
            request.body = try request.body.limited(to: service.limit.addingReportingOverflow(1 << 20).partialValue)
            let transcript = try await TranscriptForm(try MultipartReader(request)).run(service: service, user: user)
            var response = try HTTPResponse.json(TranscriptView(transcript), status: 202)
            response.headers.append("Location", "/api/v1/stt/transcripts/\(transcript.id)")
            return response
        }
        .described("The answer comes when the file is stored; it is written down by the job named there, a stretch at a time.")
    }

    private var dictate: Route {
        Route.raw(
            .post, "/stt/dictate", "Have a few words written down at once", tag: Self.tag, consumes: "application/octet-stream",
            query: DictationQuery.self,
            returns: DictationView.self, bodyLimit: 20 << 20,
            failures: [.payloadTooLarge, .unsupportedMediaType, .unprocessable, .unavailable], limit: .api
        ) { call in
            _ = try call.user()
            let query = try call.query(as: DictationQuery.self)
            let heard = try await service.dictate(call.request.body, language: query.language)
            return try .json(DictationView(text: heard.text, language: heard.language))
        }
        .described("The body is the recording itself, five minutes at most. Nothing of it is kept.")
    }

    // MARK: - Looking

    private var job: Route {
        Route.get(
            "/stt/jobs/:id", "Show how far a recording is", tag: Self.tag, returns: TranscriptJobView.self, failures: [.notFound]
        ) { call in
            let found = try await service.job(try call.parameter("id"), user: try call.user())
            return TranscriptJobView(found.job, found.transcript, ahead: found.ahead)
        }
    }

    private var list: Route {
        Route.get(
            "/stt/transcripts", "List your recordings", tag: Self.tag, query: TranscriptQuery.self,
            returns: Page<TranscriptView>.self
        ) { call, asked in
            let query = PageQuery(page: asked.page ?? 1, limit: asked.limit ?? 20)
            if let document = asked.documentID.flatMap({ UUID(uuidString: $0) }) {
                let found =
                    try await service.transcript(ofDocument: document, user: try call.user()).map { [TranscriptView($0)] } ?? []
                return Page(data: found, for: query, total: found.count)
            }
            let (list, total) = try await service.list(user: try call.user(), offset: query.offset, limit: query.limit)
            return Page(data: list.map { TranscriptView($0) }, for: query, total: total)
        }
    }

    private var show: Route {
        Route.get(
            "/stt/transcripts/:id", "Show what is said in a recording", tag: Self.tag, returns: TranscriptView.self,
            failures: [.notFound]
        ) { call in
            let whole = try await service.whole(try call.parameter("id"), user: try call.user())
            return TranscriptView(whole.transcript, whole.segments)
        }
        .described("While it is being written down, what is there so far.")
    }

    private var export: Route {
        Route.raw(
            .get, "/stt/transcripts/:id/export", "Get a transcript as a file", tag: Self.tag, query: ExportQuery.self,
            produces: TranscriptExport.allCases.map(\.mediaType), failures: [.notFound]
        ) { call in
            let form = try call.query(as: ExportQuery.self).format ?? .txt
            let (transcript, segments) = try await service.whole(try call.parameter("id"), user: try call.user())
            var response: HTTPResponse
            if let text = form.text(of: segments, speakers: transcript.speakers) {
                response = HTTPResponse(body: .bytes(Array(text.utf8)))
                response.headers.append("Content-Type", form.mediaType)
            } else {
                response = try .json(TranscriptView(transcript, segments))
            }
            let name = transcript.id.description + "." + form.rawValue
            response.headers.append("Content-Disposition", "attachment; filename=\"\(name)\"")
            return response
        }
    }

    private var file: Route {
        Route.raw(
            .get, "/stt/transcripts/:id/audio", "Get the recording itself", tag: Self.tag, produces: ["audio/*", "video/*"],
            failures: [.notFound, .rangeNotSatisfiable, .preconditionFailed], limit: .files
        ) { call in
            try await sound(of: try call.parameter("id"), user: try call.user(), call.request)
        }
        .described("Ranges and conditional requests are answered.")
    }

    private var link: Route {
        Route.get(
            "/stt/transcripts/:id/audio-link", "Get an address for a player", tag: Self.tag, returns: SoundLinkView.self,
            failures: [.notFound]
        ) { call in
            let user = try call.user()
            let transcript = try await service.transcript(try call.parameter("id"), user: user)
            let word = try links.word(for: transcript.id, user: user, session: call.principal?.session, at: call.ambient.now())
            return SoundLinkView(transcript.id, word: word)
        }
        .described(
            "A player asks for parts by itself and sends no header: the address carries what lets it in, for half an hour or until who asked for it signs out."
        )
    }

    private var played: Route {
        Route.raw(
            .get, "/stt/transcripts/:id/play", "Get the recording by an address for a player", tag: Self.tag, access: .anyone,
            query: SoundLinkQuery.self, produces: ["audio/*", "video/*"],
            failures: [.unauthenticated, .notFound, .rangeNotSatisfiable, .preconditionFailed], limit: .files
        ) { call in
            let id: TranscriptID = try call.parameter("id")
            let link = try call.query(as: SoundLinkQuery.self).link
            let user = try link.map { try links.user($0, of: id, at: call.ambient.now()) } ?? call.user()
            return try await sound(of: id, user: user, call.request)
        }
        .described("`audio-link` gives the address. Ranges and conditional requests are answered.")
    }

    private func sound(of id: TranscriptID, user: UserID, _ request: HTTPRequest) async throws -> HTTPResponse {
        let (transcript, content) = try await service.file(id, user: user)
        var response: HTTPResponse
        switch content {
        case .file(let path):
            response = try await .file(
                path: path, contentType: transcript.mediaType, etag: transcript.sha256, request: request,
                filename: transcript.filename)
        case .remote(let size, let modified, let read):
            response = try .ranged(
                size: size, modified: modified, contentType: transcript.mediaType, etag: transcript.sha256,
                request: request,
                filename: transcript.filename
            ) { writer, offset, length in
                for try await part in read(offset, length) { try await writer.write(part) }
            }
        }
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
    }

    private var slides: Route {
        Route.get(
            "/stt/transcripts/:id/slides", "Show when which slide is shown", tag: Self.tag, returns: SlideTimes.self,
            failures: [.notFound]
        ) { call in
            let turns = try await service.slides(of: try call.parameter("id"), user: try call.user())
            return SlideTimes(documentID: turns.document?.uuidString.lowercased(), turns: turns.turns.map { SlideTimes.Turn($0) })
        }
        .described(
            "By the words of the document that `slides_id` names and of what is said. Where they say too little, a slide is left out."
        )
    }

    // MARK: - Changing

    private var update: Route {
        Route.patch(
            "/stt/transcripts/:id", "Correct a transcript", tag: Self.tag, body: TranscriptChange.self,
            returns: TranscriptView.self,
            failures: [.notFound, .conflict, .unprocessable]
        ) { call, body in
            let whole = try await service.change(try call.parameter("id"), body.change, user: try call.user())
            return TranscriptView(whole.transcript, whole.segments)
        }
        .described("Words that stay keep their times.")
    }

    private var split: Route {
        Route.post(
            "/stt/transcripts/:id/split", "Part a segment in two", tag: Self.tag, body: SegmentSplit.self,
            returns: TranscriptView.self,
            failures: [.notFound, .conflict, .unprocessable]
        ) { call, body in
            guard let segment = TranscriptSegmentID(body.segment) else { throw TranscriptsFailure.noSegment }
            let whole = try await service.split(segment, before: body.word, of: try call.parameter("id"), user: try call.user())
            return TranscriptView(whole.transcript, whole.segments)
        }
    }

    private var join: Route {
        Route.post(
            "/stt/transcripts/:id/join", "Make one segment of several", tag: Self.tag, body: SegmentJoin.self,
            returns: TranscriptView.self,
            failures: [.notFound, .conflict, .unprocessable]
        ) { call, body in
            let ids = body.segments.compactMap { TranscriptSegmentID($0) }
            guard ids.count == body.segments.count else { throw TranscriptsFailure.noSegment }
            let whole = try await service.join(ids, of: try call.parameter("id"), user: try call.user())
            return TranscriptView(whole.transcript, whole.segments)
        }
    }

    private var speakers: Route {
        Route.post(
            "/stt/transcripts/:id/speakers", "Tell apart who speaks", tag: Self.tag, body: SpeakersAsked.self,
            returns: TranscriptView.self, status: 202, failures: [.notFound, .conflict, .unprocessable, .unavailable]
        ) { call, body in
            let whole = try await service.part(try call.parameter("id"), count: body.count, user: try call.user())
            return TranscriptView(whole.transcript, whole.segments)
        }
        .described(
            "By their voices, for talks and interviews: where people interrupt each other it is often wrong. Segments get a speaker, "
                + "`Speaker 1` for the first who is heard, and those in which somebody else goes on are parted. Asked again, a voice "
                + "keeps the name that it has.")
    }

    private var cancel: Route {
        Route.post(
            "/stt/transcripts/:id/cancel", "Stop the writing down of a recording", tag: Self.tag, returns: TranscriptView.self,
            failures: [.notFound, .conflict]
        ) { call in TranscriptView(try await service.cancel(try call.parameter("id"), user: try call.user())) }
        .described("What is written down is kept: `retry` goes on from there.")
    }

    private var retry: Route {
        Route.post(
            "/stt/transcripts/:id/retry", "Go on with a recording that failed or was stopped", tag: Self.tag,
            returns: TranscriptView.self, status: 202,
            failures: [.notFound, .conflict]
        ) { call in TranscriptView(try await service.retry(try call.parameter("id"), user: try call.user())) }
    }

    private var shelve: Route {
        Route.post(
            "/stt/transcripts/:id/shelve", "Bring the document of a recording up to date", tag: Self.tag,
            returns: TranscriptView.self, status: 202, failures: [.notFound, .conflict]
        ) { call in TranscriptView(try await service.shelve(try call.parameter("id"), user: try call.user())) }
        .described(
            "Makes the document where there is none. Corrections come into it as a new version; old answers keep what they cite.")
    }

    private var remove: Route {
        Route.delete("/stt/transcripts/:id", "Delete a recording and its transcript", tag: Self.tag, failures: [.notFound]) {
            call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
    }
}

/// Reads the fields of a recording's form in whatever order they come.
private struct TranscriptForm {
    private let reader: MultipartReader

    init(_ reader: MultipartReader) { self.reader = reader }

    func run(service: TranscriptsService, user: UserID) async throws -> Transcript {
        var texts: [String: String] = [:]
        var fields = reader.makeAsyncIterator()
        while let part = try await fields.next() {
            if part.name == "file" {
                guard let filename = part.filename else { throw TranscriptsFailure.noFile }
                return try await service.add(part.body, filename: filename, user: user) {
                    while let part = try await fields.next() { try await Self.read(part, into: &texts) }
                    return Self.description(texts)
                }
            }
            try await Self.read(part, into: &texts)
        }
        throw TranscriptsFailure.noFile
    }

    private static func read(_ part: MultipartPart, into texts: inout [String: String]) async throws {
        if ["title", "language", "vocabulary", "course_id", "speakers"].contains(part.name) {
            texts[part.name] = try await part.body.text(upTo: 16 << 10)
        }
    }

    private static func description(_ texts: [String: String]) -> TranscriptsService.Description {
        var told = TranscriptsService.Description()
        told.title = texts["title"].map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        told.language = texts["language"].flatMap {
            $0.isEmpty ? nil : String($0.lowercased().prefix { $0 != "-" && $0 != "_" }.prefix(3))
        }
        told.parting = texts["speakers"].flatMap { PartingWish($0) }
        told.courseID = texts["course_id"].flatMap { UUID(uuidString: $0) }
        told.vocabulary = (texts["vocabulary"] ?? "").split(separator: ",").map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        .filter { !$0.isEmpty }.prefix(200).map { String($0.prefix(60)) }
        return told
    }
}
