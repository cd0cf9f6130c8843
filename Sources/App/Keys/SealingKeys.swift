import AmazonKeyService
import Ambient
import Cryptography
import Failures
import HTTPClient
import Telemetry

/// Where the keys are that seal secrets in the database: in a file of the data folder, in a setting, or wrapped by a key service.
enum SealingKeys {
    /// The ring as it is from now on, and what follows it.
    static func open(
        _ storage: StorageConfiguration, in data: DataDirectory, logger: Logger
    ) async throws -> (ring: SigningKeyRing, watch: WrappedKeyWatch?) {
        if let given = storage.sealingKeys { return (given, nil) }
        guard let wrapped = try wrapped(storage, in: data, logger: logger) else {
            return (try SigningKeyRing.following(path: data.sealingKey), nil)
        }
        let ring = try await first(wrapped, in: data, logger: logger)
        let held = HeldKeys(ring)
        return (SigningKeyRing(held), WrappedKeyWatch(wrapped: wrapped, held: held, logger: logger))
    }

    /// With a new key before the others, kept where they are. Those that are given are changed where they are given.
    static func rotate(_ storage: StorageConfiguration, in data: DataDirectory, logger: Logger) async throws -> SigningKeyRing {
        if let given = storage.sealingKeys { return given }
        guard let wrapped = try wrapped(storage, in: data, logger: logger) else {
            let ring = try SigningKeyRing.load(path: data.sealingKey).rotated()
            try ring.save(path: data.sealingKey)
            return ring
        }
        let ring = try await first(wrapped, in: data, logger: logger).rotated()
        try await wrapped.write(ring)
        return ring
    }

    /// What is wrapped; at the first start what the data folder has, or a new key, is.
    private static func first(_ wrapped: WrappedKeys, in data: DataDirectory, logger: Logger) async throws -> SigningKeyRing {
        if let ring = try await wrapped.read() { return ring }
        let isPlain = SigningKeyRing.exists(path: data.sealingKey)
        var known = SigningKeyRing(current: .random())
        if isPlain { known = try SigningKeyRing.load(path: data.sealingKey) }
        try await wrapped.write(known)
        // As it comes back: a service that cannot open what it wrapped is found out while the other copy is still there.
        guard let ring = try await wrapped.read() else { throw CryptographyFailure(.unavailable, "The sealing keys are not kept.") }
        if isPlain {
            logger.notice("the sealing keys are wrapped by the key service now; put sealing.key away", ["file": wrapped.path])
        }
        return ring
    }

    private static func wrapped(_ storage: StorageConfiguration, in data: DataDirectory, logger: Logger) throws -> WrappedKeys? {
        try wrapped(storage, at: data.wrappedKeys, logger: logger)
    }

    /// nil where no service wraps them.
    static func wrapped(_ storage: StorageConfiguration, at path: String, logger: Logger) throws -> WrappedKeys? {
        guard let place = storage.keyService else { return nil }
        let client = try HTTPClient(HTTPClientConfiguration(purpose: "keys"), logger: logger)
        return WrappedKeys(
            path: path,
            service: AmazonKeyService(
                place: place, accessKey: storage.keyServiceAccess, secretKey: storage.keyServiceSecret, client: client))
    }
}
