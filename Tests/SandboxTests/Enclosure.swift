import Glibc
@testable import Sandbox
import Testing

/// Walls to run a case within, and how much of Landlock: what an older kernel has of it is tried on a newer one.
struct Enclosure: Sendable, CustomTestStringConvertible {
    let walls: Set<SandboxWall>
    var landlock = Int.max

    /// Those that this machine can have; the others' cases do not run, which `Tests/Parts` and the run's list of cases show.
    static let here: [Enclosure] = {
        let hasNamespaces = system("/usr/bin/bwrap --unshare-all --ro-bind / / /usr/bin/true 2>/dev/null") == 0
        let newest = StandingWalls.landlock ?? 0
        var all: [Enclosure] = []
        if hasNamespaces, newest > 0 { all.append(Enclosure(walls: [.bubblewrap, .landlock])) }
        if hasNamespaces { all.append(Enclosure(walls: [.bubblewrap])) }
        // Linux 5.13, 6.2, 6.7, and the newest.
        for version in [1, 3, 4] where version < newest { all.append(Enclosure(walls: [.landlock], landlock: version)) }
        if newest > 0 { all.append(Enclosure(walls: [.landlock])) }
        return all
    }()

    static let underBubblewrap = here.filter { $0.walls.contains(.bubblewrap) }
    static let underLandlockAlone = here.filter { $0.walls == [.landlock] }

    /// Whether nobody else shares the programs' user here, so that their number is held exactly.
    var countsExactly: Bool { walls.contains(.bubblewrap) || SandboxUser.here == .dedicated }

    func sandbox(_ programs: Set<String>) -> Sandbox { Sandbox(programs: programs, walls: walls, landlock: landlock) }

    var testDescription: String {
        SandboxWall.names(of: walls) + (landlock == .max ? "" : " of ABI \(landlock)")
    }
}
