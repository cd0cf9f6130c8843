import Ambient
import Assembly
import Database
import FoundationEssentials

/// A column's value in an archive, whichever database it comes from or goes to.
enum ArchivedValue: Codable, Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    case real(Double)
    case text(String)

    /// Characters of a text; a page of a book has some thousand.
    private static let longest = 16 << 20
    /// 1900 to 2500.
    private static let times = -2_208_988_800.0...16_725_225_600

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let text = try? single.decode(String.self) {
            self = .text(text)
        } else if let number = try? single.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? single.decode(Double.self) {
            self = .real(number)
        } else {
            self = .flag(try single.decode(Bool.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var single = encoder.singleValueContainer()
        switch self {
        case .null: try single.encodeNil()
        case .flag(let value): try single.encode(value)
        case .integer(let value): try single.encode(value)
        case .real(let value): try single.encode(value)
        case .text(let value): try single.encode(value)
        }
    }

    /// Of a column.
    init(_ value: SQLValue, as form: PortableTable.Column.Form) throws {
        func read<Value: SQLDecodable>(_ type: Value.Type) throws -> Value {
            guard let read = Value(sqlValue: value) else { throw DatabaseFailure(.decoding, "a column is not a \(type)") }
            return read
        }
        if case .null = value {
            self = .null
            return
        }
        self =
            switch form {
            case .flag: .flag(try read(Bool.self))
            case .integer: .integer(try read(Int.self))
            case .real: .real(try read(Double.self))
            case .time: .text(Timestamp.text(try read(Date.self)))
            case .bytes: .text(Data(try read([UInt8].self)).base64EncodedString())
            case .text, .json, .id, .reference, .mention, .file, .fixed: .text(try read(String.self))
            }
    }

    /// For a column that refers to nothing: nil where it does not fit.
    func sqlValue(as form: PortableTable.Column.Form) -> SQLValue? {
        switch (form, self) {
        case (_, .null): .null
        case (.flag, .flag(let value)): .boolean(value)
        case (.integer(let range), .integer(let value)): range.contains(value) ? .integer(Int64(value)) : nil
        case (.real(let range), .integer(let value)): range.contains(Double(value)) ? .real(Double(value)) : nil
        case (.real(let range), .real(let value)): range.contains(value) ? .real(value) : nil
        case (.time, .text(let text)):
            Timestamp.parse(text).flatMap { Self.times.contains($0.timeIntervalSince1970) ? $0.sqlValue : nil }
        case (.bytes, .text(let text)): Data(base64Encoded: text).map { .blob(Array($0)) }
        case (.text, .text(let text)), (.json, .text(let text)): text.utf8.count <= Self.longest ? .text(text) : nil
        default: nil
        }
    }
}
