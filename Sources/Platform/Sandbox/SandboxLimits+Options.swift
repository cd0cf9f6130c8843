extension SandboxLimits {
    /// Descriptors that a program may have open, and how few it can do with.
    private static let openFiles = (wish: 256, least: 32)

    /// The limits as prlimit's options. Where less than it wishes does no harm, a program gets what there is.
    ///
    /// - Throws: `SandboxFailure.Reason.limited` where it would end early and look as if its file were at fault.
    func options(under hard: HardLimits, program: String) throws(SandboxFailure) -> [String] {
        func bounded(_ wish: Int, by resource: SandboxResource, atLeast least: Int? = nil) throws(SandboxFailure) -> Int {
            guard hard[resource] >= least ?? wish else {
                throw SandboxFailure(
                    .limited(resource), program: program,
                    diagnostics: "the server's hard limit is \(hard[resource]), and \(least ?? wish) are needed")
            }
            return min(wish, hard[resource])
        }
        return [
            "--as=\(try bounded(memory, by: .memory))",
            "--cpu=\(processorSeconds):\(try bounded(processorSeconds + 1, by: .processorTime))",
            "--fsize=\(try bounded(fileSize, by: .fileSize, atLeast: 0))", "--core=0", "--memlock=0", "--msgqueue=0",
            "--nofile=\(try bounded(Self.openFiles.wish, by: .openFiles, atLeast: Self.openFiles.least))",
            "--nproc=\(try bounded(processes, by: .processes))",
        ]
    }
}
