import Assembly
package import Settings

/// Every setting with its value and where that comes from, for `lm settings`.
package enum SettingsCatalogue {
    package struct Entry: Sendable {
        package let name: String
        /// Masked where the setting is a secret.
        package let value: String
        /// `environment`, `file` or `default`.
        package let origin: String
        package let purpose: String
    }

    package static func entries(
        of source: SettingsSource, features: FeatureList = .program
    ) throws(SettingsFailure) -> [Entry] {
        var entries: [Entry] = []
        for setting in Configuration.settings + features.catalogue.settings {
            let value = try setting.text(in: source)
            let isSet = source.text(setting.name) != nil
            entries.append(
                Entry(
                    name: setting.name, value: setting.isSecret ? isSet ? "(set, not shown)" : "" : value,
                    origin: source.origin(setting.name), purpose: setting.purpose))
        }
        return entries
    }
}
