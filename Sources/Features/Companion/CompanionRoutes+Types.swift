import FoundationEssentials
import Courses
import Graphs
import HTTPServing
import Passages

/// `POST /session/start`
struct SessionRequest: APIType {
    var persona: String?
    var language: String?
    var remembers: Bool?
    var courseID: CourseID?
    var documentIDs: [DocumentID]?
    var conversationID: SessionID?

    enum CodingKeys: String, CodingKey {
        case persona, language, remembers
        case courseID = "course_id"
        case documentIDs = "document_ids"
        case conversationID = "conversation_id"
    }

    static var constraints: [Constraint<SessionRequest>] {
        [
            .checked("persona"), .checked("document_ids"),
            .describe(
                "persona", "Who speaks, as `/companion/personas` names them; if left out, who spoke before there, or the first."),
            .describe("language", "Of the talk, as ISO 639-1; otherwise it follows what you say."),
            .describe("remembers", "Whether what is said is remembered beyond this conversation; yes if left out."),
            .describe("conversation_id", "A conversation of the chat to go on with by voice; otherwise a new one begins."),
        ]
    }
}

/// A session as the API shows it.
struct SessionView: APIType {
    var sessionID: SessionID
    var persona: PersonaView
    var greeting: String
    var language: String?
    var remembers: Bool
    var turns: Int
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case persona, greeting, language, remembers, turns
        case sessionID = "session_id"
        case createdAt = "created_at"
    }

    init(_ session: Session, _ persona: Persona) {
        sessionID = session.id
        self.persona = PersonaView(persona)
        greeting = OwnWords.greeting(persona, OwnWords.language(session.language))
        language = session.language
        remembers = session.remembers
        turns = session.turns
        createdAt = session.createdAt
    }

    static var schemaName: String { "CompanionSession" }
    static var constraints: [Constraint<SessionView>] { [.describe("session_id", "Also the id of its conversation in the chat.")] }
}

/// A persona as the API shows it.
struct PersonaView: APIType {
    var key: String
    var name: String
    var summary: String
    var style: String
    var voice: String?
    var speed: Double
    var isBuiltIn: Bool
    var isChanged: Bool

    enum CodingKeys: String, CodingKey {
        case key, name, summary, style, voice, speed
        case isBuiltIn = "is_built_in"
        case isChanged = "is_changed"
    }

    init(_ persona: Persona) {
        (key, name, summary, style) = (persona.key, persona.name, persona.summary, persona.style)
        (voice, speed) = (persona.voice, persona.speed)
        let given = Persona.builtIn.first { $0.key == persona.key }
        (isBuiltIn, isChanged) = (given != nil, given != nil && given != persona)
    }

    static var schemaName: String { "Persona" }
    static var constraints: [Constraint<PersonaView>] {
        [
            .describe("style", "What a language model is told about how to speak."),
            .checked("voice"), .describe("voice", "As `/tts/voices` names it; none for the server's preferred one, or the best."),
            .describe("speed", "1 as it is, 2 twice as fast."),
            .describe("is_changed", "A built-in one that you changed; DELETE gives back what it was."),
        ]
    }
}

struct PersonaList: APIType { var data: [PersonaView] }

/// `PUT /companion/personas`
struct PersonaChange: APIType {
    var key: String
    var name: String
    var summary: String?
    var style: String
    var voice: String?
    var speed: Double?

    static var constraints: [Constraint<PersonaChange>] {
        [
            .check("key") { change in
                let isKey =
                    (1...40).contains(change.key.count)
                    && change.key.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
                return isKey ? nil : "must be of small letters, digits and hyphens, 40 at most"
            },
            .describe("key", "A persona that there is, to change it; else of a new one."),
            .length(\.name, "name", 1...60), .notBlank(\.name, "name"), .length(\.style, "style", 1...2_000),
            .length(\.summary, "summary", 0...200), .range(\.speed, "speed", 0.5...2),
        ]
    }

    /// - Parameter known: whose phrases it keeps.
    func persona(like known: Persona) -> Persona {
        var persona = known
        (persona.key, persona.name, persona.style) = (key, name, style)
        persona.summary = summary ?? known.summary
        persona.voice = voice
        persona.speed = speed ?? known.speed
        return persona
    }
}

/// What `POST /voice/process` answers.
struct VoiceAnswerView: APIType {
    struct Stage: APIType {
        var stage: String
        var milliseconds: Double

        enum CodingKeys: String, CodingKey {
            case stage
            case milliseconds = "duration_ms"
        }
        static var schemaName: String { "TurnStage" }
    }

    var text: String
    var transcript: String
    var audioURL: String?
    var audioMilliseconds: Int?
    var sessionID: SessionID
    var messageID: String?
    var route: String
    var imageURL: String?
    var milliseconds: Int
    var timings: [Stage]
    var notice: String?

    enum CodingKeys: String, CodingKey {
        case text, transcript, route, timings, notice
        case audioURL = "audio_url"
        case audioMilliseconds = "audio_duration_ms"
        case sessionID = "session_id"
        case messageID = "message_id"
        case imageURL = "image_url"
        case milliseconds = "duration_ms"
    }

    init(_ answer: CompanionService.VoiceAnswer, of session: SessionID) {
        text = answer.turn.text
        transcript = answer.turn.said
        audioURL = answer.audio.map { "voice/audio/\($0.id)" }
        audioMilliseconds = answer.audio?.milliseconds
        sessionID = session
        messageID = answer.turn.messageID?.uuidString.lowercased()
        route = answer.turn.route?.name ?? "question"
        imageURL = answer.turn.picture.map { "companion/pictures/\($0.uuidString.lowercased())" }
        milliseconds = answer.milliseconds
        timings = answer.timings.map { Stage(stage: $0.node, milliseconds: $0.milliseconds) }
        notice = answer.notice
    }

    static var schemaName: String { "VoiceAnswer" }
    static var constraints: [Constraint<VoiceAnswerView>] {
        [
            .describe("transcript", "What was heard."), .describe("message_id", "The answer in the chat, with its citations."),
            .describe("audio_url", "Relative to the API's own address; kept for an hour. None where nothing could be spoken."),
            .describe("duration_ms", "Of the whole turn."),
            .describe("notice", "`speech_unavailable`: speech is down, and the answer is text alone."),
        ]
    }
}

/// `GET /voice/live`
struct LiveQuery: APIType {
    var sessionID: SessionID

    enum CodingKeys: String, CodingKey { case sessionID = "session_id" }
}
