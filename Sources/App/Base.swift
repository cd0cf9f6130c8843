import Assembly
import BlobStorage
import Cryptography
import Database
import Failures
import FoundationEssentials
import SQLiteDatabase
import Telemetry

/// What the program stands on outside itself: the folder with its keys and files, and the database.
struct Base: Sendable {
    let data: DataDirectory
    let database: any Database
    let blobs: any BlobStore
    let keys: SigningKeyRing
    let seal: SecretSeal
    /// Follows the sealing keys where a service wraps them.
    let keyWatch: WrappedKeyWatch?

    /// Opens all of it; makes what is missing, and brings the database's tables up to date.
    init(_ configuration: Configuration, features: FeatureList, logger: Logger) async throws {
        data = try DataDirectory(path: configuration.storage.dataDirectory)
        for exposure in FileExposure.found(in: configuration) {
            logger.warning("others on this machine can open what is private", ["path": exposure.path, "remedy": exposure.remedy])
        }
        database = Application.openDatabase(configuration, logger: logger)
        do {
            try await Application.migrate(
                database, at: configuration.storage.database, to: features.catalogue.migrations, logger: logger)
            blobs = try DiskBlobStore(root: data.blobs, logger: logger)
            do {
                keys = try SigningKeyRing.following(path: data.signingKey)
                let sealing = try await SealingKeys.open(configuration.storage, in: data, logger: logger)
                (seal, keyWatch) = (SecretSeal(keys: sealing.ring), sealing.watch)
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
        seal = SecretSeal(keys: SigningKeyRing(current: .random()))
        keyWatch = nil
    }
}

private struct NoBlobStore: BlobStore {
    func receive<Parts: AsyncSequence, Value>(
        from parts: Parts, limit: Int, _ body: (ReceivedBlob) async throws -> Value
    ) async throws -> Value where Parts.Element == [UInt8] {
        throw UnmadePart()
    }
    func content(of sha256: String) async throws -> BlobContent? { nil }
    func withLocalFile<Value>(_ sha256: String, _ body: (String) async throws -> Value) async throws -> Value? { nil }
    func remove(_ sha256: String, if isUnused: () async throws -> Bool) async throws -> Bool { throw UnmadePart() }
    func visit(olderThan date: Date, _ body: (String) async throws -> Void) async throws { throw UnmadePart() }
}
