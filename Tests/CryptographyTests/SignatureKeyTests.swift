import Cryptography
import Testing

@Suite("Signatures of others")
struct SignatureKeyTests {
    private static let point: [UInt8] =
        [4] + (Base64URL.decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU") ?? [])
        + (Base64URL.decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0") ?? [])
    private static let signed =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    private static let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    @Test("The example of RFC 7515, A.3, and none that is changed")
    func standard() throws {
        let key = SignatureKey.p256(point: Self.point)
        let token = try #require(ForeignToken("\(Self.signed).\(Self.signature)"))
        #expect(token.algorithm == "ES256" && token.isSigned(by: key))
        let other = try #require(ForeignToken("\(Self.signed).\(Self.signature.replacing("Dt", with: "Du"))"))
        #expect(!other.isSigned(by: key))
        #expect(!token.isSigned(by: .p256(point: try P256Key().publicKey)))
    }

    @Test("RSA signs and checks; a key that is too small is none")
    func rsa() throws {
        let key = try RSAKey()
        let again = try RSAKey(privateKey: key.privateKey)
        #expect(again.publicKey == key.publicKey && key.publicKey.isSound)
        let message = Array("what is said".utf8)
        let signature = try again.signature(of: message)
        #expect(key.publicKey.verifies(signature, of: message))
        #expect(!key.publicKey.verifies(signature, of: message + [0]))
        #expect(!key.publicKey.verifies([], of: message))
        #expect(!key.publicKey.verifies(signature.reversed(), of: message))
        guard case .rsa(let modulus, let exponent) = key.publicKey else { return }
        #expect(!SignatureKey.rsa(modulus: Array(modulus.prefix(128)), exponent: exponent).isSound)
        #expect(!SignatureKey.rsa(modulus: modulus, exponent: [1]).isSound)
        #expect(!SignatureKey.rsa(modulus: [], exponent: []).isSound)
    }

    @Test("The algorithm is the key's, whatever the token says")
    func algorithms() throws {
        let key = try RSAKey()
        guard case .rsa(let modulus, _) = key.publicKey else { return }
        let honest = try ForeignToken.sign(["sub": "a"], with: key, id: "k")
        #expect(try #require(ForeignToken(honest)).isSigned(by: key.publicKey))
        let parts = honest.split(separator: ".").map(String.init)
        func token(_ header: String, _ signature: (String) -> [UInt8]) -> ForeignToken? {
            let signed = Base64URL.encode(Array(header.utf8)) + "." + parts[1]
            return ForeignToken(signed + "." + Base64URL.encode(signature(signed)))
        }
        for algorithm in ["none", "None", "HS256", "RS512", "ES256", ""] {
            let forged = token(#"{"alg":"\#(algorithm)","kid":"k"}"#) {
                algorithm == "HS256" ? MessageAuthentication.code(for: Array($0.utf8), key: modulus) : []
            }
            #expect(forged?.isSigned(by: key.publicKey) != true, "\(algorithm)")
        }
        #expect(token(#"{"alg":"RS256","crit":["x"],"x":1}"#) { (try? key.signature(of: Array($0.utf8))) ?? [] } == nil)
        for text in ["", ".", "..", "a.b", "a.b.c", honest + ".", honest + "=", " " + honest] {
            #expect(ForeignToken(text)?.isSigned(by: key.publicKey) != true, "\(text)")
        }
    }

    @Test("Of a set of keys only those are taken that may sign and are sound")
    func sets() throws {
        guard case .rsa(let modulus, let exponent) = try RSAKey().publicKey else { return }
        let (n, e) = (Base64URL.encode(modulus), Base64URL.encode(exponent))
        let json = """
            {"keys": [{"kty": "RSA", "kid": "a", "n": "\(n)", "e": "\(e)"}, {"kty": "RSA", "kid": "b", "use": "enc", "n": "\(n)", "e": "\(e)"},
             {"kty": "RSA", "kid": "c", "alg": "RS512", "n": "\(n)", "e": "\(e)"}, {"kty": "oct", "kid": "d", "k": "AAAA"},
             {"kty": "RSA", "kid": "e", "n": "AQAB", "e": "AQAB"}, {"kty": "EC", "kid": "f", "crv": "P-256", "x": "AAAA", "y": "AAAA"},
             {"kty": "EC", "kid": "g", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
              "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
            """
        #expect(WebKeySet(json: Array(json.utf8))?.keys.compactMap(\.id) == ["a", "g"])
        #expect(WebKeySet(json: Array("[]".utf8)) == nil)
    }
}
