/// The PostgreSQL schemas that tables live in. SQLite has none: there all tables stand side by side.
package enum DatabaseSchema: String, Sendable, CaseIterable {
    case authentication
    case content
    case interaction
    case jobs
    case `public`

    /// All of them, so that SQL needs no qualified names.
    package static let searchPath = allCases.map(\.rawValue).joined(separator: ", ")
}
