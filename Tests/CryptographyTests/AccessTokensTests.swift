import Cryptography
import FoundationEssentials
import Testing

@Suite("Access tokens", .timeLimit(.minutes(3)))
struct AccessTokensTests {
    private let key = SigningKey(id: "k1", secret: [UInt8](repeating: 7, count: 32))
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private var tokens: AccessTokens { AccessTokens(keys: SigningKeyRing(current: key)) }

    private func issue() throws -> String {
        try tokens.issue(subject: "someone", role: "student", session: "s1", id: "t1", at: now)
    }

    /// Signs a header and a payload of the attacker's choice with the true key, or with none.
    private func forge(header: String, payload: String, key: [UInt8]?) -> String {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
        let signature = key.map { Base64URL.encode(MessageAuthentication.code(for: Array(signed.utf8), key: $0)) } ?? ""
        return signed + "." + signature
    }

    private let claims =
        #"{"iss":"little-monster","aud":"little-monster","sub":"x","role":"administrator","sid":"s","jti":"j","iat":1800000000,"nbf":1800000000,"exp":1800001800}"#

    @Test("What is issued is accepted, and says what was put in")
    func roundTrip() throws {
        let claims = try tokens.verify(try issue(), at: now.addingTimeInterval(60))
        #expect(claims.subject == "someone")
        #expect(claims.role == "student")
        #expect(claims.session == "s1")
        #expect(claims.expires == 1_800_001_800)
    }

    @Test(
        "The lifetime has two ends, with five seconds of leeway",
        arguments: [
            (-6.0, TokenFailure.notYetValid), (-4, nil), (0, nil), (1804, nil), (1806, .expired), (1e9, .expired),
        ] as [(Double, TokenFailure?)])
    func times(offset: Double, failure: TokenFailure?) throws {
        let token = try issue()
        if let failure {
            #expect(throws: failure) { try tokens.verify(token, at: now.addingTimeInterval(offset)) }
        } else {
            _ = try tokens.verify(token, at: now.addingTimeInterval(offset))
        }
    }

    @Test("Changing any one letter makes it invalid")
    func tampering() throws {
        let token = Array(try issue().utf8)
        for index in token.indices {
            var other = token
            other[index] = other[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: other, as: UTF8.self)
            #expect(throws: TokenFailure.self, "letter \(index)") { try tokens.verify(text, at: now) }
        }
        for cut in token.indices {
            #expect(throws: TokenFailure.self) { try tokens.verify(String(decoding: token[..<cut], as: UTF8.self), at: now) }
        }
    }

    @Test(
        "The header cannot choose the algorithm, the key or an extension",
        arguments: [
            (#"{"alg":"none","typ":"JWT","kid":"k1"}"#, TokenFailure.algorithm),
            (#"{"alg":"None","typ":"JWT","kid":"k1"}"#, .algorithm),
            (#"{"alg":"HS512","typ":"JWT","kid":"k1"}"#, .algorithm),
            (#"{"alg":"RS256","typ":"JWT","kid":"k1"}"#, .algorithm),
            (#"{"alg":"hs256","typ":"JWT","kid":"k1"}"#, .algorithm),
            (#"{"alg":"HS256","typ":"JWE","kid":"k1"}"#, .algorithm),
            (#"{"alg":"HS256","typ":"JWT","kid":"k1","crit":["exp"]}"#, .algorithm),
            (#"{"alg":"HS256","typ":"JWT","kid":"k2"}"#, .unknownKey),
            (#"{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}"#, .unknownKey),
            (#"{"alg":"HS256","typ":"JWT"}"#, .malformed),
            (#"{"alg":["HS256"],"typ":"JWT","kid":"k1"}"#, .malformed),
            (#"[]"#, .malformed),
            (#""#, .malformed),
        ])
    func headers(header: String, failure: TokenFailure) {
        let token = forge(header: header, payload: claims, key: key.secret)
        #expect(throws: failure) { try tokens.verify(token, at: now) }
    }

    @Test("No signature, another key's signature, and a signature over other claims are refused")
    func signatures() throws {
        let header = #"{"alg":"HS256","typ":"JWT","kid":"k1"}"#
        #expect(try tokens.verify(forge(header: header, payload: claims, key: key.secret), at: now).role == "administrator")
        for secret in [nil, [], [UInt8](repeating: 0, count: 32)] as [[UInt8]?] {
            #expect(throws: TokenFailure.signature) {
                try tokens.verify(forge(header: header, payload: claims, key: secret), at: now)
            }
        }
        let mine = try issue().split(separator: ".")
        let swapped = "\(mine[0]).\(Base64URL.encode(Array(claims.utf8))).\(mine[2])"
        #expect(throws: TokenFailure.signature) { try tokens.verify(swapped, at: now) }
    }

    @Test(
        "Claims must be ours and whole",
        arguments: [
            (#""iss":"little-monster""#, #""iss":"someone-else""#, TokenFailure.issuer),
            (#""aud":"little-monster""#, #""aud":"another""#, .audience),
            (#","exp":1800001800"#, "", .malformed),
            (#","nbf":1800000000"#, "", .malformed),
            (#""sub":"x","#, "", .malformed),
            (#""exp":1800001800"#, #""exp":"1800001800""#, .malformed),
        ])
    func claimTable(old: String, new: String, failure: TokenFailure) {
        let changed = claims.replacing(old, with: new)
        let token = forge(header: #"{"alg":"HS256","typ":"JWT","kid":"k1"}"#, payload: changed, key: key.secret)
        #expect(throws: failure) { try tokens.verify(token, at: now) }
    }

    @Test(
        "Junk is malformed", arguments: ["", ".", "..", "...", "a.b", "a.b.c.d", "é.é.é", String(repeating: "A", count: 100_000)])
    func junk(token: String) {
        #expect(throws: TokenFailure.malformed) { try tokens.verify(token, at: now) }
    }

    @Test("After a rotation old tokens are still accepted and new ones name the new key")
    func rotation() throws {
        let old = try issue()
        let ring = SigningKeyRing(current: key).rotated()
        let rotated = AccessTokens(keys: ring)
        #expect(try rotated.verify(old, at: now).subject == "someone")
        let new = try rotated.issue(subject: "b", role: "student", session: "s", id: "t", at: now)
        #expect(throws: TokenFailure.unknownKey) { try tokens.verify(new, at: now) }
        #expect(throws: TokenFailure.unknownKey) { try AccessTokens(keys: SigningKeyRing(current: .random())).verify(old, at: now) }
    }
}
