import Glibc
import Synchronization

/// A program that runs beside this one with little priority, and is ended with a word.
package final class QuietProcess: Sendable {
    private struct State {
        var pid: pid_t?
        var isEnded = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Blocks. What it prints is dropped. Returns its exit status, -1 if it was killed.
    package func run(_ path: String, _ arguments: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for descriptor: Int32 in [1, 2] { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0) }
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let started = try state.withLock { state -> pid_t? in
            if state.isEnded { return nil }
            var pid: pid_t = 0
            let result = posix_spawn(&pid, path, &actions, nil, &words, environ)
            guard result == 0 else { throw SpeechModelFailure.unreachable("\(path) cannot be started: errno \(result)") }
            state.pid = pid
            return pid
        }
        guard let started else { return -1 }
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(started), 15)
        var status: Int32 = 0
        while waitpid(started, &status, 0) == -1, errno == EINTR {}
        state.withLock { $0.pid = nil }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }

    /// Asks it to end; one that has not begun does not.
    package func end() {
        state.withLock { state in
            state.isEnded = true
            if let pid = state.pid { kill(pid, SIGTERM) }
        }
    }
}
