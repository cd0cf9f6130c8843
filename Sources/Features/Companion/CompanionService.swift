package import Ambient
package import BlobStorage
import Concurrency
package import Courses
package import Database
import Failures
import FoundationEssentials
import Graphs
package import LanguageModels
package import Passages
package import Speech
package import Telemetry

/// Talks with a student: hears, answers from the library or in its own words, speaks, and remembers.
package struct CompanionService: Sendable {
    let database: any Database
    let chat: CompanionChat
    let memory: CompanionMemory
    let hearing: CompanionHearing
    let search: any PassageSearch
    /// nil where none is configured: then the tutor answers, and small talk is short.
    let model: (any TextModel)?
    /// Draws in the model's place; nil where no provider is configured.
    let pictures: (any PictureModel)?
    let narrator: Narrator
    /// The voice of personas that have none of their own; nil for the best.
    let preferredVoice: String?
    let ear: LiveEar
    let blobs: any BlobStore
    let ambient: Ambient
    let logger: Logger
    let metrics: Metrics?
    let store = CompanionStore()

    package init(
        database: any Database, chat: CompanionChat, memory: CompanionMemory, hearing: CompanionHearing, search: any PassageSearch,
        model: (any TextModel)?, pictures: (any PictureModel)? = nil, narrator: Narrator, preferredVoice: String? = nil,
        ear: LiveEar,
        blobs: any BlobStore, ambient: Ambient = .live, logger: Logger = .silent, metrics: Metrics? = nil
    ) {
        self.database = database
        self.chat = chat
        self.memory = memory
        self.hearing = hearing
        self.search = search
        self.model = model
        self.pictures = pictures
        self.narrator = narrator
        self.preferredVoice = preferredVoice
        self.ear = ear
        self.blobs = blobs
        self.ambient = ambient
        self.logger = logger.labelled("companion")
        self.metrics = metrics
    }

    // MARK: - Sessions

    /// How a session begins.
    package struct Wish: Sendable {
        package var persona: String?
        package var language: String?
        package var remembers: Bool
        package var courseID: CourseID?
        package var documentIDs: [DocumentID]?
        /// A conversation to go on with by voice.
        package var conversation: SessionID?
    }

    /// Begins to talk, or goes on with a conversation: who speaks there goes on, unless another is asked for.
    package func start(_ wish: Wish, user: UserID) async throws -> (session: Session, persona: Persona) {
        let personas = try await personas(of: user)
        if let wished = wish.persona, !personas.contains(where: { $0.key == wished }) {
            throw CompanionFailure.unknownPersona(wished, choices: personas.map(\.key))
        }
        let id: SessionID
        var (remembers, earlier) = (wish.remembers, Session?.none)
        if let known = wish.conversation {
            remembers = try await chat.remembers(known, user)
            earlier = try await database.read(as: .user(user)) { try await store.session(known, user: user, in: $0) }
            id = known
        } else {
            id = try await chat.begin(wish.courseID, wish.documentIDs, wish.remembers, user)
        }
        let persona = personas.first { $0.key == wish.persona ?? earlier?.persona } ?? personas[0]
        let session = Session(
            id: id, userID: user, persona: persona.key, language: wish.language ?? earlier?.language, remembers: remembers,
            turns: 0,
            createdAt: ambient.now())
        try await database.transaction(as: .user(user)) { try await store.put(session, in: $0) }
        return (try await self.session(id, user: user), persona)
    }

    package func session(_ id: SessionID, user: UserID) async throws -> Session {
        let found = try await database.read(as: .user(user)) { try await store.session(id, user: user, in: $0) }
        guard let found else { throw CompanionFailure.noSession }
        return found
    }

    // MARK: - Personas

    /// The built-in ones as the student has them, then their own.
    package func personas(of user: UserID) async throws -> [Persona] {
        let own = try await database.read(as: .user(user)) { try await store.personas(of: user, in: $0) }
        let known = Persona.builtIn.map { persona in own.first { $0.key == persona.key } ?? persona }
        return known + own.filter { persona in !known.contains { $0.key == persona.key } }
    }

    package func put(_ persona: Persona, user: UserID) async throws {
        if let voice = persona.voice {
            let voices = await BlockingPool.shared.run { narrator.voices() }
            guard voices.contains(where: { $0.id == voice }) else {
                throw CompanionFailure(
                    .validationFailed, "There is no voice “\(voice.prefix(60))” here.",
                    details: ["voice": "is not one of /tts/voices"])
            }
        }
        let known = try await personas(of: user)
        guard known.count < 30 || known.contains(where: { $0.key == persona.key }) else {
            throw CompanionFailure(.conflict, "You have thirty personas already; remove one first.")
        }
        try await database.transaction(as: .user(user)) { try await store.put(persona, user: user, in: $0) }
    }

    /// A built-in one is again what it was.
    package func removePersona(_ key: String, user: UserID) async throws {
        let isGone = try await database.transaction(as: .user(user)) { try await store.deletePersona(key, user: user, in: $0) }
        if !isGone { throw CompanionFailure(.notFound, "You have changed no persona “\(key.prefix(40))”.") }
    }

    /// How the persona that a student chose for a conversation speaks, for a model; nil where they chose none.
    package static func manner(in id: SessionID, of user: UserID, in transaction: any Transaction) async throws -> String? {
        let store = CompanionStore()
        guard let session = try await store.session(id, user: user, in: transaction) else { return nil }
        let own = try await store.personas(of: user, in: transaction)
        return (own + Persona.builtIn).first { $0.key == session.persona }?.style
    }

    // MARK: - Turns

    /// Answers something said. What an earlier turn left unfinished is brought to its end first.
    ///
    /// - Parameter say: is given the answer as it grows.
    func turn(
        _ said: String, heardIn language: String?, of session: Session,
        say: @escaping @Sendable (String) async throws -> Void = { _ in }
    ) async throws -> (turn: Turn, timings: [GraphTiming]) {
        let (user, thread) = (session.userID, GraphThreadID(session.id.uuid))
        let personas = try await personas(of: user)
        let persona = personas.first { $0.key == session.persona } ?? personas[0]
        try await finishEarlier(session, thread)
        let number = try await database.transaction(as: .user(user)) { transaction in
            let number = try await store.session(session.id, user: user, in: transaction)?.turns ?? 0
            try await store.countTurn(session.id, user: user, in: transaction)
            return number
        }
        let own = OwnWords.language(session.language ?? Phrase(said).language ?? language)
        // It may have been left out of memory since the session began.
        let remembers = try await chat.remembers(session.id, user)
        let turn = Turn(said: said, language: own, persona: persona, number: number, remembers: remembers)
        let runner = GraphRunner(
            try graph(of: session, say: say), database: database, ambient: ambient, logger: logger, metrics: metrics)
        let outcome = try await runner.run(turn, on: thread, for: user)
        return (outcome.state, outcome.timings)
    }

    /// A turn that a crash or an interruption cut off: its answer ends where it stands, and the rest of its steps is made up for.
    private func finishEarlier(_ session: Session, _ thread: GraphThreadID) async throws {
        let user = session.userID
        let runner = GraphRunner(
            try graph(of: session, say: { _ in }), database: database, ambient: ambient, logger: logger, metrics: metrics)
        do {
            guard try await runner.isUnfinished(thread, for: user) else { return }
            if let message = try await runner.lastState(of: thread, for: user)?.messageID { try await chat.stop(message, user) }
            _ = try await runner.resume(thread, for: user)
        } catch {
            try Task.checkCancellation()
            logger.failure("an earlier turn could not be brought to its end", error)
        }
    }
}
