import Cryptography
import Testing

@Suite("Digests and codes")
struct DigestTests {
    @Test(
        "SHA-256 gives the published vectors (FIPS 180-4)",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(Hexadecimal.encode(SHA256.hash(text)) == digest)
    }

    @Test("SHA-256 in parts equals SHA-256 in one", arguments: [1, 3, 63, 64, 65, 1000])
    func parts(size: Int) {
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 31) }
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) { hash.update(bytes[start..<min(start + size, bytes.count)]) }
        #expect(hash.finalize() == SHA256.hash(bytes))
    }

    @Test("HMAC-SHA256 gives the published vectors (RFC 4231)")
    func codes() {
        let first = MessageAuthentication.code(for: Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20))
        #expect(Hexadecimal.encode(first) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        let second = MessageAuthentication.code(for: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(Hexadecimal.encode(second) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let empty = MessageAuthentication.code(for: [], key: [])
        #expect(Hexadecimal.encode(empty) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("Comparison looks at every byte")
    func comparison() {
        let bytes = SecureRandom.bytes(32)
        #expect(MessageAuthentication.equal(bytes, bytes))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!MessageAuthentication.equal(bytes, other))
        }
        #expect(!MessageAuthentication.equal(bytes, Array(bytes.dropLast())))
        #expect(MessageAuthentication.equal([], []))
    }

    @Test("Random bytes differ")
    func randomness() {
        #expect(Set((0..<100).map { _ in SecureRandom.token() }).count == 100)
        #expect(SecureRandom.token().utf8.count == 43)
    }
}
