import Ambient
import Failures
package import FoundationEssentials
import HTTPMessages
import JSON

/// JSON as this API speaks it: times are RFC 3339 text, slashes stay as they are.
package enum JSONCoding {
    /// The general encoder, for what `bytes` cannot write in one pass. Encoding changes no state of it, so one serves all.
    package static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .timestamp
        return encoder
    }()

    package static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .timestamp
        return decoder
    }()

    /// A value as JSON text, keys in the order of the type.
    package static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let buffer = JSONTextBuffer()
        try buffer.write(any: value)
        return buffer.isUnsupported ? Array(try encoder.encode(value)) : buffer.bytes
    }

    /// Decodes and checks. Throws `badRequest` if it is no JSON, `validationFailed` with every field at fault.
    static func decode<Body: APIType>(_ type: Body.Type, from bytes: [UInt8], rules: [Constraint<Body>]) throws -> Body {
        guard JSONSyntax.accepts(bytes) else { throw HTTPFailure(.badRequest, "The body is not valid JSON.") }
        let value: Body
        do {
            value = try decoder.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw explain(error, type: type, bytes: bytes)
        }
        try value.violations(of: rules).raise()
        return value
    }

    /// Says all that is wrong: by the schema if it finds something, else by what the decoder met first.
    private static func explain(_ error: DecodingError, type: (some APIType).Type, bytes: [UInt8]) -> any Error {
        guard isWorthExplaining(bytes) else {
            if case .dataCorrupted(let context) = error, context.codingPath.isEmpty {
                return HTTPFailure(.badRequest, "The body is not valid JSON.")
            }
            return failure(of: error, in: Violations())
        }
        guard let json = try? decoder.decode(JSONValue.self, from: Data(bytes)) else {
            return HTTPFailure(.badRequest, "The body is not valid JSON.")
        }
        return failure(of: error, in: SchemaCheck().violations(of: json, as: type))
    }

    /// Looking at every value of a body costs far more than decoding it, and anybody may send one: a second of a loop for a kilobyte of
    /// brackets. What people and programs send by mistake is small and flat.
    private static func isWorthExplaining(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= 16 << 10 else { return false }
        var depth = 0
        for byte in bytes {
            // Brackets within texts count too: so little is lost by it.
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
            if depth > 32 { return false }
        }
        return true
    }

    private static func failure(of error: DecodingError, in violations: Violations) -> any Error {
        var found = violations
        if found.isEmpty { found.add(error) }
        do throws(HTTPFailure) {
            try found.raise()
            return error
        } catch {
            return error
        }
    }
}

extension HTTPResponse {
    /// A value as JSON.
    package static func json(_ value: some Encodable, status: Int = 200) throws -> HTTPResponse {
        HTTPResponse(status: status, headers: jsonHeaders, body: .bytes(try JSONCoding.bytes(value)))
    }

    private static let jsonHeaders: HTTPHeaders = ["Content-Type": "application/json", "Cache-Control": "no-store"]
}
