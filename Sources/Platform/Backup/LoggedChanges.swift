/// Pages of SQLite's file as transactions wrote them, in order: of each its number, the file's size in pages if a transaction ends with it,
/// and its bytes.
package struct LoggedChanges: Sendable {
    static let headSize = 8

    package let pageSize: Int
    /// The page size, then page after page.
    package let bytes: [UInt8]

    /// - Parameter pages: of each eight bytes (its number, the size in pages or 0; the highest byte first), then the page.
    package init(pageSize: Int, pages: [UInt8]) {
        self.pageSize = pageSize
        bytes = Self.bytes(of: UInt32(pageSize)) + pages
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4 else { return nil }
        let size = Int(Self.number(in: bytes, at: 0))
        guard size >= 512, size <= 65_536, size & (size - 1) == 0, (bytes.count - 4) % (size + Self.headSize) == 0 else {
            return nil
        }
        pageSize = size
        self.bytes = bytes
    }

    var count: Int { (bytes.count - 4) / (pageSize + Self.headSize) }

    /// The n-th page: its number, the size in pages of the file where a transaction ends, and where its bytes are.
    func page(_ index: Int) -> (number: Int, size: Int, range: Range<Int>) {
        let start = 4 + index * (pageSize + Self.headSize)
        let body = start + Self.headSize
        return (Int(Self.number(in: bytes, at: start)), Int(Self.number(in: bytes, at: start + 4)), body..<body + pageSize)
    }

    private static func number(in bytes: [UInt8], at start: Int) -> UInt32 {
        bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(of number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
}
