import AccountsTesting
import Ambient
import BlobStorage
import Chat
@testable import Companion
import Courses
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Passages
import Speech
import Synchronization
import Telemetry

/// An engine whose voices say who they are, and nothing else.
final class NamedVoices: SpeechSynthesizer {
    let engine = "named"
    private let names: [String]
    let spoke = Mutex<[(voice: String, speed: Double)]>([])

    init(_ names: [String]) { self.names = names }

    func voices() -> [Voice] {
        names.map { Voice(id: $0, name: $0, engine: engine, language: "en", gender: .unknown, licence: "none", quality: .plain) }
    }

    func version(of voice: Voice) -> String { "1" }

    func speak(_ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void) async throws {
        spoke.withLock { $0.append((voice.id, speed)) }
        for piece in pieces {
            try await take(SpokenSound(samples: [1, 2, 3], rate: Narrator.rate, ends: piece.words.map { _ in 3 }))
        }
    }
}

/// Writes always the same, or fails, and keeps what it was asked.
final class ScriptedText: TextModel {
    let name = "scripted"
    let contextWindow = 8192
    let says: String?
    let asked = Mutex<[ModelRequest]>([])

    /// - Parameter says: nil fails.
    init(_ says: String?) { self.says = says }

    func check() async throws -> ModelStatus { ModelStatus(summary: name) }

    func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        asked.withLock { $0.append(request) }
        return AsyncThrowingStream { continuation in
            guard let says else { return continuation.finish(throwing: LanguageModelFailure(.overloaded, model: name)) }
            continuation.yield(.text(says))
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }
}

/// Draws always the same, or fails.
struct ScriptedPictures: PictureModel {
    let name = "painter"
    let picture: DrawnPicture?

    func picture(of description: String, for user: UserID) async throws -> DrawnPicture {
        guard let picture else { throw LanguageModelFailure(.unreachable, model: name) }
        return picture
    }
}

/// Finds always the same.
struct FixedSearch: PassageSearch {
    let found: [Passage]

    func passages(for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID) async throws
        -> [Passage]
    { found }
    func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] { [] }
    func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws -> [PassageSection] { [] }
}

/// The companion on a fresh database, with a chat that keeps what is said in memory.
struct CompanionStage: Sendable {
    static let adaID = UserID(UUID())
    let ada = CompanionStage.adaID
    let database: any Database
    let service: CompanionService
    let voices: NamedVoices
    /// What was said and answered, in its order.
    let notes = Notes()

    final class Notes: Sendable {
        let all = Mutex<[(said: String, answered: String, by: String)]>([])
    }

    /// - Parameter summary: of what was said before.
    static func with(
        _ dialect: Dialect = .sqlite, model: ScriptedText? = nil, pictures: ScriptedPictures? = nil, voices: [String] = ["best"],
        preferredVoice: String? = nil, memories: [String] = [], summary: String? = nil, remembers: Bool = true,
        hears said: String = "Hello",
        found: [Passage] = [], _ body: (CompanionStage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/companion-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let migrations =
            TestAccounts.migrations(of: [adaID]) + CoursesMigrations.all + ChatMigrations.all + CompanionMigrations.all
        try await withDatabase(dialect, migrations: migrations) { database in
            let stage = try CompanionStage(
                database, folder, model, pictures, NamedVoices(voices), preferredVoice, memories, summary, remembers, said, found)
            try await body(stage)
        }
    }

    private init(
        _ database: any Database, _ folder: String, _ model: ScriptedText?, _ pictures: ScriptedPictures?, _ voices: NamedVoices,
        _ preferredVoice: String?, _ memories: [String], _ summary: String?, _ remembers: Bool, _ said: String, _ found: [Passage]
    ) throws {
        self.database = database
        self.voices = voices
        let equipment = SpeechEquipment(folder: SpeechFolder(path: folder + "/models"), width: 1, logger: .silent)
        let chat = CompanionChat(
            begin: { _, _, _, user in
                let id: SessionID = Ambient.live.newID()
                try await database.transaction(as: .user(user)) {
                    try await $0.execute(
                        "INSERT INTO chat_conversations (id, user_id, created_at, updated_at) VALUES (\(id), \(user), \(Date()), \(Date()))"
                    )
                }
                return id
            },
            remembers: { _, _ in remembers }, ask: { _, _, _ in UUID() },
            follow: { id, _, _ in CompanionChat.Answer(messageID: id, text: "It is so [1].", citations: 1) }, stop: { _, _ in },
            note: { [notes] said, answered, by, _, _ in
                notes.all.withLock { $0.append((said, answered, by)) }
                return UUID()
            },
            summary: { _, _ in summary }, sumUp: { _, _ in }, turns: { _, _, _, _ in ([], 0) })
        service = CompanionService(
            database: database, chat: chat, memory: CompanionMemory { _, _, _ in memories },
            hearing: CompanionHearing { _, _ in (said, "en") }, search: FixedSearch(found: found), model: model, pictures: pictures,
            narrator: Narrator([voices]), preferredVoice: preferredVoice, ear: equipment.ear,
            blobs: try DiskBlobStore(root: folder + "/voice"))
    }

    func session(_ persona: String? = nil) async throws -> Session {
        try await service.start(.init(persona: persona, remembers: true), user: ada).session
    }
}
