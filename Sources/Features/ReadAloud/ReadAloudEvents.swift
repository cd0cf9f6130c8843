import Ambient
import Database
package import Events
import HTTPServing

/// What reading aloud tells, through the outbox: of long texts, which nobody waits for.
package struct ReadAloudEvents: Sendable {
    static let ready = EventKind("speech.ready", "A long text has been read aloud.", payload: SpokenNews.self)
    static let failed = EventKind("speech.failed", "A long text could not be read aloud.", payload: SpokenNews.self)
    static let all = [ready, failed]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ kind: EventKind, _ audio: SpokenAudio, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: kind.name, userID: audio.userID, payload: SpokenNews(audio)), in: transaction)
    }
}

struct SpokenNews: APIType {
    var id: String
    var title: String
    var state: SpokenAudio.State
    var durationMilliseconds: Int?
    var problem: String?

    enum CodingKeys: String, CodingKey {
        case id, title, state, problem
        case durationMilliseconds = "duration_ms"
    }

    init(_ audio: SpokenAudio) {
        id = audio.id.description
        title = audio.title
        state = audio.state
        durationMilliseconds = audio.milliseconds
        problem = audio.problem
    }
}
