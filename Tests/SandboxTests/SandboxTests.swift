import Failures
import FoundationEssentials
import Glibc
@testable import Sandbox
import Testing

/// Every case runs a real program, within each wall alone and within both.
@Suite(.timeLimit(.minutes(5)))
struct SandboxTests {
    static let programs: Set<String> = ["bash", "cat", "python3", "sleep", "ls", "pandoc", "no-such-program"]

    func shell(_ script: String, limits: SandboxLimits = SandboxLimits()) -> SandboxCommand {
        SandboxCommand("bash", ["-c", script], limits: limits).starting(["cat", "sleep"])
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

    @Test(arguments: Enclosure.here) func `the machine can make a sandbox`(_ enclosure: Enclosure) async throws {
        let standing = try await enclosure.sandbox(["bash"]).check()
        #expect(standing.walls == enclosure.walls)
        // Where others share the user, its limit is one for all of them, and still one.
        #expect(standing.boundsProcesses)
    }

    @Test(.enabled(if: Enclosure.here.contains { $0.walls.count == 2 })) func `both walls stand where both can be had`()
        async throws
    {
        #expect(try await Sandbox(programs: ["bash"]).standingWalls() == [.bubblewrap, .landlock])
    }

    @Test(arguments: Enclosure.here) func `a missing program is said by name`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.check() }
        #expect(failure?.reason == .missing)
        #expect(failure?.program == "no-such-program")
    }

    @Test(arguments: Enclosure.here) func `what a program prints comes back`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let output = try await sandbox.run(shell("echo out; echo err >&2"))
        #expect(output.text == "out\n")
        #expect(output.diagnostics == "err\n")
    }

    @Test(arguments: Enclosure.here) func `an exit status is a failure that names it`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.run(shell("echo because >&2; exit 7")) }
        #expect(failure?.reason == .exited(7))
        #expect(failure?.diagnostics == "because\n")
        #expect(failure?.code == .unprocessable)
    }

    @Test(arguments: Enclosure.here) func `a crash names its signal`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let got = await reason { _ = try await sandbox.run(shell("kill -SEGV $$")) }
        #expect(got == .crashed(SIGSEGV))
    }

    @Test(arguments: Enclosure.here) func `a program that spins is stopped by its processor limit`(_ enclosure: Enclosure)
        async throws
    {
        let sandbox = enclosure.sandbox(Self.programs)
        let got = await reason {
            _ = try await sandbox.run(shell("while :; do :; done", limits: SandboxLimits(processorSeconds: 1)))
        }
        #expect(got == .processorTime)
    }

    @Test(arguments: Enclosure.here) func `a program that sleeps is stopped by the clock`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let got = await reason {
            _ = try await sandbox.run(shell("sleep 30 & sleep 30", limits: SandboxLimits(wallClock: .milliseconds(300))))
        }
        #expect(got == .wallClock)
    }

    @Test(arguments: Enclosure.here) func `a program that eats memory is stopped`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let command = SandboxCommand("python3", ["-c", "x = bytearray(1 << 30)"], limits: SandboxLimits(memory: 256 << 20))
        let got = await reason { _ = try await sandbox.run(command) }
        #expect(got == .memory)
    }

    @Test(arguments: Enclosure.here) func `a flood of errors is read, cut and survived`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let output = try await sandbox.run(
            shell("for i in {1..20000}; do echo noise >&2; done; echo done", limits: SandboxLimits(diagnostics: 100)))
        #expect(output.text == "done\n")
        #expect(output.diagnostics.utf8.count == 100)
    }

    @Test(arguments: Enclosure.here) func `an input is read and not written, whoever owns it`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let folder = try TemporaryFolder()
        try folder.write("in.txt", "hello")
        chmod(folder.path + "/in.txt", 0o600)
        let command = shell("cat in.txt; echo x > in.txt").reading(folder.path + "/in.txt", as: "in.txt")
        let failure = await #expect(throws: SandboxFailure.self) { try await sandbox.run(command) }
        #expect(failure?.reason == .exited(1))
        #expect(folder.read("in.txt") == "hello")
        let output = try await sandbox.run(
            shell("cat a b").reading(folder.path + "/in.txt", as: "a").reading(folder.path + "/in.txt", as: "b"))
        #expect(output.text == "hellohello")
    }

    @Test(arguments: Enclosure.here) func `an input that is not there is a failure`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let got = await reason { _ = try await sandbox.run(shell("true").reading("/no/such/file", as: "a")) }
        #expect(got == .unavailable)
    }

    @Test(arguments: Enclosure.here) func `a file beyond the limit is stopped`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
        let command = SandboxCommand(
            "python3", ["-c", "import os\nf = open(os.environ['HOME'] + '/big', 'wb')\nwhile True: f.write(b'0' * 65536)"],
            limits: SandboxLimits(fileSize: 1 << 20, scratch: 64 << 20))
        let got = await reason { _ = try await sandbox.run(command) }
        // Python ignores SIGXFSZ and sees an error instead; other programs die of the signal.
        #expect(got == .exited(1) || got == .fileSize)
    }

    @Test(arguments: Enclosure.here) func `cancelling kills the whole tree`(_ enclosure: Enclosure) async throws {
        let sandbox = enclosure.sandbox(Self.programs)
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
            try shell("true").underBubblewrap(becoming: nil, under: HardLimits([resource: hard]), landlock: 0)
        }
        #expect(failure?.reason == .limited(resource))
        #expect(failure?.code == .unavailable)
        _ = try shell("true").underBubblewrap(becoming: nil, under: HardLimits([resource: hard + 1]), landlock: 0)
    }

    @Test func `limits above the wish change nothing`() throws {
        let options = try SandboxLimits().options(under: HardLimits([:]), program: "bash")
        let text = options.joined(separator: " ")
        #expect(text.contains("nofile 256 256") && text.contains("nproc 16 16") && text.contains("cpu 60 61"))
        let few = try SandboxLimits().options(under: HardLimits([.fileSize: 0, .openFiles: 100]), program: "bash")
        #expect(few.joined(separator: " ").contains("nofile 100 100"))
    }

    @Test(arguments: Enclosure.here) func `a zip bomb in a document does not take the machine along`(_ enclosure: Enclosure)
        async throws
    {
        let sandbox = enclosure.sandbox(Self.programs)
        let folder = try TemporaryFolder()
        // A .docx whose document.xml unpacks to 600 MB.
        let make = SandboxCommand(
            "python3",
            [
                "-c",
                """
                import zipfile
                import os, shutil, sys
                path = os.environ['HOME'] + '/bomb'
                z = zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED)
                z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
                z.writestr('_rels/.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
                with z.open('word/document.xml', 'w', force_zip64=True) as f:
                    f.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
                    for _ in range(600): f.write(b'<w:p><w:r><w:t>a</w:t></w:r></w:p>' * 30000)
                    f.write(b'</w:body></w:document>')
                z.close()
                shutil.copyfileobj(open(path, 'rb'), sys.stdout.buffer)
                """,
            ], limits: SandboxLimits(scratch: 64 << 20))
        try Data(try await sandbox.run(make).bytes).write(to: URL(filePath: folder.path + "/bomb.docx"))
        let parse = SandboxCommand(
            "pandoc", ["+RTS", "-M256M", "-RTS", "--sandbox", "-f", "docx", "-t", "json", "bomb.docx"],
            limits: SandboxLimits(memory: 2 << 30, processorSeconds: 20, wallClock: .seconds(40))
        ).reading(folder.path + "/bomb.docx", as: "bomb.docx")
        let got = await reason { _ = try await sandbox.run(parse) }
        #expect(got == .memory || got == .processorTime || got == .output, "\(String(describing: got))")
    }
}
