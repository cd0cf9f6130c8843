import FoundationEssentials
import Glibc
@testable import Sandbox
import Testing

/// What a program does that a hostile file has taken over, within each wall alone and within both. Every crowd is bounded by the test
/// itself, not only by the sandbox.
@Suite(.timeLimit(.minutes(5)))
struct SandboxAttackTests {
    // MARK: - Reading

    @Test(
        arguments: Enclosure.here,
        [
            "cat /etc/passwd", "ls /root", "ls /home", "ls /var", "ls /run", "ls /sys/kernel", "cat /proc/1/root/etc/passwd",
            "cat /proc/kcore", "cat /dev/kmsg", "cat /etc/hostname",
        ])
    func `the host's files cannot be read`(_ enclosure: Enclosure, script: String) async throws {
        let failure = await #expect(throws: SandboxFailure.self) { try await enclosure.shell(script, ["cat", "ls"]) }
        #expect([.exited(1), .exited(2)].contains(failure?.reason), "\(String(describing: failure))")
    }

    @Test(arguments: Enclosure.here) func `a file that anybody may read cannot be read`(_ enclosure: Enclosure) async throws {
        let folder = try TemporaryFolder(isOpen: true)
        try folder.write("open", "shibboleth")
        let failure = await #expect(throws: SandboxFailure.self) {
            try await enclosure.python("print(open('\(folder.path)/open').read())")
        }
        #expect(failure?.diagnostics.contains("Error: [Errno") == true, "\(failure?.diagnostics ?? "")")
    }

    @Test(arguments: Enclosure.here)
    func `nothing of our environment and descriptors is inside`(_ enclosure: Enclosure) async throws {
        setenv("LM_SANDBOX_SECRET", "shibboleth", 1)
        let environment = try await enclosure.shell("env", ["env"])
        #expect(environment.text.contains("HOME=/tmp"))
        #expect(!environment.text.contains("shibboleth"))
        let script = """
            import os
            def is_open(n):
                try: os.fstat(n)
                except OSError: return False
                return True
            print([n for n in range(4096) if is_open(n)])
            """
        #expect(try await enclosure.python(script) == "[0, 1, 2]\n")
    }

    @Test(arguments: Enclosure.underBubblewrap) func `other processes are not there`(_ enclosure: Enclosure) async throws {
        let script = "import os; print(sum(os.path.exists(f'/proc/{n}') for n in range(1, 5000)))"
        #expect(try #require(Int(try await enclosure.python(script).dropLast())) <= 4)
    }

    @Test(.enabled(if: !Enclosure.underLandlockAlone.isEmpty), arguments: Enclosure.underLandlockAlone)
    func `programs that it was not to start cannot be started`(_ enclosure: Enclosure) async throws {
        let failure = await #expect(throws: SandboxFailure.self) { try await enclosure.shell("/usr/bin/id", ["cat"]) }
        #expect(failure?.reason == .exited(126))
    }

    // MARK: - Writing

    @Test(
        arguments: Enclosure.here,
        ["/", "/usr/", "/dev/", "/dev/shm/", "/tmp/", "./", "../", "/proc/", "/var/tmp/", "/etc/", "/usr/bin/", "/run/", "$HOME/"])
    func `there is nowhere to write`(_ enclosure: Enclosure, folder: String) async throws {
        let folderOfInput = try TemporaryFolder()
        try folderOfInput.write("in", "hello")
        let command = SandboxCommand("bash", ["-c", "echo x > \(folder)x"]).reading(folderOfInput.path + "/in", as: "in")
        let failure = await #expect(throws: SandboxFailure.self) { try await enclosure.sandbox(["bash"]).run(command) }
        #expect(failure?.reason == .exited(1))
    }

    /// Python, with `path` the victim's; each is a way to change a file without being let to open it, or one that Landlock learnt late.
    @Test(
        arguments: Enclosure.here,
        [
            "open(path, 'w')", "open(path, 'a')", "os.open(path, os.O_RDONLY | os.O_TRUNC)", "os.truncate(path, 0)",
            "os.chmod(path, 0)", "os.chown(path, -1, os.getgid())", "os.utime(path, (0, 0))", "os.setxattr(path, 'user.x', b'x')",
            "os.unlink(path)", "os.rename(path, path + '2')", "os.link(path, path + '2')", "os.symlink(path, path + '2')",
            "os.mkdir(path + '2')", "os.mkfifo(path + '2')",
        ])
    func `a file that anybody may change stays as it is`(_ enclosure: Enclosure, attempt: String) async throws {
        let folder = try TemporaryFolder(isOpen: true)
        try folder.write("victim", "hello")
        chmod(folder.path + "/victim", 0o666)
        var before = stat()
        stat(folder.path + "/victim", &before)
        let script = "import os\npath = '\(folder.path)/victim'\ntry: \(attempt)\nexcept OSError as e: print('no')"
        #expect(try await enclosure.python(script) == "no\n")
        var after = stat()
        stat(folder.path + "/victim", &after)
        #expect(folder.read("victim") == "hello")
        #expect(before.st_mode == after.st_mode && before.st_mtim.tv_sec == after.st_mtim.tv_sec)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["victim"])
    }

    @Test(arguments: Enclosure.here, ["open('in', 'w')", "os.open('in', os.O_TRUNC)", "os.truncate('in', 0)", "os.chmod('in', 0)"])
    func `the input itself stays as it is`(_ enclosure: Enclosure, attempt: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("in", "hello")
        let script = "import os\ntry: \(attempt)\nexcept OSError: print('no')\nprint(open('in').read())"
        let command = SandboxCommand("python3", ["-c", script]).reading(folder.path + "/in", as: "in")
        #expect(try await enclosure.sandbox(["python3"]).run(command).text == "no\nhello\n")
        #expect(folder.read("in") == "hello")
    }

    @Test(arguments: Enclosure.here) func `scratch space is bounded however many files fill it`(_ enclosure: Enclosure) async throws
    {
        let script = """
            import os
            total = 0
            try:
                for n in range(100):
                    with open(f'{os.environ["HOME"]}/{n}', 'wb', buffering=0) as f: total += f.write(b'0' * (1 << 20))
            except OSError as e: print(e.strerror)
            print(total >> 20)
            """
        let limits = SandboxLimits(fileSize: 2 << 20, scratch: 4 << 20)
        if enclosure.walls.contains(.bubblewrap) {
            #expect(try await enclosure.python(script, limits: limits) == "No space left on device\n4\n")
        } else {
            let failure = await #expect(throws: SandboxFailure.self) { try await enclosure.python(script, limits: limits) }
            #expect(failure?.reason == .fileSize)
        }
    }

    @Test(.enabled(if: !Enclosure.underLandlockAlone.isEmpty), arguments: Enclosure.underLandlockAlone)
    func `what fills the scratch space cannot be hidden`(_ enclosure: Enclosure) async throws {
        let script = """
            import os
            os.chdir(os.environ['HOME'])
            open('a', 'w').close()
            for attempt in [lambda: os.unlink('a'), lambda: os.rename('a', 'b'), lambda: os.mkdir('c'),
                            lambda: os.open('.', os.O_TMPFILE | os.O_RDWR)]:
                try: attempt(); print('yes')
                except OSError: print('no')
            """
        #expect(try await enclosure.python(script, limits: SandboxLimits(scratch: 1 << 20)) == String(repeating: "no\n", count: 4))
    }

    @Test(arguments: Enclosure.here) func `a flood of output is stopped and not kept`(_ enclosure: Enclosure) async throws {
        let failure = await #expect(throws: SandboxFailure.self) {
            try await enclosure.shell(
                "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", [], limits: SandboxLimits(output: 1 << 20))
        }
        #expect(failure?.reason == .output)
    }

    // MARK: - Talking

    @Test(
        arguments: Enclosure.here,
        [
            "AF_INET, socket.SOCK_STREAM", "AF_INET6, socket.SOCK_DGRAM", "AF_UNIX, socket.SOCK_STREAM",
            "AF_NETLINK, socket.SOCK_RAW", "AF_VSOCK, socket.SOCK_STREAM", "AF_ALG, socket.SOCK_SEQPACKET",
        ])
    func `no socket can be made`(_ enclosure: Enclosure, kind: String) async throws {
        let failure = await #expect(throws: SandboxFailure.self) {
            try await enclosure.python("import socket\nsocket.socket(socket.\(kind))")
        }
        #expect(failure?.diagnostics.contains("PermissionError: [Errno 1]") == true, "\(failure?.diagnostics ?? "")")
    }
}

extension Enclosure {
    /// Runs a script that may start `others`.
    @discardableResult
    func shell(_ script: String, _ others: [String], limits: SandboxLimits = SandboxLimits()) async throws -> Sandbox.Output {
        try await sandbox(["bash"]).run(SandboxCommand("bash", ["-c", script], limits: limits).starting(others))
    }

    /// What a script in Python prints, its errors among it.
    func python(_ script: String, processes: Bool = false, limits: SandboxLimits = SandboxLimits()) async throws -> String {
        var command = SandboxCommand("python3", ["-c", script], limits: limits)
        command.startsProcesses = processes
        return try await sandbox(["python3"]).run(command).text
    }
}
