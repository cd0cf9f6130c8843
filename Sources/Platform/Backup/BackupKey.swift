import Cryptography
import Failures
import FoundationEssentials

/// What back-ups are encrypted with: the bytes of a file, or a passphrase.
package enum BackupKey: Sendable {
    case file([UInt8])
    case passphrase(String)
}

/// How a place's back-ups are encrypted, as its head says it: enough to know the right key from a wrong one, and no more.
struct BackupEncryption: Codable, Sendable {
    /// `key-file` or `passphrase`.
    var by: String
    /// Base64url.
    var salt: String
    var memoryKiB: UInt32?
    var passes: UInt32?
    /// A code of the derived key over the salt.
    var check: String

    enum CodingKeys: String, CodingKey {
        case by, salt, passes, check
        case memoryKiB = "memory_kib"
    }
}

/// AES-256-GCM for the pieces of back-ups, and names for them that tell nothing of their content.
struct BackupCipher: Sendable {
    private let content: [UInt8]
    private let naming: [UInt8]

    private init(master: [UInt8], salt: [UInt8]) {
        content = KeyDerivation.key(from: master, salt: salt, info: Array("little-monster/backup/content".utf8), count: 32)
        naming = KeyDerivation.key(from: master, salt: salt, info: Array("little-monster/backup/names".utf8), count: 32)
    }

    /// With a new salt.
    static func make(for key: BackupKey) throws -> (BackupCipher, BackupEncryption) {
        let salt = SecureRandom.bytes(16)
        var encryption = BackupEncryption(by: "key-file", salt: Base64URL.encode(salt), check: "")
        if case .passphrase = key { (encryption.by, encryption.memoryKiB, encryption.passes) = ("passphrase", 65_536, 3) }
        let cipher = try BackupCipher(key, encryption, salt: salt)
        encryption.check = cipher.check(salt)
        return (cipher, encryption)
    }

    /// Throws if the key is not the one that the back-ups were made with.
    static func open(_ encryption: BackupEncryption, with key: BackupKey) throws -> BackupCipher {
        guard let salt = Base64URL.decode(encryption.salt) else { throw BackupFailure.damaged("its head cannot be read") }
        let cipher = try BackupCipher(key, encryption, salt: salt)
        guard MessageAuthentication.equal(Array(cipher.check(salt).utf8), Array(encryption.check.utf8)) else {
            throw BackupFailure(
                .forbidden,
                encryption.by == "passphrase"
                    ? "The passphrase is not the one that these back-ups were made with."
                    : "The key file is not the one that these back-ups were made with.")
        }
        return cipher
    }

    private init(_ key: BackupKey, _ encryption: BackupEncryption, salt: [UInt8]) throws {
        switch (key, encryption.by) {
        case (.file(let bytes), "key-file"): self.init(master: bytes, salt: salt)
        case (.passphrase(let text), "passphrase"):
            // The numbers come from the place: they must not be able to take all the memory of the machine.
            guard let memory = encryption.memoryKiB, let passes = encryption.passes, (8...1 << 20).contains(memory),
                (1...16).contains(passes)
            else { throw BackupFailure.damaged("its head cannot be read") }
            self.init(master: try PassphraseKey.derive(text, salt: salt, memoryKiB: memory, passes: passes), salt: salt)
        case (_, "key-file"):
            throw BackupFailure(.forbidden, "These back-ups were made with a key file: set LM_BACKUP_KEY_FILE.")
        default: throw BackupFailure(.forbidden, "These back-ups were made with a passphrase: set LM_BACKUP_PASSPHRASE.")
        }
    }

    private func check(_ salt: [UInt8]) -> String {
        Base64URL.encode(MessageAuthentication.code(for: Array("check".utf8) + salt, key: naming))
    }

    /// What a piece with this digest is called.
    func name(of digest: String) -> String { Hexadecimal.encode(MessageAuthentication.code(for: Array(digest.utf8), key: naming)) }

    func seal(_ bytes: [UInt8], name: String) -> [UInt8] {
        AuthenticatedCipher.seal(bytes, key: content, context: Array(name.utf8))
    }

    /// nil if it was changed, or belongs under another name.
    func open(_ bytes: [UInt8], name: String) -> [UInt8]? {
        AuthenticatedCipher.open(bytes, key: content, context: Array(name.utf8))
    }
}
