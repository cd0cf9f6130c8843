import Accounts
import Assembly
import Audit
import Cards
import Chat
import Classes
import Companion
import Courses
import FederatedSignIn
import LanguageModels
import LearningPlatforms
import Library
import Memories
import Notes
import Notifications
import Planner
import Questions
import Quizzes
import ReadAloud
import Settings
import SourceTexts
import Speech
import Tokens
import Transcripts

/// The features of the program: the one list of them. Each line says what a feature stands on besides the ground of all.
extension FeatureList {
    package static let program = FeatureList(checked: [
        FeatureEntry(EventsFeature.self) { try EventsFeature(on: $0.ground) },
        FeatureEntry(JobsFeature.self) { JobsFeature(on: $0.ground) },
        FeatureEntry(BackupsFeature.self) { try BackupsFeature(on: $0.ground, data: $0.dataFolder) },
        FeatureEntry(AccountsFeature.self) {
            try AccountsFeature(
                on: $0.ground, keys: $0.signingKeys, seal: $0.seal,
                letters: try $0.feature(NotificationsFeature.self).secretMail.map(AccountLetters.by),
                address: try $0.ground.settings.value(NotificationsFeature.publicAddress) ?? $0.ownAddress,
                throttlesSignIn: $0.configuration.server.rateLimits != nil, figures: .ofFeatures,
                commonPasswords: $0.commonPasswords,
                portability: $0.catalogue.portability, sandbox: try $0.sandbox, files: $0.files(named:))
        },
        FeatureEntry(TokensFeature.self) {
            TokensFeature(on: $0.ground, accounts: try $0.feature(AccountsFeature.self).service)
        },
        FeatureEntry(FederatedSignInFeature.self) {
            try FederatedSignInFeature(
                on: $0.ground, accounts: $0.feature(AccountsFeature.self).service, seal: $0.seal,
                address: $0.ground.settings.value(NotificationsFeature.publicAddress) ?? $0.ownAddress)
        },
        FeatureEntry(AuditFeature.self) {
            try AuditFeature(
                on: $0.ground, address: try $0.ground.settings.value(NotificationsFeature.publicAddress),
                secretSettings: Set(
                    (Configuration.settings + $0.catalogue.settings).filter(\.isSecret).map(\.name)),
                alert: try $0.alert,
                tell: AnomalyTelling.by(try $0.feature(NotificationsFeature.self).desk, ambient: $0.ground.ambient))
        },
        FeatureEntry(CoursesFeature.self) { CoursesFeature(on: $0.ground, contents: .ofFeatures) },
        FeatureEntry(LibraryFeature.self) {
            try LibraryFeature(on: $0.ground, embedder: $0.embedder, load: $0.loadEmbedder, sandbox: try $0.sandbox)
        },
        FeatureEntry(CardsFeature.self) {
            CardsFeature(on: $0.ground, sandbox: try $0.sandbox, blobs: try $0.files(named: "cards"))
        },
        FeatureEntry(ReadAloudFeature.self) {
            let equipment = try $0.equipment
            return try ReadAloudFeature(
                on: $0.ground, equipment: equipment,
                models: SpeechModelsKeeper(
                    folder: equipment.folder, isOn: try $0.ground.settings.value(ReadAloudFeature.fetching),
                    logger: $0.ground.logger),
                blobs: try $0.files(named: "speech"), texts: .ofFeatures)
        },
        FeatureEntry(TranscriptsFeature.self) {
            let accounts = try $0.feature(AccountsFeature.self).service
            return try TranscriptsFeature(
                on: $0.ground, equipment: $0.equipment, blobs: $0.files(named: "recordings"),
                shelf: LibraryShelf(library: $0.feature(LibraryFeature.self).service), keys: $0.signingKeys,
                hasEnded: { accounts.hasEnded($0) })
        },
        FeatureEntry(MemoriesFeature.self) {
            MemoriesFeature(on: $0.ground, embedder: try $0.sentenceEmbedder, model: try $0.models.text, sources: .ofFeatures)
        },
        FeatureEntry(ChatFeature.self) {
            let library = try $0.feature(LibraryFeature.self)
            return ChatFeature(
                on: $0.ground, search: library.searcher, documents: .of(library.service), model: try $0.models.answering,
                embedder: try $0.sentenceEmbedder, probe: try $0.models.probe,
                memory: try $0.feature(MemoriesFeature.self).recall, text: try $0.models.text, manner: .ofPersonas,
                tools: try $0.tutorTools)
        },
        FeatureEntry(CompanionFeature.self) {
            CompanionFeature(
                on: $0.ground, chat: .of(try $0.feature(ChatFeature.self).service),
                memory: .of(try $0.feature(MemoriesFeature.self).recall),
                hearing: .of(try $0.feature(TranscriptsFeature.self).service),
                search: try $0.feature(LibraryFeature.self).searcher, model: try $0.models.text,
                pictures: try $0.pictures, equipment: try $0.equipment,
                preferredVoice: try $0.ground.settings.value(ReadAloudFeature.voice), blobs: try $0.files(named: "voice"))
        },
        FeatureEntry(QuizzesFeature.self) {
            let library = try $0.feature(LibraryFeature.self)
            let questions = try $0.questions
            return QuizzesFeature(
                on: $0.ground, library: .of(library.service), search: library.searcher, drafting: questions, grader: questions,
                judge: try $0.models.text.map { RubricJudging($0, grading: questions) }, sandbox: try $0.sandbox)
        },
        FeatureEntry(ClassesFeature.self) {
            let quizzes = try $0.feature(QuizzesFeature.self)
            return ClassesFeature(
                on: $0.ground,
                things: [
                    try $0.feature(LibraryFeature.self).classSharing, try $0.feature(CoursesFeature.self).classSharing,
                    quizzes.classSharing,
                ], results: .of(quizzes.service),
                letters: try $0.feature(NotificationsFeature.self).secretMail.map(ClassLetters.by))
        },
        FeatureEntry(LearningPlatformsFeature.self) {
            try LearningPlatformsFeature(
                on: $0.ground, accounts: $0.feature(AccountsFeature.self).service,
                classes: .of($0.feature(ClassesFeature.self).desk, $0.feature(QuizzesFeature.self).service), seal: $0.seal,
                address: $0.ground.settings.value(NotificationsFeature.publicAddress) ?? $0.ownAddress)
        },
        FeatureEntry(NotesFeature.self) {
            let library = try $0.feature(LibraryFeature.self)
            return NotesFeature(
                on: $0.ground, library: .of(library.service), search: library.searcher, surveyor: try $0.questions,
                embedder: try $0.sentenceEmbedder, model: try $0.models.text, sandbox: try $0.sandbox)
        },
        FeatureEntry(CardMakingFeature.self) {
            CardMakingFeature(
                on: $0.ground, cards: try $0.feature(CardsFeature.self),
                drafting: .of(try $0.feature(LibraryFeature.self), by: try $0.questions))
        },
        FeatureEntry(PlannerFeature.self) {
            try PlannerFeature(
                on: $0.ground, accounts: $0.feature(AccountsFeature.self).service, state: .ofFeatures, sandbox: $0.sandbox)
        },
        FeatureEntry(NotificationsFeature.self) {
            try NotificationsFeature(
                on: $0.ground, seal: $0.seal, mail: $0.mail, address: $0.ownAddress,
                cardsDue: { try await CardForecast.due(in: $0, user: $1, in: $2).count })
        },
    ])
}
