import Concurrency
import Glibc

/// How much memory sandboxed programs may be given together. Each waits in line until what it may take is free, so that however many
/// files come at once, parsers never drive the machine out of memory.
///
/// A part is set aside for programs that somebody waits for: a request would else stand in line behind jobs, which may take minutes.
package final class SandboxMemory: Sendable {
    /// Bytes.
    package let budget: Int
    private let jobs: Line
    private let requests: Line

    /// A part of the whole, and those who wait for it.
    private struct Line {
        let size: Int
        let semaphore: AsyncSemaphore

        init(_ size: Int) { (self.size, semaphore) = (size, AsyncSemaphore(size)) }
    }

    /// - Parameters:
    ///   - budget: in bytes.
    ///   - aside: what of it is for programs that somebody waits for; a fourth or more where nothing is said.
    package init(budget: Int, aside: Int? = nil) {
        precondition(budget > 0, "programs need some memory")
        self.budget = budget
        let aside = aside ?? max(budget / 4, min(768 << 20, budget / 2))
        jobs = Line(budget - aside)
        requests = Line(aside)
    }

    /// Half of what the machine has, or of what its container may use.
    package static func ofMachine() -> Int {
        let pages = max(1, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
        let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        return max(1 << 30, files.compactMap(number).reduce(pages, min) / 2)
    }

    /// Bytes that nobody has.
    package var free: Int { jobs.semaphore.free + requests.semaphore.free }

    /// How many wait for their turn.
    package var waiting: Int { jobs.semaphore.waiting + requests.semaphore.waiting }

    /// Runs `body` with a share of at most `wish` bytes, when it is free. One that wishes for more than there is gets all there is.
    ///
    /// - Parameter isAwaited: whether a request waits for it.
    /// - Throws: `CancellationError` if cancelled while waiting.
    func withShare<Value>(
        of wish: Int, isAwaited: Bool = false, _ body: (_ granted: Int) async throws -> Value
    ) async throws -> Value {
        let line = isAwaited ? requests : jobs
        let bytes = min(wish, line.size)
        return try await line.semaphore.withPermit(bytes) { try await body(bytes) }
    }

    /// The number in a file of the kernel; nil where there is none, or it says `max`.
    private static func number(_ path: String) -> Int? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count], as: UTF8.self).filter(\.isNumber)).flatMap { $0 > 0 ? $0 : nil }
    }
}
