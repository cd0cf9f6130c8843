/// What stands between a program that parses untrusted bytes and the machine. Each holds alone; where both can be had, both stand.
package enum SandboxWall: String, Sendable, CaseIterable {
    /// Namespaces of the program's own, made by bubblewrap: what is outside of them is not there.
    case bubblewrap
    /// Landlock: what is outside is there, and the kernel refuses access to it. Needs nobody's leave, so it holds in a chroot and in a
    /// container that may make no namespaces.
    case landlock = "Landlock"

    /// For people: `bubblewrap and Landlock`.
    package static func names(of walls: Set<SandboxWall>) -> String {
        allCases.filter(walls.contains).map(\.rawValue).joined(separator: " and ")
    }
}
