import Ambient
import Backup
import Failures
import FoundationEssentials
import HTTPServing
import Jobs

/// `/admin/backups`: what back-ups there are, and having one made now.
struct BackupRoutes: RouteCollection {
    let desk: BackupDesk

    var routes: [Route] {
        [
            .get(
                "/admin/backups", "How back-ups stand, the last attempts first", tag: "Administration", access: .administrator,
                returns: BackupsView.self
            ) { [desk] _ in try await desk.overview() },
            .post(
                "/admin/backups", "Have a back-up made now", tag: "Administration", access: .administrator,
                returns: BackupRequestView.self, status: 202, failures: [.unavailable]
            ) { [desk] call in BackupRequestView(jobID: try await desk.request(for: try call.user()).description) }
            .described(
                "Its progress is that of the job: `job.progress`, and `/jobs/:id`. While one is being made, the answer is its job."),
        ]
    }
}

/// `POST /admin/backups`
struct BackupRequestView: APIType {
    var jobID: String

    enum CodingKeys: String, CodingKey { case jobID = "job_id" }
}

/// `GET /admin/backups`
struct BackupsView: APIType {
    /// One attempt.
    struct Attempt: APIType {
        var endedAt: Date
        /// The back-up's name; absent if it failed.
        var snapshotID: String?
        /// Bytes of all that is in it.
        var size: Int
        /// Bytes that it added to the place.
        var added: Int
        var files: Int
        var error: String?

        static var schemaName: String { "BackupAttempt" }

        init(_ run: BackupRun) {
            (endedAt, snapshotID, size, added, files, error) = (
                run.endedAt, run.snapshotID, run.size, run.added, run.files, run.error
            )
        }

        enum CodingKeys: String, CodingKey {
            case size, added, files, error
            case endedAt = "ended_at"
            case snapshotID = "snapshot_id"
        }
    }

    var isOn: Bool
    /// Where they are; absent where none are made.
    var place: String?
    var schedule: String
    var isEncrypted: Bool
    /// Whether they hold the keys without which codes and sessions do not outlive a loss of the data folder.
    var hasKeys: Bool
    /// Up to when changes since the last one are at the place too; absent where they are not brought.
    var continuousUntil: Date?
    /// The job that makes one now.
    var jobID: String?
    var lastSuccessAt: Date?
    var data: [Attempt]

    static var schemaName: String { "Backups" }

    enum CodingKeys: String, CodingKey {
        case place, schedule, data
        case isOn = "is_on"
        case isEncrypted = "is_encrypted"
        case hasKeys = "has_keys"
        case continuousUntil = "continuous_until"
        case jobID = "job_id"
        case lastSuccessAt = "last_success_at"
    }
}

/// The payload of `backup.made`.
struct BackupNote: APIType {
    var snapshotID: String
    var size: Int

    enum CodingKeys: String, CodingKey {
        case size
        case snapshotID = "snapshot_id"
    }
}
