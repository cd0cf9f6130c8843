import CArgon2
import Failures

/// A key made of a passphrase by argon2id (RFC 9106). Blocks for as long as `passes` over the memory take.
package enum PassphraseKey {
    /// 32 bytes.
    package static func derive(
        _ passphrase: String, salt: [UInt8], memoryKiB: UInt32, passes: UInt32
    ) throws(CryptographyFailure) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: 32)
        let text = Array(passphrase.utf8)
        let code = argon2id_hash_raw(passes, memoryKiB, 1, text, text.count, salt, salt.count, &key, key.count)
        guard code == ARGON2_OK.rawValue else {
            throw CryptographyFailure(
                .unavailable, "The passphrase cannot be made into a key: \(String(cString: argon2_error_message(code))).")
        }
        return key
    }
}
