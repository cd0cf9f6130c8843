package import Ambient
package import BlobStorage
import Database
import FoundationEssentials
import Jobs
import Speech
import Telemetry

extension ReadAloudService {
    package func audio(_ id: SpokenAudioID, user: UserID) async throws -> SpokenAudio {
        try await database.read(as: .user(user)) { transaction in
            guard let audio = try await store.find(id, user: user, in: transaction) else { throw ReadAloudFailure.noAudio }
            return audio
        }
    }

    /// The newest first.
    package func list(user: UserID, offset: Int, limit: Int) async throws -> (list: [SpokenAudio], total: Int) {
        try await database.read(as: .user(user)) { try await store.list(user: user, offset: offset, limit: limit, in: $0) }
    }

    /// The file of one that is ready.
    package func file(_ id: SpokenAudioID, user: UserID) async throws -> (audio: SpokenAudio, digest: String, content: BlobContent)
    {
        let audio = try await audio(id, user: user)
        switch audio.state {
        case .pending: throw ReadAloudFailure.notReady
        case .failed: throw ReadAloudFailure.failed(audio.problem)
        case .ready: break
        }
        guard let digest = audio.sha256, let content = try await blobs.content(of: digest) else { throw ReadAloudFailure.noAudio }
        return (audio, digest, content)
    }

    package func delete(_ id: SpokenAudioID, user: UserID) async throws {
        let digest = try await database.transaction(as: .user(user)) { transaction in
            guard let audio = try await store.find(id, user: user, in: transaction) else { throw ReadAloudFailure.noAudio }
            try await jobs.cancel(ReadAloudJobs.narrate, uniqueKey: "spoken:\(id)", in: transaction)
            _ = try await store.delete(id, user: user, in: transaction)
            return audio.sha256
        }
        if let digest { await drop(digest) }
    }

    private func drop(_ digest: String) async {
        do { try await removeUnused(digest) } catch { logger.failure("the file of a deleted recording was not removed", error) }
    }

    /// Removes a file that nothing refers to.
    @discardableResult
    func removeUnused(_ digest: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await blobs.remove(digest) { try await !store.isReferenced(digest, in: transaction) }
        }
    }

    /// Removes what nobody has listened to for so many days, and files that nothing refers to. Returns how many went.
    func sweep(keeping days: Int) async throws -> (rows: Int, files: Int) {
        let now = ambient.now()
        var (rows, files) = (0, 0)
        while true {
            let some = try await database.transaction(as: .system) {
                try await store.deleteUnused(since: now.addingTimeInterval(-86_400 * Double(days)), limit: 200, in: $0)
            }
            rows += some
            if some < 200 { break }
        }
        // One that was put in place a moment ago may not be referred to yet.
        try await blobs.visit(olderThan: now.addingTimeInterval(-3_600)) { digest in
            if try await removeUnused(digest) { files += 1 }
        }
        return (rows, files)
    }
}
