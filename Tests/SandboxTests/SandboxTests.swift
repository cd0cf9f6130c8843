import Failures
import FoundationEssentials
import Glibc
@testable import Sandbox
import Testing

/// Every case runs a real program under bubblewrap.
@Suite(.timeLimit(.minutes(3)))
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
        #expect(try await Sandbox(programs: ["bash"]).check().boundsProcesses)
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

    @Test func `a flood of errors is read, cut and survived`() async throws {
        let output = try await sandbox.run(
            shell("for i in {1..20000}; do echo noise >&2; done; echo done", limits: SandboxLimits(diagnostics: 100)))
        #expect(output.text == "done\n")
        #expect(output.diagnostics.utf8.count == 100)
    }

    @Test func `an input is read and not written, whoever owns it`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("in.txt", "hello")
        chmod(folder.path + "/in.txt", 0o600)
        let command = shell("cat /input/in.txt; echo x > /input/in.txt").reading(folder.path + "/in.txt", at: "/input/in.txt")
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.run(command) }
        #expect(failure?.reason == .exited(1))
        #expect(folder.read("in.txt") == "hello")
        let output = try await sandbox.run(
            shell("cat /input/a /input/b")
                .reading(folder.path + "/in.txt", at: "/input/a").reading(folder.path + "/in.txt", at: "/input/b"))
        #expect(output.text == "hellohello")
    }

    @Test func `an input that is not there is a failure`() async throws {
        let got = await reason { _ = try await sandbox.run(shell("true").reading("/no/such/file", at: "/input/a")) }
        #expect(got == .unavailable)
    }

    @Test func `a file beyond the limit is stopped`() async throws {
        let command = SandboxCommand(
            "python3", ["-c", "f = open('/tmp/big', 'wb')\nwhile True: f.write(b'0' * 65536)"],
            limits: SandboxLimits(fileSize: 1 << 20, scratch: 64 << 20))
        let got = await reason { _ = try await sandbox.run(command) }
        // Python ignores SIGXFSZ and sees an error instead; other programs die of the signal.
        #expect(got == .exited(1) || got == .fileSize)
    }

    @Test func `cancelling kills the whole tree`() async throws {
        let mark = Mark(62)
        let command = shell("sleep \(mark.seconds) & sleep \(mark.seconds)")
        let running = Task { try await sandbox.run(command) }  // awaited and cancelled below
        try await eventually { mark.processes == 2 }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(mark.processes == 0)
    }

    @Test func `a server that may open few files reads them all the same`() async {
        await #expect(processExitsWith: .success) {
            // This process is the test's own: a hard limit cannot be raised again.
            var few = rlimit(rlim_cur: 128, rlim_max: 128)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &few) == 0)
            let sandbox = Sandbox(programs: ["bash"])
            #expect(try await sandbox.run(SandboxCommand("bash", ["-c", "ulimit -H -n"])).text == "128\n")
            try await sandbox.check()
        }
    }

    @Test(arguments: [
        (SandboxResource.openFiles, 31), (.memory, (512 << 20) - 1), (.processes, 15), (.processorTime, 60),
    ])
    func `what the server may not give is said by name, and no fault of the file`(resource: SandboxResource, hard: Int) throws {
        let failure = #expect(throws: SandboxFailure.self) {
            try shell("true").argumentVector(becoming: nil, under: HardLimits([resource: hard]))
        }
        #expect(failure?.reason == .limited(resource))
        #expect(failure?.code == .unavailable)
        _ = try shell("true").argumentVector(becoming: nil, under: HardLimits([resource: hard + 1]))
    }

    @Test func `limits above the wish change nothing`() throws {
        let options = try SandboxLimits().options(under: HardLimits([:]), program: "bash")
        #expect(options.contains("--nofile=256") && options.contains("--nproc=16") && options.contains("--cpu=60:61"))
        #expect(
            try SandboxLimits().options(under: HardLimits([.fileSize: 0, .openFiles: 100]), program: "bash").contains(
                "--nofile=100"))
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
                import shutil, sys
                z = zipfile.ZipFile('/tmp/bomb', 'w', zipfile.ZIP_DEFLATED)
                z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
                z.writestr('_rels/.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
                with z.open('word/document.xml', 'w', force_zip64=True) as f:
                    f.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
                    for _ in range(600): f.write(b'<w:p><w:r><w:t>a</w:t></w:r></w:p>' * 30000)
                    f.write(b'</w:body></w:document>')
                z.close()
                shutil.copyfileobj(open('/tmp/bomb', 'rb'), sys.stdout.buffer)
                """,
            ], limits: SandboxLimits(scratch: 64 << 20))
        try Data(try await sandbox.run(make).bytes).write(to: URL(filePath: folder.path + "/bomb.docx"))
        let parse = SandboxCommand(
            "pandoc", ["+RTS", "-M256M", "-RTS", "--sandbox", "-f", "docx", "-t", "json", "/input/bomb.docx"],
            limits: SandboxLimits(memory: 2 << 30, processorSeconds: 20, wallClock: .seconds(40))
        ).reading(folder.path + "/bomb.docx", at: "/input/bomb.docx")
        let got = await reason { _ = try await sandbox.run(parse) }
        #expect(got == .memory || got == .processorTime || got == .output, "\(String(describing: got))")
    }
}
