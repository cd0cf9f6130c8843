/// What a sandboxed program may use before it is killed.
package struct SandboxLimits: Sendable {
    /// Bytes of address space, for each process.
    package var memory: Int
    /// Processor seconds, for each process.
    package var processorSeconds: Int
    /// How long it may run by the clock.
    package var wallClock: Duration
    /// Bytes of the largest file that it may write.
    package var fileSize: Int
    /// Bytes of all files that it may have in `$HOME`; 0 for a program that writes no files. In memory under bubblewrap; without it on
    /// the disk, where they are counted so often that what passes the limit is little, and the program is then killed.
    package var scratch: Int
    /// Bytes of standard output that are kept; one more, and it is killed.
    package var output: Int
    /// Bytes of standard error that are kept; the rest is read and dropped.
    package var diagnostics: Int
    /// Processes and threads at a time, one of them bubblewrap's own; 0 for no more than it begins with. Those of a program that may
    /// start processes may use `memory` this many times together.
    package var processes: Int

    package init(
        memory: Int = 512 << 20, processorSeconds: Int = 60, wallClock: Duration = .seconds(120), fileSize: Int = 256 << 20,
        scratch: Int = 0, output: Int = 64 << 20, diagnostics: Int = 16 << 10, processes: Int = 16
    ) {
        self.memory = memory
        self.processorSeconds = processorSeconds
        self.wallClock = wallClock
        self.fileSize = fileSize
        self.scratch = scratch
        self.output = output
        self.diagnostics = diagnostics
        self.processes = processes
    }
}
