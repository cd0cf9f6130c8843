import Failures
import Glibc

/// Writes logged pages into a copy of SQLite's file, a whole transaction at a time.
enum LogReplay {
    static func apply(_ changes: LoggedChanges, to path: String) throws {
        let file = open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var head = [UInt8](repeating: 0, count: 100)
        guard pread(file, &head, head.count, 0) == head.count else {
            throw BackupFailure.damaged("the database's file is too short")
        }
        // Of 65536 the file says 1.
        let stated = Int(head[16]) << 8 | Int(head[17])
        guard (stated == 1 ? 65_536 : stated) == changes.pageSize else {
            throw BackupFailure.damaged("its log is of another database")
        }
        var open: [Int] = []
        for index in 0..<changes.count {
            open.append(index)
            let size = changes.page(index).size
            guard size > 0 else { continue }
            for each in open {
                let (number, _, range) = changes.page(each)
                let written = changes.bytes.withUnsafeBytes { bytes in
                    pwrite(
                        file, bytes.baseAddress.map { $0 + range.lowerBound }, range.count,
                        off_t(number - 1) * off_t(changes.pageSize))
                }
                guard number > 0, written == range.count else { throw failure(path) }
            }
            guard ftruncate(file, off_t(size) * off_t(changes.pageSize)) == 0 else { throw failure(path) }
            open = []
        }
    }

    private static func failure(_ path: String, _ number: Int32 = errno) -> BackupFailure {
        BackupFailure(.unavailable, "\(path) cannot be written: \(String(cString: strerror(number))).")
    }
}
