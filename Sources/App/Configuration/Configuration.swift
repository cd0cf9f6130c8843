import Assembly
import Glibc
package import Settings

/// What an operator can set of the program itself, read once at the start. What a feature lets be set stands in its manifest.
package struct Configuration: Sendable {
    package var server: ServerConfiguration
    package var storage: StorageConfiguration
    package var models: ModelsConfiguration
    package var log: LogConfiguration
    package var tracing: TracingConfiguration
    /// Whether the embedded database's log is brought to the back-ups.
    package var keepsLog: Bool
    /// Where features read what is theirs.
    package let source: SettingsSource

    /// The program's own settings.
    package static let settings: [any AnySetting] =
        ServerConfiguration.settings + StorageConfiguration.settings + ModelsConfiguration.settings + LogConfiguration.settings
        + TracingConfiguration.settings

    /// - Throws: `SettingsFailure` naming the first setting that cannot be used.
    package init(from source: SettingsSource) throws(SettingsFailure) {
        server = try ServerConfiguration(from: source)
        storage = try StorageConfiguration(from: source)
        models = try ModelsConfiguration(from: source)
        log = try LogConfiguration(from: source)
        tracing = try TracingConfiguration(from: source)
        keepsLog = try BackupConfiguration(from: source).keepsLog
        self.source = source
        // Those of features are read when these are made; a value that cannot be used is told before anything is opened.
        for setting in FeatureList.program.catalogue.settings { _ = try setting.text(in: source) }
    }

    /// The environment of this process over the settings file, `LM_SETTINGS_FILE` or `settings.env` in the data folder.
    package static func source(overrides: [String: String] = [:]) throws(SettingsFailure) -> SettingsSource {
        var environment: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let line = String(cString: pointer)
            if let equals = line.firstIndex(of: "=") {
                environment[String(line[..<equals])] = String(line[line.index(after: equals)...])
            }
            entry += 1
        }
        environment.merge(overrides) { $1 }
        let first = SettingsSource(environment: environment)
        let named = first.text("LM_SETTINGS_FILE")
        let folder = try StorageConfiguration(from: first).dataDirectory
        let path = named ?? folder + "/settings.env"
        guard let text = readSmallFile(path) else {
            if let named { throw SettingsFailure(setting: "LM_SETTINGS_FILE", reason: "names \(named), which cannot be read") }
            return first
        }
        return SettingsSource(environment: environment, file: try SettingsSource.parse(file: text, name: path), path: path)
    }

    private static func readSmallFile(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
