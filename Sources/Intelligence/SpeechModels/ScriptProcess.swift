import Glibc

/// A program of the system that prints lines, run to its end. It is trusted: what is given to it is ours.
enum ScriptProcess {
    /// Blocks. Returns its exit status, -1 if it was killed.
    static func run(_ path: String, _ arguments: [String], line take: (Substring) -> Void) throws(SpeechModelFailure) -> Int32 {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .unwritable("no pipe: errno \(errno)") }
        defer { close(ends[0]) }
        // Neither end is another child's: it would keep the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, path, &actions, nil, &words, environ)
        close(ends[1])
        guard result == 0 else { throw .unreachable("\(path) cannot be started: errno \(result)") }
        var (open, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            open += buffer[..<count]
            while let end = open.firstIndex(of: 10) {
                take(Substring(decoding: open[..<end], as: UTF8.self))
                open.removeSubrange(...end)
            }
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    }
}
