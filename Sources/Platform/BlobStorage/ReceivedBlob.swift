import Concurrency

/// Bytes that have come whole and are on the disk, but not in the store yet.
package struct ReceivedBlob: Sendable {
    package let blob: StoredBlob
    /// The file that holds them until `store`, to be looked at.
    package var path: String { draft.path }
    private let draft: BlobDraft
    private let place: String
    private let lockFile: String

    init(_ blob: StoredBlob, draft: BlobDraft, place: String, lockFile: String) {
        self.blob = blob
        self.draft = draft
        self.place = place
        self.lockFile = lockFile
    }

    /// Puts the blob into the store: when this returns it is there whole and survives a power cut. To be called once.
    package func store() async throws {
        try await BlockingPool.shared.run { [draft, place] in
            try Folder.make(Folder.parent(of: place))
            try draft.move(to: place)
        }
    }

    /// After `store`, under the lock that removals of this content respect: puts the blob back if it was removed in between. Mostly it
    /// is there, which a few system calls tell. May be called again, as by a transaction that runs anew.
    package func confirm() async throws {
        try await DiskBlobStore.prompt.run { [draft, place, lockFile, blob] in
            let lock = try BlobLock(file: lockFile, sha256: blob.sha256)
            try withExtendedLifetime(lock) { try draft.putBack(at: place) }
        }
    }
}
