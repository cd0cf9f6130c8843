import Cryptography
import FoundationEssentials
import Testing
@testable import WebPush

struct PushEncryptionTests {
    private static func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }

    private static let subscriber = PushSubscriber(
        endpoint: "https://push.example.net/push/1",
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg")

    @Test func `the example of RFC 8291 is sealed byte by byte as there`() throws {
        let key = try P256Key(
            privateKey: Self.bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            publicKey: Self.bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"))
        let sealed = try PushEncryption.sealed(
            Array("When I grow up, I want to be a watermelon".utf8), for: try #require(Self.subscriber), key: key,
            salt: Self.bytes("DGv6ra1nlYgDCS1FRnbzlw"))
        #expect(
            Base64URL.encode(sealed)
                == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
                + "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
    }

    @Test func `a message fills one record at most, and none is sealed twice alike`() throws {
        let subscriber = try #require(Self.subscriber)
        let largest = [UInt8](repeating: 7, count: PushEncryption.limit)
        let sealed = try PushEncryption.sealed(largest, for: subscriber)
        #expect(sealed.count <= 4096)
        #expect(try PushEncryption.sealed(largest, for: subscriber) != sealed)
        #expect(throws: PushFailure.self) { try PushEncryption.sealed(largest + [7], for: subscriber) }
    }

    @Test func `keys of browsers are read with padding and without, and others refused`() {
        let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        #expect(PushSubscriber(endpoint: "https://a.net/", p256dh: key + "=", auth: "BTBZMqHH6r4Tts7J_aSIgg==") != nil)
        #expect(PushSubscriber(endpoint: "https://a.net/", p256dh: key, auth: "BTBZMqHH6r4Tts7J") == nil)
        #expect(PushSubscriber(endpoint: "https://a.net/", p256dh: "C" + key.dropFirst(), auth: "BTBZMqHH6r4Tts7J_aSIgg") == nil)
    }

    @Test func `who we are is a JWT of RFC 8292 for the service alone`() throws {
        let identity = PushIdentity(key: try P256Key(), contact: "mailto:study@example.org")
        let now = Date(timeIntervalSince1970: 1_772_452_800)
        let value = try identity.authorization(for: "https://push.example.net", at: now)
        let parts = value.dropFirst("vapid t=".count).split(separator: ", k=")
        #expect(value.hasPrefix("vapid t=") && parts.count == 2 && String(parts[1]) == identity.publicKey)
        let token = parts[0].split(separator: ".").map(String.init)
        #expect(token.count == 3)
        #expect(String(decoding: try Self.bytes(token[0]), as: UTF8.self) == #"{"alg":"ES256","typ":"JWT"}"#)
        #expect(
            String(decoding: try Self.bytes(token[1]), as: UTF8.self)
                == #"{"aud":"https://push.example.net","exp":1772496000,"sub":"mailto:study@example.org"}"#)
        #expect(try Self.bytes(token[2]).count == 64)
    }
}
