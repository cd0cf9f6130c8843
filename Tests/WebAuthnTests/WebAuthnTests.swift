import Cryptography
import Foundation
import Testing

@testable import WebAuthn

@Suite("Passkeys as others make and use them")
struct WebAuthnTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        struct Created: Decodable, Sendable {
            struct Response: Decodable, Sendable { let clientDataJSON, attestationObject: String }
            let id: String
            let response: Response
        }
        struct Use: Decodable, Sendable {
            struct Credential: Decodable, Sendable {
                struct Response: Decodable, Sendable { let clientDataJSON, authenticatorData, signature: String }
                let response: Response
            }
            let challenge: String
            let credential: Credential
        }
        let algorithm, form, challenge: String
        let created: Created
        let uses: [Use]
        var testDescription: String { "\(algorithm), \(form)" }
    }

    /// Made by PyPI's fido2 and cryptography: `Tests/EndToEnd/soft_authenticator.py`.
    static let vectors: [Vector] = {
        guard let url = Bundle.module.url(forResource: "fido2", withExtension: "json", subdirectory: "Fixtures"),
            let data = try? Data(contentsOf: url),
            let vectors = try? JSONDecoder().decode([Vector].self, from: data)
        else { return [] }
        return vectors
    }()

    private let party: RelyingParty

    init() throws { party = try #require(RelyingParty(address: "https://study.example.org/")) }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }

    private func register(_ vector: Vector, by party: RelyingParty? = nil, challenge: String? = nil) throws
        -> RelyingParty.Registration
    {
        try (party ?? self.party).register(
            clientData: try bytes(vector.created.response.clientDataJSON),
            attestationObject: try bytes(vector.created.response.attestationObject),
            challenge: try bytes(challenge ?? vector.challenge))
    }

    private func use(
        _ vector: Vector, _ index: Int, count: UInt32, key: [UInt8]? = nil, change: (inout [UInt8]) -> Void = { _ in }
    ) throws -> AuthenticatorData {
        let response = vector.uses[index].credential.response
        var signature = try bytes(response.signature)
        change(&signature)
        return try party.verify(
            clientData: try bytes(response.clientDataJSON), authenticatorData: try bytes(response.authenticatorData),
            signature: signature, challenge: try bytes(vector.uses[index].challenge), key: try key ?? register(vector).key,
            signCount: count)
    }

    @Test func `there are passkeys of each kind`() { #expect(Self.vectors.count == 6) }

    @Test(arguments: vectors) func `they are made and used`(_ vector: Vector) throws {
        let made = try register(vector)
        #expect(Base64URL.encode(made.credentialID) == vector.created.id && made.signCount == 0)
        #expect(try use(vector, 0, count: 0).signCount == 1)
        #expect(try use(vector, 1, count: 1).signCount == 2)
    }

    @Test(arguments: vectors) func `what was tampered with, is of another, or was copied is not believed`(_ vector: Vector) throws {
        let other = try #require(Self.vectors.first { $0.algorithm == vector.algorithm && $0.form != vector.form })
        #expect(throws: WebAuthnFailure.self) { try register(vector, challenge: other.challenge) }
        #expect(throws: WebAuthnFailure.self) { try register(vector, by: RelyingParty(address: "https://study.example.org:8443")) }
        #expect(throws: WebAuthnFailure.self) { try register(vector, by: RelyingParty(address: "https://example.org")) }
        #expect(throws: WebAuthnFailure.self) { try use(vector, 0, count: 1) }
        #expect(throws: WebAuthnFailure.self) { try use(vector, 0, count: 0, key: try register(other).key) }
        #expect(throws: WebAuthnFailure.self) { try use(vector, 0, count: 0) { $0[$0.count - 1] ^= 1 } }
        #expect(throws: WebAuthnFailure.self) { try use(vector, 0, count: 0) { $0.removeAll() } }
    }

    /// Whatever is cut off or changed is refused; nothing stops the program.
    @Test(arguments: vectors) func `damage is refused`(_ vector: Vector) throws {
        let (client, whole) = (
            try bytes(vector.created.response.clientDataJSON), try bytes(vector.created.response.attestationObject)
        )
        let challenge = try bytes(vector.challenge)
        for length in 0..<whole.count {
            #expect(throws: WebAuthnFailure.self) {
                try party.register(clientData: client, attestationObject: Array(whole[..<length]), challenge: challenge)
            }
        }
        for index in whole.indices {
            var changed = whole
            changed[index] ^= 0xFF
            // With no attestation only the form can be wrong: the id, the key's numbers and the counter may be anything.
            _ = try? party.register(clientData: client, attestationObject: changed, challenge: challenge)
            if vector.form == "packed" {
                #expect(throws: WebAuthnFailure.self, "at \(index)") {
                    try party.register(clientData: client, attestationObject: changed, challenge: challenge)
                }
            }
        }
        #expect(throws: WebAuthnFailure.self) {
            try party.register(clientData: client, attestationObject: whole + [0], challenge: challenge)
        }
    }

    @Test(arguments: [
        ("https://study.example.org/", "study.example.org", "https://study.example.org"),
        ("https://Study.example.org:8443/monster/", "study.example.org", "https://study.example.org:8443"),
        ("https://study.example.org:443/", "study.example.org", "https://study.example.org"),
        ("http://localhost:8080/", "localhost", "http://localhost:8080"),
        ("http://127.0.0.1:8080/", "localhost", "http://localhost:8080"),
        ("http://[::1]:8080/", "localhost", "http://localhost:8080"),
    ]) func `they are bound to the app's host`(address: String, id: String, origin: String) {
        #expect(RelyingParty(address: address)?.id == id)
        #expect(RelyingParty(address: address)?.origin == origin)
    }

    @Test(arguments: [
        "http://study.example.org/", "https://192.0.2.7/", "https://[2001:db8::1]/", "ftp://study.example.org", "study.example.org",
        "https:///",
    ]) func `addresses that browsers make none for have none`(address: String) { #expect(RelyingParty(address: address) == nil) }
}

@Suite("What authenticators write")
struct CBORReaderTests {
    private func bytes(_ digits: String) -> [UInt8] {
        stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    }

    /// RFC 8949, appendix A.
    @Test(arguments: [
        ("00", CBORValue.integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1000)),
        ("1a000f4240", .integer(1_000_000)), ("1b000000e8d4a51000", .integer(1_000_000_000_000)), ("20", .integer(-1)),
        ("3903e7", .integer(-1000)), ("4401020304", .bytes([1, 2, 3, 4])), ("62c3bc", .text("ü")), ("6449455446", .text("IETF")),
        ("83010203", .list([.integer(1), .integer(2), .integer(3)])), ("a0", .map([:])),
        ("a201020304", .map([.integer(1): .integer(2), .integer(3): .integer(4)])), ("f4", .bool(false)), ("f5", .bool(true)),
        ("f6", .null),
    ]) func `examples are read`(text: String, value: CBORValue) throws {
        #expect(try CBORReader.value(of: bytes(text)) == value)
    }

    @Test(arguments: [
        "", "18", "1817", "1900ff", "1b8000000000000000", "3bffffffffffffffff", "5f42010243030405ff", "7f", "9fff", "bf", "c001",
        "f97e00", "fb00",
        "f7", "61ff", "a1", "a101", "a201020102", "a1410102", "9b7fffffffffffffff", "bb7fffffffffffffff", "5b7fffffffffffffff",
        "0000",
        "8181818181818181818101", "1c", "ff",
    ]) func `what is not strict, not whole or too deep is refused`(text: String) throws {
        #expect(throws: WebAuthnFailure.self) { try CBORReader.value(of: bytes(text)) }
    }
}
