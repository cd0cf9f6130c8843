import Ambient
import Assembly
import BlobStorage
import Database
import Events
import FoundationEssentials
import Jobs
import Sandbox

/// Archives of accounts, taken in: by a request that brings the file, and a job that reads it.
struct AccountImports: Sendable {
    /// Goes on with what came in, feature by feature.
    typealias Welcome = @Sendable (UserID, any Transaction) async throws -> Void

    /// How many are listed.
    private static let mostListed = 20

    let database: any Database
    let jobs: JobQueue
    let outbox: EventOutbox
    let archive: AccountArchive
    let sandbox: Sandbox
    let welcomes: [Welcome]
    /// Takes over what a person says of themselves.
    let profile: @Sendable (UserID, [UInt8]) async throws -> Void
    /// Bytes of a file.
    let limit: Int
    let ambient: Ambient
    private let store = AccountImportStore()

    init(
        database: any Database, jobs: JobQueue, outbox: EventOutbox, archive: AccountArchive, sandbox: Sandbox, welcomes: [Welcome],
        profile: @escaping @Sendable (UserID, [UInt8]) async throws -> Void, limit: Int, ambient: Ambient
    ) {
        self.database = database
        self.jobs = jobs
        self.outbox = outbox
        self.archive = archive
        self.sandbox = sandbox
        self.welcomes = welcomes
        self.profile = profile
        self.limit = limit
        self.ambient = ambient
    }

    /// Keeps a file and has it read. What is wrong with it beyond its first bytes the report says.
    func take<Parts: AsyncSequence>(_ parts: Parts, user: UserID) async throws -> AccountImport where Parts.Element == [UInt8] {
        if try await database.read(as: .user(user), { try await store.isRunning(of: user, in: $0) }) {
            throw AccountsFailure.importRunning
        }
        return try await archive.archives.receive(from: parts, limit: limit) { received in
            let head = try await BlobContent.file(path: received.path).parts.first { _ in true } ?? []
            guard head.starts(with: [0x50, 0x4B, 3, 4]) else { throw AccountsFailure.noArchive }
            try await received.store()
            do {
                return try await database.transaction(as: .user(user)) { transaction in
                    try await received.confirm()
                    let id: AccountImportID = ambient.newID()
                    let made = AccountImport(
                        id: id, userID: user, sha256: received.blob.sha256, size: received.blob.size, state: .running,
                        report: ImportReport(), jobID: nil, createdAt: ambient.now())
                    try await store.insert(made, in: transaction)
                    let job = try await jobs.enqueue(AccountJobs.takeIn, .init(importID: id), user: user, in: transaction)
                    try await store.setJob(Identifier(job.uuid), of: id, user: user, in: transaction)
                    guard let kept = try await store.find(id, user: user, in: transaction) else { throw AccountsFailure.noImport }
                    return kept
                }
            } catch let failure as DatabaseFailure where failure.kind == .unique {
                throw AccountsFailure.importRunning
            }
        }
    }

    func list(of user: UserID) async throws -> [AccountImport] {
        try await database.read(as: .user(user)) { try await store.list(of: user, limit: Self.mostListed, in: $0) }
    }

    /// With how far its job is.
    func find(_ id: AccountImportID, user: UserID) async throws -> (AccountImport, JobProgress?) {
        guard let found = try await database.read(as: .user(user), { try await store.find(id, user: user, in: $0) }) else {
            throw AccountsFailure.noImport
        }
        guard found.state == .running, let job = found.jobID else { return (found, nil) }
        return (found, try? await jobs.job(JobID(job.uuid), of: user).progress)
    }

    // MARK: - The job

    func read(_ id: AccountImportID, _ context: JobContext) async throws -> JobResult? {
        guard let user = context.userID,
            let kept = try await database.read(as: context.actor, { try await store.find(id, user: user, in: $0) }),
            kept.state == .running
        else { return nil }
        let read = try await archive.archives.withLocalFile(kept.sha256) { path in
            let file = try await ArchiveFile(path: path, sandbox: sandbox, scratch: archive.archives)
            let read = try await AccountIntake(
                archive: file, portability: archive.portability, stores: archive.stores, database: database, context: context,
                user: user
            ).run(kept)
            for welcome in welcomes { try await context.keep(in: database) { try await welcome(user, $0) } }
            if let own = try await file.content("account.json") { try await profile(user, own) }
            return read
        }
        guard var read else { throw AccountsFailure.archiveGone }
        read.state = .completed
        read.finishedAt = ambient.now()
        let done = read
        try await context.keep(in: database) { transaction in
            try await store.update(done, in: transaction)
            try await outbox.append(
                EventDraft(type: AccountsEvents.imported.name, userID: user, payload: AccountsEvents.Imported(done)),
                in: transaction)
            try await context.succeed(with: ["import_id": id.description, "left": "\(done.report.left)"], in: transaction)
        }
        await drop(done.sha256)
        return nil
    }

    /// It cannot be read to its end: what came in stays, and its owner is told why.
    func noteFailed(_ id: AccountImportID, message: String?, user: UserID, in transaction: any Transaction) async throws {
        guard var kept = try await store.find(id, user: user, in: transaction), kept.state == .running else { return }
        kept.state = .failed
        kept.problem = message ?? "The archive could not be read."
        kept.finishedAt = ambient.now()
        try await store.update(kept, in: transaction)
        try await outbox.append(
            EventDraft(type: AccountsEvents.imported.name, userID: user, payload: AccountsEvents.Imported(kept)), in: transaction)
    }

    private func drop(_ sha256: String) async { _ = try? await dropUnused(sha256) }

    func dropUnused(_ sha256: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await archive.archives.remove(sha256) { try await !store.isAwaited(sha256, in: transaction) }
        }
    }

    /// Removes files that no job is to read: archives that failed, and rows of downloads that broke off.
    func sweep() async throws -> Int {
        var removed = 0
        try await archive.archives.visit(olderThan: ambient.now().addingTimeInterval(-3_600)) { digest in
            if try await dropUnused(digest) { removed += 1 }
        }
        return removed
    }
}
