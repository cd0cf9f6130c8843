import Concurrency
import FoundationEssentials
import Glibc
import Sandbox
import Testing

/// What a program does that a hostile file has taken over. Every crowd is bounded by the test itself, not only by the sandbox.
@Suite(.timeLimit(.minutes(3)))
struct SandboxAttackTests {
    let sandbox = Sandbox(programs: ["bash", "python3"])

    func shell(_ script: String, limits: SandboxLimits = SandboxLimits()) async throws -> Sandbox.Output {
        try await sandbox.run(SandboxCommand("bash", ["-c", script], limits: limits))
    }

    func python(_ script: String, limits: SandboxLimits = SandboxLimits()) async throws -> Sandbox.Output {
        try await sandbox.run(SandboxCommand("python3", ["-c", script], limits: limits))
    }

    // MARK: - Reading

    @Test(arguments: [
        "cat /etc/passwd", "cd /root", "cd /home", "cd /var", "cd /work", "cd /run", "cd /sys", "cat /proc/1/root/etc/passwd",
        "cat /proc/kcore", "cat /dev/kmsg",
    ])
    func `the host's files cannot be read`(script: String) async throws {
        let failure = await #expect(throws: SandboxFailure.self) { try await shell(script) }
        #expect(failure?.reason == .exited(1))
    }

    @Test func `nothing of our environment, descriptors or processes is inside`() async throws {
        setenv("LM_SANDBOX_SECRET", "shibboleth", 1)
        let environment = try await shell("env; cat /proc/[0-9]*/environ | tr '\\0' '\\n'")
        #expect(environment.text.contains("HOME=/tmp"))
        #expect(!environment.text.contains("shibboleth"))
        let descriptors = try await python("import os; print(max(int(n) for n in os.listdir('/proc/self/fd')))")
        #expect(descriptors.text == "3\n", "the fourth is the folder that is being listed")
        // bubblewrap's, bash, ls and wc.
        let processes = try await shell("ls -d /proc/[0-9]* | wc -l")
        #expect(try #require(Int(processes.text.dropLast())) <= 4)
    }

    // MARK: - Writing

    @Test(arguments: [
        "/", "/usr/", "/dev/", "/dev/shm/", "/tmp/", "/input/", "/proc/", "/var/", "/etc/", "/usr/bin/", "/run/",
    ])
    func `there is nowhere to write`(folder: String) async throws {
        let folderOfInput = try TemporaryFolder()
        try folderOfInput.write("in", "hello")
        let command = SandboxCommand("bash", ["-c", "echo x > \(folder)x"]).reading(folderOfInput.path + "/in", at: "/input/in")
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.run(command) }
        #expect(failure?.reason == .exited(1))
    }

    @Test func `scratch space is bounded however many files fill it`() async throws {
        let script = """
            import os
            total = 0
            try:
                for n in range(100):
                    with open(f'/tmp/{n}', 'wb', buffering=0) as f: total += f.write(b'0' * (1 << 20))
            except OSError as e: print(e.strerror)
            print(total >> 20)
            """
        let output = try await python(script, limits: SandboxLimits(fileSize: 2 << 20, scratch: 4 << 20))
        #expect(output.text == "No space left on device\n4\n")
    }

    @Test func `a flood of output is stopped and not kept`() async throws {
        let failure = await #expect(throws: SandboxFailure.self) {
            try await shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", limits: SandboxLimits(output: 1 << 20))
        }
        #expect(failure?.reason == .output)
    }

    // MARK: - Talking

    @Test(arguments: [
        "AF_INET, socket.SOCK_STREAM", "AF_INET6, socket.SOCK_DGRAM", "AF_UNIX, socket.SOCK_STREAM",
        "AF_NETLINK, socket.SOCK_RAW", "AF_VSOCK, socket.SOCK_STREAM", "AF_ALG, socket.SOCK_SEQPACKET",
    ])
    func `no socket can be made`(kind: String) async throws {
        let failure = await #expect(throws: SandboxFailure.self) {
            try await python("import socket\nsocket.socket(socket.\(kind))")
        }
        #expect(failure?.diagnostics.contains("PermissionError: [Errno 1]") == true, "\(failure?.diagnostics ?? "")")
    }

    // MARK: - The kernel

    /// Numbers for x86-64; those from 424 up are the same everywhere.
    @Test(arguments: [
        "libc.shmget(0, 4096, 0o1600)", "libc.msgget(0, 0o1600)", "libc.syscall(319, b'x', 0)", "libc.ptrace(0, 0, 0, 0)",
        "libc.unshare(0x10000000)", "libc.unshare(0)", "libc.setns(0, 0)", "libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0)",
        "libc.syscall(250, 0, -3, 0)", "libc.syscall(425, 1, 0)", "libc.syscall(321, 0, 0, 0)",
        "libc.syscall(298, 0, 0, -1, -1, 0)",
        "libc.syscall(323, 0)", "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)",
    ])
    func `system calls that pass the sandbox by are refused`(call: String) async throws {
        #if arch(x86_64)
            let script = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(\(call), ctypes.get_errno())"
            #expect(try await python(script).text == "-1 1\n")
        #endif
    }

    @Test(arguments: [435, 451, 462, 0x4000_0000]) func `calls that cannot be judged are not there`(number: Int) async throws {
        let script =
            "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.syscall(\(number), 0, 0), ctypes.get_errno())"
        #expect(try await python(script).text == "-1 \(ENOSYS)\n")
    }

    @Test func `a 32-bit system call ends the program`() async throws {
        #if arch(x86_64)
            // mov eax, 20 (getpid); int 0x80; ret
            let script = """
                import ctypes, mmap
                memory = mmap.mmap(-1, 4096, prot=7)
                memory.write(bytes.fromhex('b814000000cd80c3'))
                print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))())
                """
            let failure = await #expect(throws: SandboxFailure.self) { try await python(script) }
            // A kernel that is built without them answers with SIGSEGV.
            #expect(failure?.reason == .crashed(SIGSYS) || failure?.reason == .crashed(SIGSEGV))
        #endif
    }

    @Test func `the kernel takes the program first when memory runs out`() async throws {
        #expect(try await shell("cat /proc/self/oom_score_adj").text == "1000\n")
    }

    // MARK: - Processes

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

    @Test func `a crowd cannot be larger than its limit`() async throws {
        let output = try await python(Self.crowd, limits: SandboxLimits(processes: 20))
        // bubblewrap's own and the first are two of the twenty.
        #expect(output.text == "Resource temporarily unavailable\n18\n")
    }

    @Test func `two crowds at once do not starve each other`() async throws {
        async let one = python(Self.crowd, limits: SandboxLimits(processes: 20))
        async let other = python(Self.crowd, limits: SandboxLimits(processes: 20))
        let texts = try await [one.text, other.text]
        #expect(texts == Array(repeating: "Resource temporarily unavailable\n18\n", count: 2))
    }

    @Test func `a crowd of processes dies with the sandbox`() async throws {
        let mark = Mark(61)
        let failure = await #expect(throws: SandboxFailure.self) {
            try await shell(
                "for i in {1..40}; do sleep \(mark.seconds) & done; wait",
                limits: SandboxLimits(wallClock: .seconds(2), processes: 64))
        }
        #expect(failure?.reason == .wallClock)
        #expect(mark.processes == 0)
    }

    @Test func `a process left behind ends with the program`() async throws {
        let mark = Mark(63)
        #expect(try await shell("setsid sleep \(mark.seconds) & disown; echo bye").text == "bye\n")
        #expect(mark.processes == 0)
    }
}

/// The same again by somebody else, where the tests run as root: an ordinary user's sandbox is set up in another way.
struct OrdinaryUserTests {
    private static let become = "/usr/bin/setpriv --reuid 65534 --regid 65534 --clear-groups -- "
    private static let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

    /// Whether we may become another user, and that one may run this program.
    private static let isPossible = geteuid() == 0 && system(become + "/usr/bin/test -x '\(program)' 2>/dev/null") == 0

    @Test(.enabled(if: isPossible), .timeLimit(.minutes(3))) func `an ordinary user's sandbox holds as well`() async throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o777)
        let log = folder.path + "/log"
        let command =
            "cd '\(folder.path)' && HOME='\(folder.path)' exec \(Self.become)'\(Self.program)' --testing-library swift-testing "
            + "--filter SandboxTests.SandboxAttackTests > '\(log)' 2>&1"
        let status = await BlockingPool.shared.run { system(command) }
        #expect(status == 0, "\(folder.read("log") ?? "")")
        // A filter that matches nothing succeeds too.
        #expect(folder.read("log")?.contains("a crowd cannot be larger") == true, "\(folder.read("log") ?? "")")
    }
}
