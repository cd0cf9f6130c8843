extension Dialect {
    /// Ends a `SELECT` whose rows this transaction is about to change. SQLite has one writer, so it needs nothing.
    package var forUpdate: SQL { self == .postgres ? " FOR UPDATE" : "" }

    /// Ends a `SELECT` of rows that this transaction is about to refer to: nobody removes them before its end.
    package var forKeyShare: SQL { self == .postgres ? " FOR KEY SHARE" : "" }

    /// Ends a `SELECT` that claims rows of a queue: rows that another transaction holds are passed over.
    package var forUpdateSkipLocked: SQL { self == .postgres ? " FOR UPDATE SKIP LOCKED" : "" }

    /// A text in lower case, of every script, to be compared with one that the program lowered. PostgreSQL knows the letters that its
    /// database's locale knows.
    package func folded(_ text: SQL) -> SQL { self == .postgres ? "lower(\(text))" : "lm_folded(\(text))" }

    /// Whether a text holds another, whatever the case of either.
    package func contains(_ part: String, in text: SQL) -> SQL {
        "\(folded(text)) LIKE \("%\(part.lowercased().escapedForLike)%") ESCAPE '\\'"
    }

    /// The bytes of one column followed by those of another; SQLite joins blobs as text.
    package func joinedBytes(_ a: StaticString, _ b: StaticString) -> SQL {
        let joined = "\(a) || \(b)"
        return self == .postgres ? SQL(unsafe: joined) : "CAST(\(unsafe: joined) AS blob)"
    }

    /// A top-level field of a `jsonb` column as text, NULL where it is missing. JSON booleans are `1`/`0` on SQLite, `true`/`false` on
    /// PostgreSQL.
    package func jsonText(_ column: StaticString, _ field: String) -> SQL {
        "CAST((\(unsafe: "\(column)") ->> CAST(\(field) AS text)) AS text)"
    }
}

extension String {
    /// The text with LIKE's wildcards escaped by `\`; the statement says `ESCAPE '\'`.
    package var escapedForLike: String {
        var out = ""
        for character in self {
            if character == "%" || character == "_" || character == "\\" { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
