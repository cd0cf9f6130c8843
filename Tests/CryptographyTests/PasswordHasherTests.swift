import Cryptography
import Failures
import Testing

@Suite("Password hashes", .timeLimit(.minutes(3)))
struct PasswordHasherTests {
    private static let quick = PasswordHasher.Cost(memoryKiB: 64, passes: 1, lanes: 1)

    @Test("The recommended cost is OWASP's, and it is in the text")
    func strength() async throws {
        let hasher = PasswordHasher()
        let encoded = try await hasher.hash("correct horse battery")
        #expect(encoded.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("correct horse battery", against: encoded) == .init(matches: true, needsRehash: false))
    }

    @Test("Only the same password matches", arguments: ["", "pass", "Password1", "password1 ", "password1\0"])
    func mismatch(other: String) async throws {
        let hasher = PasswordHasher(cost: Self.quick)
        let encoded = try await hasher.hash("password1")
        #expect(try await hasher.verify(other, against: encoded).matches == false)
    }

    @Test("A zero byte does not cut the password short")
    func zeroByte() async throws {
        let hasher = PasswordHasher(cost: Self.quick)
        let encoded = try await hasher.hash("abc\0def")
        #expect(try await hasher.verify("abc\0def", against: encoded).matches)
        #expect(try await hasher.verify("abc\0xyz", against: encoded).matches == false)
    }

    @Test("The same password never hashes to the same text")
    func salted() async throws {
        let hasher = PasswordHasher(cost: Self.quick)
        let first = try await hasher.hash("same")
        let second = try await hasher.hash("same")
        #expect(first != second)
    }

    @Test("A hash of lower cost asks to be made anew")
    func rehash() async throws {
        let encoded = try await PasswordHasher(cost: Self.quick).hash("password1")
        let stronger = PasswordHasher(cost: .init(memoryKiB: 128, passes: 1, lanes: 1))
        #expect(try await stronger.verify("password1", against: encoded) == .init(matches: true, needsRehash: true))
        #expect(try await stronger.verify("wrong", against: encoded) == .init(matches: false, needsRehash: false))
    }

    @Test("With no stored hash nothing matches, and the same work is done")
    func decoy() async throws {
        let hasher = PasswordHasher(cost: Self.quick)
        let encoded = try await hasher.hash("password1")
        #expect(try await hasher.verify("password1", against: nil).matches == false)
        // Counted, not timed: the machine that runs the tests has other things to do.
        for stored in [encoded, nil, encoded, nil] {
            let before = hasher.hashesComputed
            #expect(try await hasher.verify("wrong password", against: stored).matches == false)
            #expect(hasher.hashesComputed == before + 1)
        }
    }

    @Test("The first check makes the decoy, whether or not it needs it")
    func firstDecoy() async throws {
        let encoded = try await PasswordHasher(cost: Self.quick).hash("password1")
        for stored in [encoded, nil] {
            let hasher = PasswordHasher(cost: Self.quick)
            _ = try await hasher.verify("wrong password", against: stored)
            #expect(hasher.hashesComputed == 2)
        }
    }

    @Test("A damaged hash is a fault of ours, not a wrong password")
    func damaged() async throws {
        await #expect(throws: CryptographyFailure.self) {
            try await PasswordHasher(cost: Self.quick).verify("x", against: "$argon2id$nonsense")
        }
    }

    @Test("A flood is told to come again")
    func flood() async throws {
        let hasher = PasswordHasher(cost: .init(memoryKiB: 1024, passes: 1, lanes: 1), threads: 1, maximumWaiting: 4)
        let outcomes = await withTaskGroup(of: FailureCode?.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    do {
                        _ = try await hasher.hash("password1")
                        return nil
                    } catch {
                        return FailureCode(of: error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.contains(nil))
        #expect(outcomes.contains(.rateLimited))
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .rateLimited })
        // The line is free again.
        _ = try await hasher.hash("password1")
    }
}
