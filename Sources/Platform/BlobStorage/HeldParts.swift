/// Bytes that are all there, as a file on its way in.
package struct HeldParts: AsyncSequence, Sendable {
    private let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var rest: ArraySlice<UInt8>

        package mutating func next() async -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(1 << 18) }
            return Array(rest.prefix(1 << 18))
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes[...]) }
}
