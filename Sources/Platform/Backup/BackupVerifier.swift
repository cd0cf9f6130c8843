import Cryptography
import Failures

/// Reads all of a back-up and looks whether it is what was written.
package struct BackupVerifier: Sendable {
    package struct Report: Sendable {
        package var items = 0
        package var bytes = 0
        package var changes = 0
        package var problems: [String] = []
    }

    private let repository: BackupRepository

    package init(_ repository: BackupRepository) { self.repository = repository }

    package func verify(
        _ plan: BackupPlan, onProgress: @escaping BackupWriter.Progress = { _, _, _ in }
    ) async throws -> Report {
        var report = Report()
        let contents = try await repository.contents(of: plan.snapshot)
        var items = contents.items
        for part in plan.parts {
            do {
                _ = try await repository.changes(of: part)
                items += try await repository.files(of: part).map(\.item)
                report.changes += 1
            } catch let failure as BackupFailure where failure.code == .unprocessable { report.problems.append(failure.message) }
        }
        if plan.breaksOff { report.problems.append("The log of changes has a gap.") }
        let total = items.reduce(0) { $0 + $1.size }
        for item in items {
            do {
                var hash = SHA256()
                for digest in item.allPieces { hash.update(try await repository.piece(digest)) }
                guard Hexadecimal.encode(hash.finalize()) == item.sha256 else {
                    throw BackupFailure.damaged("\(item.sha256) is not what was written")
                }
            } catch let failure as BackupFailure where failure.code == .unprocessable { report.problems.append(failure.message) }
            report.items += 1
            report.bytes += item.size
            try onProgress("checking", report.bytes, total)
        }
        return report
    }
}
