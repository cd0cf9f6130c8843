import Ambient
import FoundationEssentials
import HTTPServing
import Jobs

/// A recording as the API shows it, with what is said in it.
struct TranscriptView: APIType {
    struct WordView: APIType {
        var word: String
        var start: Double
        var end: Double
        /// Of its segment.
        var confidence: Double?

        static var schemaName: String { "HeardWord" }
    }

    struct SegmentView: APIType {
        var id: String
        var start: Double
        var end: Double
        var text: String
        var confidence: Double?
        var speaker: String?
        var words: [WordView]

        init(_ segment: TranscriptSegment) {
            id = segment.id.description
            start = Double(segment.start) / 1000
            end = Double(segment.end) / 1000
            text = segment.text
            confidence = segment.confidence
            speaker = segment.speaker
            words = segment.words.map {
                WordView(word: $0.text, start: Double($0.start) / 1000, end: Double($0.end) / 1000, confidence: segment.confidence)
            }
        }

        static var schemaName: String { "TranscriptSegment" }
        static var constraints: [Constraint<SegmentView>] {
            [
                .describe("start", "Seconds."), .describe("end", "Seconds."),
                .describe("confidence", "0 to 1; none for what you wrote yourself."),
            ]
        }
    }

    struct GapView: APIType {
        var start: Double
        var end: Double
        var reason: Transcript.Gap.Reason

        static var schemaName: String { "TranscriptGap" }
    }

    var id: String
    var transcriptID: String
    var jobID: String?
    var title: String
    var filename: String
    var size: Int
    var state: Transcript.State
    var duration: Double?
    var heard: Double
    var language: String?
    var confidence: Double?
    var engine: String?
    var text: String?
    var segments: [SegmentView]?
    var gaps: [GapView]
    var speakers: [String: String]
    var speakersState: Transcript.Parting
    var speakersCount: Int?
    var speakersProblem: String?
    var problem: String?
    var audioURL: String
    var courseID: String?
    var slidesID: String?
    /// How far the document of it is.
    var shelf: Transcript.Shelf
    var shelfProblem: String?
    var documentID: String?
    var isDocumentOld: Bool
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, title, filename, size, state, duration, heard, language, confidence, engine, text, segments, gaps, speakers,
            problem
        case transcriptID = "transcript_id"
        case jobID = "job_id"
        case speakersState = "speakers_state"
        case speakersCount = "speakers_count"
        case speakersProblem = "speakers_problem"
        case shelf
        case courseID = "course_id"
        case slidesID = "slides_id"
        case shelfProblem = "shelf_problem"
        case documentID = "document_id"
        case isDocumentOld = "is_document_old"
        case audioURL = "audio_url"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// - Parameter parts: what is said; nil where it is not shown.
    init(_ transcript: Transcript, _ parts: [TranscriptSegment]? = nil) {
        id = transcript.id.description
        transcriptID = id
        jobID = transcript.jobID?.uuidString.lowercased()
        title = transcript.title
        filename = transcript.filename
        size = transcript.size
        state = transcript.state
        duration = transcript.milliseconds.map { Double($0) / 1000 }
        heard = Double(transcript.heard) / 1000
        language = transcript.language
        confidence = transcript.confidence
        engine = transcript.engine
        text = parts.map { $0.map(\.text).joined(separator: " ") }
        segments = parts?.map { SegmentView($0) }
        gaps = transcript.gaps.map { GapView(start: Double($0.start) / 1000, end: Double($0.end) / 1000, reason: $0.reason) }
        speakers = transcript.speakers
        speakersState = transcript.parting
        speakersCount = transcript.partingCount
        speakersProblem = transcript.partingProblem
        problem = transcript.problem
        audioURL = "/api/v1/stt/transcripts/\(transcript.id)/audio"
        courseID = transcript.courseID?.uuidString.lowercased()
        slidesID = transcript.slidesID?.uuidString.lowercased()
        shelf = transcript.shelf
        shelfProblem = transcript.shelfProblem
        documentID = transcript.documentID?.uuidString.lowercased()
        isDocumentOld = transcript.isShelfOld
        createdAt = transcript.createdAt
        updatedAt = transcript.updatedAt
    }

    static var schemaName: String { "Transcript" }

    static var constraints: [Constraint<TranscriptView>] {
        [
            .describe("duration", "Seconds."), .describe("heard", "Seconds that have been written down so far."),
            .describe("gaps", "What was not written down, and why."),
            .describe("speakers", "What each speaker is called."),
            .describe("speakers_state", "How far those who speak are told apart; `none` where that was not asked for."),
            .describe("speakers_count", "How many people were said to speak; none where that is found out."),
            .describe("shelf", "How far the document is that the library has of it."),
            .describe("is_document_old", "Whether it was corrected since; `shelve` brings the document up to date."),
        ]
    }
}

struct TranscriptQuery: APIType {
    var page: Int?
    var limit: Int?
    var documentID: String?

    enum CodingKeys: String, CodingKey {
        case page, limit
        case documentID = "document_id"
    }

    static var constraints: [Constraint<TranscriptQuery>] {
        [
            .range(\.page, "page", 1...1_000_000), .range(\.limit, "limit", 1...100),
            .check("document_id") { $0.documentID.map { UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .describe("document_id", "Only the recording that this document of the library was made of."),
        ]
    }
}

struct TranscriptJobView: APIType {
    var id: String
    var transcriptID: String
    var status: Transcript.State
    var stage: String?
    var percent: Int?
    var queuePlace: Int?
    var problem: String?

    enum CodingKeys: String, CodingKey {
        case id, status, stage, percent, problem
        case transcriptID = "transcript_id"
        case queuePlace = "queue_place"
    }

    init(_ job: Job, _ transcript: Transcript, ahead: Int) {
        id = job.id.description
        transcriptID = transcript.id.description
        status = transcript.state
        stage = job.progress?.stage
        percent = job.progress.flatMap { $0.total > 0 ? min(100, $0.done * 100 / $0.total) : nil }
        queuePlace = transcript.state == .pending ? ahead + 1 : nil
        // While it waits for its model, why.
        problem = transcript.problem ?? (job.state == .failed ? job.errorMessage : nil)
    }

    static var constraints: [Constraint<TranscriptJobView>] {
        [.describe("queue_place", "1 for the next."), .describe("stage", "decoding, then listening.")]
    }
}

struct TranscriptChange: APIType {
    struct SegmentEdit: APIType {
        var id: String
        var text: String?
        var speaker: String?

        static var constraints: [Constraint<SegmentEdit>] {
            [
                .length(\.text, "text", 1...4_000), .length(\.speaker, "speaker", 0...60),
                .check("id") { TranscriptSegmentID($0.id) == nil ? "must be an id" : nil }, .describe("speaker", "Empty for none."),
            ]
        }
    }

    var title: String?
    var segments: [SegmentEdit]?
    var speakers: [String: String]?
    var courseID: String?
    var slidesID: String?

    enum CodingKeys: String, CodingKey {
        case title, segments, speakers
        case courseID = "course_id"
        case slidesID = "slides_id"
    }

    static var constraints: [Constraint<TranscriptChange>] {
        [
            .length(\.title, "title", 1...300), .count(\.segments, "segments", 0...500),
            .check("segments") { change in
                change.segments?.contains { $0.text.map { $0.allSatisfy(\.isWhitespace) } == true } == true
                    ? "must not be blank" : nil
            },
            .check("speakers") {
                $0.speakers.map { $0.count > 50 || $0.contains { $0.value.count > 100 } } == true
                    ? "are too many, or too long" : nil
            },
            .check("course_id") { $0.courseID.map { !$0.isEmpty && UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .check("slides_id") { $0.slidesID.map { !$0.isEmpty && UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .describe("course_id", "The course that its document goes to; empty for none."),
            .describe("slides_id", "The document that is shown while it is said; empty for none."),
            .describe("speakers", "What each speaker is called; an empty name takes it away."),
        ]
    }

    var change: TranscriptsService.Change {
        var change = TranscriptsService.Change()
        change.title = title
        change.speakers = speakers ?? [:]
        change.courseID = courseID.map { UUID(uuidString: $0) }
        change.slidesID = slidesID.map { UUID(uuidString: $0) }
        change.segments = (segments ?? []).compactMap { edit in
            TranscriptSegmentID(edit.id).map { .init(id: $0, text: edit.text, speaker: edit.speaker.map { $0.isEmpty ? nil : $0 }) }
        }
        return change
    }
}

struct SpeakersAsked: APIType {
    var count: Int?

    static var constraints: [Constraint<SpeakersAsked>] {
        [
            .range(\.count, "count", 1...PartingWish.most),
            .describe("count", "How many people speak; without it that is found out. Of one nobody is told apart."),
        ]
    }
}

struct SlideTimes: APIType {
    struct Turn: APIType {
        var page: Int
        var start: Double

        init(_ turn: SlideAlignment.Turn) { (page, start) = (turn.page, Double(turn.start) / 1000) }

        static var schemaName: String { "SlideTurn" }
    }

    var documentID: String?
    var turns: [Turn]

    enum CodingKeys: String, CodingKey {
        case turns
        case documentID = "document_id"
    }

    static var constraints: [Constraint<SlideTimes>] {
        [.describe("turns", "The page that is shown from a second on, in the order in which they are.")]
    }
}

struct SegmentSplit: APIType {
    var segment: String
    var word: Int

    enum CodingKeys: String, CodingKey {
        case word
        case segment = "segment_id"
    }

    static var constraints: [Constraint<SegmentSplit>] {
        [
            .range(\.word, "word", 1...100_000),
            .describe("word", "The number of the word, from 0, that the second part begins with."),
        ]
    }
}

struct SegmentJoin: APIType {
    var segments: [String]

    enum CodingKeys: String, CodingKey { case segments = "segment_ids" }

    static var constraints: [Constraint<SegmentJoin>] { [.count(\.segments, "segment_ids", 2...200)] }
}

struct SoundLinkView: APIType {
    var url: String
    var link: String
    var expiresIn: Int

    enum CodingKeys: String, CodingKey {
        case url, link
        case expiresIn = "expires_in"
    }

    init(_ id: TranscriptID, word: String) {
        url = "/api/v1/stt/transcripts/\(id)/play?link=\(word)"
        link = word
        expiresIn = Int(SoundLinks.lifetime)
    }

    static var schemaName: String { "SoundLink" }
    static var constraints: [Constraint<SoundLinkView>] {
        [.describe("link", "What lets a player in: the query of the address."), .describe("expires_in", "Seconds.")]
    }
}

struct SoundLinkQuery: APIType {
    var link: String?

    static var constraints: [Constraint<SoundLinkQuery>] {
        [.length(\.link, "link", 1...4_096), .describe("link", "Who is signed in needs none.")]
    }
}

struct ExportQuery: APIType {
    var format: TranscriptExport?
}

struct DictationQuery: APIType {
    var language: String?

    static var constraints: [Constraint<DictationQuery>] {
        [.length(\.language, "language", 0...16), .describe("language", "As ISO 639-1; otherwise it is found out.")]
    }
}

struct DictationView: APIType {
    var text: String
    var language: String?

    static var schemaName: String { "Dictation" }
}
