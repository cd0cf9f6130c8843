package import Ambient
package import FoundationEssentials

/// A value on its way to or from the database, in the six storage forms that both know.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    case boolean(Bool)
}

/// A Swift type that can be bound to a statement.
package protocol SQLEncodable: Sendable { var sqlValue: SQLValue { get } }

/// A Swift type that can be read from a column. nil means that the stored value does not fit the type.
package protocol SQLDecodable: Sendable { init?(sqlValue: SQLValue) }

package typealias SQLCodable = SQLEncodable & SQLDecodable

extension SQLValue: SQLEncodable { package var sqlValue: SQLValue { self } }
/// As it is stored, whatever it is.
extension SQLValue: SQLDecodable { package init(sqlValue: SQLValue) { self = sqlValue } }

extension Int: SQLCodable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(let value): self.init(exactly: value)
        case .text(let text): self.init(text)
        default: return nil
        }
    }
}

extension Int64: SQLCodable {
    package var sqlValue: SQLValue { .integer(self) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(let value): self = value
        case .text(let text): self.init(text)
        default: return nil
        }
    }
}

extension Double: SQLCodable {
    package var sqlValue: SQLValue { .real(self) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .real(let value): self = value
        case .integer(let value): self = Double(value)
        case .text(let text): self.init(text)
        default: return nil
        }
    }
}

extension String: SQLCodable {
    package var sqlValue: SQLValue { .text(self) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .text(let text): self = text
        // A column without text affinity may hold digits as a number.
        case .integer(let value): self = String(value)
        default: return nil
        }
    }
}

extension Bool: SQLCodable {
    package var sqlValue: SQLValue { .boolean(self) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .boolean(let value): self = value
        case .integer(0), .text("f"), .text("false"): self = false
        case .integer(1), .text("t"), .text("true"): self = true
        default: return nil
        }
    }
}

extension [UInt8]: SQLEncodable, SQLDecodable {
    package var sqlValue: SQLValue { .blob(self) }
    package init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

/// Fixed-width RFC 3339 text with microseconds, so text order is time order on SQLite; `timestamptz` on PostgreSQL.
extension Date: SQLCodable {
    package var sqlValue: SQLValue { .text(Timestamp.text(self)) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let date = Timestamp.parse(text) else { return nil }
        self = date
    }
}

extension Identifier: SQLEncodable, SQLDecodable {
    package var sqlValue: SQLValue { .text(description) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let id = Self(text) else { return nil }
        self = id
    }
}

extension CalendarDay: SQLCodable {
    package var sqlValue: SQLValue { .text(description) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let day = Self(text) else { return nil }
        self = day
    }
}

extension RawRepresentable where RawValue: SQLEncodable, Self: SQLEncodable {
    package var sqlValue: SQLValue { rawValue.sqlValue }
}

extension RawRepresentable where RawValue: SQLDecodable, Self: SQLDecodable {
    package init?(sqlValue: SQLValue) {
        guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: raw)
    }
}
