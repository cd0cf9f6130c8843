import Assembly
import Database

/// What metrics tell of the library: how many documents there are, and how much they take.
enum LibraryMeasures {
    static let all = [
        FeatureMeasure("lm_documents", "Documents, by how far they are.") { transaction in
            let rows = try await transaction.query("SELECT status, count(*) AS n FROM documents GROUP BY status")
            let counts = try rows.reduce(into: [String: Int]()) { $0[try $1.get("status")] = try $1.get("n", as: Int.self) }
            return ["pending", "processing", "completed", "failed"].map { ([("status", $0)], Double(counts[$0] ?? 0)) }
        },
        FeatureMeasure.number("lm_storage_bytes", "Bytes of the documents that are stored, each content once.") {
            """
            SELECT CAST(coalesce(sum(size), 0) AS bigint) AS n FROM (SELECT DISTINCT sha256, size FROM documents) stored
            """
        },
    ]
}
