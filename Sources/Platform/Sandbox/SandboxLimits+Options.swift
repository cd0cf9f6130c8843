extension SandboxLimits {
    /// Descriptors that a program may have open, and how few it can do with.
    private static let openFiles = (wish: 256, least: 32)

    /// The limits as `lm-confine`'s words. Where less than it wishes does no harm, a program gets what there is.
    ///
    /// - Parameter processes: how many processes and threads its user may have, where it counts more than this run's.
    /// - Throws: `SandboxFailure.Reason.limited` where it would end early and look as if its file were at fault.
    func options(under hard: HardLimits, program: String, processes: Int? = nil) throws(SandboxFailure) -> [String] {
        func bounded(_ wish: Int, by resource: SandboxResource, atLeast least: Int? = nil) throws(SandboxFailure) -> Int {
            guard hard[resource] >= least ?? wish else {
                throw SandboxFailure(
                    .limited(resource), program: program,
                    diagnostics: "the server's hard limit is \(hard[resource]), and \(least ?? wish) are needed")
            }
            return min(wish, hard[resource])
        }
        func limit(_ name: String, _ soft: Int, _ hard: Int? = nil) -> [String] { ["--limit", name, "\(soft)", "\(hard ?? soft)"] }
        let cpu = try bounded(processorSeconds + 1, by: .processorTime)
        return try limit("as", bounded(memory, by: .memory)) + limit("cpu", processorSeconds, cpu)
            + limit("fsize", bounded(fileSize, by: .fileSize, atLeast: 0)) + limit("core", 0) + limit("memlock", 0)
            + limit("msgqueue", 0)
            + limit("nofile", bounded(Self.openFiles.wish, by: .openFiles, atLeast: Self.openFiles.least))
            + limit("nproc", bounded(processes ?? self.processes, by: .processes, atLeast: self.processes))
    }
}
