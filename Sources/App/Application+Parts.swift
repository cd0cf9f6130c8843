import Assembly
package import Database
import Embedding
import HTTPClient
import LanguageModels
import PostgresDatabase
import Processor
import SQLiteDatabase
package import Telemetry

extension Application {
    /// The database that the settings name; it is not connected to yet.
    package static func openDatabase(_ configuration: Configuration, logger: Logger) -> any Database {
        switch configuration.storage.database {
        case .sqlite(let path):
            var sqlite = SQLiteDatabase.Configuration()
            sqlite.isLogKept = configuration.keepsLog
            sqlite.durability = configuration.storage.durability == .power ? .powerLoss : .processDeath
            return SQLiteDatabase(path: path, configuration: sqlite, logger: logger)
        case .postgres(let url): return PostgresDatabase(configuration: .init(url: url), logger: logger)
        }
    }

    /// Brings a database's tables up to date; returns what was done.
    @discardableResult
    package static func migrate(
        _ database: any Database, at location: DatabaseLocation,
        to migrations: [Migration] = FeatureList.program.catalogue.migrations, logger: Logger
    ) async throws -> [Migration] {
        do {
            return try await Migrator(database: database, logger: logger).apply(migrations)
        } catch {
            throw DatabaseTrouble(error, at: location) ?? error
        }
    }

    /// An embedding model from its folder, with one worker a core unless a setting says otherwise.
    static func load(_ model: EmbeddingModel, _ configuration: Configuration) throws -> any TextEmbedder {
        if let unmet = CPURequirements.unmet() { throw MissingPart(name: "A newer processor", remedy: unmet) }
        let given = configuration.models.directory.map { model == .miniLM ? $0 : "\($0)/../\(model.rawValue)" }
        guard let directory = given ?? ProgramFiles.directory(of: model) else {
            let remedy =
                model == .miniLM
                ? "Run `make setup`, or set LM_MODEL_DIR to the folder with model.safetensors."
                : "Run `Setup/model \(model.rawValue)`, or unset LM_EMBEDDING_MODEL."
            throw MissingPart(name: "The embedding model \(model.rawValue)", remedy: remedy)
        }
        return try model.load(directory: directory, workers: workers(configuration))
    }

    private static func workers(_ configuration: Configuration) -> Int {
        configuration.models.embeddingWorkers > 0 ? configuration.models.embeddingWorkers : ProcessorCount.online
    }

    static func languageModels(
        _ models: ModelsConfiguration, client: HTTPClient, embedder: any TextEmbedder
    ) -> ConfiguredModels {
        LanguageModelConfiguration(
            openAIURL: models.openAIURL, openAIKey: APIKey(models.openAIKey), openAIModel: models.openAIModel,
            ollamaURL: models.ollamaURL, ollamaModel: models.ollamaModel, contextWindow: models.contextWindow
        ).makeModels(client: client, embedder: embedder)
    }
}
