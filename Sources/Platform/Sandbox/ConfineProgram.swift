import Glibc

/// Finds `lm-confine`, which is built beside every program that holds this room.
enum ConfineProgram {
    /// Its path, or nil where it is not to be found.
    static let path: String? = {
        guard let folder else { return nil }
        return ["", "/../libexec/little-monster"].map { folder + $0 + "/lm-confine" }.first { access($0, R_OK | X_OK) == 0 }
    }()

    /// The folder of the program that runs; by its first word where `/proc` is not mounted.
    private static var folder: String? {
        for name in ["/proc/self/exe", CommandLine.arguments.first ?? ""] where name.contains("/") {
            guard let resolved = realpath(name, nil) else { continue }
            defer { free(resolved) }
            let path = String(cString: resolved)
            if let slash = path.lastIndex(of: "/") { return String(path[..<slash]) }
        }
        return nil
    }
}
