import AmazonKeyService
package import Cryptography
import Glibc
package import Settings

/// Where things are kept.
package struct StorageConfiguration: Sendable {
    package static let dataSetting = Setting.text(
        "LM_DATA_DIR", default: defaultDataDirectory, purpose: "The folder of the database, the files and the keys.")
    package static let databaseSetting = Setting.optionalText(
        "LM_DATABASE_URL", purpose: "postgres://… ; the embedded SQLite in the data folder if unset.", isSecret: true)

    package static let sealingSetting = Setting<String?>(
        "LM_SEALING_KEYS", default: nil, form: "keys as sealing.key has them, with commas between them",
        purpose: "What seals secrets in the database, in place of sealing.key; the first seals, all open.", isSecret: true
    ) { SigningKeyRing(text: $0) == nil ? nil : .some($0) }

    package static let keyServiceSetting = Setting<String?>(
        "LM_SEALING_KEYS_URL", default: nil,
        form: "an address like kms+https://kms.eu-central-1.amazonaws.com/alias/little-monster",
        purpose:
            "A key of Amazon's KMS, or of what speaks like it, that wraps what seals secrets in the database; without it sealing.key has that."
    ) { AmazonKeyService.Place($0) == nil ? nil : .some($0) }
    package static let keyServiceAccessSetting = Setting.optionalText(
        "LM_KMS_ACCESS_KEY", purpose: "Signs in to the service of LM_SEALING_KEYS_URL.")
    package static let keyServiceSecretSetting = Setting.optionalText(
        "LM_KMS_SECRET_KEY", purpose: "Belongs to LM_KMS_ACCESS_KEY.", isSecret: true)

    package static let durabilitySetting = Setting(
        "LM_DURABILITY", default: Durability.power, form: "power or process",
        purpose:
            "What an acknowledged change of the embedded database survives: a power cut too, or the death of the program alone."
    ) { Durability(rawValue: $0.lowercased()) }

    static let settings: [any AnySetting] = [
        dataSetting, databaseSetting, sealingSetting, keyServiceSetting, keyServiceAccessSetting, keyServiceSecretSetting,
        durabilitySetting,
    ]

    package enum Durability: String, Sendable { case power, process }

    package var dataDirectory: String
    package var database: DatabaseLocation
    /// nil where the data folder has them.
    package var sealingKeys: SigningKeyRing?
    /// nil where no service wraps them.
    var keyService: AmazonKeyService.Place?
    var keyServiceAccess: String
    var keyServiceSecret: String
    package var durability: Durability

    package init(from source: SettingsSource) throws(SettingsFailure) {
        let folder = try source.value(Self.dataSetting)
        dataDirectory = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        sealingKeys = try source.value(Self.sealingSetting).flatMap { SigningKeyRing(text: $0) }
        keyService = try source.value(Self.keyServiceSetting).flatMap { AmazonKeyService.Place($0) }
        let (access, secret) = (try source.value(Self.keyServiceAccessSetting), try source.value(Self.keyServiceSecretSetting))
        (keyServiceAccess, keyServiceSecret) = (access ?? "", secret ?? "")
        if keyService != nil, access == nil || secret == nil {
            throw SettingsFailure(
                setting: Self.keyServiceAccessSetting.name, reason: "is needed, and LM_KMS_SECRET_KEY, for LM_SEALING_KEYS_URL")
        }
        durability = try source.value(Self.durabilitySetting)
        let url = try source.value(Self.databaseSetting)
        switch url {
        case nil: database = .sqlite(path: dataDirectory + "/little-monster.db")
        case let url? where url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"): database = .postgres(url: url)
        case let url? where url.hasPrefix("sqlite:"):
            var path = Substring(url.dropFirst("sqlite:".count))
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            guard !path.isEmpty else { throw SettingsFailure(setting: Self.databaseSetting.name, reason: "names no file") }
            database = .sqlite(path: path.hasPrefix("/") ? String(path) : dataDirectory + "/" + path)
        default:
            throw SettingsFailure(
                setting: Self.databaseSetting.name, reason: "must begin with postgres:// (or sqlite: and a file's path)")
        }
    }

    /// `$XDG_DATA_HOME/little-monster`, else `~/.local/share/little-monster`.
    package static var defaultDataDirectory: String {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
        if let base = variable("XDG_DATA_HOME") { return base + "/little-monster" }
        return (variable("HOME") ?? "/root") + "/.local/share/little-monster"
    }
}

package enum DatabaseLocation: Sendable, Equatable {
    case sqlite(path: String)
    case postgres(url: String)
}
