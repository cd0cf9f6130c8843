import Glibc

/// The most that this process may give to a program that it starts: nobody but root raises a hard limit, and in a sandbox nobody does.
struct HardLimits: Sendable {
    private var values: [SandboxResource: Int]

    /// - Parameter values: those that are bounded.
    init(_ values: [SandboxResource: Int]) { self.values = values }

    subscript(resource: SandboxResource) -> Int { values[resource] ?? .max }

    static func ofThisProcess() -> HardLimits {
        HardLimits(
            SandboxResource.allCases.reduce(into: [:]) { values, resource in
                var limit = rlimit()
                if getrlimit(resource.number, &limit) == 0 { values[resource] = Int(clamping: limit.rlim_max) }
            })
    }
}
