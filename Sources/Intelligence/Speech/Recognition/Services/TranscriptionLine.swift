import FoundationEssentials
import HTTPClient
import HTTPMessages

/// The way to a provider of transcriptions and back: requests out, its refusals in our words.
struct TranscriptionLine: Sendable {
    /// Bytes that an answer may have.
    private static let most = 32 << 20

    /// Of the provider, for people.
    let name: String
    let client: HTTPClient

    /// The body of an answer whose status is good.
    ///
    /// - Throws: `SpeechFailure`, `CancellationError`.
    func send(_ method: HTTPMethod, _ url: String, _ headers: [String: String], _ body: [UInt8]? = nil) async throws -> [UInt8] {
        var fields = HTTPHeaders()
        for (name, value) in headers { fields.append(name, value) }
        var request = ClientRequest(
            method, url, headers: fields, body: body.map { ClientRequest.Body.bytes($0) } ?? ClientRequest.Body.none)
        // What is written down twice harms nobody.
        request.isIdempotent = true
        request.timeouts = ClientTimeouts(connect: .seconds(5), total: .seconds(600), idle: .seconds(300))
        do {
            let response = try await client.send(request)
            let bytes = try await response.body.collect(upTo: Self.most)
            guard (200..<300).contains(response.status) else {
                let words = String(decoding: bytes.prefix(300), as: UTF8.self)
                throw SpeechFailure(
                    .broken, "\(name) \(Self.meaning(of: response.status)).",
                    underlying: Refusal(status: response.status, words: words))
            }
            return bytes
        } catch let failure as HTTPClientFailure {
            switch failure.kind {
            case .circuitOpen:
                throw SpeechFailure(.broken, "\(name) keeps failing and is left alone for a moment.", underlying: failure)
            case .invalidURL, .refused:
                throw SpeechFailure(.missing, "The address of \(name) is none that can be asked.", underlying: failure)
            default: throw SpeechFailure(.broken, "\(name) cannot be reached or broke off.", underlying: failure)
            }
        }
    }

    func decoded<Answer: Decodable>(_ bytes: [UInt8], as type: Answer.Type) throws(SpeechFailure) -> Answer {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw SpeechFailure(.broken, "\(name) gave an answer that is none.", underlying: error)
        }
    }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 401, 403: "does not accept the key"
        case 404: "has no such model or address"
        case 402, 429: "wants no more requests now, or the account is used up"
        default: "answered \(status)"
        }
    }

    /// What a provider said with a refusal, for the log.
    struct Refusal: Error, CustomStringConvertible {
        let status: Int
        let words: String
        var description: String { "status \(status) \(words)" }
    }
}
