import Cryptography
import Database
import Events
import Lifecycle
import Settings
import Telemetry

/// Notes at the start which settings are others than at the start before. Of their values it keeps what tells two apart and not what they
/// are: a salted hash, slow for secrets, so that who has the database cannot try many.
struct SettingsWatch: Service {
    let name = "settings"
    let database: any Database
    let outbox: EventOutbox
    let source: SettingsSource
    /// Names of settings that hold secrets.
    let secret: Set<String>
    let passwords: PasswordHasher
    let logger: Logger

    func run(until shutdown: ShutdownSignal) async throws {
        // Nobody is kept waiting for it, nor from the program if it fails.
        do { _ = try await note() } catch { logger.failure("changed settings cannot be noted", error) }
        await shutdown.wait()
    }

    /// - Returns: the names of those that changed; none at the very first start.
    func note() async throws -> [String] {
        let known = try await database.read(as: .system) { transaction in
            try await transaction.query("SELECT name, digest FROM setting_states").reduce(into: [String: String]()) {
                $0[try $1.get("name")] = try $1.get("digest")
            }
        }
        let now = source.names(prefix: "LM_").filter { source.text($0) != nil }
        var fresh: [String: String] = [:]
        for name in now.sorted() {
            let value = source.text(name) ?? ""
            if let digest = known[name], try await isSame(value, digest) { continue }
            fresh[name] = try await digest(of: value, named: name)
        }
        let gone = known.keys.filter { !now.contains($0) && $0 != Self.mark }
        let changed = (fresh.keys + gone).sorted()
        guard !changed.isEmpty || known.isEmpty else { return [] }
        let (isFirst, set) = (known.isEmpty, fresh)
        try await database.transaction(as: .system) { transaction in
            for name in gone { try await transaction.execute("DELETE FROM setting_states WHERE name = \(name)") }
            for (name, digest) in set.merging([Self.mark: ""], uniquingKeysWith: { first, _ in first }) {
                try await transaction.execute(
                    """
                    INSERT INTO setting_states (name, digest) VALUES (\(name), \(digest))
                    ON CONFLICT (name) DO UPDATE SET digest = excluded.digest
                    """)
            }
            if !isFirst {
                try await outbox.append(
                    EventDraft(
                        type: InstallationEvents.settingsChanged.name, userID: nil,
                        payload: InstallationEvents.SettingsChanged(names: changed)), in: transaction)
            }
        }
        if !isFirst { logger.notice("settings changed", ["names": changed.joined(separator: " ")]) }
        return isFirst ? [] : changed
    }

    /// That they were noted at all, also where none was set.
    private static let mark = "-"

    private func digest(of value: String, named name: String) async throws -> String {
        if secret.contains(name) { return try await passwords.hash(value) }
        let salt = Base64URL.encode(SecureRandom.bytes(9))
        return "\(salt).\(Self.hash(value, salt))"
    }

    private func isSame(_ value: String, _ digest: String) async throws -> Bool {
        if digest.hasPrefix("$") { return try await passwords.verify(value, against: digest).matches }
        let parts = digest.split(separator: ".").map(String.init)
        return parts.count == 2 && Self.hash(value, parts[0]) == parts[1]
    }

    private static func hash(_ value: String, _ salt: String) -> String { Base64URL.encode(SHA256.hash("\(salt)\n\(value)")) }
}
