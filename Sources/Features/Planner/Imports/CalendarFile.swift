package import BlobStorage
import Concurrency
import FoundationEssentials
import Manuscript
import Planning
package import Sandbox
import TimeZones

/// Reads calendar files, which are parsed in the sandbox only.
package struct CalendarFile: Sendable {
    /// 8 MiB: some ten thousand events.
    static let limit = 8 << 20
    private static let walls: SandboxLimits = {
        var limits = SandboxLimits(memory: 1 << 30, processorSeconds: 30, wallClock: .seconds(60), output: 64 << 20)
        limits.processes = 2  // bubblewrap's and its own
        return limits
    }()

    private let blobs: any BlobStore
    private let sandbox: Sandbox

    package init(blobs: any BlobStore, sandbox: Sandbox) {
        self.blobs = blobs
        self.sandbox = sandbox
    }

    /// Nothing of the file is kept.
    ///
    /// - Parameter zone: for times that name none.
    func read<Parts: AsyncSequence>(
        _ parts: Parts, zone: ZoneRules, now: Date
    ) async throws -> CalendarContent where Parts.Element == [UInt8] {
        let output = try await blobs.receive(from: parts, limit: Self.limit) { received in try await parsed(received.path) }
        return try await BlockingPool.shared.run {
            guard let tree = try? JSONDecoder().decode(CalendarTree.self, from: Data(output)) else {
                throw PlannerFailure.noCalendarFile
            }
            return CalendarReader.read(tree, zone: zone, now: now)
        }
    }

    private func parsed(_ path: String) async throws -> [UInt8] {
        do {
            return try await sandbox.run(
                SandboxCommand("lm-read", [], limits: Self.walls).reading(path, as: "document.calendar").awaited()
            )
            .bytes
        } catch let failure as SandboxFailure {
            guard case .exited(let code) = failure.reason, let fault = ReadingFault(rawValue: code) else { throw failure }
            throw fault == .tooLarge ? PlannerFailure.calendarTooLarge : PlannerFailure.noCalendarFile
        }
    }
}
