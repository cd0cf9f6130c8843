import Cryptography
import FoundationEssentials

/// What the browser says of what was asked for, and by which page (WebAuthn, 5.8.1).
package struct ClientData: Sendable, Decodable {
    let type: String
    let challenge: String
    let origin: String
    let crossOrigin: Bool?

    init(_ bytes: [UInt8]) throws(WebAuthnFailure) {
        guard bytes.count <= 4096, let data = try? JSONDecoder().decode(ClientData.self, from: Data(bytes)) else {
            throw .malformed("what the browser says is no JSON of its kind")
        }
        self = data
    }

    /// Which challenge these say that they answer; whether they do is another question.
    package static func challenge(in bytes: [UInt8]) -> String? { (try? ClientData(bytes))?.challenge }

    func check(_ wanted: String, challenge expected: [UInt8], by origin: String) throws(WebAuthnFailure) {
        guard type == wanted else { throw .untrusted("it is an answer to something else") }
        guard Base64URL.decode(challenge) == expected else { throw .untrusted("it is an answer to another challenge") }
        guard self.origin == origin, crossOrigin != true else {
            throw .untrusted("it was asked for by another page, \(self.origin)")
        }
    }
}
