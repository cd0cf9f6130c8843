import Failures
import FoundationEssentials
import Glibc
import Sandbox
import Testing

/// Every case runs a real program under bubblewrap.
@Suite(.timeLimit(.minutes(1)))
struct SandboxTests {
    let sandbox = Sandbox(programs: ["bash", "cat", "python3", "sleep", "ls", "pandoc", "no-such-program"])

    func shell(_ script: String, limits: SandboxLimits = SandboxLimits()) -> SandboxCommand {
        SandboxCommand("bash", ["-c", script], limits: limits)
    }

    func reason(_ body: () async throws -> Void) async -> SandboxFailure.Reason? {
        do {
            try await body()
            return nil
        } catch let failure as SandboxFailure {
            return failure.reason
        } catch {
            return nil
        }
    }

    @Test func `the machine can make a sandbox`() async throws {
        try await Sandbox(programs: ["bash"]).check()
    }

    @Test func `a missing program is said by name`() async throws {
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.check() }
        #expect(failure?.reason == .missing)
        #expect(failure?.program == "no-such-program")
    }

    @Test func `what a program prints comes back`() async throws {
        let output = try await sandbox.run(shell("echo out; echo err >&2"))
        #expect(output.text == "out\n")
        #expect(output.diagnostics == "err\n")
    }

    @Test func `an exit status is a failure that names it`() async throws {
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.run(shell("echo because >&2; exit 7")) }
        #expect(failure?.reason == .exited(7))
        #expect(failure?.diagnostics == "because\n")
        #expect(failure?.code == .unprocessable)
    }

    @Test func `a crash names its signal`() async throws {
        let got = await reason { _ = try await sandbox.run(shell("kill -SEGV $$")) }
        #expect(got == .crashed(SIGSEGV))
    }

    @Test(arguments: [
        "cat /etc/passwd", "ls /root", "ls /home", "ls /var", "ls /work", "cat /proc/1/root/etc/passwd", "touch /usr/x",
        "exec 3<>/dev/tcp/127.0.0.1/22", "exec 3<>/dev/tcp/1.1.1.1/53", "unshare -U true", "mount -t tmpfs none /mnt",
    ])
    func `the host is out of reach`(script: String) async throws {
        let got = await reason { _ = try await sandbox.run(shell(script)) }
        guard case .exited = got else {
            Issue.record("\(script) was not refused: \(String(describing: got))")
            return
        }
    }

    @Test func `nothing of our environment, descriptors or processes is inside`() async throws {
        setenv("LM_SANDBOX_SECRET", "shibboleth", 1)
        let output = try await sandbox.run(shell("env; ls /proc/self/fd; ls -d /proc/[0-9]* | wc -l; ls /sys /run 2>&1 | wc -l"))
        #expect(!output.text.contains("shibboleth"))
        let lines = output.text.split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.count <= 2 && Int($0) != nil }.dropLast(2).allSatisfy { (Int($0) ?? 99) <= 3 })
    }

    @Test func `an input is read and not written, an output folder is written`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("in.txt", "hello")
        let command = shell("cat /input/in.txt; echo made > /output/out.txt; echo x > /input/in.txt")
            .reading(folder.path + "/in.txt", at: "/input/in.txt").writing(folder.path, at: "/output")
        let got = await reason { _ = try await sandbox.run(command) }
        #expect(got == .exited(1))
        #expect(folder.read("in.txt") == "hello")
        #expect(folder.read("out.txt") == "made\n")
    }

    @Test func `a program that spins is stopped by its processor limit`() async throws {
        let got = await reason {
            _ = try await sandbox.run(shell("while :; do :; done", limits: SandboxLimits(processorSeconds: 1)))
        }
        #expect(got == .processorTime)
    }

    @Test func `a program that sleeps is stopped by the clock`() async throws {
        let got = await reason {
            _ = try await sandbox.run(shell("sleep 30 & sleep 30", limits: SandboxLimits(wallClock: .milliseconds(300))))
        }
        #expect(got == .wallClock)
    }

    @Test func `a program that eats memory is stopped`() async throws {
        let command = SandboxCommand("python3", ["-c", "x = bytearray(1 << 30)"], limits: SandboxLimits(memory: 256 << 20))
        let got = await reason { _ = try await sandbox.run(command) }
        #expect(got == .memory)
    }

    @Test func `a flood of output is stopped and not kept`() async throws {
        let got = await reason {
            _ = try await sandbox.run(
                shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", limits: SandboxLimits(output: 1 << 20)))
        }
        #expect(got == .output)
    }

    @Test func `a flood of errors is read, cut and survived`() async throws {
        let output = try await sandbox.run(
            shell("for i in {1..20000}; do echo noise >&2; done; echo done", limits: SandboxLimits(diagnostics: 100)))
        #expect(output.text == "done\n")
        #expect(output.diagnostics.utf8.count == 100)
    }

    @Test func `a file beyond the limit is stopped`() async throws {
        let folder = try TemporaryFolder()
        let command = SandboxCommand(
            "python3", ["-c", "f = open('/output/big', 'wb')\nwhile True: f.write(b'0' * 65536)"],
            limits: SandboxLimits(fileSize: 1 << 20)
        ).writing(folder.path, at: "/output")
        let got = await reason { _ = try await sandbox.run(command) }
        // Python ignores SIGXFSZ and sees an error instead; other programs die of the signal.
        #expect(got == .exited(1) || got == .fileSize)
    }

    @Test func `a crowd of processes dies with the sandbox`() async throws {
        // A number that no other program sleeps for, by which its processes are known.
        let mark = "61.0\(getpid())"
        let got = await reason {
            _ = try await sandbox.run(
                shell(
                    "for i in {1..40}; do sleep \(mark) & done; wait",
                    limits: SandboxLimits(wallClock: .seconds(2), processes: 64)))
        }
        #expect(got == .wallClock)
        let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            name.allSatisfy(\.isNumber)
                && (try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8))?.contains("sleep\0\(mark)") == true
        }
        #expect(left.isEmpty)
    }

    @Test func `cancelling kills the whole tree`() async throws {
        let folder = try TemporaryFolder()
        let command = shell("(while :; do echo x >> /output/beat; done) & touch /output/started; wait")
            .writing(folder.path, at: "/output")
        let running = Task { try await sandbox.run(command) }  // awaited and cancelled below
        try await eventually { folder.exists("started") }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        let size = folder.size("beat")
        _ = try await sandbox.run(shell("sleep 0.1"))
        #expect(folder.size("beat") == size)
    }

    @Test func `a zip bomb in a document does not take the machine along`() async throws {
        let folder = try TemporaryFolder()
        // A .docx whose document.xml unpacks to 600 MB.
        let make = SandboxCommand(
            "python3",
            [
                "-c",
                """
                import zipfile
                z = zipfile.ZipFile('/output/bomb.docx', 'w', zipfile.ZIP_DEFLATED)
                z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
                z.writestr('_rels/.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
                with z.open('word/document.xml', 'w', force_zip64=True) as f:
                    f.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
                    for _ in range(600): f.write(b'<w:p><w:r><w:t>a</w:t></w:r></w:p>' * 30000)
                    f.write(b'</w:body></w:document>')
                """,
            ]
        ).writing(folder.path, at: "/output")
        _ = try await sandbox.run(make)
        let parse = SandboxCommand(
            "pandoc", ["+RTS", "-M256M", "-RTS", "--sandbox", "-f", "docx", "-t", "json", "/input/bomb.docx"],
            limits: SandboxLimits(memory: 2 << 30, processorSeconds: 20, wallClock: .seconds(40))
        ).reading(folder.path + "/bomb.docx", at: "/input/bomb.docx")
        let got = await reason { _ = try await sandbox.run(parse) }
        #expect(got == .memory || got == .processorTime || got == .output, "\(String(describing: got))")
    }
}

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/lm-sandbox-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SandboxFailure(.unavailable, program: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    func exists(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    func size(_ name: String) -> Int {
        var info = stat()
        return stat(path + "/" + name, &info) == 0 ? Int(info.st_size) : -1
    }
}

/// Waits, looking often, until `condition` holds; throws after ten seconds.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(10))
    while !condition() {
        guard ContinuousClock.now < deadline else { throw SandboxFailure(.wallClock, program: "test") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
