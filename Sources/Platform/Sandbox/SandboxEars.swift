/// Who hears what a program in the sandbox prints while it runs, and who talks to it. Both are called on the thread that waits for it.
struct SandboxEars: Sendable {
    /// Is given what it prints, in order.
    var heard: (@Sendable ([UInt8]) -> Void)?
    /// Is given, once it has been started, the descriptor to write to its standard input, and closes it. Without, it has none.
    var opened: (@Sendable (Int32) -> Void)?
}
