import Ambient
import BlobStorage
import Concurrency
import Database
import FoundationEssentials
import Glibc
import Jobs
import Speech
import Telemetry

extension TranscriptsService {
    /// The work of a job: makes one file of the pieces of a recording, and puts it in line to be written down.
    ///
    /// A take is a file of a browser's own kind without a length and without an index; several of them are no file at all. So each is read
    /// as far as it can be, and all are written anew as one, which any player can seek in.
    func joinPieces(of id: TranscriptID, _ context: JobContext) async throws {
        guard let user = context.userID else { return }
        let (known, pieces) = try await database.read(as: .user(user)) { transaction in
            (
                try await store.find(id, user: user, in: transaction),
                try await RecordingStore().pieces(of: id, user: user, in: transaction)
            )
        }
        guard let known, known.state == .joining, !pieces.isEmpty else { return }
        let folder = FileManager.default.temporaryDirectory.path + "/lm-join-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sound = try await BlockingPool.shared.run { try SoundWriter(folder + "/sound") }
        let takes = Dictionary(grouping: pieces, by: \.take).sorted { $0.key < $1.key }
        var gaps: [Transcript.Gap] = []
        for (number, take) in takes.enumerated() {
            context.progress(stage: "joining", done: number, total: takes.count)
            let path = folder + "/take\(number)"
            try await gather(take.value, into: path)
            let now = sound.size / 2 * 1000 / SampleFile.rate
            do {
                let decoded = try await DecodedSound(path, by: tool, atMost: Self.longest, isMended: true)
                for try await part in FileParts(path: decoded.path) { await BlockingPool.shared.run { sound.write(part) } }
                // A browser does not know how long a take becomes, so none ends early.
                gaps += decoded.gaps.map { .init(start: now + $0.start, end: now + $0.end, reason: $0.reason) }
            } catch let failure as SpeechFailure where failure.reason == .refused {
                logger.failure("a take of a recording cannot be read", failure)
                // What is lost is noted where it would be.
                gaps.append(.init(start: now, end: now, reason: .lost))
            }
            try await BlockingPool.shared.run {
                try sound.finish()
                unlink(path)
            }
        }
        guard sound.size > 0 else { throw TranscriptsFailure.silent }
        let target = folder + "/joined"
        let file = try await BlockingPool.shared.run { try SoundWriter(target) }
        try await encode(folder + "/sound", into: file)
        try await keep(target, of: id, gaps: gaps, user: user, context)
        await drop(Set(pieces.map(\.sha256)))
    }

    private func encode(_ samples: String, into file: SoundWriter) async throws {
        let encoder = try await tool.encoder(rate: SampleFile.rate, as: .opus)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await part in FileParts(path: samples) { try await encoder.append(part) }
                encoder.finish()
            }
            for await part in encoder.output { await BlockingPool.shared.run { file.write(part) } }
            try await group.waitForAll()
        }
        try await encoder.check()
        try await BlockingPool.shared.run { try file.finish() }
    }

    private func keep(_ path: String, of id: TranscriptID, gaps: [Transcript.Gap], user: UserID, _ context: JobContext) async throws
    {
        try await blobs.receive(from: FileParts(path: path), limit: .max) { received in
            try await received.store()
            try await context.keep(in: database) { transaction in
                guard var transcript = try await store.find(id, user: user, locking: true, in: transaction),
                    transcript.state == .joining
                else { return }
                try await received.confirm()
                transcript.sha256 = received.blob.sha256
                transcript.size = received.blob.size
                transcript.gaps = gaps
                transcript.state = .pending
                transcript.jobID = try await enqueue(transcript, in: transaction)
                try await store.update(transcript, in: transaction)
                try await RecordingStore().deleteAll(of: id, user: user, in: transaction)
                try await events.append(TranscriptEvents.joined, transcript, in: transaction)
                try await context.succeed(with: ["transcript_id": id.description], in: transaction)
            }
        }
    }

    /// Puts the pieces of a take one behind the other.
    func gather(_ pieces: [RecordingPiece], into path: String) async throws {
        let writer = try await BlockingPool.shared.run { try SoundWriter(path) }
        for piece in pieces {
            let found: Void? = try await blobs.withLocalFile(piece.sha256) { source in
                for try await part in FileParts(path: source) { await BlockingPool.shared.run { writer.write(part) } }
            }
            // Without it the rest of the take may still be read.
            if found == nil { logger.error("a piece of a recording is lost", ["sha256": piece.sha256]) }
        }
        try await BlockingPool.shared.run { try writer.finish() }
    }
}

/// The bytes of a file as parts that come one after the other.
struct FileParts: AsyncSequence, Sendable {
    let path: String

    struct AsyncIterator: AsyncIteratorProtocol {
        let path: String
        private var offset = 0

        init(path: String) { self.path = path }

        mutating func next() async throws -> [UInt8]? {
            let (path, start) = (path, offset)
            let part = try await BlockingPool.shared.run { try Self.read(path, from: start) }
            offset += part.count
            return part.isEmpty ? nil : part
        }

        private static func read(_ path: String, from offset: Int) throws(TranscriptsFailure) -> [UInt8] {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .noRecording }
            defer { close(descriptor) }
            var bytes = [UInt8](repeating: 0, count: 256 << 10)
            let count = pread(descriptor, &bytes, bytes.count, off_t(offset))
            guard count >= 0 else { throw .noRecording }
            return Array(bytes[..<count])
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(path: path) }
}
