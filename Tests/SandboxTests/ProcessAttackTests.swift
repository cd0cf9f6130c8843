import FoundationEssentials
import Glibc
@testable import Sandbox
import Testing

/// Crowds of processes, processes that stay behind, and attacks on processes of others.
@Suite(.timeLimit(.minutes(5)))
struct ProcessAttackTests {
    /// Starts up to 70 processes that only sleep, and says how many it could.
    static let crowd = """
        import os, time
        started = 0
        try:
            for _ in range(70):
                if os.fork() == 0:
                    time.sleep(20)
                    os._exit(0)
                started += 1
        except OSError as e: print(e.strerror)
        time.sleep(0.5)
        print(started)
        """

    /// Of a limit of 20, what a crowd may reach. The supervisor (or bubblewrap's own process) and the first are two of the twenty; on a
    /// busy machine the kernel still counts one that set the run up, and has just ended.
    static let fill = 15...18

    /// Whether a crowd said that it was stopped, and then a number that fills its limit.
    static func fills(_ output: String) -> Bool {
        let lines = output.split(separator: "\n")
        return lines.first == "Resource temporarily unavailable" && lines.count == 2 && Int(lines[1]).map(fill.contains) == true
    }

    @Test(arguments: Enclosure.here) func `a parser starts no process at all`(_ enclosure: Enclosure) async throws {
        #expect(try await enclosure.python(Self.crowd) == "Operation not permitted\n0\n")
        let threads = "import threading\nt = threading.Thread(target=lambda: print('works'))\nt.start()\nt.join()"
        #expect(try await enclosure.python(threads) == "works\n")
        let spawn = "import os\ntry: os.posix_spawn('/usr/bin/python3', ['x'], {})\nexcept OSError as e: print(e.errno)"
        #expect(try await enclosure.python(spawn) == "1\n")
    }

    @Test(arguments: Enclosure.here.filter(\.countsExactly))
    func `a crowd cannot be larger than its limit`(_ enclosure: Enclosure) async throws {
        let output = try await enclosure.python(Self.crowd, processes: true, limits: SandboxLimits(processes: 20))
        #expect(Self.fills(output), "\(output)")
    }

    @Test(arguments: Enclosure.here.filter(\.countsExactly))
    func `threads count as processes do`(_ enclosure: Enclosure) async throws {
        let script = """
            import threading, time
            threading.stack_size(65536)
            started = 0
            try:
                for _ in range(70):
                    threading.Thread(target=time.sleep, args=(0.5,)).start()
                    started += 1
            except RuntimeError: pass
            print(started)
            """
        let started = try await enclosure.python(script, limits: SandboxLimits(processes: 20))
        #expect(Int(started.dropLast()).map(Self.fill.contains) == true, "\(started)")
    }

    @Test(arguments: Enclosure.here.filter(\.countsExactly))
    func `two crowds at once do not starve each other`(_ enclosure: Enclosure) async throws {
        async let one = enclosure.python(Self.crowd, processes: true, limits: SandboxLimits(processes: 20))
        async let other = enclosure.python(Self.crowd, processes: true, limits: SandboxLimits(processes: 20))
        let texts = try await [one, other]
        #expect(texts.allSatisfy(Self.fills), "\(texts)")
    }

    @Test(arguments: Enclosure.here) func `a crowd of processes dies with the sandbox`(_ enclosure: Enclosure) async throws {
        let mark = Mark(61)
        let failure = await #expect(throws: SandboxFailure.self) {
            try await enclosure.shell(
                "for i in {1..40}; do sleep \(mark.seconds) & done; wait", ["sleep"],
                limits: SandboxLimits(wallClock: .seconds(2), processes: 64))
        }
        #expect(failure?.reason == .wallClock)
        #expect(mark.processes == 0)
    }

    @Test(arguments: Enclosure.here) func `a process left behind ends with the program`(_ enclosure: Enclosure) async throws {
        let mark = Mark(63)
        let script =
            "setsid sleep \(mark.seconds) & (sleep \(mark.seconds) &) & sleep \(mark.seconds) & disown; sleep 0.2; echo bye"
        #expect(try await enclosure.shell(script, ["setsid", "sleep"]).text == "bye\n")
        #expect(mark.processes == 0)
    }

    /// The test's process is the one that a hostile file would like to reach: the server.
    @Test(
        arguments: Enclosure.here,
        [
            "os.kill(server, 0)", "os.kill(server, 9)", "os.killpg(max(2, os.getpgid(server)), 9)",

            "signal.pidfd_send_signal(os.pidfd_open(server), 9)", "resource.prlimit(server, resource.RLIMIT_NOFILE, (0, 0))",
            "os.sched_setaffinity(server, [0])", "os.setpriority(os.PRIO_PROCESS, server, 19)",
            "fcntl.fcntl(0, fcntl.F_SETOWN, server)", "open(f'/proc/{server}/mem', 'rb')", "open(f'/proc/{server}/environ', 'rb')",
        ])
    func `the server is out of reach`(_ enclosure: Enclosure, attempt: String) async throws {
        let script = """
            import fcntl, os, resource, signal
            server = \(getpid())
            try: print(\(attempt))
            except (OSError, ValueError): print('no')
            """
        #expect(try await enclosure.python(script) == "no\n")
    }

    @Test(.enabled(if: !Enclosure.underLandlockAlone.isEmpty), arguments: Enclosure.underLandlockAlone)
    func `the supervisor is out of reach`(_ enclosure: Enclosure) async throws {
        let script = "import os\ntry: print(os.kill(os.getppid(), 9))\nexcept OSError: print('no')"
        #expect(try await enclosure.python(script) == "no\n")
    }

    @Test(arguments: Enclosure.here) func `a program ends with a server that is killed`(_ enclosure: Enclosure) async throws {
        let mark = Mark(64)
        let (words, newest) = (enclosure.walls.map(\.rawValue), enclosure.landlock)
        // A closure that runs in another process may capture what can be encoded.
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [words = words as [String], newest = newest as Int, seconds = mark.seconds as String] in
            let sandbox = Sandbox(programs: ["bash"], walls: Set(words.compactMap(SandboxWall.init)), landlock: newest)
            let script = "sleep \(seconds) & (sleep \(seconds) &) ; sleep \(seconds)"
            async let run = sandbox.run(SandboxCommand("bash", ["-c", script]).starting(["sleep"]))
            try await eventually { Mark.processes(sleeping: seconds) == 3 }
            kill(getpid(), SIGKILL)
            _ = try await run
        }
        try await eventually { mark.processes == 0 }
    }
}
