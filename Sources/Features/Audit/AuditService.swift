import Accounts
package import Ambient
package import Database
import Events
import FoundationEssentials
import Jobs
package import Telemetry

/// The rules of the audit log: how entries come into the chain, who reads them, how long they are kept, and whether they are as they were.
package struct AuditService: Sendable {
    let database: any Database
    let store = AuditStore()
    let ambient: Ambient
    let logger: Logger
    /// For how long entries are kept.
    let lifetime: TimeInterval

    package init(database: any Database, days: Int, ambient: Ambient = .live, logger: Logger = .silent) {
        (self.database, self.ambient) = (database, ambient)
        self.logger = logger.labelled("audit")
        lifetime = TimeInterval(days) * 86_400
    }

    /// Gives entries that wait their places in the chain, up to a batch; returns how many. Processes take turns by the row of the head, so
    /// that no security event waits for another's transaction.
    @discardableResult
    package func seal(limit: Int = 500) async throws -> Int {
        guard try await database.read(as: .system, { try await store.hasWaiting(in: $0) }) else { return 0 }
        return try await database.transaction(as: .system) { transaction in
            let head = try await store.head(forUpdate: true, in: transaction)
            var (sequence, hash) = (head.lastSequence, head.lastHash)
            for entry in try await store.waiting(limit: limit, in: transaction) {
                let next = AuditChain.hash(entry, sequence: sequence + 1, after: hash)
                try await store.place(entry, at: sequence + 1, after: hash, hash: next, in: transaction)
                (sequence, hash) = (sequence + 1, next)
            }
            let count = Int(sequence - head.lastSequence)
            if count > 0 { try await store.setLast(sequence, hash, in: transaction) }
            return count
        }
    }

    /// The newest first.
    package func entries(_ filter: AuditFilter, offset: Int, limit: Int) async throws -> (entries: [AuditEntry], total: Int) {
        try await database.read(as: .system) { try await store.entries(filter, offset: offset, limit: limit, in: $0) }
    }

    /// How the people in these entries are called.
    func names(in entries: [AuditEntry]) async throws -> [UserID: String] {
        let people = Set(entries.flatMap { [$0.subjectID, $0.actorID] }.compactMap { $0 })
        return try await database.read(as: .system) { try await PeopleDirectory().names(of: people, in: $0) }
    }

    /// All entries, the oldest first, a batch at a time.
    package func export(_ filter: AuditFilter, batch: Int = 500, _ body: ([AuditEntry]) async throws -> Void) async throws {
        var last: EventID?
        while true {
            let from = last
            let entries = try await database.read(as: .system) { transaction in
                try await store.entries(filter, after: from, limit: batch, in: transaction)
            }
            if entries.isEmpty { return }
            try await body(entries)
            last = entries.last?.id
        }
    }

    /// Reads the whole chain.
    ///
    /// - Parameter known: an entry's place and hash, noted outside the database earlier: where the whole chain was made anew it does not
    ///   hold that one.
    package func verify(knowing known: (sequence: Int64, hash: String)? = nil, batch: Int = 1000) async throws -> AuditReport {
        while try await seal() > 0 {}
        let (head, waiting) = try await database.read(as: .system) { transaction in
            (try await store.head(in: transaction), try await store.waiting(in: transaction))
        }
        var report = AuditReport(waiting: waiting, head: head)
        var (sequence, hash) = (head.firstSequence, head.firstHash)
        var isKnownThere = known.map { $0.sequence == sequence && $0.hash == hash } ?? true
        while sequence < head.lastSequence {
            let from = sequence
            let entries = try await database.read(as: .system) { transaction in
                try await store.chain(after: from, limit: batch, in: transaction)
            }
            for entry in entries where (entry.sequence ?? 0) <= head.lastSequence {
                guard entry.sequence == sequence + 1 else {
                    report.problem = "Entry \(sequence + 1) is missing."
                    return report
                }
                guard entry.previous == hash, entry.hash == AuditChain.hash(entry, sequence: sequence + 1, after: hash) else {
                    report.problem = "Entry \(sequence + 1) is not as it was written."
                    return report
                }
                (sequence, hash) = (sequence + 1, entry.hash ?? "")
                report.entries += 1
                if let known, known.sequence == sequence { isKnownThere = known.hash == hash }
            }
            if entries.isEmpty { break }
        }
        if sequence != head.lastSequence || hash != head.lastHash {
            report.problem = "The chain ends at entry \(sequence), and should at \(head.lastSequence)."
        } else if !isKnownThere, let known {
            report.problem =
                known.sequence <= head.firstSequence
                ? "Entry \(known.sequence) is too old to be kept; note a newer one."
                : "Entry \(known.sequence) has another hash than you noted: the chain was made anew."
        }
        return report
    }

    /// Removes what is older than is to be kept, from the old end; returns how many. Where the chain begins then is noted with the hash of
    /// the last that went, so that what stays can be checked as before.
    @discardableResult
    package func prune() async throws -> Int {
        let end = ambient.now().addingTimeInterval(-lifetime)
        return try await database.transaction(as: .system) { transaction in
            try await transaction.withoutTimeLimit()
            let head = try await store.head(forUpdate: true, in: transaction)
            guard let last = try await store.last(before: end, in: transaction), let sequence = last.sequence, let hash = last.hash,
                sequence > head.firstSequence
            else { return 0 }
            try await store.setFirst(sequence, hash, in: transaction)
            return try await store.removeBeforeFirst(in: transaction)
        }
    }
}
