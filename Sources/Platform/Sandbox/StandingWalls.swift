import CLinux
import Synchronization

/// Which walls stand on this machine: found by trying, once for the process.
final class StandingWalls: Sendable {
    static let here = StandingWalls()

    private let found = Mutex<Set<SandboxWall>?>(nil)

    /// What the kernel and whoever runs us have of Landlock; nil for nothing.
    static var landlock: Int? {
        let version = Int(linux_landlock_version())
        return version > 0 ? version : nil
    }

    /// Both walls where both hold; else bubblewrap, outside of which nothing is there; else Landlock.
    ///
    /// - Parameter attempt: runs something within the walls that it is given, or throws.
    /// - Throws: a `SandboxFailure` with what keeps each wall from standing, if none does.
    func find(_ attempt: (Set<SandboxWall>) async throws -> Void) async throws -> Set<SandboxWall> {
        if let known = found.withLock({ $0 }) { return known }
        let choices: [Set<SandboxWall>] =
            Self.landlock == nil ? [[.bubblewrap]] : [[.bubblewrap, .landlock], [.bubblewrap], [.landlock]]
        var reasons: [String] = Self.landlock == nil ? ["the kernel, or what lm runs in, has no Landlock"] : []
        for walls in choices {
            do {
                try await attempt(walls)
                found.withLock { $0 = walls }
                return walls
            } catch let failure as SandboxFailure {
                if case .limited = failure.reason { throw failure }
                if failure.reason == .missing, failure.program == Sandbox.confine { throw failure }
                if walls.count == 1 { reasons.append("\(SandboxWall.names(of: walls)): \(failure.shortReason)") }
            }
        }
        throw SandboxFailure(.unavailable, program: "sandbox", diagnostics: reasons.joined(separator: "; "))
    }

    /// They are tried again when they are next asked for.
    func forget() { found.withLock { $0 = nil } }
}

extension SandboxFailure {
    fileprivate var shortReason: String {
        if reason == .missing { return "\(program) is not installed" }
        let line = diagnostics.prefix { $0 != "\n" }
        return line.isEmpty ? "\(reason)" : String(line)
    }
}
