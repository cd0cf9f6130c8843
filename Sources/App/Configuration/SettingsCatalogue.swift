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

    package static func entries(of source: SettingsSource) throws(SettingsFailure) -> [Entry] {
        var entries: [Entry] = []
        func add<Value>(_ setting: Setting<Value>) throws(SettingsFailure) {
            let value = try source.value(setting)
            let isSet = source.text(setting.name) != nil
            let shown: String
            if setting.isSecret { shown = isSet ? "(set, not shown)" : "" } else { shown = Self.text(value) }
            entries.append(Entry(name: setting.name, value: shown, origin: source.origin(setting.name), purpose: setting.purpose))
        }
        try add(ServerConfiguration.hostSetting)
        try add(ServerConfiguration.portSetting)
        try add(ServerConfiguration.rateLimitsSetting)
        try add(ServerConfiguration.proxiesSetting)
        try add(ServerConfiguration.corsSetting)
        try add(ServerConfiguration.webSetting)
        try add(StorageConfiguration.dataSetting)
        try add(StorageConfiguration.databaseSetting)
        try add(StorageConfiguration.uploadSetting)
        try add(StorageConfiguration.jobsSetting)
        try add(AccountsConfiguration.registrationSetting)
        try add(ModelsConfiguration.modelSetting)
        try add(ModelsConfiguration.workersSetting)
        try add(ModelsConfiguration.vectorsSetting)
        try add(ModelsConfiguration.openAISetting)
        try add(ModelsConfiguration.openAIKeySetting)
        try add(ModelsConfiguration.openAIModelSetting)
        try add(ModelsConfiguration.ollamaSetting)
        try add(ModelsConfiguration.ollamaModelSetting)
        try add(ModelsConfiguration.contextSetting)
        try add(LogConfiguration.levelSetting)
        try add(LogConfiguration.formatSetting)
        return entries
    }

    private static func text(_ value: some Any) -> String {
        switch value {
        case let flag as Bool: flag ? "on" : "off"
        case let text as String?: text ?? ""
        case let list as [String]: list.joined(separator: ",")
        case let raw as any RawRepresentable: "\(raw.rawValue)"
        default: "\(value)"
        }
    }
}
