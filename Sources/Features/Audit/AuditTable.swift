import Ambient
import Database

/// Entries as files have them: rows of a table (RFC 4180), or a JSON object a line.
enum AuditTable {
    static let head = "sequence,occurred_at,kind,subject_id,actor_id,network,request_id,trace_id,details,previous,hash"

    static func row(_ entry: AuditEntry) -> String {
        [
            entry.sequence.map { "\($0)" } ?? "", Timestamp.text(entry.occurredAt), entry.kind, entry.subjectID?.description ?? "",
            entry.actorID?.description ?? "", entry.network, entry.requestID, entry.traceID, entry.details, entry.previous ?? "",
            entry.hash ?? "",
        ].map(cell).joined(separator: ",")
    }

    /// In quotes where it needs them. What a spreadsheet would run as a formula gets a sign before it that says that it is text.
    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    static func line(_ entry: AuditEntry) throws -> String { try JSONColumn.text(Line(entry)) }

    /// All that the hash covers, to the letter.
    private struct Line: Encodable {
        let sequence: Int64?
        let occurredAt: String
        let kind: String
        let subjectID: String?
        let actorID: String?
        let network: String
        let requestID: String
        let traceID: String
        /// As text.
        let details: String
        let previous: String?
        let hash: String?

        enum CodingKeys: String, CodingKey {
            case sequence, kind, network, details, previous, hash
            case occurredAt = "occurred_at"
            case subjectID = "subject_id"
            case actorID = "actor_id"
            case requestID = "request_id"
            case traceID = "trace_id"
        }

        init(_ entry: AuditEntry) {
            (sequence, occurredAt, kind) = (entry.sequence, Timestamp.text(entry.occurredAt), entry.kind)
            (subjectID, actorID, network) = (entry.subjectID?.description, entry.actorID?.description, entry.network)
            (requestID, traceID, details) = (entry.requestID, entry.traceID, entry.details)
            (previous, hash) = (entry.previous, entry.hash)
        }
    }
}
