import Ambient
import BlobStorage
import Concurrency
import Database
import FoundationEssentials
import Telemetry

/// What keeps documents, their jobs and their files in step: at the start of the program, and from time to time.
extension LibraryService {
    /// How many files are asked about, or removed, in one transaction.
    private static let sweepStep = 100

    /// Sees to it that every document that is not finished has a job, and that all come to be searched by the model that is wanted here; of
    /// those that have vectors of neither that nor the serving one, which are found by their words until they do, as of those that are not
    /// finished, returns how many there are.
    @discardableResult
    package func resume() async throws -> Int {
        let model = try await renewal.settle().serving
        let open = try await database.read(as: .system) { try await documents.unfinished(model: model, in: $0) }
        for document in open {
            try await database.transaction(as: .system) { transaction in
                _ = try await enqueue(document, in: transaction)
            }
        }
        if !open.isEmpty { logger.info("documents are read on", ["count": "\(open.count)"]) }
        try await renewKeywords()
        return open.count
    }

    /// Has documents read that hold scanned pages which nothing here could read when they came. What was read of one serves until the
    /// new text is ready. Returns how many there are.
    @discardableResult
    package func readUnreadPages() async throws -> Int {
        let unread = try await database.read(as: .system) { try await documents.withUnreadPages(in: $0) }
        var count = 0
        for document in unread {
            let isBegun = try await database.transaction(as: .system) { transaction in
                // Another process may start at the same time.
                try await documents.lockContent(document.sha256, in: transaction)
                guard let current = try await documents.find(document.id, in: transaction), current.status == document.status else {
                    return false
                }
                if current.status == .completed {
                    guard try await editions.draft(of: current.id, in: transaction) == nil else { return false }
                    _ = try await begin(current, from: current, version: current.version, in: transaction)
                } else {
                    try await documents.setPending(current.id, now: ambient.now(), in: transaction)
                    _ = try await enqueue(current, in: transaction)
                }
                return true
            }
            if isBegun { count += 1 }
        }
        if count > 0 { logger.info("scanned pages are read that could not be before", ["documents": "\(count)"]) }
        return count
    }

    /// Makes the keywords of documents anew that an older analyzer made. They are found as before until each is done.
    func renewKeywords() async throws {
        var count = 0
        while true {
            let batch = try await database.read(as: .system) {
                try await keywords.outdated(limit: 50, in: $0)
            }
            if batch.isEmpty { break }
            for (document, user) in batch {
                try Task.checkCancellation()
                try await database.transaction(as: .system) { transaction in
                    // Another process may have done it meanwhile, or the document may be going.
                    guard try await keywords.isOutdated(document, in: transaction) else { return }
                    let chunks = try await texts.chunks(of: document, in: transaction)
                    let terms = await BlockingPool.shared.run {
                        DocumentTerms(texts: chunks.map(Ingestion.placedText))
                    }
                    try await keywords.save(terms, of: document, user: user, in: transaction)
                }
                count += 1
            }
        }
        if count > 0 { logger.info("keywords were made anew", ["documents": "\(count)"]) }
    }

    /// Removes files that no document refers to and that came more than an hour ago: what crashes and refusals left. Returns how many
    /// went.
    @discardableResult
    package func sweep() async throws -> Int {
        var (removed, open) = (0, [String]())
        func look() async throws {
            // Asked without a lock first: nearly every file is somebody's.
            let known = try await database.read(as: .system) { [open] in try await documents.referenced(of: open, in: $0) }
            removed += try await removeUnused(open.filter { !known.contains($0) })
            open = []
        }
        try await blobs.visit(olderThan: ambient.now().addingTimeInterval(-3600)) { digest in
            open.append(digest)
            if open.count == Self.sweepStep { try await look() }
        }
        try await look()
        if removed > 0 { logger.info("files nobody refers to were removed", ["count": "\(removed)"]) }
        return removed
    }

    /// Removes a file that has lost its document; what fails is left to the next sweep.
    func dropFile(_ digest: String) async {
        do {
            try await removeUnused([digest])
        } catch { logger.failure("the file of a deleted document was not removed", error) }
    }

    /// Removes files unless a document refers to them, or one that is being added will. Returns how many went.
    @discardableResult
    func removeUnused(_ digests: [String]) async throws -> Int {
        var removed = 0
        // In one order everywhere, so that two who lock several contents do not wait for each other.
        for batch in Set(digests).sorted().batches(of: Self.sweepStep) {
            removed += try await database.transaction(as: .system) { transaction in
                for digest in batch { try await documents.lockContent(digest, in: transaction) }
                var count = 0
                for digest in batch
                where try await blobs.remove(digest, if: { try await !documents.isReferenced(digest, in: transaction) }) {
                    count += 1
                }
                return count
            }
        }
        return removed
    }
}
