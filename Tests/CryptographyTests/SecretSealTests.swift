import Failures
import Testing

@testable import Cryptography

@Suite("Sealed secrets", .timeLimit(.minutes(3)))
struct SecretSealTests {
    private let old = SigningKey(id: "old", secret: [UInt8](repeating: 1, count: 32))
    private let new = SigningKey(id: "new", secret: [UInt8](repeating: 2, count: 32))

    @Test("A secret opens where it was sealed for, and nowhere else")
    func place() throws {
        let seal = SecretSeal(keys: SigningKeyRing(current: old))
        for secret in [[], [7], Array("a longer secret, with an ü".utf8)] as [[UInt8]] {
            let text = seal.seal(secret, place: "table/ann")
            #expect(try seal.open(text, place: "table/ann") == secret)
            #expect(throws: CryptographyFailure.self) { try seal.open(text, place: "table/ben") }
            // The same twice is not seen to be the same.
            #expect(seal.seal(secret, place: "table/ann") != text)
        }
    }

    @Test("What was changed in any place does not open")
    func changed() throws {
        let seal = SecretSeal(keys: SigningKeyRing(current: old))
        let text = Array(seal.seal(Array("secret".utf8), place: "here").utf8)
        for index in text.indices {
            var damaged = text
            damaged[index] = damaged[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: CryptographyFailure.self, "\(index)") {
                try seal.open(String(decoding: damaged, as: UTF8.self), place: "here")
            }
        }
        for text in ["", "1", "1.old..", "2.old.AA.AA", String(decoding: text.dropLast(), as: UTF8.self)] {
            #expect(throws: CryptographyFailure.self) { try seal.open(text, place: "here") }
        }
    }

    @Test("A new key opens what the old one sealed, and takes it over without its being opened")
    func rotation() throws {
        let before = SecretSeal(keys: SigningKeyRing(current: old))
        let both = SecretSeal(keys: SigningKeyRing(current: new, former: [old]))
        let after = SecretSeal(keys: SigningKeyRing(current: new))
        let text = before.seal([1, 2, 3], place: "p")
        #expect(try both.open(text, place: "p") == [1, 2, 3])
        #expect(throws: CryptographyFailure.self) { try after.open(text, place: "p") }
        let taken = try #require(try both.rewrapped(text))
        #expect(try after.open(taken, place: "p") == [1, 2, 3])
        #expect(try both.rewrapped(taken) == nil)
    }

    @Test("The cipher is AES-256-GCM: test case 16 of McGrew and Viega's specification opens")
    func vector() {
        func bytes(_ hex: String) -> [UInt8] {
            stride(from: 0, to: hex.count, by: 2).map { index in
                let start = hex.index(hex.startIndex, offsetBy: index)
                return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
            }
        }
        let plain = bytes(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        )
        let sealed = bytes(
            "cafebabefacedbaddecaf888"
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b")
        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let context = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        #expect(AuthenticatedCipher.open(sealed, key: key, context: context) == plain)
        #expect(AuthenticatedCipher.open(sealed, key: key, context: []) == nil)
    }
}
