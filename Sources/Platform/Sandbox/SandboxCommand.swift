/// One run of one program: its arguments, the files it sees, and its limits.
///
/// What it makes comes back by standard output alone: nothing of the host can be written, so that there is no disk to fill.
package struct SandboxCommand: Sendable {
    /// A file of the host at a path inside.
    package struct Input: Sendable {
        package let host: String
        package let inside: String
    }

    /// The program's name in `/usr/bin`.
    package let program: String
    package var arguments: [String]
    package private(set) var inputs: [Input] = []
    package var limits: SandboxLimits

    package init(_ program: String, _ arguments: [String], limits: SandboxLimits = SandboxLimits()) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
    }

    /// Shows a file of the host, read-only, at `inside`. This process must be able to read it; where root runs sandboxes as somebody
    /// else, it is copied into memory for the run.
    package func reading(_ host: String, at inside: String) -> Self {
        var copy = self
        copy.inputs.append(Input(host: host, inside: inside))
        return copy
    }
}
