import CLinux
import Glibc
import Synchronization

/// The child process of one run: starts it, reads its pipes to their ends, kills it when it must, and reaps it.
final class SandboxedChild: Sendable {
    enum Killed: Sendable { case cancelled, wallClock, output, scratch }

    struct Ending: Sendable {
        var killed: Killed?
        /// The program's exit status as bubblewrap or the supervisor reports it, 128 + n for signal n; nil if the program was never started.
        var programStatus: Int32?
        var output: [UInt8]
        var diagnostics: String
    }

    private struct State {
        /// Set from spawn to reaping, so that a kill never reaches a process that got the number anew.
        var pid: pid_t?
        var launch: SandboxLaunch?
        var killed: Killed?

        func end() {
            if let pid { launch?.end(pid) }
        }
    }

    /// How often it is looked what a program under Landlock alone has written. Files in its scratch folder are counted by their sizes,
    /// and each may be as large as `SandboxLimits.fileSize` at most.
    private static let look = Duration.milliseconds(50)
    private static let mostFiles = 4096

    private let command: SandboxCommand
    private let user: SandboxUser
    private let walls: Set<SandboxWall>
    private let landlock: Int
    private let ears: SandboxEars
    private let state = Mutex(State())

    /// - Parameter ears: who else hears what it prints, and talks to it.
    init(
        _ command: SandboxCommand, as user: SandboxUser, within walls: Set<SandboxWall>, landlock: Int,
        ears: SandboxEars = SandboxEars()
    ) {
        self.command = command
        self.ears = ears
        self.user = user
        self.walls = walls
        self.landlock = landlock
    }

    /// Kills the whole tree: bubblewrap's group, and with bubblewrap the PID namespace under it; or by its supervisor.
    func kill(because reason: Killed) {
        state.withLock { state in
            if state.killed == nil { state.killed = reason }
            state.end()
        }
    }

    /// Blocks until the child is gone. Runs on a thread that lives as long as the process: the kernel sends a child its parent-death
    /// signal when the thread that made it ends.
    func run() throws -> Ending {
        let number = user.number()
        defer { user.giveBack(number) }
        let launch = try SandboxLaunch(command, as: user, number: number, within: walls, landlock: landlock)
        let descriptors = ChildDescriptors()
        try descriptors.open(files: launch.files, program: command.program, isTold: ears.opened != nil)
        try spawn(launch, descriptors)
        descriptors.closeHanded()
        if let opened = ears.opened, let input = descriptors.takeInput() { opened(input) }

        let limits = command.limits
        let drains = zip(descriptors.reads, [limits.output, limits.diagnostics, 4096]).map { Drain($0, keep: $1) }
        drains[0].heard = ears.heard
        withExtendedLifetime(descriptors) { pump(drains, until: .now.advanced(by: limits.wallClock), watching: launch.folder) }

        // A program that writes fast may end before it is looked at.
        if limits.scratch > 0, let written = launch.folder?.written(), written.bytes > limits.scratch { kill(because: .scratch) }
        return state.withLock { state in
            if let pid = state.pid {
                // Whoever still held the pipes is dead or has closed all three; bubblewrap keeps the status pipe to its end.
                if state.killed != nil { launch.end(pid) }
                var wait: Int32 = 0
                while waitpid(pid, &wait, 0) == -1, errno == EINTR {}
                state.pid = nil
            }
            return Ending(
                killed: state.killed, programStatus: Self.exitCode(in: drains[2].bytes), output: drains[0].bytes,
                diagnostics: String(decoding: drains[1].bytes, as: UTF8.self))
        }
    }

    private func pump(_ drains: [Drain], until deadline: ContinuousClock.Instant, watching folder: SandboxFolder?) {
        let watched = command.limits.scratch > 0 ? folder : nil
        var isKilled = false
        while true {
            var polled = drains.filter { !$0.isDone }.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            if polled.isEmpty { return }
            let left = deadline - ContinuousClock.now
            if left <= .zero, !isKilled {
                isKilled = true
                kill(because: .wallClock)
            }
            if let (bytes, files) = watched?.written(), !isKilled, bytes > command.limits.scratch || files > Self.mostFiles {
                isKilled = true
                kill(because: .scratch)
            }
            let pause = (watched == nil ? left : min(left, Self.look)).components
            let milliseconds = isKilled ? -1 : Int32(clamping: pause.seconds * 1000 + 1 + pause.attoseconds / 1_000_000_000_000_000)
            let ready = poll(&polled, nfds_t(polled.count), milliseconds)
            if ready < 0, errno != EINTR { return kill(because: .wallClock) }
            for entry in polled where entry.revents != 0 {
                drains.first { $0.descriptor == entry.fd }?.readSome()
            }
            if drains[0].isOver, !isKilled {
                isKilled = true
                kill(because: .output)
            }
        }
    }

    // MARK: - Starting

    private func spawn(_ launch: SandboxLaunch, _ descriptors: ChildDescriptors) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if ears.opened == nil { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
        for descriptor in descriptors.handed { posix_spawn_file_actions_adddup2(&actions, descriptor.here, descriptor.there) }
        linux_spawn_close_from(&actions, (descriptors.handed.map(\.there).max() ?? STDERR_FILENO) + 1)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var arguments: [UnsafeMutablePointer<CChar>?] = launch.words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = launch.environment.map { strdup($0) } + [nil]
        defer { for word in arguments + environment { free(word) } }
        // Under the lock, so that a cancellation either comes before and is seen here, or finds the process.
        let result = try state.withLock { state -> Int32 in
            if state.killed != nil { throw CancellationError() }
            var pid: pid_t = 0
            let result = posix_spawn(&pid, launch.words[0], &actions, &attributes, &arguments, &environment)
            if result == 0 { (state.pid, state.launch) = (pid, launch) }
            return result
        }
        guard result == 0 else {
            throw SandboxFailure(.unavailable, program: command.program, diagnostics: "spawn: errno \(result)")
        }
    }

    /// Finds `"exit-code": n` in the report, which is one small JSON object a line.
    private static func exitCode(in report: [UInt8]) -> Int32? {
        let text = String(decoding: report, as: UTF8.self)
        guard let key = text.firstRange(of: "\"exit-code\":") else { return nil }
        return Int32(text[key.upperBound...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "-" })
    }
}

/// Reads a pipe to its end and keeps the first bytes of it. Used by one thread.
private final class Drain {
    let descriptor: Int32
    private(set) var bytes: [UInt8] = []
    private(set) var isDone = false
    /// More came than was to be kept.
    private(set) var isOver = false
    /// Is given what comes, which is then not kept.
    var heard: (([UInt8]) -> Void)?
    private var count = 0
    private let keep: Int
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(_ descriptor: Int32, keep: Int) {
        self.descriptor = descriptor
        self.keep = keep
    }

    func readSome() {
        let more = read(descriptor, &buffer, buffer.count)
        guard more > 0 else {
            if more == 0 || (errno != EINTR && errno != EAGAIN) { isDone = true }
            return
        }
        let room = min(more, max(0, keep - count))
        if more > room { isOver = true }
        count += room
        if let heard { heard(Array(buffer[..<room])) } else { bytes += buffer[..<room] }
    }
}
