import Assembly
import Audit
import Database
import Settings
package import Telemetry

extension Application {
    /// Reads the whole audit log of the settings' database, beside a program that runs or without one.
    ///
    /// - Parameter known: the place and the hash of an entry that were noted elsewhere earlier.
    package static func verifyAudit(
        configuration: Configuration, knowing known: (sequence: Int64, hash: String)?, logger: Logger
    ) async throws -> AuditVerdict {
        let base = try await Base(configuration, features: .program, logger: logger)
        do {
            let report = try await AuditService(
                database: base.database, days: try configuration.source.value(AuditFeature.days), logger: logger
            ).verify(knowing: known)
            await base.database.close()
            return AuditVerdict(
                entries: report.entries, last: "\(report.head.lastSequence):\(report.head.lastHash)", problem: report.problem)
        } catch {
            await base.database.close()
            throw error
        }
    }
}

/// What a look at the whole audit log found.
package struct AuditVerdict: Sendable {
    /// How many entries are as they were written.
    package let entries: Int
    /// `SEQUENCE:HASH` of the last, to be noted elsewhere.
    package let last: String
    /// What is wrong with the first that is not as it was written.
    package let problem: String?
}
