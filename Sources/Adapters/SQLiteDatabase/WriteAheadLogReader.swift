import Backup
import Database
import Glibc

/// A place in SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html#walformat), from which pages are read as far as they are whole.
struct WriteAheadLogReader {
    private static let headSize = 32
    private static let frameHeadSize = 24

    /// Drawn anew each time that the log is begun; the first is one more than before.
    private(set) var salts: (UInt32, UInt32) = (0, 0)
    private(set) var pageSize = 0
    /// Where the next page begins.
    private(set) var end = 0
    private(set) var frames = 0
    private var isBigEndian = false
    private var sums: (UInt32, UInt32) = (0, 0)

    /// There was no log when it was looked for.
    var isBeforeFirst: Bool { pageSize == 0 }

    /// Before the first page; nil if there is no log.
    init?(atStartOf path: String) throws(DatabaseFailure) {
        guard let head = try Self.bytes(of: path, from: 0, count: Self.headSize), head.count == Self.headSize else { return nil }
        let magic = Self.number(head, 0, true)
        guard magic & ~1 == 0x377F_0682 else { return nil }
        isBigEndian = magic & 1 == 1
        pageSize = Int(Self.number(head, 8, true))
        salts = (Self.number(head, 16, true), Self.number(head, 20, true))
        sums = Self.sums(head[..<24], after: (0, 0), isBigEndian)
        guard sums == (Self.number(head, 24, true), Self.number(head, 28, true)) else { return nil }
        end = Self.headSize
    }

    /// Behind the last page. Where there is no log yet, before the first of the one that comes.
    init(atEndOf path: String) throws(DatabaseFailure) {
        guard var reader = try WriteAheadLogReader(atStartOf: path) else {
            self.init()
            return
        }
        _ = try reader.read(path)
        self = reader
    }

    private init() {}

    /// Whether the other log is the next after this.
    func isFollowed(by other: WriteAheadLogReader) -> Bool { isBeforeFirst || other.salts.0 == salts.0 &+ 1 }

    /// The pages of all whole transactions from here on, as `LoggedChanges` has them. Goes on behind them.
    mutating func read(_ path: String) throws(DatabaseFailure) -> [UInt8] {
        let size = Self.frameHeadSize + pageSize
        guard let bytes = try Self.bytes(of: path, from: end, count: nil) else { return [] }
        var pages: [UInt8] = []
        var (sums, whole) = (self.sums, 0)
        var (at, count, kept) = (0, 0, 0)
        while at + size <= bytes.count {
            let head = bytes[at..<at + Self.frameHeadSize]
            guard (Self.number(bytes, at + 8, true), Self.number(bytes, at + 12, true)) == salts else { break }
            sums = Self.sums(head.prefix(8), after: sums, isBigEndian)
            sums = Self.sums(bytes[at + Self.frameHeadSize..<at + size], after: sums, isBigEndian)
            guard sums == (Self.number(bytes, at + 16, true), Self.number(bytes, at + 20, true)) else { break }
            pages += head.prefix(8)
            pages += bytes[at + Self.frameHeadSize..<at + size]
            at += size
            count += 1
            if Self.number(bytes, at - size + 4, true) > 0 { (self.sums, whole, kept) = (sums, at, count) }
        }
        pages.removeLast((count - kept) * (8 + pageSize))
        end += whole
        frames += kept
        return pages
    }

    /// Whether a page of this log stands behind what was read.
    func hasMore(_ path: String) throws(DatabaseFailure) -> Bool {
        if isBeforeFirst { return false }
        guard let head = try Self.bytes(of: path, from: end, count: Self.frameHeadSize), head.count == Self.frameHeadSize else {
            return false
        }
        return (Self.number(head, 8, true), Self.number(head, 12, true)) == salts
    }

    /// nil if there is no such file.
    private static func bytes(of path: String, from start: Int, count: Int?) throws(DatabaseFailure) -> [UInt8]? {
        // Unlike the database's file and its index, the log bears no locks that would end with the descriptor.
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw DatabaseFailure(.connection, "\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: max(0, min(count ?? .max, Int(status.st_size) - start)))
        var at = 0
        while at < bytes.count {
            let more = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress.map { $0 + at }, $0.count - at, off_t(start + at))
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { break }
            at += more
        }
        return Array(bytes.prefix(at))
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ isBigEndian: Bool) -> UInt32 {
        let parts = (0..<4).map { UInt32(bytes[at + $0]) }
        return isBigEndian
            ? parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3]
            : parts[3] << 24 | parts[2] << 16 | parts[1] << 8 | parts[0]
    }

    /// The log's own check sums, over pairs of numbers.
    private static func sums(_ bytes: ArraySlice<UInt8>, after start: (UInt32, UInt32), _ isBigEndian: Bool) -> (UInt32, UInt32) {
        var (a, b) = start
        bytes.withUnsafeBytes { raw in
            for at in stride(from: 0, to: raw.count - 7, by: 8) {
                let (x, y) = (
                    raw.loadUnaligned(fromByteOffset: at, as: UInt32.self),
                    raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)
                )
                a = a &+ (isBigEndian ? UInt32(bigEndian: x) : UInt32(littleEndian: x)) &+ b
                b = b &+ (isBigEndian ? UInt32(bigEndian: y) : UInt32(littleEndian: y)) &+ a
            }
        }
        return (a, b)
    }
}
