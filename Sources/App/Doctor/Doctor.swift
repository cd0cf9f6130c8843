import Accounts
package import Ambient
import Assembly
import Cryptography
import Database
import Embedding
import Failures
import FoundationEssentials
import Glibc
import HTTPClient
import LanguageModels
import Library
import PostgresDatabase
import Processor
import Sandbox
package import Settings
package import Telemetry

/// Checks every part that the program stands on, each for itself, and says how to mend what is wrong. Makes the data folder
/// and an empty database where there are none, and changes nothing else.
package struct Doctor: Sendable {
    let configuration: Configuration
    let source: SettingsSource
    let ambient: Ambient
    let logger: Logger

    /// - Parameter source: what the configuration was read from, to find names that are no settings.
    package init(
        configuration: Configuration, source: SettingsSource = SettingsSource(environment: [:]), ambient: Ambient = .live,
        logger: Logger
    ) {
        self.configuration = configuration
        self.source = source
        self.ambient = ambient
        self.logger = logger
    }

    /// What is wrong with settings that cannot be read, for which nothing else can be checked.
    package static func finding(of failure: SettingsFailure) -> Finding {
        .broken("settings", failure.message, "`lm help settings` says where they come from.")
    }

    /// Findings in the order in which parts are needed.
    package func findings() async -> [Finding] {
        var all = [processor(), settings(), clock(), folder(), modes()]
        all.append(await database())
        all += databaseLine()
        all.append(
            key(
                "signing key", "signing.key",
                "Put it back from a copy of the data folder, or remove it: a new one is made, and everyone signs in again."))
        all.append(
            await wrappedKeys()
                ?? key(
                    "sealing key", "sealing.key",
                    "Put it back from a copy of the data folder. Without it nobody whose sign-in takes a code gets in before `lm account reset --without-code`."
                ))
        all += await models()
        all.append(await sandbox())
        all.append(recognition())
        all += await speech()
        all.append(web())
        all.append(await backups())
        return all
    }

    private func processor() -> Finding {
        if let unmet = CPURequirements.unmet() {
            return .broken("processor", unmet, "`LM_BASELINE=1 make build` builds for any processor.")
        }
        return .good("processor", "\(ProcessorCount.online) cores")
    }

    private func settings() -> Finding {
        let unknown = (try? UnknownSetting.all(in: source)) ?? []
        if unknown.isEmpty { return .good("settings", "all known") }
        let names = unknown.map(\.text).joined(separator: ", ")
        return .advice("settings", "not known: \(names)", "`lm settings` lists them all.")
    }

    private func clock() -> Finding {
        let now = ambient.now()
        // 2025-01-01, before the program was written. Who signs in, what a job waits for and which certificate holds depends on it.
        guard now.timeIntervalSince1970 > 1_735_689_600 else {
            return .broken("clock", "it says \(Timestamp.text(now))", "Set the machine's clock: timedatectl set-ntp true.")
        }
        return .good("clock", Timestamp.text(now))
    }

    private func folder() -> Finding {
        let path = configuration.storage.dataDirectory
        if access(path, F_OK) != 0, errno == ENOENT, let parent = Self.nearest(to: path), access(parent, W_OK | X_OK) == 0 {
            return .good("data folder", "\(path), made at the first start")
        }
        do {
            let data = try DataDirectory(path: path)
            let free = (data.freeBytes ?? 0) >> 20
            if data.isNearlyFull {
                return .broken("data folder", "\(data.path), \(free) MB free", "Make room, or move it and set LM_DATA_DIR.")
            }
            if free < 1024 {
                return .advice("data folder", "\(data.path), \(free) MB free", "Make room, or move it and set LM_DATA_DIR.")
            }
            return .good("data folder", "\(data.path), \(free >> 10) GB free")
        } catch {
            return .broken("data folder", "\(error.path): \(error.reason)", "Set LM_DATA_DIR to a folder that you can write.")
        }
    }

    /// Who can open the files with secrets.
    func modes() -> Finding {
        let exposures = FileExposure.found(in: configuration)
        if exposures.isEmpty { return .good("modes", "what is private is its owner's alone") }
        return .advice("modes", exposures.map(\.text).joined(separator: "; "), exposures.map(\.remedy).joined(separator: "; "))
    }

    /// The folder above a path that is there.
    private static func nearest(to path: String) -> String? {
        var path = path
        while let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            path = String(path[..<slash])
            if access(path, F_OK) == 0 { return path }
        }
        return path.hasPrefix("/") ? "/" : "."
    }

    private func key(_ name: String, _ file: String, _ remedy: String) -> Finding {
        let path = configuration.storage.dataDirectory + "/" + file
        guard access(path, F_OK) == 0 else { return .good(name, "made at the first start") }
        do {
            _ = try SigningKeyRing.load(path: path)
            return .good(name, path)
        } catch {
            return .broken(name, (error as? any Failure)?.message ?? "\(error)", remedy)
        }
    }

    /// nil where no service wraps the sealing keys.
    private func wrappedKeys() async -> Finding? {
        let (storage, name) = (configuration.storage, "sealing key")
        do {
            let wrapped = try SealingKeys.wrapped(
                storage, at: storage.dataDirectory + "/" + DataDirectory.wrappedKeys, logger: logger)
            guard let wrapped else { return nil }
            return .good(name, try await wrapped.read() == nil ? "wrapped by the key service at the first start" : wrapped.path)
        } catch {
            return .broken(
                name, (error as? any Failure)?.message ?? "\(error)",
                "Look after the key of LM_SEALING_KEYS_URL, LM_KMS_ACCESS_KEY and LM_KMS_SECRET_KEY; the program does not start without it."
            )
        }
    }

    private func database() async -> Finding {
        if case .sqlite(let path) = configuration.storage.database, access(path, F_OK) != 0, errno == ENOENT,
            Self.nearest(to: path).map({ access($0, W_OK | X_OK) == 0 }) == true
        {
            return .good("database", "SQLite, made at the first start")
        }
        let database = Application.openDatabase(configuration, logger: logger)
        let finding = await check(database)
        await database.close()
        return finding
    }

    private func check(_ database: any Database) async -> Finding {
        do {
            try await database.check()
            let bypassed = "the role is a superuser or has BYPASSRLS, which row-level security does not hold"
            switch try await AccountsIsolation.found(in: database) {
            case .holds: break
            case .needless:
                return .advice("database", bypassed + ": it takes one account and no second", AccountsIsolation.remedy)
            case .broken: return .broken("database", bypassed + ", and there are several accounts", AccountsIsolation.remedy)
            }
            let pending = try await Migrator(database: database, logger: logger).pending(FeatureList.program.catalogue.migrations)
            if !pending.isEmpty {
                return .advice("database", "\(pending.count) changes of its tables are due", "`lm migrate`, or just `lm serve`.")
            }
            if let apart = try await apart(from: database), apart > 5 {
                return .advice(
                    "database", "its server's clock is \(Int(apart)) seconds from this machine's",
                    "Set both by NTP: several machines that run jobs on one database need one time.")
            }
            let name = database.dialect == .sqlite ? "SQLite" : "PostgreSQL"
            guard let change = try await VectorRenewal.progress(in: database), let next = change.model.next else {
                return .good("database", name)
            }
            return .good(
                "database",
                "\(name); \(change.total - change.lacking) of \(change.total) documents have vectors of \(next), \(change.model.serving) serves"
            )
        } catch {
            if let trouble = DatabaseTrouble(error, at: configuration.storage.database) {
                return .broken("database", trouble.reason, trouble.remedy)
            }
            return .broken("database", "\(error)", "This is a fault of the program: please report it.")
        }
    }

    /// Seconds between this machine's clock and the database server's; nil where there is no server.
    private func apart(from database: any Database) async throws -> Double? {
        guard database.dialect == .postgres else { return nil }
        let row = try await database.read(as: .system) { try await $0.first("SELECT clock_timestamp() AS now") }
        return abs(try row?.get("now", as: Date.self).timeIntervalSince(ambient.now()) ?? 0)
    }

    private func models() async -> [Finding] {
        let models = LoadedModels(configuration, given: nil)
        let (embedder, sentences): (any TextEmbedder, any TextEmbedder)
        do {
            (embedder, sentences) = (try models.search, try models.sentences)
        } catch {
            let remedy = (error as? MissingPart)?.remedy ?? "Run `make setup`, or set LM_MODEL_DIR."
            return [.broken("embeddings", (error as? any Failure)?.message ?? "\(error)", remedy)]
        }
        let embeddings = Finding.good("embeddings", "\(embedder.modelName), \(embedder.dimensions) dimensions")
        do {
            let client = try HTTPClient(logger: logger)
            let models = Application.languageModels(configuration.models, client: client, embedder: sentences)
            return [embeddings, .good("answers", try await models.answering.check().summary)]
        } catch {
            let remedy = "Check LM_OPENAI_URL or LM_OLLAMA_URL and their models; unset them for the built-in tutor."
            return [embeddings, .broken("answers", (error as? any Failure)?.message ?? "\(error)", remedy)]
        }
    }

    private func sandbox() async -> Finding {
        let report = await Sandbox(programs: FeatureList.program.catalogue.programs, logger: logger)
            .report(for: DocumentExtractor.needs)
        return switch report.grade {
        case .good: .good("sandbox", report.text)
        case .advice: .advice("sandbox", report.text, report.remedy)
        case .broken: .broken("sandbox", report.text, report.remedy)
        }
    }

    private func recognition() -> Finding {
        let languages = RecognitionLanguages.here()
        let remedy = "Install tesseract-ocr and its languages, such as tesseract-ocr-deu."
        guard access("/usr/bin/tesseract", X_OK) == 0, !languages.isEmpty else {
            return .advice("text recognition", "tesseract is not installed; scanned pages are not read", remedy)
        }
        return .good("text recognition", "tesseract reads \(languages.joined(separator: ", "))")
    }

    private func web() -> Finding {
        guard let folder = configuration.server.webDirectory ?? ProgramFiles.webDirectory() else {
            return .advice("web app", "not built; the API works without it", "Run `make web`, or set LM_WEB_DIR.")
        }
        guard access(folder + "/index.html", R_OK) == 0 else {
            return .broken("web app", "\(folder) has no index.html", "Set LM_WEB_DIR to the built web app, or unset it.")
        }
        return .good("web app", folder)
    }
}
