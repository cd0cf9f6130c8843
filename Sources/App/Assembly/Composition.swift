import Accounts
package import Assembly
package import Cryptography
package import Embedding
import HTTPClient
package import LanguageModels
import Library
package import BlobStorage
import ReadAloud
package import Sandbox
import Settings
package import Speech
import Telemetry

/// Makes the parts of one process, each once and only if it is asked for.
///
/// It lives while the program is put together, on the task that does it; what it made goes on without it.
package final class Composition {
    package let configuration: Configuration
    package let ground: FeatureGround
    package let catalogue: FeatureCatalogue
    package let signingKeys: SigningKeyRing
    /// Of secrets that features keep in the database.
    package let seal: SecretSeal
    private let entries: [String: FeatureEntry]
    private let embedders: LoadedModels
    private var made: [String: any Feature] = [:]
    private var inHand: Set<String> = []
    private var madeModels: ConfiguredModels?
    private var madeQuestions: QuestionsOnDemand?
    private var madeSandbox: Sandbox?
    private var madeEquipment: SpeechEquipment?
    private let data: DataDirectory

    /// - Parameter embedder: to use instead of loading the model.
    init(
        _ configuration: Configuration, features: FeatureList, on ground: FeatureGround, signingKeys: SigningKeyRing,
        seal: SecretSeal,
        data: DataDirectory, embedder: (any TextEmbedder)?
    ) {
        self.configuration = configuration
        self.data = data
        self.ground = ground
        self.signingKeys = signingKeys
        self.seal = seal
        catalogue = features.catalogue
        entries = Dictionary(features.entries.map { ($0.manifest.name, $0) }) { $1 }
        embedders = LoadedModels(configuration, given: embedder)
    }

    /// What was made, in the catalogue's order.
    var features: [any Feature] { catalogue.manifests.compactMap { made[$0.name] } }

    /// A feature that another stands on.
    package func feature<Wanted: Feature>(_ type: Wanted.Type) throws -> Wanted {
        guard let feature = try feature(named: type.manifest.name) as? Wanted else {
            throw AssemblyFailure("The feature \(type.manifest.name) is not a \(type).")
        }
        return feature
    }

    @discardableResult
    func feature(named name: String) throws -> any Feature {
        if let known = made[name] { return known }
        guard let entry = entries[name] else { throw AssemblyFailure("There is no feature \(name).") }
        guard inHand.insert(name).inserted else { throw AssemblyFailure("The feature \(name) stands on itself.") }
        let feature = try entry.make(self)
        made[name] = feature
        return feature
    }

    /// The embedding model that documents are to be searched by, loaded when first asked for.
    package var embedder: any TextEmbedder { get throws { try embedders.search } }

    /// What loads another, by which they are searched until then.
    package var loadEmbedder: @Sendable (String) throws -> any TextEmbedder { { [embedders] in try embedders.model($0) } }

    /// The embedding model that compares sentences.
    package var sentenceEmbedder: any TextEmbedder { get throws { try embedders.sentences } }

    /// The models that write: what answers from passages, and the text model below it where one is configured.
    package var models: ConfiguredModels {
        get throws {
            if let known = madeModels { return known }
            let client = try HTTPClient(HTTPClientConfiguration(purpose: "model"), logger: ground.logger)
            let models = Application.languageModels(configuration.models, client: client, embedder: try sentenceEmbedder)
            madeModels = models
            return models
        }
    }

    /// Passwords that nobody may choose, where `Setup/model` has fetched the list.
    var commonPasswords: CommonPasswords {
        let file = "frequency_lists.py"
        let folder = ProgramFiles.directory(of: "common-passwords", holding: file, beside: configuration.models.directory)
        guard let list = folder.flatMap({ CommonPasswords(path: "\($0)/\(file)") }) else {
            ground.logger.notice("the list of common passwords is not there; only the most common are refused")
            return CommonPasswords()
        }
        return list
    }

    /// What reads texts for questions and notes: the same files for both.
    var questions: QuestionsOnDemand {
        get throws {
            if let known = madeQuestions { return known }
            let folder = configuration.models.directory
            let questions = QuestionsOnDemand(embedder: try sentenceEmbedder) {
                ProgramFiles.directory(of: $0, holding: $1, beside: folder)
            }
            madeQuestions = questions
            return questions
        }
    }

    /// What draws, where a provider is configured.
    package var pictures: (any PictureModel)? {
        get throws {
            let models = configuration.models
            guard let url = models.pictureURL else { return nil }
            return OpenAIPictures(
                url: url, key: APIKey(models.pictureKey), model: models.pictureModel,
                client: try HTTPClient(HTTPClientConfiguration(retry: .never, purpose: "pictures"), logger: ground.logger))
        }
    }

    /// Where untrusted files are parsed, by the programs that the features declare.
    package var sandbox: Sandbox {
        get throws {
            if let known = madeSandbox { return known }
            let wish = try ground.settings.value(LibraryFeature.parserMemory)
            let memory = SandboxMemory(budget: wish > 0 ? max(256, wish) << 20 : SandboxMemory.ofMachine())
            let sandbox = Sandbox(programs: catalogue.programs, memory: memory, logger: ground.logger)
            madeSandbox = sandbox
            return sandbox
        }
    }

    /// The engines of speech.
    package var equipment: SpeechEquipment {
        get throws {
            if let known = madeEquipment { return known }
            let wish = try ground.settings.value(ReadAloudFeature.width)
            let equipment = SpeechEquipment(
                folder: SpeechFolder(path: try Application.speechFolder(ground.settings, data: data.path)),
                memory: try sandbox.memory,
                width: wish > 0 ? wish : min(2, ProcessorCount.online),
                services: try SpeechServiceSettings.services(
                    ground.settings, client: HTTPClient(SpeechServiceSettings.clientConfiguration, logger: ground.logger),
                    ambient: ground.ambient),
                order: try SpeechServiceSettings.order(ground.settings), logger: ground.logger)
            madeEquipment = equipment
            return equipment
        }
    }

    /// The data folder's path.
    package var dataFolder: String { data.path }

    /// Files that can be made again, apart from those that people brought.
    package func files(named name: String) throws -> any BlobStore {
        // Without a folder nothing is stored: the program is only described.
        data.path.isEmpty ? ground.blobs : try DiskBlobStore(root: "\(data.path)/\(name)", logger: ground.logger)
    }
}
