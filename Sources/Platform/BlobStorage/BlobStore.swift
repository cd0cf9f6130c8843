package import FoundationEssentials

/// Files by the digest of their content: the same bytes are stored once, and what is stored never changes.
package protocol BlobStore: Sendable {
    /// Stores bytes as they come, never holding more than a part of them.
    ///
    /// When it returns, the blob is on the disk whole and survives a power cut; when it throws, or the program dies, there is nothing.
    /// - Parameter limit: how many bytes may come.
    /// - Throws: `BlobFailure` (`payloadTooLarge`, `insufficientStorage`), and whatever `parts` throws.
    func write<Parts: AsyncSequence>(from parts: Parts, limit: Int) async throws -> StoredBlob where Parts.Element == [UInt8]

    /// The local file with this content, to send or to read; nil if it is not stored. Its bytes must not be changed.
    func path(of sha256: String) -> String?

    /// Removes a blob at once; it is no error if there is none.
    ///
    /// Only for a blob that nobody can be storing again at this moment. To clean up after deleted documents use `sweep`.
    func remove(_ sha256: String) async throws

    /// Removes what nobody refers to and what was last written before `date`; returns how many blobs went.
    ///
    /// `write` renews a blob that exists, so content that is being stored again while its last owner goes away is kept. `date` must be
    /// further back than the longest time between a `write` and the commit of the row that names it.
    func sweep(before date: Date, isReferenced: @Sendable (String) async throws -> Bool) async throws -> Int
}

/// What was stored.
package struct StoredBlob: Sendable, Hashable {
    /// The digest of the content: 64 lower-case hexadecimal digits.
    package let sha256: String
    /// Bytes.
    package let size: Int

    package init(sha256: String, size: Int) {
        self.sha256 = sha256
        self.size = size
    }
}
