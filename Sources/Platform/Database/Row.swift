/// One row of a result: values by column name.
package struct Row: Sendable {
    /// The names, shared by all rows of a result.
    package let columns: [String: Int]
    package let values: [SQLValue]

    package init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column that is not null.
    package func get<Value: SQLDecodable>(_ column: String, as type: Value.Type = Value.self) throws(DatabaseFailure) -> Value {
        guard let index = columns[column] else { throw DatabaseFailure(.decoding, "no column \(column)") }
        guard let value = Value(sqlValue: values[index]) else {
            throw DatabaseFailure(.decoding, "column \(column) is not a \(Value.self)")
        }
        return value
    }

    /// The value of a column, nil where it is null.
    package func optional<Value: SQLDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(DatabaseFailure) -> Value? {
        guard let index = columns[column] else { throw DatabaseFailure(.decoding, "no column \(column)") }
        if case .null = values[index] { return nil }
        return try get(column)
    }
}
