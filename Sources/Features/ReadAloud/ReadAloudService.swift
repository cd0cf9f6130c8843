package import Ambient
package import BlobStorage
import Concurrency
import Cryptography
package import Database
package import FoundationEssentials
package import Jobs
package import Speech
package import Telemetry

/// Has texts read aloud: at once where they are short, by a job where they are long, and once where they are asked for again.
package struct ReadAloudService: Sendable {
    /// Characters that are read aloud in one file: some eight hours.
    package static let longest = 400_000
    /// Characters that somebody is let wait for.
    static let atOnce = 1_500

    let database: any Database
    let narrator: Narrator
    let tool: AudioTool
    let blobs: any BlobStore
    let jobs: JobQueue
    let events: ReadAloudEvents
    let texts: SpokenTexts
    let preferred: String?
    let ambient: Ambient
    let logger: Logger
    let store = SpokenAudioStore()
    /// Texts that are spoken at once in this process, while somebody waits.
    let places: AsyncSemaphore
    /// Those that are sent while they are spoken. They wait for who listens, so there may be more: engines take them in turns.
    let streams: AsyncSemaphore

    package init(
        database: any Database, narrator: Narrator, tool: AudioTool, blobs: any BlobStore, jobs: JobQueue, events: ReadAloudEvents,
        texts: SpokenTexts, preferred: String?, ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.database = database
        self.narrator = narrator
        self.tool = tool
        self.blobs = blobs
        self.jobs = jobs
        self.events = events
        self.texts = texts
        self.preferred = preferred
        self.ambient = ambient
        self.logger = logger.labelled("speech")
        places = AsyncSemaphore(2)
        streams = AsyncSemaphore(32)
    }

    /// What is to be read aloud, and how.
    package struct Wish: Sendable {
        package enum Matter: Sendable {
            case text(String)
            case document(UUID, pages: ClosedRange<Int>?)
            case message(UUID)
        }

        package var matter: Matter
        package var voice: String?
        package var speed: Double
        package var form: AudioForm
        /// As ISO 639-1; nil to find it out.
        package var language: String?

        package init(_ matter: Matter, voice: String? = nil, speed: Double = 1, form: AudioForm = .mp3, language: String? = nil) {
            (self.matter, self.voice, self.speed, self.form, self.language) = (matter, voice, speed, form, language)
        }
    }

    /// The voices that are here.
    package func voices() async -> [Voice] { await BlockingPool.shared.run { narrator.voices() } }

    /// The one that reads English where none is asked for.
    package func favourite(of voices: [Voice], for language: String) -> Voice? {
        let wish = voices.first { $0.id == preferred }
        return narrator.candidates(for: language, wish: wish, of: voices).first
    }

    /// What is asked for, found and looked at: nothing of it is spoken yet.
    struct Plan: Sendable {
        /// `pending`.
        let audio: SpokenAudio
        let text: SpokenText
        let voice: Voice?
        let key: String
    }

    /// - Throws: `ReadAloudFailure` where there is nothing to read, or too much, or no such voice.
    func plan(_ wish: Wish, user: UserID) async throws -> Plan {
        let found = try await matter(of: wish, user: user)
        guard found.text.unicodeScalars.count <= Self.longest else {
            throw ReadAloudFailure.tooLong(found.text.unicodeScalars.count)
        }
        let voice = try await voice(wish.voice)
        let (text, key) = await BlockingPool.shared.run {
            let text = SpokenText(found.text, language: wish.language ?? found.language)
            return (text, self.key(wish, found.text, version: narrator.version(for: text, wish: voice), language: text.language))
        }
        guard !text.pieces.isEmpty else { throw ReadAloudFailure.nothingToSay }
        let audio = SpokenAudio(
            id: ambient.newID(), userID: user, title: found.title, text: found.text, source: source(of: wish), form: wish.form,
            speed: wish.speed, wish: wish.voice, language: wish.language ?? found.language, state: .pending, words: [],
            createdAt: ambient.now())
        return Plan(audio: audio, text: text, voice: voice, key: key)
    }

    /// Reads something aloud, or finds what was read before. What takes long is `pending` in what this returns.
    ///
    /// - Returns: it, and whether it was there already.
    package func speak(_ wish: Wish, user: UserID) async throws -> (audio: SpokenAudio, isKnown: Bool) {
        let plan = try await plan(wish, user: user)
        if let known = try await known(plan.key, user: user) { return (known, true) }
        if plan.audio.text.count > Self.atOnce { return try await enqueue(plan.audio, key: plan.key) }
        return try await places.withPermit {
            try await spoken(plan.audio, plan.text, voice: plan.voice, keeping: { try await keep($0, key: plan.key) })
        }
    }

    /// Keeps what was read while somebody waited.
    func keep(_ made: Made, key: String) async throws -> (audio: SpokenAudio, isKnown: Bool) {
        let key = made.isSubstitute ? "substitute:\(made.audio.id)" : key
        return try await database.transaction(as: .user(made.audio.userID)) { transaction in
            try await made.file.confirm()
            if try await store.insert(made.audio, key: key, in: transaction) { return (made.audio, false) }
            // The same was asked for twice at once.
            guard let known = try await store.find(key: key, user: made.audio.userID, in: transaction) else {
                throw ReadAloudFailure.noAudio
            }
            return (known, true)
        }
    }

    private func enqueue(_ audio: SpokenAudio, key: String) async throws -> (audio: SpokenAudio, isKnown: Bool) {
        try await database.transaction(as: .user(audio.userID)) { transaction in
            var audio = audio
            guard try await store.insert(audio, key: key, in: transaction) else {
                guard let known = try await store.find(key: key, user: audio.userID, in: transaction) else {
                    throw ReadAloudFailure.noAudio
                }
                return (known, true)
            }
            audio.jobID = try await jobs.enqueue(
                ReadAloudJobs.narrate, .init(audioID: audio.id), user: audio.userID, uniqueKey: "spoken:\(audio.id)",
                in: transaction
            ).uuid
            try await store.update(audio, in: transaction)
            return (audio, false)
        }
    }

    /// One that was made before, unless it failed: then it is made again.
    func known(_ key: String, user: UserID) async throws -> SpokenAudio? {
        try await database.transaction(as: .user(user)) { transaction in
            guard let known = try await store.find(key: key, user: user, in: transaction) else { return nil }
            if known.state == .failed {
                _ = try await store.delete(known.id, user: user, in: transaction)
                return nil
            }
            try await store.touch(known.id, at: ambient.now(), user: user, in: transaction)
            return known
        }
    }

    private func voice(_ id: String?) async throws -> Voice? {
        let voices = await voices()
        guard let id else { return voices.first { $0.id == preferred } }
        guard let voice = voices.first(where: { $0.id == id }) else {
            throw ReadAloudFailure.unknownVoice(id, choices: voices.sorted { $1.quality < $0.quality }.map(\.id))
        }
        return voice
    }

    private func matter(of wish: Wish, user: UserID) async throws -> SpokenTexts.Found {
        switch wish.matter {
        case .text(let text): .init(title: Self.title(of: text), text: text, language: nil)
        case .document(let id, let pages):
            try await database.read(as: .user(user)) { transaction in
                guard let found = try await texts.document(id, pages, user, transaction) else { throw ReadAloudFailure.noDocument }
                return found
            }
        case .message(let id):
            try await database.read(as: .user(user)) { transaction in
                guard let found = try await texts.message(id, user, transaction) else { throw ReadAloudFailure.noMessage }
                return found
            }
        }
    }

    private func source(of wish: Wish) -> SpokenAudio.Source? {
        switch wish.matter {
        case .text: nil
        case .document(let id, _): .init(kind: .document, id: id)
        case .message(let id): .init(kind: .message, id: id)
        }
    }

    static func title(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains(where: \.isLetter) } ?? ""
        return String(line.drop { !$0.isLetter && !$0.isNumber }.prefix(80))
    }

    private func key(_ wish: Wish, _ text: String, version: String, language: String) -> String {
        let parts = ["1", text, version, language, "\(wish.speed)", wish.form.rawValue]
        var hash = SHA256()
        // Each after its length, so that no two lists look alike.
        for part in parts { hash.update(Array("\(part.utf8.count):\(part)".utf8)) }
        return Hexadecimal.encode(hash.finalize())
    }
}
