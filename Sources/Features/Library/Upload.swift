import Synchronization

/// A file on its way in, and what the person says of it.
package struct Upload<Parts: AsyncSequence & Sendable>: Sendable where Parts.Element == [UInt8] {
    package var filename: String
    package var parts: Parts

    package init(filename: String, parts: Parts) {
        self.filename = filename
        self.parts = parts
    }
}

/// Passes a file's bytes on and keeps both ends of it, by which its kind is told. Refuses a kind that cannot be read as soon as the
/// beginning shows it.
struct SampledParts<Parts: AsyncSequence & Sendable>: AsyncSequence, Sendable where Parts.Element == [UInt8] {
    final class Sample: Sendable {
        private let state = Mutex<(head: [UInt8], tail: [UInt8])>(([], []))

        var head: [UInt8] { state.withLock { $0.head } }
        var tail: [UInt8] { state.withLock { $0.tail } }

        /// Returns whether the head has just become full.
        func take(_ bytes: [UInt8]) -> Bool {
            let size = DocumentFormat.sampleSize
            return state.withLock { state in
                let room = size - state.head.count
                if room > 0 { state.head += bytes.prefix(room) }
                state.tail += bytes.suffix(size)
                if state.tail.count > size * 4 { state.tail.removeFirst(state.tail.count - size) }
                return room > 0 && state.head.count == size
            }
        }

        func format(filename: String) -> DocumentFormat? {
            let (head, tail) = state.withLock { $0 }
            return DocumentFormat.detect(head: head, tail: Array(tail.suffix(DocumentFormat.sampleSize)), filename: filename)
        }

        /// Whether the beginning alone rules every kind out. A zip tells what it is at its end.
        func isHopeless(filename: String) -> Bool {
            let head = head
            if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return false }
            return DocumentFormat.detect(head: head, tail: head, filename: filename) == nil
        }
    }

    let parts: Parts
    let filename: String
    let sample = Sample()

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: Parts.AsyncIterator
        let filename: String
        let sample: Sample

        mutating func next() async throws -> [UInt8]? {
            guard let bytes = try await base.next() else { return nil }
            if sample.take(bytes), sample.isHopeless(filename: filename) { throw LibraryFailure.unknownType }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: parts.makeAsyncIterator(), filename: filename, sample: sample) }
}
