package import Database

/// A figure about what a feature keeps, for metrics: read from the database now and then, by the processes that run jobs.
package struct FeatureMeasure: Sendable {
    /// One series: its labels, of a closed set, and what it stands at.
    package typealias Point = (labels: [(String, String)], value: Double)

    /// `lm_documents`
    package let name: String
    package let help: String
    package let read: @Sendable (any Transaction) async throws -> [Point]

    package init(_ name: String, _ help: String, read: @escaping @Sendable (any Transaction) async throws -> [Point]) {
        (self.name, self.help, self.read) = (name, help, read)
    }

    /// The one number `n` of a statement's first row.
    package static func number(_ name: String, _ help: String, _ sql: @escaping @Sendable () -> SQL) -> FeatureMeasure {
        FeatureMeasure(name, help) { transaction in
            let value = try await transaction.first(sql())?.get("n", as: Int.self) ?? 0
            return [(labels: [], value: Double(value))]
        }
    }
}
