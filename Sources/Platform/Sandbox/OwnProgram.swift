import Glibc

/// Finds programs that are built with this one and lie beside it: `lm-confine`, and those that run within the walls.
enum OwnProgram {
    /// Whether a program is one of ours, not of the system: its name says so.
    static func isOne(_ name: String) -> Bool { name.hasPrefix("lm-") }

    /// Its path, or nil where it is not to be found.
    static func path(_ name: String) -> String? {
        guard let folder else { return nil }
        return ["", "/../libexec/little-monster"].map { folder + $0 + "/" + name }.first { access($0, R_OK | X_OK) == 0 }
    }

    /// The folder of the program that runs; by its first word where `/proc` is not mounted.
    private static let folder: String? = {
        for name in ["/proc/self/exe", CommandLine.arguments.first ?? ""] where name.contains("/") {
            guard let resolved = realpath(name, nil) else { continue }
            defer { free(resolved) }
            let path = String(cString: resolved)
            if let slash = path.lastIndex(of: "/") { return String(path[..<slash]) }
        }
        return nil
    }()
}
