/// Files that the rows of an account named which is gone. Whoever keeps them removes those at once that nobody else has.
package struct LeftFiles: Codable, Sendable {
    package let digests: [String]

    /// So many in one job: each is asked about in a transaction.
    private static let most = 500

    private init(digests: [String]) { self.digests = digests }

    /// Those of a job each.
    package static func batches(_ digests: some Sequence<String>) -> [LeftFiles] {
        let all = Set(digests).subtracting([""]).sorted()
        return stride(from: 0, to: all.count, by: most).map { LeftFiles(digests: Array(all[$0..<min($0 + most, all.count)])) }
    }
}
