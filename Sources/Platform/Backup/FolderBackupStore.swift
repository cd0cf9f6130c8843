import Concurrency
import Failures
import FoundationEssentials
import Glibc

/// Back-ups in a folder, such as that of another disk. Files are private to their owner.
package struct FolderBackupStore: BackupStore {
    private let root: String

    package init(root: String) { self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root }

    package var place: String { root }

    package func names(under prefix: String) async throws -> [String: Int] {
        try await BlockingPool.shared.run {
            var found: [String: Int] = [:]
            // The folder that all such names lie in.
            let folder = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? ""
            try walk(folder) { name, size in if name.hasPrefix(prefix) { found[name] = size } }
            return found
        }
    }

    package func read(_ name: String) async throws -> [UInt8]? {
        try await BlockingPool.shared.run {
            let file = open(path(name), O_RDONLY | O_CLOEXEC)
            guard file >= 0 else {
                if errno == ENOENT || errno == ENOTDIR { return nil }
                throw failure("read", name)
            }
            defer { close(file) }
            var status = stat()
            guard fstat(file, &status) == 0 else { throw failure("read", name) }
            var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
            var at = 0
            while at < bytes.count {
                let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + at }, $0.count - at) }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw failure("read", name) }
                if count == 0 { break }
                at += count
            }
            return Array(bytes.prefix(at))
        }
    }

    package func write(_ bytes: [UInt8], to name: String) async throws {
        try await BlockingPool.shared.run {
            let goal = path(name)
            let draft = "\(root)/incoming-\(UUID().uuidString.lowercased())"
            try makeFolder(of: goal)
            let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw failure("write", name) }
            do {
                defer { close(file) }
                var at = 0
                while at < bytes.count {
                    let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + at }, $0.count - at) }
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw failure("write", name) }
                    at += count
                }
                guard fsync(file) == 0 else { throw failure("write", name) }
                guard rename(draft, goal) == 0 else { throw failure("write", name) }
                try sync(folderOf: goal)
            } catch {
                unlink(draft)
                throw error
            }
        }
    }

    package func remove(_ name: String) async throws {
        try await BlockingPool.shared.run {
            guard unlink(path(name)) == 0 || errno == ENOENT else { throw failure("remove", name) }
        }
    }

    private func path(_ name: String) -> String { "\(root)/\(name)" }

    private func walk(_ folder: String, _ body: (String, Int) -> Void) throws {
        guard let directory = opendir(folder.isEmpty ? root : path(folder)) else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw failure("read", folder)
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let part = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if part == "." || part == ".." || part.hasPrefix("incoming-") { continue }
            let name = folder.isEmpty ? part : "\(folder)/\(part)"
            var status = stat()
            guard stat(path(name), &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { try walk(name, body) } else { body(name, Int(status.st_size)) }
        }
    }

    private func makeFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o700) == 0 { return try sync(folderOf: folder) }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeFolder(of: folder)
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("write", folder) }
            try sync(folderOf: folder)
        default: throw failure("write", folder)
        }
    }

    /// A new or renamed entry is safe once its folder is.
    private func sync(folderOf path: String) throws {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure("write", folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw failure("write", folder) }
    }

    /// Of a system call that has just failed.
    private func failure(_ verb: String, _ name: String, _ number: Int32 = errno) -> BackupFailure {
        let reason = String(cString: strerror(number))
        if number == ENOSPC || number == EDQUOT {
            return BackupFailure(.insufficientStorage, "The disk of the back-ups (\(root)) is full.")
        }
        return BackupFailure(.unavailable, "The folder of the back-ups cannot be used: \(verb) \(root)/\(name): \(reason).")
    }
}
