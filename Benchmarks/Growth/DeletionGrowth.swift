import Database
import FoundationEssentials
import Library

/// How long it takes to remove all that one user has, where a statement may take a second; after `keywords`, on its database.
struct DeletionGrowth {
    let database: any Database

    func run() async throws {
        let rows = try await database.read(as: .system) { transaction in
            var count = 0
            for table in ["documents", "chunks", "keyword_segments", "keyword_places", "keyword_lists"] {
                count += try await transaction.first("SELECT count(*) AS n FROM \(unsafe: table)")?.get("n") ?? 0
            }
            return count
        }
        var isRefused = false
        if database.dialect == .postgres {
            do {
                try await database.transaction(as: .system) { try await $0.execute("DELETE FROM users") }
                try await Owner.migrate(database)
            } catch let failure as DatabaseFailure { isRefused = failure.kind == .timeout }
        }
        let time = try await ContinuousClock().measure {
            try await database.transaction(as: .system) { transaction in
                try await transaction.withoutTimeLimit()
                try await transaction.execute("DELETE FROM users")
            }
        }
        Figures.print([
            "rows": Double(rows), "refused_within_limit": isRefused ? 1 : 0, "seconds": Figures.milliseconds(time) / 1000,
        ])
    }
}
