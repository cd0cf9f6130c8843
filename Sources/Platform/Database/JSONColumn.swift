import Ambient
import FoundationEssentials

/// JSON as columns and logs hold it: times as RFC 3339, keys in a fixed order, so that equal values are equal bytes.
package enum JSONColumn {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .timestamp
        return encoder
    }()

    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .timestamp
        return decoder
    }()

    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Throws `DatabaseFailure.decoding` where the text is no such value.
    package static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch {
            throw DatabaseFailure(.decoding, "JSON of \(type)", underlying: error)
        }
    }
}
