import Glibc
@testable import Sandbox
import Testing

/// Calls of the kernel that would pass a wall by.
@Suite(.timeLimit(.minutes(5)))
struct KernelAttackTests {
    /// Numbers for x86-64; those from 424 up are the same everywhere.
    @Test(
        arguments: Enclosure.here,
        [
            "libc.shmget(0, 4096, 0o1600)", "libc.shmat(0, 0, 0)", "libc.msgget(0, 0o1600)", "libc.syscall(319, b'x', 0)",
            "libc.ptrace(0, 0, 0, 0)", "libc.ptrace(16, 1, 0, 0)", "libc.unshare(0x10000000)", "libc.unshare(0)",
            "libc.setns(0, 0)",
            "libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0)", "libc.syscall(250, 0, -3, 0)", "libc.syscall(425, 1, 0)",
            "libc.syscall(321, 0, 0, 0)", "libc.syscall(298, 0, 0, -1, -1, 0)", "libc.syscall(323, 0)",
            "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)", "libc.syscall(310, 1, 0, 0, 0, 0, 0)", "libc.syscall(434, 1, 0)",
            "libc.chroot(b'/')", "libc.setsid()", "libc.setpgid(0, 0)", "libc.prctl(1, 0, 0, 0, 0)", "libc.prctl(36, 1, 0, 0, 0)",
            "libc.fcntl(0, 8, 1)", "libc.fcntl(0, 10, 9)", "libc.ioctl(0, 0x5412, b'x')", "libc.setpriority(0, 1, 19)",
            "libc.prlimit(1, 7, 0, 0)", "libc.syscall(203, 1, 8, b'x' * 8)", "libc.inotify_init()", "libc.klogctl(3, b'', 0)",
            "libc.syscall(241, b'x')",
        ])
    func `system calls that pass the sandbox by are refused`(_ enclosure: Enclosure, call: String) async throws {
        #if arch(x86_64)
            let script = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(\(call), ctypes.get_errno())"
            #expect(try await enclosure.python(script) == "-1 1\n")
        #endif
    }

    @Test(arguments: Enclosure.here, [435, 437, 451, 462, 0x4000_0000])
    func `calls that cannot be judged are not there`(_ enclosure: Enclosure, number: Int) async throws {
        let script =
            "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.syscall(\(number), 0, 0), ctypes.get_errno())"
        #expect(try await enclosure.python(script) == "-1 \(ENOSYS)\n")
    }

    @Test(arguments: Enclosure.here) func `a 32-bit system call ends the program`(_ enclosure: Enclosure) async throws {
        #if arch(x86_64)
            // mov eax, 20 (getpid); int 0x80; ret
            let script = """
                import ctypes, mmap
                memory = mmap.mmap(-1, 4096, prot=7)
                memory.write(bytes.fromhex('b814000000cd80c3'))
                print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))())
                """
            let failure = await #expect(throws: SandboxFailure.self) { try await enclosure.python(script) }
            // A kernel that is built without them answers with SIGSEGV.
            #expect(failure?.reason == .crashed(SIGSYS) || failure?.reason == .crashed(SIGSEGV))
        #endif
    }

    @Test(arguments: Enclosure.here) func `it has no privileges and cannot gain any`(_ enclosure: Enclosure) async throws {
        // PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, and capget into two triples.
        let script = """
            import ctypes, os
            libc = ctypes.CDLL(None)
            header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
            libc.capget(header, data)
            print(libc.prctl(39, 0, 0, 0, 0), libc.prctl(21, 0, 0, 0, 0), list(data), os.getgroups() in ([], [65534]))
            """
        #expect(try await enclosure.python(script).hasPrefix("1 2 [0, 0, 0, 0, 0, 0]"))
        if SandboxUser.here != .same { #expect(try await enclosure.python("import os; print(os.getuid() > 0)") == "True\n") }
    }

    @Test(arguments: Enclosure.underBubblewrap)
    func `the kernel takes the program first when memory runs out`(_ enclosure: Enclosure) async throws {
        guard enclosure.walls == [.bubblewrap] else { return }
        #expect(try await enclosure.python("print(open('/proc/self/oom_score_adj').read(), end='')") == "1000\n")
    }
}
