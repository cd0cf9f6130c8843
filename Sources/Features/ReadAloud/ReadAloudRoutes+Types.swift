import Ambient
import Failures
import FoundationEssentials
import HTTPServing
import Speech

struct VoiceQuery: APIType {
    var language: String?

    static var constraints: [Constraint<VoiceQuery>] {
        [.length(\.language, "language", 0...16), .describe("language", "Only those of this language, as ISO 639-1.")]
    }
}

struct VoiceList: APIType {
    var data: [VoiceView]
}

/// A voice as the API shows it.
struct VoiceView: APIType {
    var id: String
    var name: String
    var engine: String
    var language: String
    var gender: Voice.Gender
    var quality: String
    var licence: String
    var sampleURL: String
    var isDefault: Bool

    enum CodingKeys: String, CodingKey {
        case id, name, engine, language, gender, quality, licence
        case sampleURL = "sample_url"
        case isDefault = "is_default"
    }

    init(_ voice: Voice, isDefault: Bool) {
        id = voice.id
        name = voice.name
        engine = voice.engine
        language = voice.language
        gender = voice.gender
        quality = "\(voice.quality)"
        licence = voice.licence
        sampleURL = "/api/v1/tts/voices/\(voice.id)/sample"
        self.isDefault = isDefault
    }

    static var schemaName: String { "Voice" }

    static var constraints: [Constraint<VoiceView>] {
        [
            .describe("language", "As ISO 639-1; `mul` for one that speaks any."),
            .describe("quality", "How it sounds: natural, plain or robotic."),
        ]
    }
}

struct SynthesisRequest: APIType {
    var text: String?
    var documentID: String?
    var pages: PageRange?
    var messageID: String?
    var voice: String?
    var speed: Double?
    var format: AudioForm?
    var language: String?

    struct PageRange: APIType {
        var from: Int
        var to: Int

        static var schemaName: String { "PageRange" }
        static var constraints: [Constraint<PageRange>] {
            [
                .range(\.from, "from", 1...1_000_000), .range(\.to, "to", 1...1_000_000),
                .check("to") { $0.to < $0.from ? "must not be before from" : nil },
            ]
        }
    }

    enum CodingKeys: String, CodingKey {
        case text, pages, voice, speed, format, language
        case documentID = "document_id"
        case messageID = "message_id"
    }

    static var constraints: [Constraint<SynthesisRequest>] {
        [
            .length(\.text, "text", 1...1_000_000), .length(\.voice, "voice", 1...100), .length(\.language, "language", 2...16),
            .range(\.speed, "speed", 0.5...2), .nested(\.pages, "pages"),
            .check("document_id") { $0.documentID.map { UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .check("message_id") { $0.messageID.map { UUID(uuidString: $0) == nil } == true ? "must be an id" : nil },
            .check("text") {
                [$0.text, $0.documentID, $0.messageID].count { $0 != nil } == 1
                    ? nil : "is one of three to give: text, document_id, message_id"
            },
            .describe("text", "Plain, or Markdown."), .describe("pages", "Of the document; otherwise all of it."),
            .describe("language", "What the text is in, as ISO 639-1; otherwise it is found out."),
            .describe("voice", "One of `GET /tts/voices`; otherwise the best of the language."),
            .describe("speed", "1 as it is, 2 twice as fast; 1 if not given."), .describe("format", "mp3 if not given."),
        ]
    }

    var wish: ReadAloudService.Wish {
        get throws(ReadAloudFailure) {
            let matter: ReadAloudService.Wish.Matter
            switch (text, documentID.flatMap { UUID(uuidString: $0) }, messageID.flatMap { UUID(uuidString: $0) }) {
            case (let text?, nil, nil): matter = .text(text)
            case (nil, let document?, nil): matter = .document(document, pages: pages.map { $0.from...max($0.from, $0.to) })
            case (nil, nil, let message?): matter = .message(message)
            default: throw .notOne
            }
            return ReadAloudService.Wish(matter, voice: voice, speed: speed ?? 1, form: format ?? .mp3, language: language)
        }
    }
}

/// Something that was read aloud, as the API shows it.
struct SpokenView: APIType {
    struct WordView: APIType {
        var word: String
        var offset: Int
        var start: Double
        var end: Double

        static var schemaName: String { "SpokenWord" }
        static var constraints: [Constraint<WordView>] {
            [
                .describe("offset", "Where it stands in the text, in UTF-16 code units."), .describe("start", "Seconds."),
                .describe("end", "Seconds."),
            ]
        }
    }

    var id: String
    var state: SpokenAudio.State
    var title: String
    var audioURL: String?
    var durationMilliseconds: Int?
    var voice: String?
    var engine: String?
    var format: AudioForm
    var speed: Double
    var size: Int?
    var text: String?
    var words: [WordView]?
    var jobID: String?
    var problem: String?
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case id, state, title, voice, engine, format, speed, size, text, words, problem
        case audioURL = "audio_url"
        case durationMilliseconds = "duration_ms"
        case jobID = "job_id"
        case createdAt = "created_at"
    }

    /// - Parameter words: whether its text and the times of its words are shown.
    init(_ audio: SpokenAudio, words isWhole: Bool) {
        id = audio.id.description
        state = audio.state
        title = audio.title
        audioURL = audio.state == .ready ? "/api/v1/tts/audio/\(audio.id)" : nil
        durationMilliseconds = audio.milliseconds
        voice = audio.voice
        engine = audio.engine
        format = audio.form
        speed = audio.speed
        size = audio.size
        text = isWhole ? audio.text : nil
        words =
            isWhole && audio.state == .ready
            ? audio.words.map {
                WordView(word: $0.text, offset: $0.range.lowerBound, start: Double($0.start) / 1000, end: Double($0.end) / 1000)
            } : nil
        jobID = audio.state == .pending ? audio.jobID?.uuidString.lowercased() : nil
        problem = audio.problem
        createdAt = audio.createdAt
    }

    static var schemaName: String { "SpokenAudio" }

    static var constraints: [Constraint<SpokenView>] {
        [
            .describe("engine", "The engine that spoke most of it."),
            .describe("words", "In order; of what stands in the text, not of what is said for it."),
            .describe("job_id", "While it is pending: the job that reads it aloud."), .describe("problem", "Why it failed."),
        ]
    }
}

/// Some of a text's sound, sent while the rest is still to be spoken.
struct SpokenPartView: Encodable {
    let number: Int
    let mediaType: String
    /// In Base64.
    let audio: String
    /// Seconds from the beginning of the whole.
    let start, end: Double
    let voice: String
    let engine: String
    let words: [SpokenView.WordView]

    enum CodingKeys: String, CodingKey {
        case number, audio, start, end, voice, engine, words
        case mediaType = "media_type"
    }
}

/// Why the rest of a text is not spoken.
struct StreamFailureView: Encodable {
    let error: String
    let message: String

    init(_ failure: any Failure) {
        error = failure.code.rawValue
        message = failure.code == .internal ? "Something went wrong on the server." : failure.message
    }
}
