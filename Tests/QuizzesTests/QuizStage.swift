import AccountsTesting
import Ambient
import Assembly
import Courses
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
import Passages
import Questions
@testable import Quizzes
import Sharing
import SourceTexts
import Synchronization

/// Quizzes on a fresh database: real jobs and routes; the text of one document, and the questions that are drafted from it, are given.
struct QuizStage: Sendable {
    let database: any Database
    let service: QuizService
    let attempts: AttemptService
    let bank: QuestionBank
    let sharing: SharingService<SharedQuiz>
    let worker: JobWorker
    let clock: Clock
    let drafts: GivenDrafts
    static let (annID, benID, cleoID) = (UserID(UUID()), UserID(UUID()), UserID(UUID()))
    let ann = QuizStage.annID

    /// Stands until it is moved.
    final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        func move(_ seconds: Double) { time.withLock { $0 += seconds } }
        var now: Date { time.withLock(\.self) }
    }

    static func with(
        _ dialect: Dialect, judge: (any AnswerJudging)? = nil, _ body: (QuizStage) async throws -> Void
    ) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID, cleoID]) + CoursesMigrations.all + QuizzesMigrations.all
        try await withDatabase(dialect, migrations: migrations) { try await body(QuizStage($0, judge)) }
    }

    private init(_ database: any Database, _ judge: (any AnswerJudging)?) {
        self.database = database
        let (clock, drafts) = (Clock(), GivenDrafts())
        (self.clock, self.drafts) = (clock, drafts)
        let ambient = Ambient(now: { clock.now }, newUUID: { UUIDv7.make(at: clock.now) })
        let handlers = JobHandlers()
        let jobs = JobQueue(database: database, handlers: handlers)
        let bus = EventBus()
        let events = QuizEvents(outbox: EventOutbox(bus: bus), bus: bus)
        let library = SourceLibrary(
            list: { user, only in
                let all = user == Self.annID ? [GivenPassages.document, GivenPassages.empty] : []
                return all.filter { only?.contains($0.id) ?? true }
            }, inCourse: { user, _ in user == Self.annID ? [GivenPassages.document.id] : [] })
        service = QuizService(database: database, library: library, jobs: jobs, events: events, ambient: ambient)
        attempts = AttemptService(quizzes: service, grader: WordGrader(), judge: judge)
        sharing = SharingService(
            SharedQuiz(access: service.access), database: database, outbox: EventOutbox(bus: bus), bus: bus, ambient: ambient)
        bank = QuestionBank(quizzes: service)
        let maker = QuizMaker(
            database: database, library: library, search: GivenPassages(), drafting: drafts, events: events, ambient: ambient)
        for handler in QuizJobs.handlers(maker) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [QuizJobs.queue.name: 1]
        worker = JobWorker(queue: jobs, configuration: configuration)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
            "cleo": Principal(userID: Self.cleoID, isAdministrator: false),
        ])
        let routes: [any RouteCollection] = [
            QuizRoutes(service: service, bank: bank), QuestionRoutes(bank: bank), AttemptRoutes(service: attempts),
            StatisticsRoutes(service: service), ShareRoutes(sharing, .quiz, below: "/quizzes", tag: "Quizzes"),
        ]
        return TestClient(Router(routes, authenticator: authenticator)).bearing(name)
    }

    /// A quiz of written questions, one of each kind.
    func quizOfEachKind() async throws -> QuizView {
        var ids: [QuizQuestionID] = []
        for draft in EachKind.all { ids.append(try await bank.add(draft, to: nil, user: ann).id) }
        return QuizView(try await service.assemble(ids, title: "Each kind", course: nil, user: ann), withAnswers: true)
    }
}

/// One question of each kind.
enum EachKind {
    static let all: [QuestionDraft] = [
        QuestionDraft(
            .multipleChoice, "Which organelle makes ATP?", .choice(options: ["Nucleus", "Mitochondrion", "Vacuole"], right: [1])),
        QuestionDraft(
            .multipleResponse, "Which are bases of DNA?",
            .choice(options: ["Adenine", "Uracil", "Guanine", "Water"], right: [0, 2])),
        QuestionDraft(.trueFalse, "Plants breathe.", .truth(true)),
        QuestionDraft(.shortAnswer, "What is the green pigment called?", .typed(TypedKey(accepted: ["chlorophyll"]))),
        QuestionDraft(
            .cloze, "Water is _____ and _____.", .gaps([TypedKey(accepted: ["hydrogen"]), TypedKey(accepted: ["oxygen"])])),
        QuestionDraft(
            .matching, "Match.", .matching(prompts: ["Root", "Leaf"], answers: ["takes up water", "makes sugar", "bears seeds"])),
        QuestionDraft(.ordering, "Order the phases.", .ordering(["prophase", "metaphase", "anaphase"])),
        QuestionDraft(.numeric, "How many chromosomes has a human cell?", .number(NumberKey(value: 46, text: "46"))),
    ]
}

/// Right where the words are the same, wrong where none is, else not certain.
struct WordGrader: AnswerGrading {
    func grade(_ answer: GivenAnswer, to content: QuestionContent, stem: String) async throws -> Grade {
        func words(_ text: String) -> Set<Substring> { Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }) }
        func typed(_ text: String, _ key: TypedKey) -> Grade {
            if key.accepted.contains(where: { words($0) == words(text) }) { return Grade(.right, share: 1, reason: .normalised) }
            let isNear = key.accepted.contains { !words($0).isDisjoint(with: words(text)) }
            return isNear ? Grade(.ask, share: 0, reason: .unsure) : Grade(.wrong, share: 0, reason: .unrelated)
        }
        switch (answer, content) {
        case (.text(let text), .typed(let key)): return typed(text, key)
        case (.texts(let texts), .gaps(let keys)):
            let hits = zip(texts, keys).count { typed($0, $1).verdict == .right }
            if hits == keys.count { return Grade(.right, share: 1, reason: .exact) }
            return Grade(hits > 0 ? .partly : .wrong, share: Double(hits) / Double(keys.count), reason: .part)
        case (.text(let text), .number(let key)):
            return Double(text) == key.value
                ? Grade(.right, share: 1, reason: .number) : Grade(.wrong, share: 0, reason: .numberOff)
        default: return Grade(.wrong, share: 0, reason: .form)
        }
    }

    /// Where one of both has a `not`.
    func conflict(of text: String, with key: TypedKey) async throws -> GradeReason? {
        func denies(_ text: String) -> Bool { text.split(separator: " ").contains("not") }
        return key.accepted.contains { denies($0) == denies(text) } ? nil : .negated
    }
}

/// Gives as many of the drafts as are wished for.
final class GivenDrafts: QuestionDrafting {
    let wishes = Mutex<[DraftWish]>([])
    let stems = Mutex(["What is the powerhouse?", "What is the control centre?"])
    let missing: [DraftingResource] = []

    func drafts(from source: QuestionSource, as wish: DraftWish) -> AsyncThrowingStream<DraftEvent, any Error> {
        wishes.withLock { $0.append(wish) }
        let stems = stems.withLock { $0 }.filter { !wish.known.contains($0) }.prefix(wish.count)
        return AsyncThrowingStream { continuation in
            continuation.yield(.progress(done: 0, of: source.passages.count))
            for stem in stems {
                let origin = QuestionOrigin(
                    passage: source.passages[0].id, document: source.passages[0].document, range: 0..<11, page: nil,
                    headings: source.passages[0].headings(at: 0), sentence: "The mitoch…")
                continuation.yield(
                    .question(
                        DraftQuestion(
                            kind: .shortAnswer, making: .whatIs, stem: stem,
                            content: .typed(TypedKey(accepted: ["the mitochondrion"])),
                            explanation: "It makes ATP.", origin: origin, topic: "mitochondrion", difficulty: 3, bloom: .remember)))
            }
            continuation.yield(
                .finished(
                    DraftSummary(
                        words: 120, sentences: 9, questions: stems.count, dropped: [.dangling: 4, .code: 1],
                        notes: stems.count < wish.count ? [.exhausted] : [])))
            continuation.finish()
        }
    }
}

/// A document of two sections, and one without text.
struct GivenPassages: PassageSearch {
    static let document = SourceLibrary.Document(id: DocumentID(UUID()), title: "Cells", state: .ready)
    static let empty = SourceLibrary.Document(id: DocumentID(UUID()), title: "Nothing", state: .ready)
    static let passages = [
        Passage(
            chunkID: ChunkID(UUID()), documentID: document.id, ordinal: 0, title: "Cells", section: "1 Energy", page: 3,
            text: "The mitochondrion makes ATP.", pageStarts: [PageStart(offset: 0, page: 3)], score: 0),
        Passage(
            chunkID: ChunkID(UUID()), documentID: document.id, ordinal: 1, title: "Cells", section: "2 Control", page: 4,
            text: "The nucleus holds DNA.", pageStarts: [PageStart(offset: 0, page: 4)], score: 0),
    ]

    func passages(for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID) async throws
        -> [Passage]
    {
        Self.passages.filter { $0.text.lowercased().contains(query.lowercased()) && documents?.contains($0.documentID) ?? true }
    }

    func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] {
        Self.passages.filter { passage in
            stretches.contains { $0.document == passage.documentID && $0.ordinals.contains(passage.ordinal ?? -1) }
        }
    }

    func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws -> [PassageSection] {
        guard documents?.contains(Self.document.id) ?? true else { return [] }
        return Self.passages.enumerated().map { index, passage in
            PassageSection(document: Self.document.id, path: [passage.section ?? ""], ordinals: index..<(index + 1))
        }
    }
}
