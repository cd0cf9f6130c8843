/// A file on its way in.
package struct Upload<Parts: AsyncSequence & Sendable>: Sendable where Parts.Element == [UInt8] {
    package var filename: String
    package var parts: Parts
    /// Where it was fetched from.
    package var address: String?

    package init(filename: String, parts: Parts, address: String? = nil) {
        self.filename = filename
        self.address = address
        self.parts = parts
    }
}

/// What became of a file that was brought.
package struct Uploaded: Sendable {
    /// What became of the files of an archive.
    package struct Unpacked: Sendable, Hashable {
        package var documents = 0
        /// Files that cannot be read.
        package var skipped: [String] = []
    }

    /// Of an archive, the first.
    package var document: Document
    /// The user had the same file before.
    package var isDuplicate: Bool
    /// Another document with its title or file name, which it could replace.
    package var twin: Document?
    package var unpacked: Unpacked?
}

/// Passes a file's bytes on, and refuses a kind that cannot be read as soon as its beginning shows it.
struct ScreenedParts<Parts: AsyncSequence & Sendable>: AsyncSequence, Sendable where Parts.Element == [UInt8] {
    let parts: Parts
    let filename: String

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: Parts.AsyncIterator
        let filename: String
        private var head: [UInt8] = []
        private var isScreened = false

        init(_ base: Parts.AsyncIterator, filename: String) {
            self.base = base
            self.filename = filename
        }

        mutating func next() async throws -> [UInt8]? {
            guard let bytes = try await base.next() else { return nil }
            if isScreened { return bytes }
            head += bytes.prefix(FileKind.sampleSize - head.count)
            if head.count == FileKind.sampleSize {
                try FileKind.screen(head: head, filename: filename)
                isScreened = true
                head = []
            }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts.makeAsyncIterator(), filename: filename) }
}
