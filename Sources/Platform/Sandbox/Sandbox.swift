package import Concurrency
import Failures
import Glibc
package import Telemetry

/// Runs programs that parse untrusted bytes, each in a sandbox of its own: under bubblewrap, within Landlock, or best both; with a filter
/// of system calls and limits in any case.
///
/// If no sandbox can be made, nothing is run: there is no way around it.
package struct Sandbox: Sendable {
    package static let bubblewrap = "/usr/bin/bwrap"
    static let setpriv = "/usr/bin/setpriv"
    static let confine = "lm-confine"

    /// What a program that ended with status 0 wrote.
    package struct Output: Sendable {
        package let bytes: [UInt8]
        package let diagnostics: String

        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// What `check` found.
    package struct Standing: Sendable {
        package let user: SandboxUser
        package let walls: Set<SandboxWall>
        /// Whether the kernel holds a program to its number of processes and threads. It does not where root can become nobody else.
        package let boundsProcesses: Bool
    }

    /// The programs that may be run, by their names in `/usr/bin`, or beside this one if they are ours.
    package let programs: Set<String>
    private let user: SandboxUser
    private let walls: Set<SandboxWall>?
    private let landlock: Int
    /// What programs may take together with those of other sandboxes that have the same; nil where it is not bounded.
    package let memory: SandboxMemory?
    private let pool: BlockingPool
    private let logger: Logger

    /// - Parameters:
    ///   - walls: those to stand, at least one; nil for all that can be had here.
    ///   - landlock: the newest ABI of Landlock to use, whatever the kernel has.
    ///   - memory: what its programs, and those of others that are given the same, may take together.
    ///   - pool: a thread of it waits for each program that runs, so its size bounds how many run at a time.
    package init(
        programs: Set<String>, user: SandboxUser = .here, walls: Set<SandboxWall>? = nil, landlock: Int = .max,
        memory: SandboxMemory? = nil, pool: BlockingPool = BlockingPool(name: "sandbox", threads: 8), logger: Logger = .silent
    ) {
        self.memory = memory
        self.programs = programs
        self.user = user
        self.walls = walls
        self.landlock = min(landlock, 99)
        self.pool = pool
        self.logger = logger
    }

    /// Runs a program to its end, when there is memory for it. Cancelling the task kills it and all that it started.
    ///
    /// - Throws: `SandboxFailure` unless it ended with status 0 within its limits; `CancellationError`.
    ///
    /// - Parameter heard: is given what it prints as it comes, on the thread that waits for it; the output is then empty.
    package func run(
        _ command: SandboxCommand, hearing heard: (@Sendable ([UInt8]) -> Void)? = nil
    ) async throws -> Output {
        let ears = SandboxEars(heard: heard)
        precondition(programs.contains(command.program), "the sandbox was not told of \(command.program)")
        try Task.checkCancellation()
        guard Self.isThere(command.program) else { throw SandboxFailure(.missing, program: command.program) }
        do {
            let walls = try await standingWalls()
            guard let memory else { return try await run(command, within: walls, ears) }
            return try await memory.withShare(of: command.limits.memory * command.processesWithMemory, isAwaited: command.isAwaited)
            { granted in
                var command = command
                command.limits.memory = granted / command.processesWithMemory
                return try await run(command, within: walls, ears)
            }
        } catch let failure as SandboxFailure {
            // What stood may stand no more: a switch of the kernel was turned.
            if failure.reason == .unavailable { StandingWalls.here.forget() }
            logger.notice("sandboxed program failed", ["program": command.program, "reason": "\(failure)"])
            throw failure
        }
    }

    /// The walls that stand around each run. They are tried once, and again only while there is none.
    ///
    /// - Throws: `SandboxFailure`, with what keeps each from standing in `diagnostics`.
    package func standingWalls() async throws -> Set<SandboxWall> {
        if let walls { return walls }
        return try await StandingWalls.here.find { walls in
            let probe = Sandbox(programs: ["true"], user: user, walls: walls, pool: pool)
            let limits = SandboxLimits(memory: 64 << 20, wallClock: .seconds(10))
            _ = try await probe.run(SandboxCommand("true", [], limits: limits), within: walls)
            if walls == [.landlock] { await pool.run { SandboxFolder.sweep() } }
        }
    }

    /// Throws, with the reason in `diagnostics`, if no sandbox can be made here, a program is missing, or this process may not give what
    /// programs need. Takes about 50 ms.
    ///
    /// - Parameter needs: the most that they need.
    @discardableResult package func check(for needs: SandboxLimits = SandboxLimits()) async throws -> Standing {
        _ = try needs.options(under: .ofThisProcess(), program: programs.sorted().first ?? "")
        let standing = try await standingWalls()
        for program in programs.sorted() where !Self.isThere(program) { throw SandboxFailure(.missing, program: program) }
        // One process more than is allowed: asking the kernel is surer than knowing every way in which it can be set up.
        let probe = Sandbox(programs: ["sh"], user: user, walls: standing, pool: pool)
        let limits = SandboxLimits(memory: 64 << 20, wallClock: .seconds(10), processes: 0)
        do {
            _ = try await probe.run(SandboxCommand("sh", ["-c", "/usr/bin/true & wait"], limits: limits).starting(["true"]))
            return Standing(user: user, walls: standing, boundsProcesses: false)
        } catch let failure as SandboxFailure {
            guard case .exited = failure.reason else { throw failure }
            return Standing(user: user, walls: standing, boundsProcesses: true)
        }
    }

    private static func isThere(_ program: String) -> Bool {
        OwnProgram.isOne(program) ? OwnProgram.path(program) != nil : access("/usr/bin/\(program)", X_OK) == 0
    }

    /// Starts a program that stays, to be talked to. What it may take of memory is not counted among `memory`: it would never come free.
    ///
    /// - Throws: `SandboxFailure` if it cannot be tried; one that cannot start ends at once.
    package func start(_ command: SandboxCommand) async throws -> StandingProgram {
        precondition(programs.contains(command.program), "the sandbox was not told of \(command.program)")
        guard Self.isThere(command.program) else { throw SandboxFailure(.missing, program: command.program) }
        let walls = try await standingWalls()
        try Self.checkTools(of: walls)
        return try StandingProgram(command.program) { [user, landlock, logger] ears in
            let child = SandboxedChild(command, as: user, within: walls, landlock: landlock, ears: ears)
            return StandingProgram.Life(
                run: {
                    do throws(SandboxFailure) {
                        _ = try Self.judged(child, of: command)
                        return nil
                    } catch {
                        if error.reason == .unavailable { StandingWalls.here.forget() }
                        logger.notice("sandboxed program failed", ["program": command.program, "reason": "\(error)"])
                        return error
                    }
                }, end: { child.kill(because: .cancelled) })
        }
    }

    /// Blocks until it has ended. Being ended is no failure.
    private static func judged(_ child: SandboxedChild, of command: SandboxCommand) throws(SandboxFailure) -> Output? {
        do {
            return try judge(try child.run(), of: command)
        } catch let failure as SandboxFailure {
            throw failure
        } catch {
            return nil
        }
    }

    private static func checkTools(of walls: Set<SandboxWall>) throws(SandboxFailure) {
        guard walls.contains(.bubblewrap) else { return }
        for tool in [Sandbox.bubblewrap, Sandbox.setpriv] where access(tool, X_OK) != 0 {
            throw SandboxFailure(.missing, program: tool)
        }
    }

    private func run(
        _ command: SandboxCommand, within walls: Set<SandboxWall>, _ ears: SandboxEars = SandboxEars()
    ) async throws -> Output {
        try Self.checkTools(of: walls)
        let child = SandboxedChild(command, as: user, within: walls, landlock: landlock, ears: ears)
        let ending = try await withTaskCancellationHandler {
            try await pool.run { try child.run() }
        } onCancel: {
            child.kill(because: .cancelled)
        }
        return try Self.judge(ending, of: command)
    }

    private static func judge(_ ending: SandboxedChild.Ending, of command: SandboxCommand) throws -> Output {
        func failure(_ reason: SandboxFailure.Reason) -> SandboxFailure {
            SandboxFailure(reason, program: command.program, diagnostics: ending.diagnostics)
        }
        switch ending.killed {
        case .cancelled: throw CancellationError()
        case .wallClock: throw failure(.wallClock)
        case .output: throw failure(.output)
        case .scratch: throw failure(.fileSize)
        case nil: break
        }
        // Only a program that was really started has an exit code in the report; the wait status alone cannot tell a
        // sandbox that was refused from a program that ended with 1.
        guard let code = ending.programStatus else { throw failure(.unavailable) }
        let outOfMemory = ["eap exhausted", "eap overflow", "bad_alloc", "ut of memory", "annot allocate memory", "MemoryError"]
        switch code {
        case 0: return Output(bytes: ending.output, diagnostics: ending.diagnostics)
        // What starts the program could not: the file that it was to read has nothing to do with it.
        case 125 where ending.diagnostics.hasPrefix("lm-confine: "): throw failure(.unavailable)
        case 128 + SIGXCPU: throw failure(.processorTime)
        case 128 + SIGXFSZ: throw failure(.fileSize)
        case _ where outOfMemory.contains(where: ending.diagnostics.contains): throw failure(.memory)
        case 129...192: throw failure(.crashed(code - 128))
        default: throw failure(.exited(code))
        }
    }
}
