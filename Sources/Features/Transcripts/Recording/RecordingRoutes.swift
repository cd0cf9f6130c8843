import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// Recordings that come while they are made.
package struct RecordingRoutes: RouteCollection {
    private let service: TranscriptsService

    package init(service: TranscriptsService) { self.service = service }

    package var routes: [Route] { [begin, list, show, captions, append, finish] }

    private static let tag = "Recordings"

    private var begin: Route {
        Route.post(
            "/recordings", "Begin a recording", tag: Self.tag, body: RecordingStart.self, returns: RecordingView.self, status: 201,
            failures: [.conflict, .unprocessable]
        ) { call, body in
            RecordingView(try await service.begin(body.id.flatMap { TranscriptID($0) }, body.told, user: try call.user()))
        }
        .described(
            "With an `id` that you made, asking again makes no other. `GET /stt/transcripts` lists it with all that are finished.")
    }

    private var list: Route {
        Route.get("/recordings", "List recordings that are not finished", tag: Self.tag, returns: RecordingList.self) { call in
            RecordingList(data: try await service.recordings(user: try call.user()).map { RecordingView($0) })
        }
    }

    private var show: Route {
        Route.get(
            "/recordings/:id", "Show what has come of a recording", tag: Self.tag, returns: RecordingView.self,
            failures: [.notFound]
        ) { call in RecordingView(try await service.recording(try call.parameter("id"), user: try call.user())) }
        .described("To go on after an interruption: send from `next`.")
    }

    private var captions: Route {
        Route.get(
            "/recordings/:id/captions", "Show what was heard so far", tag: Self.tag, query: CaptionQuery.self,
            returns: CaptionList.self, failures: [.notFound]
        ) { call, query in
            let found = try await service.captions(
                of: try call.parameter("id"), after: query.after ?? -1, user: try call.user())
            return CaptionList(data: found.filter { !$0.text.isEmpty }.map { CaptionView($0) })
        }
        .described("In passing, while it is made. When it is finished, the transcript takes their place.")
    }

    private var append: Route {
        Route.raw(
            .put, "/recordings/:id/pieces/:number", "Send a piece of a recording", tag: Self.tag,
            consumes: "application/octet-stream",
            query: PieceQuery.self, returns: RecordingView.self, bodyLimit: TranscriptsService.pieceLimit,
            failures: [.notFound, .conflict, .payloadTooLarge, .unprocessable, .insufficientStorage], limit: .files
        ) { call in
            let query = try call.query(as: PieceQuery.self)
            let open = try await service.append(
                call.request.body, number: try call.parameter("number"), take: query.take ?? 0, sha256: query.sha256,
                to: try call.parameter("id"), user: try call.user())
            return try .json(RecordingView(open))
        }
        .described(
            "Pieces are numbered from 0 through all takes. When the answer comes the piece is stored for good; one that is there already is confirmed again. The pieces of a take, put one behind the other, are its file."
        )
    }

    private var finish: Route {
        Route.post(
            "/recordings/:id/finish", "Finish a recording", tag: Self.tag, body: RecordingEnd.self, returns: RecordingView.self,
            status: 202, failures: [.notFound, .conflict, .unprocessable]
        ) { call, body in
            RecordingView(try await service.finish(try call.parameter("id"), pieces: body.pieces, user: try call.user()))
        }
        .described("It is made one file and written down. Asked again, it says how that stands.")
    }
}

struct RecordingView: APIType {
    var id: String
    var title: String
    var state: Transcript.State
    var next: Int
    var take: Int
    var size: Int
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, title, state, next, take, size
        case createdAt = "created_at"
    }

    init(_ open: TranscriptsService.OpenRecording) {
        id = open.transcript.id.description
        title = open.transcript.title
        state = open.transcript.state
        next = open.next
        take = open.take
        size = open.size
        createdAt = open.transcript.createdAt
    }

    static var schemaName: String { "Recording" }

    static var constraints: [Constraint<RecordingView>] {
        [
            .describe("id", "Also that of its transcript."), .describe("next", "The number of the piece that is waited for."),
            .describe("take", "That of the last piece."), .describe("size", "Bytes that are stored."),
        ]
    }
}

struct RecordingList: APIType {
    var data: [RecordingView]
}

struct RecordingStart: APIType {
    var id: String?
    var title: String?
    var language: String?
    var vocabulary: [String]?
    var courseID: String?
    var speakers: String?

    enum CodingKeys: String, CodingKey {
        case id, title, language, vocabulary, speakers
        case courseID = "course_id"
    }

    static var constraints: [Constraint<RecordingStart>] {
        [
            .check("id") { $0.id.map { TranscriptID($0) == nil } == true ? "must be an id" : nil },
            .length(\.title, "title", 0...300), .length(\.language, "language", 0...16),
            .count(\.vocabulary, "vocabulary", 0...200),
            .describe("id", "A UUID of your own, so that the recording can begin without the network."),
            .check("course_id") { $0.courseID.map { UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .describe("course_id", "The course that its document goes to, and whose words are likely to be said."),
            .describe("language", "As ISO 639-1; otherwise it is found out."),
            .check("speakers") { $0.speakers.map { PartingWish($0) == nil } == true ? "must be auto, or a number from 2 on" : nil },
            .describe("speakers", "How many people speak, or `auto` to find it out; otherwise they are not told apart."),
        ]
    }

    var told: TranscriptsService.Description {
        var told = TranscriptsService.Description()
        told.title = title.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        told.language = language.flatMap { $0.isEmpty ? nil : String($0.lowercased().prefix { $0 != "-" && $0 != "_" }.prefix(3)) }
        told.courseID = courseID.flatMap { UUID(uuidString: $0) }
        told.parting = speakers.flatMap { PartingWish($0) }
        told.vocabulary = (vocabulary ?? []).map { String($0.prefix(60)) }
        return told
    }
}

struct RecordingEnd: APIType {
    var pieces: Int?

    static var constraints: [Constraint<RecordingEnd>] {
        [
            .range(\.pieces, "pieces", 0...10_000_000),
            .describe("pieces", "How many were made: it is not finished while some are missing. Without it, with those that came."),
        ]
    }
}

struct PieceQuery: APIType {
    var take: Int?
    var sha256: String?

    static var constraints: [Constraint<PieceQuery>] {
        [
            .range(\.take, "take", 0...100_000), .length(\.sha256, "sha256", 64...64),
            .describe("take", "A recording that was interrupted goes on with the next take, a file of its own."),
            .describe("sha256", "Of the piece, so that one which was damaged on its way is refused."),
        ]
    }
}

struct CaptionQuery: APIType {
    var after: Int?

    static var constraints: [Constraint<CaptionQuery>] {
        [.range(\.after, "after", 0...10_000_000), .describe("after", "The number of the last that is known already.")]
    }
}

struct CaptionView: APIType {
    var number: Int
    var start: Double
    var end: Double
    var text: String

    init(_ caption: RecordingCaption) {
        number = caption.number
        start = Double(caption.start) / 1000
        end = Double(caption.end) / 1000
        text = caption.text
    }

    static var schemaName: String { "RecordingCaption" }
}

struct CaptionList: APIType {
    var data: [CaptionView]
}
