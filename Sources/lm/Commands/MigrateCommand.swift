import App
import Database

extension Command {
    static let migrate = Command(
        name: "migrate", operands: "", summary: "Bring the database's tables up to date.", options: [],
        details: "`lm serve` does it too. Safe to run again, and at once from several processes."
    ) { _ in
        let (configuration, _, logger) = try Session.begin()
        _ = try DataDirectory(path: configuration.storage.dataDirectory)
        let database = Application.openDatabase(configuration, logger: logger)
        let applied = try await Application.migrate(database, at: configuration.storage.database, logger: logger)
        await database.close()
        for migration in applied { Terminal.line("\(migration.feature) \(migration.number): \(migration.name)") }
        Terminal.line(applied.isEmpty ? "Nothing to do." : "\(applied.count) changes made.")
        return 0
    }
}
