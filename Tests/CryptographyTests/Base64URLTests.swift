import Cryptography
import Testing

@Suite("base64url")
struct Base64URLTests {
    @Test("Every length comes back", arguments: 0...70)
    func roundTrip(length: Int) {
        let bytes = SecureRandom.bytes(length)
        #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test(
        "Known texts",
        arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3f}\u{3e}", "Pz4")])
    func known(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
    }

    @Test(
        "What is not the one text of some bytes is refused",
        arguments: ["Zg==", "Z", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zm9vY", "é"])
    func refused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
