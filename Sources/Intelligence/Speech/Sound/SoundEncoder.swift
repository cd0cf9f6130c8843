import Sandbox

/// A file of sound in the making: samples go in as they are spoken, bytes of the file come out as they are ready.
package final class SoundEncoder: Sendable {
    private let program: StandingProgram

    init(_ program: StandingProgram) { self.program = program }

    deinit { program.end() }

    /// What there is of the file, in order; ends with it.
    package var output: AsyncStream<[UInt8]> { program.output }

    /// - Parameter bytes: samples of 16 bits, little-endian.
    package func append(_ bytes: [UInt8]) async throws {
        do {
            try await program.write(bytes)
        } catch let failure as SandboxFailure {
            throw AudioTool.failure(failure)
        }
    }

    /// Nothing more comes.
    package func finish() { program.finishInput() }

    package func cancel() { program.end() }

    /// Waits for its end. Throws unless the file is whole.
    package func check() async throws {
        if let failure = await program.ending() { throw AudioTool.failure(failure) }
        try Task.checkCancellation()
    }
}
