import FoundationEssentials
import Glibc
import Sandbox

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    let path: String

    /// - Parameter isOpen: whether anybody may do anything in it.
    init(isOpen: Bool = false) throws {
        var template = Array("/tmp/lm-sandbox-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SandboxFailure(.unavailable, program: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if isOpen { chmod(path, 0o777) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// A number of seconds that no other program sleeps for, by which a test's processes are known.
struct Mark {
    let seconds: String

    init(_ whole: Int) { seconds = "\(whole).\(UInt32.random(in: 1_000_000...9_999_999))" }

    /// How many processes of this machine sleep for it.
    var processes: Int { Self.processes(sleeping: seconds) }

    static func processes(sleeping seconds: String) -> Int {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.count { name in
            name.allSatisfy(\.isNumber)
                && (try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8))?.contains("sleep\0\(seconds)") == true
        }
    }
}

/// Waits, looking often, until `condition` holds; throws when the test would hang.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(50))
    while !condition() {
        guard ContinuousClock.now < deadline else { throw SandboxFailure(.wallClock, program: "test") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
