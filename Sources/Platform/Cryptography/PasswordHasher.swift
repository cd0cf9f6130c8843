import CArgon2
import Concurrency
import Failures
import Synchronization

/// Slow, memory-hard password hashes: argon2id (RFC 9106) in PHC text, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// One hash takes `memoryKiB` of memory and tens of milliseconds of a core, so hashing has few threads of its own and a short line:
/// a flood of sign-ins is told to come again instead of eating the machine.
package final class PasswordHasher: Sendable {
    /// The cost of one hash.
    package struct Cost: Sendable, Hashable {
        package var memoryKiB: UInt32
        package var passes: UInt32
        package var lanes: UInt32

        package init(memoryKiB: UInt32, passes: UInt32, lanes: UInt32) {
            self.memoryKiB = memoryKiB
            self.passes = passes
            self.lanes = lanes
        }

        /// What the OWASP Password Storage Cheat Sheet asks for argon2id: 19 MiB, two passes, one lane.
        package static let recommended = Cost(memoryKiB: 19_456, passes: 2, lanes: 1)
    }

    /// What a check of a password found.
    package struct Verification: Sendable, Hashable {
        package let matches: Bool
        /// The stored hash is weaker than `cost`; with the password at hand it can be made anew.
        package let needsRehash: Bool

        package init(matches: Bool, needsRehash: Bool) {
            self.matches = matches
            self.needsRehash = needsRehash
        }
    }

    package let cost: Cost
    private let pool: BlockingPool
    private let maximumWaiting: Int
    private let waiting = Mutex(0)
    private let computed = Mutex(0)
    /// The hash of a password that nobody has, at this hasher's cost; made once, when it is first needed.
    private let decoy = Mutex<String?>(nil)

    /// - Parameters:
    ///   - threads: how many hashes are made at once; each holds `cost.memoryKiB`.
    ///   - maximumWaiting: how many may stand in line or be in hand before a call fails with `rateLimited`.
    package init(cost: Cost = .recommended, threads: Int = 2, maximumWaiting: Int = 64) {
        self.cost = cost
        self.maximumWaiting = maximumWaiting
        // Tens of milliseconds of a core each: who only shows a token must not wait behind them.
        pool = BlockingPool(name: "passwords", threads: threads, niceness: 15)
    }

    /// How many hashes were computed, to store and to compare.
    package var hashesComputed: Int { computed.withLock { $0 } }

    package func hash(_ password: String) async throws -> String {
        try await inLine { [self] in try make(password) }
    }

    /// Checks a password against a stored hash.
    ///
    /// With nil (there is no such account) it does the same work on a decoy and finds no match, so that the time of the answer does not
    /// tell whether the account exists.
    package func verify(_ password: String, against stored: String?) async throws -> Verification {
        try await inLine { [self] in
            // Made also when it is not needed, so that not even the first unknown account takes longer than a known one.
            let decoy = try decoyHash()
            let encoded = stored ?? decoy
            computed.withLock { $0 += 1 }
            var bytes = Array(password.utf8)
            let result = encoded.withCString { argon2id_verify($0, &bytes, bytes.count) }
            switch result {
            case 0: return Verification(matches: stored != nil, needsRehash: isOutdated(encoded))
            case Int32(ARGON2_VERIFY_MISMATCH.rawValue): return Verification(matches: false, needsRehash: false)
            default: throw failure(result)
            }
        }
    }

    /// Whether a stored hash was made at another cost than `cost`.
    package func isOutdated(_ encoded: String) -> Bool {
        !encoded.hasPrefix("$argon2id$v=19$m=\(cost.memoryKiB),t=\(cost.passes),p=\(cost.lanes)$")
    }

    private func inLine<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let admitted = waiting.withLock { waiting in
            guard waiting < maximumWaiting else { return false }
            waiting += 1
            return true
        }
        guard admitted else {
            throw CryptographyFailure(.rateLimited, "Too many people are signing in at once; try again.", retryAfter: .seconds(2))
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await pool.run(body)
    }

    private func decoyHash() throws -> String {
        // Made under the lock, so that two who come first together do not make two. Only the pool's threads wait here.
        try decoy.withLock { decoy in
            if let decoy { return decoy }
            let made = try make(SecureRandom.token())
            decoy = made
            return made
        }
    }

    private func make(_ password: String) throws -> String {
        var bytes = Array(password.utf8)
        var salt = SecureRandom.bytes(16)
        computed.withLock { $0 += 1 }
        let length = argon2_encodedlen(cost.passes, cost.memoryKiB, cost.lanes, 16, 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let result = argon2id_hash_encoded(
            cost.passes, cost.memoryKiB, cost.lanes, &bytes, bytes.count, &salt, salt.count, 32, &encoded, length)
        guard result == 0 else { throw failure(result) }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func failure(_ result: Int32) -> CryptographyFailure {
        let reason = argon2_error_message(result).map { String(cString: $0) } ?? "unknown"
        return CryptographyFailure(.internal, "A password hash could not be made or read: \(reason).")
    }
}
