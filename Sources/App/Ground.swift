import BlobStorage
import Cryptography
import Database
import Embedding
import Failures
import FoundationEssentials
import SQLiteDatabase
import Telemetry

/// What the program stands on: the folder with its keys and files, the database, the embedding model.
struct Ground: Sendable {
    let data: DataDirectory
    let database: any Database
    let blobs: any BlobStore
    let keys: SigningKeyRing
    let embedder: any TextEmbedder

    /// Opens all of it; makes what is missing, and brings the database's tables up to date.
    ///
    /// - Parameter given: an embedder to use instead of loading the model.
    init(_ configuration: Configuration, logger: Logger, embedder given: (any TextEmbedder)?) async throws {
        data = try DataDirectory(path: configuration.storage.dataDirectory)
        database = Application.openDatabase(configuration, logger: logger)
        do {
            try await Application.migrate(database, at: configuration.storage.database, logger: logger)
            blobs = try DiskBlobStore(root: data.blobs, logger: logger)
            embedder = try given ?? Application.loadEmbedder(configuration)
            do {
                keys = try SigningKeyRing.load(path: data.signingKey)
            } catch let failure as CryptographyFailure {
                throw StartFailure(failure, remedy: "`lm doctor` says how to mend it.")
            }
            do throws(DataDirectoryFailure) { try data.check() } catch {
                logger.warning("the data folder is nearly full", ["reason": error.reason])
            }
        } catch {
            await database.close()
            throw error
        }
    }

    /// Nothing at all: enough to describe the program, whose routes are then never called.
    init() {
        data = DataDirectory(unmade: "")
        database = SQLiteDatabase(path: "")
        blobs = NoBlobStore()
        keys = SigningKeyRing(current: .random())
        embedder = NoEmbedder()
    }
}

/// Stands in for the model where nothing is embedded: to make an account, to describe the API.
struct NoEmbedder: TextEmbedder {
    let modelName = ""
    let dimensions = 1

    func embed(_ texts: [String]) async throws -> [[Float]] { throw UnmadePart() }
    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] { throw UnmadePart() }
    func countTokens(_ text: String) -> Int { 0 }
}

private struct NoBlobStore: BlobStore {
    func receive<Parts: AsyncSequence, Value>(
        from parts: Parts, limit: Int, _ body: (ReceivedBlob) async throws -> Value
    ) async throws -> Value where Parts.Element == [UInt8] {
        throw UnmadePart()
    }
    func path(of sha256: String) -> String? { nil }
    func remove(_ sha256: String, if isUnused: () async throws -> Bool) async throws -> Bool { throw UnmadePart() }
    func visit(olderThan date: Date, _ body: (String) async throws -> Void) async throws { throw UnmadePart() }
}

/// A command used a part that it had said it does not need.
private struct UnmadePart: Failure {
    var code: FailureCode { .internal }
    var message: String { "A part of the program was not made for this command." }
}
