import Backup
import CLinux
import Failures
import Glibc
import Synchronization

/// One run of a program whose complaints are kept.
final class PostgresChild: Sendable {
    private struct State {
        var pid: pid_t?
        var isEnded = false
    }

    private let state = Mutex(State())

    /// Blocks. Returns its exit status, -1 if it was killed, and the first that it wrote to standard error.
    func run(_ words: [String], _ environment: [String: String]) throws -> (status: Int32, said: String) {
        var ends: [Int32] = [0, 0]
        guard linux_pipe(&ends) == 0 else { throw BackupFailure(.unavailable, "No pipe: \(String(cString: strerror(errno))).") }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        linux_spawn_close_from(&actions, 3)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for word in arguments + variables { free(word) } }
        let result = state.withLock { state -> Int32 in
            if state.isEnded { return ECANCELED }
            var pid: pid_t = 0
            let result = posix_spawn(&pid, words[0], &actions, nil, &arguments, &variables)
            if result == 0 { state.pid = pid }
            return result
        }
        close(ends[1])
        if result == ECANCELED { throw CancellationError() }
        guard result == 0, let pid = state.withLock({ $0.pid }) else {
            throw BackupFailure(.unavailable, "\(words[0]) cannot be started: \(String(cString: strerror(result))).")
        }
        var (said, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if said.count < 16 << 10 { said += buffer[..<count] }
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1, errno == EINTR {}
        state.withLock { $0.pid = nil }
        return (status & 0x7F == 0 ? (status >> 8) & 0xFF : -1, String(decoding: said, as: UTF8.self))
    }

    func end() {
        state.withLock { state in
            state.isEnded = true
            if let pid = state.pid { kill(pid, SIGTERM) }
        }
    }
}
