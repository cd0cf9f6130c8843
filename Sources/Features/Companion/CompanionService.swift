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
    let narrator: Narrator
    let ear: LiveEar
    let blobs: any BlobStore
    let ambient: Ambient
    let logger: Logger
    let metrics: Metrics?
    let store = CompanionStore()

    package init(
        database: any Database, chat: CompanionChat, memory: CompanionMemory, hearing: CompanionHearing, search: any PassageSearch,
        model: (any TextModel)?, narrator: Narrator, ear: LiveEar, blobs: any BlobStore, ambient: Ambient = .live,
        logger: Logger = .silent, metrics: Metrics? = nil
    ) {
        self.database = database
        self.chat = chat
        self.memory = memory
        self.hearing = hearing
        self.search = search
        self.model = model
        self.narrator = narrator
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

    package func start(_ wish: Wish, user: UserID) async throws -> (session: Session, persona: Persona) {
        let personas = try await personas(of: user)
        let key = wish.persona ?? personas[0].key
        guard let persona = personas.first(where: { $0.key == key }) else {
            throw CompanionFailure.unknownPersona(key, choices: personas.map(\.key))
        }
        let id: SessionID
        if let known = wish.conversation {
            try await chat.require(known, user)
            id = known
        } else {
            id = try await chat.begin(wish.courseID, wish.documentIDs, wish.remembers, user)
        }
        let session = Session(
            id: id, userID: user, persona: persona.key, language: wish.language, remembers: wish.remembers, summary: nil,
            summarised: 0,
            turns: 0, createdAt: ambient.now())
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
        let count = try await personas(of: user).count
        guard count < 30 else { throw CompanionFailure(.conflict, "You have thirty personas already; remove one first.") }
        try await database.transaction(as: .user(user)) { try await store.put(persona, user: user, in: $0) }
    }

    /// A built-in one is again what it was.
    package func removePersona(_ key: String, user: UserID) async throws {
        let isGone = try await database.transaction(as: .user(user)) { try await store.deletePersona(key, user: user, in: $0) }
        if !isGone { throw CompanionFailure(.notFound, "You have changed no persona “\(key.prefix(40))”.") }
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
        let turn = Turn(said: said, language: own, persona: persona, number: number, remembers: session.remembers)
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
