package import JSON

/// What somebody answered, as it goes over the wire: an option's id or a text, a list of them, or one for each prompt.
package enum QuizAnswer: Sendable, Hashable, Codable {
    case text(String)
    case list([String])
    /// By the id of the prompt, or the number of the gap.
    case map([String: String])

    /// nil for null and what is no answer in any form.
    package init?(_ value: JSONValue) {
        switch value {
        case .null: return nil
        case .array(let items):
            let texts = items.map { Self.text(of: $0) }
            guard texts.allSatisfy({ $0 != nil }) else { return nil }
            self = .list(texts.compactMap(\.self))
        case .object(let fields):
            var map: [String: String] = [:]
            for field in fields {
                guard field.value != .null else { continue }
                guard let text = Self.text(of: field.value) else { return nil }
                map[field.name] = text
            }
            self = .map(map)
        default:
            guard let text = Self.text(of: value) else { return nil }
            self = .text(text)
        }
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let value): value ? "true" : "false"
        case .null: ""
        default: nil
        }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .list(let texts): .array(texts.map { .string($0) })
        case .map(let fields):
            .object(fields.sorted { $0.key < $1.key }.map { JSONValue.Field(name: $0.key, value: .string($0.value)) })
        }
    }

    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let texts): texts
        case .map(let fields): fields.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Whether nothing is answered.
    var isEmpty: Bool { texts.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// So many characters in all.
    var size: Int { texts.reduce(0) { $0 + $1.unicodeScalars.count } }

    package init(from decoder: any Decoder) throws {
        guard let answer = QuizAnswer(try JSONValue(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an answer"))
        }
        self = answer
    }

    package func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
