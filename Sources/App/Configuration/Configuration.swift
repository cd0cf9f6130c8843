import Glibc
package import Settings
package import Telemetry

/// Everything that an operator can set, read once at the start. Each part is documented where it is declared.
package struct Configuration: Sendable {
    package var server: ServerConfiguration
    package var storage: StorageConfiguration
    package var accounts: AccountsConfiguration
    package var models: ModelsConfiguration
    package var log: LogConfiguration

    /// - Throws: `SettingsFailure` naming the first setting that cannot be used.
    package init(from source: SettingsSource) throws(SettingsFailure) {
        server = try ServerConfiguration(from: source)
        storage = try StorageConfiguration(from: source)
        accounts = try AccountsConfiguration(from: source)
        models = try ModelsConfiguration(from: source)
        log = try LogConfiguration(from: source)
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
        return SettingsSource(environment: environment, file: try SettingsSource.parse(file: text, name: path))
    }

    private static func readSmallFile(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// Where and how the HTTP server listens.
package struct ServerConfiguration: Sendable {
    package static let hostSetting = Setting.text(
        "LM_HOST", default: "127.0.0.1", purpose: "The address to listen on; 0.0.0.0 for all.")
    package static let portSetting = Setting.integer(
        "LM_PORT", default: 8080, in: 0...65535, purpose: "The port; 0 takes a free one.")
    package static let rateLimitsSetting = Setting.flag(
        "LM_RATE_LIMITS", default: true, purpose: "Whether requests are limited per user and address.")
    package static let proxiesSetting = Setting.list(
        "LM_TRUSTED_PROXIES", of: "addresses of machines, or loopback",
        purpose: "Proxies, separated by commas, whose X-Forwarded-For and -Proto are believed; loopback for this machine."
    ) { $0 == "loopback" || isAddress($0) }
    package static let corsSetting = Setting.list(
        "LM_CORS_ORIGINS", of: "origins like https://study.example, without a path",
        purpose: "Origins, separated by commas, whose pages may call the API."
    ) { isWebAddress($0) && $0.split(separator: "/", omittingEmptySubsequences: false).count == 3 }
    package static let webSetting = Setting.optionalText("LM_WEB_DIR", purpose: "The web app's folder, if not beside the program.")

    package var host: String
    package var port: Int
    package var rateLimits: Bool
    package var trustedProxies: [String]
    package var corsOrigins: [String]
    package var webDirectory: String?

    package init(from source: SettingsSource) throws(SettingsFailure) {
        host = try source.value(Self.hostSetting)
        port = try source.value(Self.portSetting)
        rateLimits = try source.value(Self.rateLimitsSetting)
        trustedProxies = try source.value(Self.proxiesSetting)
        corsOrigins = try source.value(Self.corsSetting)
        webDirectory = try source.value(Self.webSetting)
    }

    private static func isAddress(_ text: String) -> Bool {
        var bytes = in6_addr()
        return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
    }
}

/// `http://` or `https://` and something after it.
private func isWebAddress(_ text: String) -> Bool {
    ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
}

extension Setting where Value == [String] {
    /// Texts separated by commas; each must pass `isGood`.
    fileprivate static func list(
        _ name: String, of things: String, purpose: String, where isGood: @escaping @Sendable (String) -> Bool
    ) -> Self {
        Setting(name, default: [], form: "\(things), separated by commas", purpose: purpose) { text in
            let items = text.split(separator: ",").map { $0.filter { $0 != " " } }
            return items.allSatisfy(isGood) ? items : nil
        }
    }
}

extension Setting where Value == String? {
    fileprivate static func webAddress(_ name: String, purpose: String) -> Self {
        Setting(name, default: nil, form: "an address that begins with http:// or https://", purpose: purpose) {
            isWebAddress($0) ? .some($0) : nil
        }
    }
}

/// Where things are kept.
package struct StorageConfiguration: Sendable {
    package static let dataSetting = Setting.text(
        "LM_DATA_DIR", default: defaultDataDirectory, purpose: "The folder of the database, the files and the keys.")
    package static let databaseSetting = Setting.optionalText(
        "LM_DATABASE_URL", purpose: "postgres://… ; the embedded SQLite in the data folder if unset.", isSecret: true)
    package static let uploadSetting = Setting.integer(
        "LM_UPLOAD_LIMIT_MB", default: 256, in: 1...16_384, purpose: "How large one uploaded file may be.")
    package static let jobsSetting = Setting.integer(
        "LM_JOB_WORKERS", default: 2, in: 1...64, purpose: "How many jobs run side by side in one process.")

    package var dataDirectory: String
    package var database: DatabaseLocation
    package var uploadLimit: Int
    package var jobWorkers: Int

    package init(from source: SettingsSource) throws(SettingsFailure) {
        let folder = try source.value(Self.dataSetting)
        dataDirectory = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        uploadLimit = try source.value(Self.uploadSetting) << 20
        jobWorkers = try source.value(Self.jobsSetting)
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

/// Who may come in.
package struct AccountsConfiguration: Sendable {
    package static let registrationSetting = Setting.flag(
        "LM_REGISTRATION", default: true, purpose: "Whether anyone who reaches the server may make an account.")

    package var registrationOpen: Bool

    package init(from source: SettingsSource) throws(SettingsFailure) {
        registrationOpen = try source.value(Self.registrationSetting)
    }
}

/// Which models answer and embed.
package struct ModelsConfiguration: Sendable {
    package static let modelSetting = Setting.optionalText(
        "LM_MODEL_DIR", purpose: "The embedding model's folder, if not beside the program.")
    package static let workersSetting = Setting.integer(
        "LM_EMBEDDING_WORKERS", default: 0, in: 0...64, purpose: "Threads that embed; 0 takes one a core.")
    package static let vectorsSetting = Setting.integer(
        "LM_VECTOR_MEMORY_MB", default: 512, in: 16...1_048_576,
        purpose: "How much memory the vectors of people who search may take; 100,000 passages take about 150 MB.")
    package static let openAISetting = Setting.webAddress(
        "LM_OPENAI_URL", purpose: "An OpenAI-compatible server's base URL, https://api.openai.com/v1; it then writes the answers.")
    package static let openAIKeySetting = Setting.optionalText("LM_OPENAI_API_KEY", purpose: "Its key.", isSecret: true)
    package static let openAIModelSetting = Setting.text("LM_OPENAI_MODEL", default: "gpt-4o-mini", purpose: "Its model.")
    package static let ollamaSetting = Setting.webAddress(
        "LM_OLLAMA_URL", purpose: "An Ollama server, http://127.0.0.1:11434; it then writes the answers.")
    package static let ollamaModelSetting = Setting.text("LM_OLLAMA_MODEL", default: "llama3.2", purpose: "Its model.")
    package static let contextSetting = Setting.integer(
        "LM_CONTEXT_WINDOW", default: 8192, in: 1024...2_000_000, purpose: "How many tokens the answering model takes in.")

    package var directory: String?
    package var embeddingWorkers: Int
    package var vectorMemory: Int
    package var openAIURL: String?
    package var openAIKey: String?
    package var openAIModel: String
    package var ollamaURL: String?
    package var ollamaModel: String
    package var contextWindow: Int

    package init(from source: SettingsSource) throws(SettingsFailure) {
        directory = try source.value(Self.modelSetting)
        embeddingWorkers = try source.value(Self.workersSetting)
        vectorMemory = try source.value(Self.vectorsSetting) << 20
        openAIURL = try source.value(Self.openAISetting)
        openAIKey = try source.value(Self.openAIKeySetting)
        openAIModel = try source.value(Self.openAIModelSetting)
        ollamaURL = try source.value(Self.ollamaSetting)
        ollamaModel = try source.value(Self.ollamaModelSetting)
        contextWindow = try source.value(Self.contextSetting)
    }
}

/// What is written to standard error.
package struct LogConfiguration: Sendable {
    package static let levelSetting = Setting(
        "LM_LOG_LEVEL", default: LogLevel.notice, form: "one of trace, debug, info, notice, warning, error",
        purpose: "The least level that is written."
    ) { LogLevel(rawValue: $0.lowercased()) }
    package static let formatSetting = Setting(
        "LM_LOG_FORMAT", default: LogSink.Format.text, form: "text or json", purpose: "For a person, or for a collector."
    ) { LogSink.Format(rawValue: $0.lowercased()) }

    package var level: LogLevel
    package var format: LogSink.Format

    package init(from source: SettingsSource) throws(SettingsFailure) {
        level = try source.value(Self.levelSetting)
        format = try source.value(Self.formatSetting)
    }
}
