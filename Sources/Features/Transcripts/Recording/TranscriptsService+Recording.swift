package import Ambient
import BlobStorage
import Database
import Failures
import FoundationEssentials

/// Recordings that come while they are made, a piece at a time. What was confirmed is stored: a reload of the page, a lost network and a
/// restart of the server cost nothing, since whoever sends asks which piece is next.
extension TranscriptsService {
    /// Bytes of the largest piece.
    package static let pieceLimit = 32 << 20

    /// A recording and what has come of it.
    package struct OpenRecording: Sendable {
        package var transcript: Transcript
        /// The number of the piece that is waited for.
        package var next: Int
        /// Of the last piece.
        package var take: Int
        /// Bytes that are stored.
        package var size: Int
    }

    /// Begins a recording, or finds the one that has this id: whoever heard no answer asks again.
    package func begin(_ id: TranscriptID?, _ told: Description, user: UserID) async throws -> OpenRecording {
        let now = ambient.now()
        let title = told.title.flatMap { $0.isEmpty ? nil : $0 } ?? "Recording"
        let draft = Transcript(
            id: id ?? ambient.newID(), userID: user, title: String(title.prefix(300)), filename: "recording.ogg", sha256: "",
            size: 0,
            mediaType: "audio/ogg", wish: told.language, vocabulary: told.vocabulary, state: .recording, heard: 0, gaps: [],
            speakers: [:], parting: told.parting == nil ? .none : .pending, partingCount: told.parting?.count,
            courseID: told.courseID, createdAt: now, updatedAt: now)
        do {
            return try await database.transaction(as: .user(user)) { transaction in
                if let known = try await store.find(draft.id, user: user, in: transaction) {
                    return try await opened(known, in: transaction)
                }
                try await store.insert(draft, in: transaction)
                return OpenRecording(transcript: draft, next: 0, take: 0, size: 0)
            }
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw TranscriptsFailure.takenID
        }
    }

    package func recordings(user: UserID) async throws -> [OpenRecording] {
        try await database.read(as: .user(user)) { transaction in
            var all: [OpenRecording] = []
            for transcript in try await store.open(user: user, in: transaction) {
                all.append(try await opened(transcript, in: transaction))
            }
            return all
        }
    }

    package func recording(_ id: TranscriptID, user: UserID) async throws -> OpenRecording {
        try await database.read(as: .user(user)) { transaction in
            guard let transcript = try await store.find(id, user: user, in: transaction) else {
                throw TranscriptsFailure.noRecording
            }
            return try await opened(transcript, in: transaction)
        }
    }

    /// Stores a piece. One that is there already is confirmed again.
    ///
    /// - Parameter sha256: of what was sent; a piece that came otherwise is not kept.
    /// - Throws: `TranscriptsFailure` that says which piece is next, `BlobFailure` where there is no room.
    package func append<Parts: AsyncSequence>(
        _ parts: Parts, number: Int, take: Int, sha256: String?, to id: TranscriptID, user: UserID
    ) async throws -> OpenRecording where Parts.Element == [UInt8] {
        let open = try await recording(id, user: user)
        // Before the bytes are taken; the transaction below decides.
        guard number <= open.next else { throw TranscriptsFailure.notNext(open.next) }
        return try await blobs.receive(
            from: parts, limit: min(Self.pieceLimit, max(0, limit - (number < open.next ? 0 : open.size)))
        ) {
            received in
            guard received.blob.size > 0 else { throw TranscriptsFailure.emptyFile }
            if let sha256, sha256.lowercased() != received.blob.sha256 { throw TranscriptsFailure.damagedPiece }
            try await received.store()
            return try await database.transaction(as: .user(user)) { transaction in
                guard let transcript = try await store.find(id, user: user, locking: true, in: transaction) else {
                    throw TranscriptsFailure.noRecording
                }
                let pieces = RecordingStore()
                if let known = try await pieces.piece(number, of: id, user: user, in: transaction) {
                    guard known.sha256 == received.blob.sha256 else { throw TranscriptsFailure.otherPiece }
                    return try await opened(transcript, in: transaction)
                }
                guard transcript.state == .recording else { throw TranscriptsFailure.noMorePieces }
                let sum = try await pieces.sum(of: id, user: user, in: transaction)
                guard number == sum.count, take >= sum.take else { throw TranscriptsFailure.notNext(sum.count) }
                try await received.confirm()
                try await pieces.insert(
                    RecordingPiece(number: number, take: take, sha256: received.blob.sha256, size: received.blob.size), of: id,
                    user: user, in: transaction)
                try await enqueueCaption(after: number, of: transcript, in: transaction)
                return try await opened(transcript, in: transaction)
            }
        }
    }

    /// Ends a recording and has it written down. Asked again, it says how that stands.
    ///
    /// - Parameter count: of all pieces that were made; nil for those that came.
    package func finish(_ id: TranscriptID, pieces count: Int?, user: UserID) async throws -> OpenRecording {
        try await database.transaction(as: .user(user)) { transaction in
            guard var transcript = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw TranscriptsFailure.noRecording
            }
            let sum = try await RecordingStore().sum(of: id, user: user, in: transaction)
            guard transcript.state == .recording else { return try await opened(transcript, in: transaction) }
            if let count, count != sum.count { throw TranscriptsFailure.notNext(sum.count) }
            guard sum.count > 0 else { throw TranscriptsFailure.emptyFile }
            transcript.state = .joining
            transcript.updatedAt = ambient.now()
            transcript.jobID = try await enqueue(transcript, in: transaction)
            try await store.update(transcript, in: transaction)
            try await events.append(TranscriptEvents.added, transcript, in: transaction)
            return try await opened(transcript, in: transaction)
        }
    }

    private func opened(_ transcript: Transcript, in transaction: any Transaction) async throws -> OpenRecording {
        let sum = try await RecordingStore().sum(of: transcript.id, user: transcript.userID, in: transaction)
        return OpenRecording(transcript: transcript, next: sum.count, take: sum.take, size: sum.size)
    }
}
