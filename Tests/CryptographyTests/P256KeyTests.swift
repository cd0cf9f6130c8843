import Cryptography
import Testing

struct P256KeyTests {
    private static func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }

    @Test func `two keys agree on what RFC 8291 says they do`() throws {
        let server = try P256Key(
            privateKey: Self.bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            publicKey: Self.bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"))
        let browser = try P256Key(
            privateKey: Self.bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
            publicKey: Self.bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"))
        let agreed = try Self.bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs")
        #expect(try server.sharedSecret(with: browser.publicKey) == agreed)
        #expect(try browser.sharedSecret(with: server.publicKey) == agreed)
    }

    @Test func `fresh keys agree, differ, and are read again`() throws {
        let (one, other) = (try P256Key(), try P256Key())
        #expect(one != other)
        #expect(try one.sharedSecret(with: other.publicKey) == other.sharedSecret(with: one.publicKey))
        #expect(try P256Key(privateKey: one.privateKey, publicKey: one.publicKey) == one)
        let signatures = try (0..<50).map { _ in try one.signature(of: [1, 2, 3]) }
        #expect(signatures.allSatisfy { $0.count == 64 } && Set(signatures).count == 50)
    }

    @Test func `what is no point of the curve is refused`() throws {
        let key = try P256Key()
        var off = key.publicKey
        off[64] ^= 1
        for bytes in [
            off, Array(key.publicKey.dropLast()), [UInt8](repeating: 0, count: 65), [], [4] + [UInt8](repeating: 0, count: 64),
        ] {
            #expect(!P256Key.isPoint(bytes))
            #expect(throws: CryptographyFailure.self) { try key.sharedSecret(with: bytes) }
        }
    }
}
