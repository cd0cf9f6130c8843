import FoundationEssentials
import HTTPClient
import HTTPMessages

/// The way to a provider and back: requests out, its refusals in our words, and sound in whatever form it comes.
struct ServiceLine: Sendable {
    /// Bytes that an answer may have: some minutes of sound.
    private static let most = 64 << 20

    /// Of the provider, for people.
    let name: String
    let client: HTTPClient
    let tool: AudioTool

    /// The body of an answer whose status is good.
    ///
    /// - Throws: `SpeechFailure`, `CancellationError`.
    func send(_ method: HTTPMethod, _ url: String, _ headers: [String: String], _ body: [UInt8]? = nil) async throws -> [UInt8] {
        var fields = HTTPHeaders()
        for (name, value) in headers { fields.append(name, value) }
        var request = ClientRequest(
            method, url, headers: fields, body: body.map { ClientRequest.Body.bytes($0) } ?? ClientRequest.Body.none)
        // What is spoken twice harms nobody.
        request.isIdempotent = true
        request.timeouts = ClientTimeouts(connect: .seconds(5), total: .seconds(90), idle: .seconds(20))
        do {
            let response = try await client.send(request)
            let bytes = try await response.body.collect(upTo: Self.most)
            guard (200..<300).contains(response.status) else {
                let words = String(decoding: bytes.prefix(300), as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                throw SpeechFailure(
                    .broken, "\(name) \(Self.meaning(of: response.status)).",
                    underlying: Refusal(status: response.status, words: words))
            }
            return bytes
        } catch let failure as HTTPClientFailure {
            switch failure.kind {
            case .circuitOpen:
                throw SpeechFailure(.missing, "\(name) keeps failing and is left alone for a moment.", underlying: failure)
            case .invalidURL, .refused:
                throw SpeechFailure(.missing, "The address of \(name) is none that can be asked.", underlying: failure)
            default: throw SpeechFailure(.broken, "\(name) cannot be reached or broke off.", underlying: failure)
            }
        }
    }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 401, 403: "does not accept the key"
        case 404: "has no such voice, model or address"
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

    /// - Parameter speed: to be changed here, where the provider cannot.
    func sound(_ bytes: [UInt8], speed: Double = 1) async throws -> ServiceSound {
        if speed == 1, let wave = try? WaveFile.read(bytes) { return ServiceSound(samples: wave.samples, rate: wave.rate) }
        do {
            let samples = try await ScratchFile.with(bytes) { try await tool.samples(of: $0, rate: Narrator.rate, speed: speed) }
            guard !samples.isEmpty else { throw SpeechFailure(.broken, "\(name) sent no sound.") }
            return ServiceSound(samples: samples, rate: Narrator.rate)
        } catch let failure as SpeechFailure where failure.reason == .refused {
            throw SpeechFailure(.broken, "\(name) sent no sound.", underlying: failure)
        }
    }

    /// Samples as they are sent without a head.
    static func samples(_ bytes: [UInt8]) -> [Int16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map { Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8) }
    }

    func decoded<Answer: Decodable>(_ bytes: [UInt8], as type: Answer.Type) throws(SpeechFailure) -> Answer {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw SpeechFailure(.broken, "\(name) gave an answer that is none.", underlying: error)
        }
    }

    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}

extension String {
    /// An address to which paths are added.
    var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }

    /// As a part of a path or a query.
    var percentEncoded: String {
        var result = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }

    /// As text or an attribute's value in XML.
    var escapedForXML: String {
        // By scalars: a mark above it does not make a letter of an ampersand.
        unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
