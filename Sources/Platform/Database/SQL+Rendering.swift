extension SQL {
    /// A statement as one database takes it: text with numbered parameters, and their values.
    package struct Rendered: Sendable {
        package let text: String
        package let values: [SQLValue]

        /// Whether a prepared form is worth keeping. Schema changes and session commands run once.
        package var isCacheable: Bool {
            let word = text.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }
            return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(word.uppercased())
        }
    }

    /// Throws if a text holds U+0000, which PostgreSQL cannot store; SQLite is held to the same.
    package func rendered(for dialect: Dialect) throws(DatabaseFailure) -> Rendered {
        var text = ""
        var values: [SQLValue] = []
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .value(let value):
                if case .text(let string) = value, string.utf8.contains(0) {
                    throw DatabaseFailure(.text, "a text parameter holds U+0000")
                }
                values.append(value)
                text += dialect == .postgres ? "$" : "?"
                text += String(values.count)
            }
        }
        return Rendered(text: text, values: values)
    }
}
