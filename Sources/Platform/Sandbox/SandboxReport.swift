import Failures

/// How the sandbox stands here, for whoever runs the server.
package struct SandboxReport: Sendable, Equatable {
    package enum Grade: Sendable { case good, advice, broken }

    package let grade: Grade
    /// What was seen.
    package let text: String
    /// How to mend or better it; empty where it is good.
    package let remedy: String
}

extension Sandbox {
    /// Tries all of it, and says which walls stand.
    ///
    /// - Parameter needs: the most that programs need.
    package func report(for needs: SandboxLimits) async -> SandboxReport {
        do {
            let standing = try await check(for: needs)
            let summary = Self.summary(of: standing.walls)
            guard standing.boundsProcesses else {
                return SandboxReport(
                    grade: .advice, text: "\(summary), but nothing bounds how many threads a hostile file starts",
                    remedy: "Run lm as an ordinary user: the kernel does not count root's processes.")
            }
            let user = standing.user == .same ? "" : " as a user of its own"
            return SandboxReport(
                grade: .good, text: "\(summary)\(user); \(programs.sorted().joined(separator: ", "))", remedy: "")
        } catch let failure as SandboxFailure where failure.program == Sandbox.confine {
            return SandboxReport(
                grade: .broken, text: "\(Sandbox.confine) is not to be found",
                remedy: "Put it beside lm, where the build makes both, or into ../libexec/little-monster from there.")
        } catch let failure as SandboxFailure where failure.reason == .missing {
            return SandboxReport(grade: .broken, text: failure.message, remedy: "Run `make setup`.")
        } catch let failure as SandboxFailure {
            guard case .limited(let resource) = failure.reason else {
                return SandboxReport(
                    grade: .broken, text: "neither wall stands: \(failure.diagnostics)", remedy: SandboxObstacle.find().remedy)
            }
            return SandboxReport(
                grade: .broken, text: failure.diagnostics,
                remedy: "Raise the hard limit of \(resource.setting) where lm is started.")
        } catch {
            return SandboxReport(grade: .broken, text: "\(error)", remedy: SandboxObstacle.find().remedy)
        }
    }

    /// Which walls stand around files that are parsed, in a few words for readiness.
    ///
    /// - Throws: `SandboxFailure` if none does.
    package func summary() async throws -> String { Self.summary(of: try await standingWalls()) }

    private static func summary(of walls: Set<SandboxWall>) -> String {
        let alone = walls.count == 1 ? " alone" : ""
        let version = walls.contains(.landlock) ? StandingWalls.landlock.map { " (ABI \($0))" } ?? "" : ""
        return SandboxWall.names(of: walls) + alone + version
    }
}
