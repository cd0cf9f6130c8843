package import Concurrency
import Failures
import Glibc
package import Telemetry

/// Runs programs that parse untrusted bytes, each in a sandbox of its own made by bubblewrap, a filter of system calls, and prlimit.
///
/// If no sandbox can be made, nothing is run: there is no way around it.
package struct Sandbox: Sendable {
    package static let bubblewrap = "/usr/bin/bwrap"
    static let prlimit = "/usr/bin/prlimit"
    static let choom = "/usr/bin/choom"
    static let setpriv = "/usr/bin/setpriv"

    /// What a program that ended with status 0 wrote.
    package struct Output: Sendable {
        package let bytes: [UInt8]
        package let diagnostics: String

        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// What `check` found.
    package struct Standing: Sendable {
        package let user: SandboxUser
        /// Whether the kernel holds a program to its number of processes. It does not where root can become nobody else.
        package let boundsProcesses: Bool
    }

    /// The programs that may be run, by their names in `/usr/bin`.
    package let programs: Set<String>
    private let user: SandboxUser
    private let pool: BlockingPool
    private let logger: Logger

    /// - Parameter pool: a thread of it waits for each program that runs, so its size bounds how many run at a time.
    package init(
        programs: Set<String>, user: SandboxUser = .here, pool: BlockingPool = BlockingPool(name: "sandbox", threads: 8),
        logger: Logger = .silent
    ) {
        self.programs = programs
        self.user = user
        self.pool = pool
        self.logger = logger
    }

    /// Runs a program to its end. Cancelling the task kills it and all that it started.
    ///
    /// - Throws: `SandboxFailure` unless it ended with status 0 within its limits; `CancellationError`.
    package func run(_ command: SandboxCommand) async throws -> Output {
        precondition(programs.contains(command.program), "the sandbox was not told of \(command.program)")
        try Task.checkCancellation()
        for tool in [Sandbox.bubblewrap, Sandbox.prlimit, Sandbox.choom, Sandbox.setpriv] where access(tool, X_OK) != 0 {
            throw SandboxFailure(.missing, program: tool)
        }
        guard access("/usr/bin/\(command.program)", X_OK) == 0 else { throw SandboxFailure(.missing, program: command.program) }
        let child = SandboxedChild(command, as: user)
        let ending = try await withTaskCancellationHandler {
            try await pool.run { try child.run() }
        } onCancel: {
            child.kill(because: .cancelled)
        }
        do {
            return try Self.judge(ending, of: command)
        } catch let failure as SandboxFailure {
            logger.notice("sandboxed program failed", ["program": command.program, "reason": "\(failure)"])
            throw failure
        }
    }

    /// Throws, with the reason in `diagnostics`, if no sandbox can be made here, a program is missing, or this process may not give what
    /// programs need. Takes about 50 ms.
    ///
    /// - Parameter needs: the most that they need.
    @discardableResult package func check(for needs: SandboxLimits = SandboxLimits()) async throws -> Standing {
        _ = try needs.options(under: .ofThisProcess(), program: programs.sorted().first ?? "")
        let probe = Sandbox(programs: ["true", "sh"], user: user, pool: pool)
        var limits = SandboxLimits(memory: 64 << 20, wallClock: .seconds(10))
        _ = try await probe.run(SandboxCommand("true", [], limits: limits))
        for program in programs.sorted() where access("/usr/bin/\(program)", X_OK) != 0 {
            throw SandboxFailure(.missing, program: program)
        }
        // One process more than is allowed: asking the kernel is surer than knowing every way in which it can be set up.
        limits.processes = 1
        do {
            _ = try await probe.run(SandboxCommand("sh", ["-c", "/usr/bin/true & wait"], limits: limits))
            return Standing(user: user, boundsProcesses: false)
        } catch let failure as SandboxFailure {
            guard case .exited = failure.reason else { throw failure }
            return Standing(user: user, boundsProcesses: true)
        }
    }

    private static func judge(_ ending: SandboxedChild.Ending, of command: SandboxCommand) throws -> Output {
        func failure(_ reason: SandboxFailure.Reason) -> SandboxFailure {
            SandboxFailure(reason, program: command.program, diagnostics: ending.diagnostics)
        }
        switch ending.killed {
        case .cancelled: throw CancellationError()
        case .wallClock: throw failure(.wallClock)
        case .output: throw failure(.output)
        case nil: break
        }
        // Only a program that was really started has an exit code in bubblewrap's own report; the wait status alone cannot tell a
        // sandbox that was refused from a program that ended with 1.
        guard let code = ending.programStatus else { throw failure(.unavailable) }
        let outOfMemory = ["eap exhausted", "eap overflow", "bad_alloc", "ut of memory", "annot allocate memory", "MemoryError"]
        switch code {
        case 0: return Output(bytes: ending.output, diagnostics: ending.diagnostics)
        // What starts the program could not: the file that it was to read has nothing to do with it.
        case _ where ["prlimit: ", "choom: "].contains(where: ending.diagnostics.hasPrefix): throw failure(.unavailable)
        case 128 + SIGXCPU: throw failure(.processorTime)
        case 128 + SIGXFSZ: throw failure(.fileSize)
        case _ where outOfMemory.contains(where: ending.diagnostics.contains): throw failure(.memory)
        case 129...192: throw failure(.crashed(code - 128))
        default: throw failure(.exited(code))
        }
    }
}
