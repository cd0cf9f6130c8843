import Cryptography
import FoundationEssentials
import Testing

@Suite("Tokens of services", .timeLimit(.minutes(3)))
struct ServiceTokensTests {
    private let key = SigningKey(id: "k1", secret: [UInt8](repeating: 7, count: 32))
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private var ring: SigningKeyRing { SigningKeyRing(current: key) }
    private var tokens: ServiceTokens { ServiceTokens(keys: ring) }

    private func issue(to callee: String = "study") throws -> String {
        try tokens.issue(from: "llm", to: callee, scopes: ["library:read", "quizzes:write"], id: "t1", at: now)
    }

    @Test("What is issued is accepted by whom it is for, for two minutes, and says who calls for what")
    func roundTrip() throws {
        let claims = try tokens.verify(try issue(), for: ["auth", "study"], at: now.addingTimeInterval(119))
        #expect(claims.subject == "llm" && claims.scope == "library:read quizzes:write")
        #expect(throws: TokenFailure.audience) { try tokens.verify(try issue(), for: ["auth"], at: now) }
        #expect(throws: TokenFailure.audience) { try tokens.verify(try issue(), for: [], at: now) }
        #expect(throws: TokenFailure.expired) { try tokens.verify(try issue(), for: ["study"], at: now.addingTimeInterval(126)) }
        #expect(throws: TokenFailure.notYetValid) {
            try tokens.verify(try issue(), for: ["study"], at: now.addingTimeInterval(-6))
        }
    }

    @Test("One kind of token is never taken for the other, though the same key signs both")
    func kinds() throws {
        let people = AccessTokens(keys: ring)
        let persons = try people.issue(subject: "someone", role: "administrator", session: "s1", id: "t1", at: now)
        #expect(throws: TokenFailure.algorithm) { try tokens.verify(persons, for: ["study"], at: now) }
        #expect(throws: TokenFailure.algorithm) { try people.verify(try issue(), at: now) }
        // Not even where the audience is made to fit.
        let sly = AccessTokens(keys: ring, audience: "little-monster/study")
        let other = try sly.issue(subject: "llm", role: "administrator", session: "s1", id: "t1", at: now)
        #expect(throws: TokenFailure.algorithm) { try tokens.verify(other, for: ["study"], at: now) }
    }

    @Test("A key that was changed goes on opening; one of another installation does not; no letter may differ")
    func keys() throws {
        let token = try issue()
        let rotated = ServiceTokens(keys: ring.rotated())
        #expect(try rotated.verify(token, for: ["study"], at: now).id == "t1")
        #expect(throws: TokenFailure.unknownKey) {
            try ServiceTokens(keys: SigningKeyRing(current: .random())).verify(token, for: ["study"], at: now)
        }
        let letters = Array(token.utf8)
        for index in letters.indices {
            var other = letters
            other[index] = other[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenFailure.self, "letter \(index)") {
                try tokens.verify(String(decoding: other, as: UTF8.self), for: ["study"], at: now)
            }
        }
    }
}
