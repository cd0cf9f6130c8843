import Embedding
import Synchronization

/// The embedding models of one process, each loaded when first asked for.
final class LoadedModels: Sendable {
    private let configuration: Configuration
    private let given: (any TextEmbedder)?
    private let known = Mutex<[String: any TextEmbedder]>([:])

    /// - Parameter given: to use instead of loading any.
    init(_ configuration: Configuration, given: (any TextEmbedder)?) {
        self.configuration = configuration
        self.given = given
    }

    /// What documents are to be searched by.
    var search: any TextEmbedder { get throws { try given ?? model(configuration.models.embedding.rawValue) } }

    /// What compares sentences: the tutor's bounds are those of this model, whatever documents are searched by.
    var sentences: any TextEmbedder { get throws { try given ?? model(EmbeddingModel.miniLM.rawValue) } }

    /// - Throws: `MissingPart` where there is no such model here, `EmbeddingFailure` where it cannot be run.
    func model(_ name: String) throws -> any TextEmbedder {
        if let given, given.modelName == name { return given }
        // Held while it is loaded, so that two who ask do not load it twice.
        return try known.withLock { known in
            if let model = known[name] { return model }
            guard let model = EmbeddingModel(rawValue: name) else {
                throw MissingPart(name: "The embedding model \(name)", remedy: "This program knows it no more.")
            }
            let loaded = try Application.load(model, configuration)
            known[name] = loaded
            return loaded
        }
    }
}
