import Backup
import CLinux
import Concurrency
import CPostgreSQL
import Failures
import FoundationEssentials
import Glibc

/// A program of PostgreSQL's client, run on the database of a connection string. That reaches it by its environment: what stands on a command
/// line everybody on the machine can read.
struct PostgresProgram: Sendable {
    private let name: String
    private let path: String
    private let environment: [String: String]
    private let database: String

    init(_ name: String, for configuration: PostgresDatabase.Configuration) throws {
        self.name = name
        guard let path = Self.find(name) else {
            throw BackupFailure(
                .unavailable, "\(name) is not installed. Install postgresql-client, of the server's version or a newer one.")
        }
        self.path = path
        var environment = Self.environment(of: configuration.url)
        if let mode = PostgresTransport(url: configuration.url).mode { environment["PGSSLMODE"] = mode }
        for (key, value) in [
            ("PGUSER", configuration.user), ("PGPASSWORD", configuration.password), ("PGDATABASE", configuration.database),
        ] {
            if let value { environment[key] = value }
        }
        // The policies let the program's own transactions see all rows.
        environment["PGOPTIONS"] = [environment["PGOPTIONS"], "-c lm.system=on -c statement_timeout=0"].compactMap(\.self).joined(
            separator: " ")
        environment["PGCONNECT_TIMEOUT"] = environment["PGCONNECT_TIMEOUT"] ?? "10"
        for key in ["PATH", "HOME"] { if let value = getenv(key) { environment[key] = String(cString: value) } }
        database = environment["PGDATABASE"] ?? environment["PGUSER"] ?? ""
        self.environment = environment
    }

    /// - Parameter file: an archive to restore into the database.
    func run(_ arguments: [String], file: String? = nil) async throws {
        let words = [path] + arguments + (file.map { ["--dbname=\(database)", $0] } ?? [])
        let child = PostgresChild()
        let (status, said) = try await withTaskCancellationHandler {
            try await BlockingPool(name: name, threads: 1).run { [environment] in try child.run(words, environment) }
        } onCancel: {
            child.end()
        }
        try Task.checkCancellation()
        guard status == 0 else {
            let line =
                said.split(whereSeparator: \.isNewline).first { $0.contains("error:") }
                ?? said.split(whereSeparator: \.isNewline).first
            throw BackupFailure(.unavailable, "\(name) failed: \(line.map(String.init) ?? "status \(status)")")
        }
    }

    /// The newest that is installed: an older one refuses a newer server.
    private static func find(_ name: String) -> String? {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let installed = versions.compactMap { Int($0) }.sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin/\(name)" }
        let folders = getenv("PATH").map { String(cString: $0).split(separator: ":").map { "\($0)/\(name)" } } ?? []
        return (installed + folders).first { access($0, X_OK) == 0 }
    }

    /// What libpq makes of the connection string, by the names of its variables.
    private static func environment(of url: String) -> [String: String] {
        guard let options = PQconninfoParse(url, nil) else { return [:] }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                if let variable = option.pointee.envvar {
                    found[String(cString: variable)] = String(cString: value)
                } else if String(cString: keyword) == "options" {
                    found["PGOPTIONS"] = String(cString: value)
                }
            }
            option += 1
        }
        return found
    }
}
