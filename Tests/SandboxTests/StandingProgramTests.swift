@testable import Sandbox
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StandingProgramTests {
    private static let limits = SandboxLimits(memory: 64 << 20, output: .max)

    private func heard(_ count: Int, from program: StandingProgram) async -> [UInt8] {
        var bytes: [UInt8] = []
        for await part in program.output {
            bytes += part
            if bytes.count >= count { break }
        }
        return bytes
    }

    @Test(arguments: Enclosure.here) func `a program that stays answers as often as it is asked`(_ enclosure: Enclosure)
        async throws
    {
        let program = try await enclosure.sandbox(["cat"]).start(SandboxCommand("cat", [], limits: Self.limits))
        for number in 0..<3 {
            let words = Array("question \(number)\n".utf8)
            try await program.write(words)
            #expect(await heard(words.count, from: program) == words)
        }
        program.finishInput()
        #expect(await program.ending() == nil)
        #expect(await heard(1, from: program).isEmpty)
    }

    @Test(arguments: Enclosure.here) func `one that is ended is gone, and cannot be asked any more`(_ enclosure: Enclosure)
        async throws
    {
        let program = try await enclosure.sandbox(["sleep"]).start(SandboxCommand("sleep", ["600"], limits: Self.limits))
        try await program.write([1])
        program.end()
        #expect(await program.ending() == nil)
        await #expect(throws: SandboxFailure.self) { try await program.write([1]) }
    }

    @Test func `one that ends badly says how`() async throws {
        let program = try await Sandbox(programs: ["sh"]).start(SandboxCommand("sh", ["-c", "exit 3"], limits: Self.limits))
        let failure = await program.ending()
        #expect(failure?.reason == .exited(3))
    }

    @Test func `what a program prints is heard while it runs`() async throws {
        let heard = try await Sandbox(programs: ["sh"]).run(
            SandboxCommand("sh", ["-c", "echo heard"], limits: Self.limits), hearing: { #expect($0 == Array("heard\n".utf8)) })
        #expect(heard.bytes.isEmpty)
    }
}
