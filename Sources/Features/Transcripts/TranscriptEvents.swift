import Ambient
import Database
package import Events
import HTTPServing

/// What transcripts tell, through the outbox.
package struct TranscriptEvents: Sendable {
    static let added = EventKind(
        "transcript.added", "A recording came, and waits to be written down.", payload: TranscriptNews.self)
    static let completed = EventKind("transcript.completed", "A recording has been written down.", payload: TranscriptNews.self)
    static let failed = EventKind(
        "transcript.failed", "A recording could not be written down, or was stopped.", payload: TranscriptNews.self)
    static let joined = EventKind(
        "transcript.joined", "The pieces of a recording are one file, which can be played.", payload: TranscriptNews.self)
    static let shelved = EventKind(
        "transcript.shelved", "The document of a recording is there, could not be made, or went away.", payload: TranscriptNews.self
    )
    static let parted = EventKind(
        "transcript.parted", "Those who speak in a recording are told apart, or could not be.", payload: TranscriptNews.self)
    static let captioned = EventKind(
        "recording.captioned", "A part of a recording that is still made was heard.", payload: CaptionNews.self, isStored: false)
    static let updated = EventKind("transcript.updated", "A transcript was corrected.", payload: TranscriptNews.self)
    static let deleted = EventKind(
        "transcript.deleted", "A recording and its transcript are gone.", payload: DeletedTranscript.self)
    static let all = [added, captioned, joined, completed, failed, parted, shelved, updated, deleted]

    private let outbox: EventOutbox

    private let bus: EventBus

    package init(outbox: EventOutbox, bus: EventBus) { (self.outbox, self.bus) = (outbox, bus) }

    /// The words themselves are asked for.
    func publishCaption(of id: TranscriptID, number: Int, user: UserID) {
        bus.publish(PassingNote(Self.captioned.name, user: user, ["id": .id(id), "number": .count(number)]))
    }

    func append(_ kind: EventKind, _ transcript: Transcript, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: kind.name, userID: transcript.userID, payload: TranscriptNews(transcript)), in: transaction)
    }

    func appendDeleted(_ id: TranscriptID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.deleted.name, userID: user, payload: DeletedTranscript(id: id.description)), in: transaction)
    }
}

struct TranscriptNews: APIType {
    var id: String
    var title: String
    var state: Transcript.State
    var problem: String?

    init(_ transcript: Transcript) {
        id = transcript.id.description
        title = transcript.title
        state = transcript.state
        problem = transcript.problem
    }
}

struct DeletedTranscript: APIType {
    var id: String
}

struct CaptionNews: APIType {
    var id: String
    /// Of the last piece that was heard.
    var number: Int
}
