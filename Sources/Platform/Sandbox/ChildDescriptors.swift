import CLinux
import Glibc

/// The descriptors of one run: the ends that are read here, and those that the child gets under a number of its own. Used by one thread.
final class ChildDescriptors {
    /// Standard output, standard error, bubblewrap's or the supervisor's status.
    private(set) var reads: [Int32] = []
    /// Where the child's standard input is written to; nil if it has none, or somebody has taken it.
    private var input: Int32?
    /// Descriptors here, and their numbers in the child.
    private(set) var handed: [(here: Int32, there: Int32)] = []

    deinit {
        closeHanded()
        for descriptor in reads { close(descriptor) }
        if let input { close(input) }
    }

    /// The end to write to the child's standard input, which the caller closes.
    func takeInput() -> Int32? {
        defer { input = nil }
        return input
    }

    /// Opens everything. What was opened before a failure is closed with the object.
    ///
    /// - Parameters:
    ///   - files: to be handed over, in order, from `SandboxCommand.Descriptor.confine` up.
    ///   - isTold: whether something is written to its standard input.
    func open(files: [String], program: String, isTold: Bool = false) throws(SandboxFailure) {
        func check(_ result: Int32, _ what: String) throws(SandboxFailure) -> Int32 {
            if result >= 0 { return result }
            throw SandboxFailure(.unavailable, program: program, diagnostics: "\(what): errno \(errno)")
        }
        // Above all numbers of the child, so that giving one its number never takes that of the next.
        let above = SandboxCommand.Descriptor.confine + Int32(files.count)
        func hand(_ descriptor: Int32, as there: Int32) throws(SandboxFailure) {
            let raised = fcntl(descriptor, F_DUPFD_CLOEXEC, above)
            close(descriptor)
            handed.append((try check(raised, "fcntl"), there))
        }
        func pipe() throws(SandboxFailure) -> (read: Int32, write: Int32) {
            var ends: [Int32] = [0, 0]
            _ = try check(linux_pipe(&ends), "pipe")
            return (ends[0], ends[1])
        }
        for there in [STDOUT_FILENO, STDERR_FILENO, SandboxCommand.Descriptor.status] {
            let made = try pipe()
            reads.append(made.read)
            try hand(made.write, as: there)
        }
        if isTold {
            let made = try pipe()
            input = made.write
            try hand(made.read, as: STDIN_FILENO)
        }
        let filter = try pipe()
        defer { close(filter.write) }
        try hand(filter.read, as: SandboxCommand.Descriptor.filter)
        // A pipe holds at least a page, and the filter is far smaller, so this does not wait for the reader.
        var length = 0
        let bytes = linux_parser_filter(&length)
        guard write(filter.write, bytes, length) == length else {
            throw SandboxFailure(.unavailable, program: program, diagnostics: "the filter of system calls: errno \(errno)")
        }
        for (index, path) in files.enumerated() {
            try hand(
                try check(Glibc.open(path, O_RDONLY | O_CLOEXEC), "open \(path)"),
                as: SandboxCommand.Descriptor.confine + Int32(index))
        }
    }

    /// Closes what the child has by now, without which the pipes would never end.
    func closeHanded() {
        for descriptor in handed { close(descriptor.here) }
        handed = []
    }
}
