import Database
import FoundationEssentials
import HTTPServing
import Jobs

/// `/admin/status`: what this process is and how it fares, for whoever looks after the installation.
struct StatusRoutes: RouteCollection {
    let version: String
    let services: [String]
    let startedAt: Date
    let database: any Database
    let jobs: JobQueue
    let data: DataDirectory

    var routes: [Route] {
        [
            .get(
                "/admin/status", "How the server fares", tag: "Administration", access: .administrator, returns: StatusView.self
            ) { _ in
                let counts = try await jobs.counts()
                return StatusView(
                    version: version, services: services, startedAt: startedAt,
                    database: database.dialect == .postgres ? "postgresql" : "sqlite",
                    connections: database.pools.map {
                        StatusView.Connections(name: $0.name, used: $0.used, open: $0.open, size: $0.size)
                    },
                    jobs: StatusView.JobCounts(counts),
                    disk: data.usage.map { StatusView.Disk(freeBytes: $0.free, sizeBytes: $0.size) })
            }
        ]
    }
}

/// The answer of `/admin/status`.
struct StatusView: APIType {
    struct Connections: APIType {
        var name: String
        var used: Int
        var open: Int
        var size: Int

        static var schemaName: String { "StatusConnections" }
    }

    struct JobCounts: APIType {
        var pending: Int
        var running: Int
        /// Will be tried again.
        var failed: Int
        var dead: Int

        static var schemaName: String { "StatusJobs" }

        init(_ counts: [JobState: Int]) {
            (pending, running) = (counts[.pending] ?? 0, counts[.running] ?? 0)
            (failed, dead) = (counts[.failed] ?? 0, counts[.dead] ?? 0)
        }
    }

    struct Disk: APIType {
        var freeBytes: Int
        var sizeBytes: Int

        enum CodingKeys: String, CodingKey {
            case freeBytes = "free_bytes"
            case sizeBytes = "size_bytes"
        }

        static var schemaName: String { "StatusDisk" }
    }

    var version: String
    /// What this process serves.
    var services: [String]
    var startedAt: Date
    var database: String
    var connections: [Connections]
    var jobs: JobCounts
    /// Of the file system that holds the data folder.
    var disk: Disk?

    enum CodingKeys: String, CodingKey {
        case version, services, database, connections, jobs, disk
        case startedAt = "started_at"
    }
}
