import Assembly
import Cryptography
import Audit
import Database
import Events

package import Telemetry

extension Application {
    /// Puts new keys in the place of the old ones: what signs from now on, and what secrets in the database are sealed with. Processes that
    /// run take the new ones up within a second. The old ones stay behind them: tokens of the one are out, and a process may have sealed
    /// with the other a moment ago, which the next rotation wraps anew.
    ///
    /// A crash in between leaves both keys in the file, and the next run goes on.
    ///
    /// - Returns: how many secrets were wrapped anew.
    package static func rotateKeys(configuration: Configuration, logger: Logger) async throws -> Int {
        let data = try DataDirectory(path: configuration.storage.dataDirectory)
        let signing = try SigningKeyRing.load(path: data.signingKey)
        // Keys that are given are changed where they are given; what is sealed follows.
        let sealing = try await SealingKeys.rotate(configuration.storage, in: data, logger: logger)
        let database = openDatabase(configuration, logger: logger)
        let wrapped: Result<Int, any Error>
        do {
            _ = try await migrate(database, at: configuration.storage.database, logger: logger)
            let seal = SecretSeal(keys: sealing)
            let recorder = AuditRecorder(kinds: FeatureList.program.catalogue.securityEvents)
            let outbox = EventOutbox(bus: EventBus()) { try await recorder.record($0, in: $1) }
            wrapped = .success(
                try await database.transaction(as: .system) { transaction in
                    var count = 0
                    for column in FeatureList.program.catalogue.manifests.flatMap(\.sealed) {
                        let rows = try await transaction.query(
                            "SELECT CAST(\(column.key) AS text) AS row_key, \(column.column) AS sealed FROM \(column.table)")
                        for row in rows {
                            let (key, sealed): (String, String) = (try row.get("row_key"), try row.get("sealed"))
                            guard let anew = try seal.rewrapped(sealed) else { continue }
                            try await transaction.execute(
                                """
                                UPDATE \(column.table) SET \(column.column) = \(anew)
                                WHERE CAST(\(column.key) AS text) = \(key) AND \(column.column) = \(sealed)
                                """)
                            count += 1
                        }
                    }
                    try await outbox.append(
                        EventDraft(
                            type: InstallationEvents.keysRotated.name, userID: nil,
                            payload: InstallationEvents.KeysRotated(secrets: count)), in: transaction)
                    return count
                })
        } catch { wrapped = .failure(error) }
        await database.close()
        let count = try wrapped.get()
        try signing.rotated().save(path: data.signingKey)
        return count
    }
}
