package import Ambient
package import BlobStorage
import Concurrency
package import Database
import FoundationEssentials

/// Keeps the pictures and sounds of cards.
package struct CardMediaService: Sendable {
    let database: any Database
    let blobs: any BlobStore
    let ambient: Ambient
    let store = CardMediaStore()

    package init(database: any Database, blobs: any BlobStore, ambient: Ambient = .live) {
        self.database = database
        self.blobs = blobs
        self.ambient = ambient
    }

    /// Keeps a file under its name, or under one like it where that is taken by another.
    func add<Parts: AsyncSequence>(
        _ parts: Parts, named filename: String, user: UserID, fence: @Sendable (any Transaction) async throws -> Void = { _ in }
    ) async throws -> CardMedium where Parts.Element == [UInt8] {
        guard let name = CardMedium.name(filename) else { throw CardsFailure.noMedium }
        return try await blobs.receive(from: parts, limit: CardMedium.limit) { received in
            let path = received.path
            let head = await BlockingPool.shared.run { MediumKind.head(ofFileAt: path) }
            guard let type = MediumKind.mediaType(of: head) else { throw CardsFailure.noMedium }
            let blob = received.blob
            try await received.store()
            return try await database.transaction(as: .user(user)) { transaction in
                try await fence(transaction)
                try await received.confirm()
                for name in [name, CardMedium.name(name, of: blob.sha256)] {
                    let medium = CardMedium(userID: user, name: name, sha256: blob.sha256, size: blob.size, mediaType: type)
                    if try await store.insert(medium, at: ambient.now(), in: transaction) { return medium }
                    if let known = try await store.find(name, user: user, in: transaction), known.sha256 == blob.sha256 {
                        return known
                    }
                }
                throw CardsFailure.noMedium
            }
        }
    }

    func medium(_ name: String, user: UserID) async throws -> (medium: CardMedium, content: BlobContent) {
        let found = try await database.read(as: .user(user)) { try await store.find(name, user: user, in: $0) }
        guard let found, let content = try await blobs.content(of: found.sha256) else { throw CardsFailure.missingMedium }
        return (found, content)
    }

    /// Removes a file that nothing refers to.
    @discardableResult
    func removeUnused(_ sha256: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await blobs.remove(sha256) { try await !store.isReferenced(sha256, in: transaction) }
        }
    }

    /// Forgets what no card shows for a day, and removes the files of it.
    func sweep() async throws -> Int {
        let now = ambient.now()
        _ = try await database.transaction(as: .system) {
            try await store.deleteUnused(before: now.addingTimeInterval(-86_400), in: $0)
        }
        var removed = 0
        try await blobs.visit(olderThan: now.addingTimeInterval(-3_600)) { digest in
            if try await removeUnused(digest) { removed += 1 }
        }
        return removed
    }
}
