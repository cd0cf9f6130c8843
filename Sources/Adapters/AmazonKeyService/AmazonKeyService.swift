package import Ambient
import Cryptography
import Failures
import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// The key service of Amazon (KMS) and what speaks like it: `Encrypt` and `Decrypt` of its JSON protocol, signed with Signature Version 4.
package struct AmazonKeyService: KeyService {
    /// Where it is, and which of its keys.
    package struct Place: Sendable, Hashable {
        /// `https://kms.eu-central-1.amazonaws.com`
        package var endpoint: String
        package var region: String
        /// An id, an ARN or `alias/name`.
        package var key: String

        /// - Parameter text: `kms+https://kms.eu-central-1.amazonaws.com/alias/name`; where the host does not name the region, with `?region=…`.
        package init?(_ text: String) {
            guard text.hasPrefix("kms+https://") || text.hasPrefix("kms+http://"), let url = URL(string: String(text.dropFirst(4))),
                let scheme = url.scheme, let host = url.host(), url.path().count > 1
            else { return nil }
            let query = (url.query() ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            let parts = host.split(separator: ".").map(String.init)
            let named = parts.count >= 4 && parts[0].hasPrefix("kms") && parts[2] == "amazonaws" ? parts[1] : nil
            guard let region = query.first(where: { $0.count == 2 && $0[0] == "region" })?[1] ?? named else { return nil }
            endpoint = "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
            (self.region, key) = (region, String(url.path().dropFirst()))
        }
    }

    /// Bound to what is wrapped: the same key opens nothing that was wrapped for another purpose.
    private static let context = ["purpose": "little-monster/sealing-keys"]

    /// What is asked and answered.
    private struct Message: Codable {
        var key: String?
        var plaintext: String?
        var ciphertext: String?
        var context: [String: String]?
        var fault: String?

        enum CodingKeys: String, CodingKey {
            case key = "KeyId"
            case plaintext = "Plaintext"
            case ciphertext = "CiphertextBlob"
            case context = "EncryptionContext"
            case fault = "__type"
        }
    }

    private let place: Place
    private let signature: AmazonSignature
    private let client: HTTPClient
    private let ambient: Ambient

    package init(place: Place, accessKey: String, secretKey: String, client: HTTPClient, ambient: Ambient = .live) {
        self.place = place
        signature = AmazonSignature(accessKey: accessKey, secretKey: secretKey, region: place.region, service: "kms")
        (self.client, self.ambient) = (client, ambient)
    }

    package func wrap(_ bytes: [UInt8]) async throws -> [UInt8] {
        let text = Data(bytes).base64EncodedString()
        return try Self.bytes(try await ask("Encrypt", Message(key: place.key, plaintext: text, context: Self.context)).ciphertext)
    }

    package func unwrap(_ bytes: [UInt8]) async throws -> [UInt8] {
        let text = Data(bytes).base64EncodedString()
        return try Self.bytes(try await ask("Decrypt", Message(key: place.key, ciphertext: text, context: Self.context)).plaintext)
    }

    private static func bytes(_ text: String?) throws(CryptographyFailure) -> [UInt8] {
        guard let text, let data = Data(base64Encoded: text) else { throw refusal("its answer cannot be read") }
        return Array(data)
    }

    private func ask(_ action: String, _ question: Message) async throws -> Message {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = Array(try encoder.encode(question))
        let time = String(Timestamp.text(ambient.now()).prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
        let target = "TrentService.\(action)"
        let type = "application/x-amz-json-1.1"
        let authority = String(place.endpoint[(place.endpoint.firstRange(of: "://")?.upperBound ?? place.endpoint.startIndex)...])
        let authorization = signature.authorization(
            method: "POST", path: "/",
            headers: ["content-type": type, "host": authority, "x-amz-date": time, "x-amz-target": target], body: body, time: time)
        var request = ClientRequest(
            .post, place.endpoint + "/",
            headers: ["Content-Type": type, "X-Amz-Date": time, "X-Amz-Target": target, "Authorization": authorization],
            body: .bytes(body))
        request.isIdempotent = true
        let (status, bytes): (Int, [UInt8])
        do {
            let response = try await client.send(request)
            (status, bytes) = (response.status, try await response.body.collect(upTo: 64 << 10))
        } catch let failure as HTTPClientFailure {
            throw CryptographyFailure(.unavailable, "The key service cannot be asked: \(failure.message)", underlying: failure)
        }
        let answer = try? JSONDecoder().decode(Message.self, from: Data(bytes))
        guard status == 200, let answer else {
            // `com.amazonaws.kms#AccessDenied`: what follows the sign is the name.
            let fault = answer?.fault?.split(separator: "#").last.map(String.init)
            throw Self.refusal(fault.map { $0.filter { $0.isLetter } } ?? "status \(status)")
        }
        return answer
    }

    private static func refusal(_ reason: String) -> CryptographyFailure {
        CryptographyFailure(.unavailable, "The key service refuses: \(reason).")
    }
}
