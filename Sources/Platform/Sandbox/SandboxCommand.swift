import FoundationEssentials

/// One run of one program: its arguments, the files it sees, and its limits.
///
/// What it makes comes back by standard output alone: nothing of the host can be written, so that there is no disk to fill.
package struct SandboxCommand: Sendable {
    /// A file of the host, and its name in the program's working folder.
    package struct Input: Sendable {
        package let host: String
        package let name: String
        /// Whether it is what is run: one of our own programs, which the walls would hide.
        var isProgram = false
    }

    /// The program's name in `/usr/bin`; or of one of our own, which lies beside this one and whose name begins with `lm-`.
    package let program: String
    package var arguments: [String]
    package private(set) var inputs: [Input] = []
    package var limits: SandboxLimits
    /// Other programs in `/usr/bin` that it may become or start.
    package var others: [String] = []
    /// Whether it may start processes. One that may only start threads has its memory and its processor time for all of it together.
    package var startsProcesses = false

    /// Whether it finds libraries by way of `/etc/alternatives`, as Debian's ffmpeg finds some.
    private(set) var followsAlternatives = false

    /// Whether a request waits for what it says: it may take less, and does not stand in line behind jobs.
    private(set) var isAwaited = false

    /// How many processes may each take all of `limits.memory`.
    var processesWithMemory: Int { startsProcesses ? max(1, limits.processes) : 1 }

    package init(_ program: String, _ arguments: [String], limits: SandboxLimits = SandboxLimits()) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
    }

    /// Shows a file of the host, read-only, as `name` in the program's working folder. This process must be able to read it; where root
    /// runs sandboxes as somebody else, it is copied for the run.
    package func reading(_ host: String, as name: String) -> Self {
        precondition(!name.contains("/") && name != "..", "a name, not a path")
        var copy = self
        let path = host.hasPrefix("/") ? host : FileManager.default.currentDirectoryPath + "/" + host
        copy.inputs.append(Input(host: path, name: name))
        return copy
    }

    /// Shows the program to itself, if it is one of ours.
    func carryingItself() throws(SandboxFailure) -> Self {
        guard OwnProgram.isOne(program) else { return self }
        guard let path = OwnProgram.path(program) else { throw SandboxFailure(.missing, program: program) }
        var copy = self
        copy.inputs.append(Input(host: path, name: program, isProgram: true))
        return copy
    }

    /// Where the program is found.
    ///
    /// - Parameter folder: where its inputs are.
    func executable(in folder: String) -> String { (OwnProgram.isOne(program) ? folder : "/usr/bin") + "/" + program }

    /// Says that a request waits for it, which is to be answered within seconds: a file that takes longer is refused.
    package func awaited() -> Self {
        var copy = self
        copy.isAwaited = true
        copy.limits.processorSeconds = min(limits.processorSeconds, 7)
        copy.limits.wallClock = min(limits.wallClock, .seconds(8))
        return copy
    }

    /// Shows it which of several libraries the machine's administrator chose.
    package func followingAlternatives() -> Self {
        var copy = self
        copy.followsAlternatives = true
        return copy
    }

    /// Lets it start processes, of itself and of other programs in `/usr/bin`.
    package func starting(_ others: [String]) -> Self {
        var copy = self
        copy.startsProcesses = true
        copy.others += others
        return copy
    }
}
