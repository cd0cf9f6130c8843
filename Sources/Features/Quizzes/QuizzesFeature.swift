import Ambient
package import Assembly
import Database
import HTTPServing
package import Passages
package import Questions
package import Sandbox
package import Sharing
package import SourceTexts

/// Quizzes as the program takes them in.
package struct QuizzesFeature: Feature {
    package static let manifest = FeatureManifest(
        "quizzes", service: .llm, after: ["accounts", "courses", "jobs", "events"], migrations: QuizzesMigrations.all,
        events: QuizEvents.all, queues: [QuizJobs.queue], reactions: [RecallJobs.keep, RecallJobs.undo],
        portability: AccountPortability(
            export: QuizExport.entries, tables: QuizTables.all, staying: QuizTables.staying,
            // The shares themselves go with the account.
            erase: { user, ground, transaction in
                try await SharingService.tellEnd(
                    of: SharedQuiz(access: QuizAccess(database: ground.database)), owner: user, outbox: ground.outbox,
                    in: transaction)
            }),
        programs: [BankFile.program])

    package let service: QuizService
    package let attempts: AttemptService
    /// Quizzes for classes.
    package let classSharing: ClassSharing
    package let parts: FeatureParts

    /// - Parameters:
    ///   - library: what a person has to make quizzes from.
    ///   - search: reads the passages.
    ///   - drafting: makes the questions.
    ///   - grader: judges what is typed.
    ///   - judge: what the grader leaves open; nil leaves it to the student.
    ///   - sandbox: parses files of questions.
    package init(
        on ground: FeatureGround, library: SourceLibrary, search: any PassageSearch, drafting: any QuestionDrafting,
        grader: any AnswerGrading, judge: (any AnswerJudging)?, sandbox: Sandbox
    ) {
        let events = QuizEvents(outbox: ground.outbox, bus: ground.bus)
        service = QuizService(
            database: ground.database, library: library, jobs: ground.jobs, events: events, ambient: ground.ambient)
        attempts = AttemptService(quizzes: service, grader: grader, judge: judge, logger: ground.logger)
        let sharing = SharingService(
            SharedQuiz(access: service.access), database: ground.database, outbox: ground.outbox, bus: ground.bus,
            ambient: ground.ambient)
        classSharing = sharing.ofClasses
        let maker = QuizMaker(
            database: ground.database, library: library, search: search, drafting: drafting, events: events, ambient: ground.ambient
        )
        let bank = QuestionBank(quizzes: service)
        parts = FeatureParts(
            routes: [
                QuizRoutes(service: service, bank: bank), QuestionRoutes(bank: bank), AttemptRoutes(service: attempts),
                StatisticsRoutes(service: service),
                ShareRoutes(sharing, .quiz, below: "/quizzes", tag: QuizRoutes.tag),
                BankRoutes(service: service, file: BankFile(blobs: ground.blobs, sandbox: sandbox)),
            ], handlers: QuizJobs.handlers(maker) + RecallJobs(database: ground.database, events: events).handlers,
            tools: [QuizTools.tool(service)])
    }
}

/// A person's quizzes, questions and results, as an export has them.
enum QuizExport {
    static let entries: @Sendable (UserID, any Transaction) async throws -> [AccountPortability.Entry] = { user, transaction in
        let (questions, attempts) = (QuestionStore(), AttemptStore())
        var quizzes: [QuizView] = []
        let standings = try await attempts.standings(user: user, in: transaction)
        for quiz in try await QuizStore().list(course: nil, user: user, offset: 0, limit: .max, in: transaction).quizzes {
            let asked = try await questions.of(quiz.id, user: user, in: transaction)
            quizzes.append(
                QuizView(
                    .init(quiz: quiz, questions: asked, standing: standings[quiz.id] ?? QuizStanding()), withAnswers: true))
        }
        let bank = try await questions.list(.init(), user: user, offset: 0, limit: .max, in: transaction).questions
        var taken: [AttemptView] = []
        for attempt in try await attempts.list(of: nil, user: user, offset: 0, limit: .max, in: transaction).attempts {
            if let whole = try await attempts.find(attempt.id, of: attempt.quizID, user: user, in: transaction) {
                taken.append(AttemptView(whole))
            }
        }
        return [
            .init("quizzes.json", json: quizzes),
            .init("quiz-questions.json", json: bank.map { QuestionView($0, withAnswer: true) }),
            .init("quiz-attempts.json", json: taken),
            .init(
                "quiz-shares.json", json: try await ShareStore<QuizKind>(QuizAccess.shares).exported(of: user, in: transaction)),
        ]
    }
}
