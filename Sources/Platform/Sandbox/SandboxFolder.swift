import CLinux
import FoundationEssentials
import Glibc

/// The folder of one run under Landlock alone: its inputs, and what it may write. Goes away with the run.
///
/// Root owns the folders, so that the program can change nothing but its scratch; each file is the program's user's, and nobody else
/// can list or read them.
final class SandboxFolder: Sendable {
    private static let prefix = "lm-sandbox-"

    let path: String
    var input: String { path + "/input" }
    var scratch: String { path + "/tmp" }
    /// Held while the run lives, so that who finds the folder knows whether anybody still needs it.
    private let lock: Int32

    /// - Parameters:
    ///   - user: whose the files are to be; nil for ours, which are then linked, not copied, for a program that writes none.
    ///   - writes: whether there is a folder to write to.
    init(for command: SandboxCommand, as user: UInt32?, in parent: String = "/tmp") throws(SandboxFailure) {
        func failure(_ what: String) -> SandboxFailure {
            SandboxFailure(.unavailable, program: command.program, diagnostics: "\(what): \(String(cString: strerror(errno)))")
        }
        var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw failure("a folder in \(parent)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw failure(path) }
        // Found by those who know the name, listed by nobody.
        let mode: mode_t = user == nil ? 0o700 : 0o711
        guard chmod(path, mode) == 0, mkdir(input, mode) == 0, chmod(input, mode) == 0 else { throw failure(path) }
        if command.limits.scratch > 0 {
            guard mkdir(scratch, 0o700) == 0, user.map({ chown(scratch, $0, $0) }) ?? 0 == 0 else { throw failure(scratch) }
        }
        for file in command.inputs {
            let target = input + "/" + file.name
            // Who may write could truncate the original on a kernel whose Landlock does not know of that.
            if user == nil, command.limits.scratch == 0 {
                guard access(file.host, R_OK) == 0 else { throw failure("open \(file.host)") }
                guard symlink(file.host, target) == 0 else { throw failure(target) }
                continue
            }
            let result = linux_copy_file(file.host, target, user ?? geteuid())
            guard result == 0 else {
                errno = -result
                throw failure("open \(file.host)")
            }
            if file.isProgram { guard chmod(target, 0o555) == 0 else { throw failure(target) } }
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        if lock >= 0 { close(lock) }
    }

    /// Bytes and files in the scratch folder. There are no folders in it: making one is refused.
    func written() -> (bytes: Int, files: Int) {
        guard let folder = opendir(scratch) else { return (0, 0) }
        defer { closedir(folder) }
        var (bytes, files) = (0, -2)  // "." and ".."
        let descriptor = dirfd(folder)
        while let entry = readdir(folder) {
            files += 1
            var about = stat()
            let found = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { fstatat(descriptor, $0, &about, AT_SYMLINK_NOFOLLOW) }
            }
            if found == 0, about.st_mode & S_IFMT == S_IFREG { bytes += Int(about.st_blocks) * 512 }
        }
        return (bytes, files)
    }

    /// Removes what a process that was killed left behind.
    static func sweep(_ parent: String = "/tmp") {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let path = parent + "/" + name
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            guard folder >= 0 else { continue }
            defer { close(folder) }
            var about = stat()
            // Made a moment ago, it may not be locked yet; somebody else's is theirs to remove.
            guard fstat(folder, &about) == 0, about.st_uid == geteuid(), about.st_mtim.tv_sec < time(nil) - 60,
                flock(folder, LOCK_EX | LOCK_NB) == 0
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
