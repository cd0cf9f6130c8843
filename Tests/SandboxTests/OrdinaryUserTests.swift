import Concurrency
import FoundationEssentials
import Glibc
import Testing

/// The attacks again by somebody else, where the tests run as root: an ordinary user's sandbox is set up in another way.
struct OrdinaryUserTests {
    private static let become = "/usr/bin/setpriv --reuid 65534 --regid 65534 --clear-groups -- "
    private static let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

    /// Whether we may become another user, and that one may run this program.
    private static let isPossible = geteuid() == 0 && system(become + "/usr/bin/test -x '\(program)' 2>/dev/null") == 0

    @Test(.enabled(if: isPossible), .timeLimit(.minutes(5)))
    func `an ordinary user's sandbox holds as well`() async throws {
        let folder = try TemporaryFolder(isOpen: true)
        let log = folder.path + "/log"
        let command =
            "cd '\(folder.path)' && HOME='\(folder.path)' exec \(Self.become)'\(Self.program)' --testing-library swift-testing "
            + "--filter 'SandboxTests.[A-Za-z]+AttackTests' > '\(log)' 2>&1"
        let status = await BlockingPool.shared.run { system(command) }
        #expect(
            status == 0,
            "\(folder.read("log")?.split(separator: "\n").filter { $0.contains("issue") }.joined(separator: "\n") ?? "")")
        // A filter that matches nothing succeeds too.
        for name in ["the server is out of reach", "there is nowhere to write", "system calls that pass"] {
            #expect(folder.read("log")?.contains(name) == true, "\(folder.read("log") ?? "")")
        }
    }
}
