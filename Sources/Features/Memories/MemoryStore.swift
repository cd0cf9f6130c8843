import Ambient
import Database
import FoundationEssentials
import Recollection

/// The SQL of memories. Every statement names the user, since SQLite has no row-level security.
struct MemoryStore: Sendable {
    private static let columns: SQL =
        "id, user_id, kind, text, slot, confidence, is_pinned, source_id, superseded_by, created_at, told_at, used_at, uses"

    /// - Returns: false, and adds nothing, if the same is remembered already.
    func insert(_ memory: Memory, vector: [Float], model: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO memories (\(Self.columns), text_key, model, vector) VALUES (
                \(memory.id), \(memory.userID), \(memory.kind.rawValue), \(memory.text), \(memory.slot), \(memory.confidence),
                \(memory.isPinned), \(memory.source), \(memory.supersededBy), \(memory.createdAt), \(memory.toldAt), \(memory.usedAt),
                \(memory.uses), \(Self.key(memory.text)), \(model), \(Self.bytes(vector)))
            ON CONFLICT (user_id, kind, text_key) WHERE superseded_by IS NULL DO NOTHING
            """) > 0
    }

    func find(_ id: MemoryID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Memory? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM memories WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(
                Self.memory)
    }

    /// Those that hold, the pinned and then the latest said first.
    func holding(of user: UserID, kind: MemoryKind? = nil, in transaction: any Transaction) async throws -> [Memory] {
        let only: SQL = kind.map { "AND kind = \($0.rawValue)" } ?? ""
        return try await transaction.query(
            """
            SELECT \(Self.columns) FROM memories WHERE user_id = \(user) AND superseded_by IS NULL \(only)
            ORDER BY is_pinned DESC, told_at DESC, id DESC
            """
        ).map(Self.memory)
    }

    /// The same with their vectors, as far as this model made them.
    func embedded(of user: UserID, model: String, in transaction: any Transaction) async throws -> [EmbeddedMemory] {
        try await transaction.query(
            """
            SELECT \(Self.columns), vector FROM memories
            WHERE user_id = \(user) AND superseded_by IS NULL AND model = \(model) ORDER BY told_at DESC, id DESC
            """
        ).map { EmbeddedMemory(memory: try Self.memory($0), vector: Self.vector(try $0.get("vector"))) }
    }

    /// What newer ones took the place of, the latest first.
    func superseded(of user: UserID, in transaction: any Transaction) async throws -> [Memory] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM memories WHERE user_id = \(user) AND superseded_by IS NOT NULL ORDER BY told_at DESC, id DESC
            """
        ).map(Self.memory)
    }

    func count(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first(
            "SELECT count(*) AS total FROM memories WHERE user_id = \(user) AND superseded_by IS NULL")?.get("total") ?? 0
    }

    func update(_ memory: Memory, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE memories SET kind = \(memory.kind.rawValue), text = \(memory.text), text_key = \(Self.key(memory.text)),
                slot = \(memory.slot), confidence = \(memory.confidence), is_pinned = \(memory.isPinned), source_id = \(memory.source),
                superseded_by = \(memory.supersededBy), told_at = \(memory.toldAt)
            WHERE id = \(memory.id) AND user_id = \(memory.userID)
            """)
    }

    func setVector(_ vector: [Float], model: String, of id: MemoryID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE memories SET vector = \(Self.bytes(vector)), model = \(model) WHERE id = \(id) AND user_id = \(user)")
    }

    func noteUse(of ids: [MemoryID], at now: Date, user: UserID, in transaction: any Transaction) async throws {
        guard !ids.isEmpty else { return }
        try await transaction.execute(
            "UPDATE memories SET used_at = \(now), uses = uses + 1 WHERE id IN \(list: ids) AND user_id = \(user)")
    }

    /// With what it took the place of.
    /// - Returns: whether there was one.
    func delete(_ id: MemoryID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM memories WHERE id = \(id) AND user_id = \(user)") > 0
    }

    // MARK: - Settings

    /// Memory is on unless its student turned it off.
    func isOn(for user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT is_on FROM memory_settings WHERE user_id = \(user)")?.get("is_on") ?? true
    }

    func set(isOn: Bool, for user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO memory_settings (user_id, is_on) VALUES (\(user), \(isOn))
            ON CONFLICT (user_id) DO UPDATE SET is_on = excluded.is_on
            """)
    }

    /// The same as `isOn`, and holds the row: who adds memories of a student does so one after the other.
    func hold(_ user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            INSERT INTO memory_settings (user_id, is_on) VALUES (\(user), \(true))
            ON CONFLICT (user_id) DO UPDATE SET is_on = memory_settings.is_on RETURNING is_on
            """)?.get("is_on") ?? true
    }

    // MARK: - Rows

    static func key(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    /// Little-endian 32-bit floats.
    private static func bytes(_ vector: [Float]) -> [UInt8] {
        vector.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } }
    }

    private static func vector(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { raw in
            (0..<(bytes.count / 4)).map {
                Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
            }
        }
    }

    /// Whether the bytes are a vector whose numbers can be compared.
    static func isVector(_ bytes: [UInt8]) -> Bool {
        bytes.count % 4 == 0 && bytes.count <= 1 << 16 && vector(bytes).allSatisfy(\.isFinite)
    }

    static func memory(_ row: Row) throws -> Memory {
        let kind: String = try row.get("kind")
        guard let kind = MemoryKind(rawValue: kind) else { throw DatabaseFailure(.decoding, "memories.kind") }
        return Memory(
            id: try row.get("id"), userID: try row.get("user_id"), kind: kind, text: try row.get("text"),
            slot: try row.optional("slot"),
            confidence: try row.get("confidence"), isPinned: try row.get("is_pinned"), source: try row.optional("source_id"),
            supersededBy: try row.optional("superseded_by"), createdAt: try row.get("created_at"), toldAt: try row.get("told_at"),
            usedAt: try row.optional("used_at"), uses: try row.get("uses"))
    }
}
