/// A statement and its bound values. Interpolation binds: `"SELECT id FROM users WHERE email = \(email)"` never pastes text.
///
/// The text is the part of SQL that SQLite >= 3.40 and PostgreSQL >= 15 share. Raw pieces need `\(unsafe: …)`, and another `SQL`
/// can be put in whole.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    package enum Piece: Sendable {
        case text(String)
        case value(SQLValue)
    }

    package private(set) var pieces: [Piece]

    package init(stringLiteral value: String) { pieces = [.text(value)] }
    package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
    package init(unsafe text: String) { pieces = [.text(text)] }

    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }
        package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.text(literal)) } }
        package mutating func appendInterpolation(_ value: some SQLEncodable) { pieces.append(.value(value.sqlValue)) }
        package mutating func appendInterpolation(_ value: (some SQLEncodable)?) { pieces.append(.value(value?.sqlValue ?? .null)) }
        package mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }
        package mutating func appendInterpolation(unsafe text: String) { pieces.append(.text(text)) }

        /// `(?, ?, …)` for `IN`. An empty list becomes `(NULL)`, which matches nothing.
        package mutating func appendInterpolation(list values: [some SQLEncodable]) {
            guard !values.isEmpty else { return pieces.append(.text("(NULL)")) }
            for (index, value) in values.enumerated() {
                pieces.append(.text(index == 0 ? "(" : ", "))
                pieces.append(.value(value.sqlValue))
            }
            pieces.append(.text(")"))
        }
    }

    package static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum.pieces += b.pieces
        return sum
    }

    package static func += (a: inout SQL, b: SQL) { a.pieces += b.pieces }
}

extension Sequence<SQL> {
    package func joined(separator: SQL) -> SQL {
        var out: SQL = ""
        for (index, piece) in enumerated() {
            if index > 0 { out += separator }
            out += piece
        }
        return out
    }
}
