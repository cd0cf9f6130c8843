package import FoundationEssentials

/// Files by the digest of their content: the same bytes are stored once, and what is stored never changes.
///
/// The store does not know who refers to a blob. Whoever does holds a lock of its own, in the database where the references are, from
/// `ReceivedBlob.confirm` until the reference is committed, and around `remove`: then no reference outlives its blob.
package protocol BlobStore: Sendable {
    /// Takes bytes as they come, never holding more than a part of them, and gives `body` what came. Unless `body` stores it, nothing
    /// stays.
    ///
    /// - Parameter limit: how many bytes may come.
    /// - Throws: `BlobFailure` (`payloadTooLarge`, `insufficientStorage`, `unavailable`), and whatever `parts` and `body` throw.
    func receive<Parts: AsyncSequence, Value>(
        from parts: Parts, limit: Int, _ body: (ReceivedBlob) async throws -> Value
    ) async throws -> Value where Parts.Element == [UInt8]

    /// Where the bytes of this content are to be had, to send them; nil if it is not stored.
    func content(of sha256: String) async throws -> BlobContent?

    /// Runs `body` with the path of a local file with this content, for programs that read files; nil if it is not stored. The file is
    /// there until `body` returns, and its bytes must not be changed.
    func withLocalFile<Value>(_ sha256: String, _ body: (String) async throws -> Value) async throws -> Value?

    /// Removes a blob if `isUnused` still says so when no process can put it in place. Returns whether there was one and it went.
    @discardableResult
    func remove(_ sha256: String, if isUnused: () async throws -> Bool) async throws -> Bool

    /// Calls `body` with the digest of each blob that was last put in place before `date`.
    func visit(olderThan date: Date, _ body: (String) async throws -> Void) async throws
}

/// What came.
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
