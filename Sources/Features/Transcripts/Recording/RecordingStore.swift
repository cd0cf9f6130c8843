import Ambient
import Database

/// Pieces of recordings in the database. Every statement names the user, since SQLite has no row-level security.
struct RecordingStore: Sendable {
    func insert(_ piece: RecordingPiece, of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO recording_pieces (transcript_id, number, user_id, take, sha256, size)
            VALUES (\(id), \(piece.number), \(user), \(piece.take), \(piece.sha256), \(piece.size))
            """)
    }

    /// In their order.
    func pieces(of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws -> [RecordingPiece] {
        try await transaction.query(
            """
            SELECT number, take, sha256, size FROM recording_pieces
            WHERE transcript_id = \(id) AND user_id = \(user) ORDER BY number
            """
        ).map {
            RecordingPiece(
                number: try $0.get("number"), take: try $0.get("take"), sha256: try $0.get("sha256"), size: try $0.get("size"))
        }
    }

    func piece(_ number: Int, of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws -> RecordingPiece? {
        try await transaction.first(
            """
            SELECT number, take, sha256, size FROM recording_pieces
            WHERE transcript_id = \(id) AND user_id = \(user) AND number = \(number)
            """
        ).map {
            RecordingPiece(
                number: try $0.get("number"), take: try $0.get("take"), sha256: try $0.get("sha256"), size: try $0.get("size"))
        }
    }

    /// How many there are, in which take the last is, and the bytes of all.
    func sum(of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws -> (count: Int, take: Int, size: Int)
    {
        let row = try await transaction.first(
            """
            SELECT count(*) AS pieces, max(take) AS take, CAST(COALESCE(sum(size), 0) AS bigint) AS size FROM recording_pieces
            WHERE transcript_id = \(id) AND user_id = \(user)
            """)
        return (try row?.get("pieces") ?? 0, try row?.optional("take") ?? 0, try row?.get("size") ?? 0)
    }

    func insert(_ caption: RecordingCaption, of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO recording_captions (transcript_id, number, user_id, start_ms, end_ms, text)
            VALUES (\(id), \(caption.number), \(user), \(caption.start), \(caption.end), \(caption.text))
            """)
    }

    /// In their order.
    /// - Parameter number: of the last that is known already.
    func captions(of id: TranscriptID, after number: Int = -1, user: UserID, in transaction: any Transaction) async throws
        -> [RecordingCaption]
    {
        try await transaction.query(
            """
            SELECT number, start_ms, end_ms, text FROM recording_captions
            WHERE transcript_id = \(id) AND user_id = \(user) AND number > \(number) ORDER BY number
            """
        ).map {
            RecordingCaption(
                number: try $0.get("number"), start: try $0.get("start_ms"), end: try $0.get("end_ms"), text: try $0.get("text"))
        }
    }

    /// Pieces, and what was heard of them in passing.
    func deleteAll(of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM recording_captions WHERE transcript_id = \(id) AND user_id = \(user)")
        try await transaction.execute("DELETE FROM recording_pieces WHERE transcript_id = \(id) AND user_id = \(user)")
    }
}
