import Ambient
import Events
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing

/// `/admin/audit`: what happened to the safety of accounts and of the installation, for administrators.
struct AuditRoutes: RouteCollection {
    let service: AuditService

    var routes: [Route] {
        [
            .get(
                "/admin/audit", "Read the audit log", tag: "Administration", access: .administrator,
                query: PagedQuery<AuditQuery>.self,
                returns: Page<AuditEntryView>.self
            ) { [service] _, query in
                let (entries, total) = try await service.entries(
                    try query.filter.filter(), offset: query.paging.offset, limit: query.paging.limit)
                let names = try await service.names(in: entries)
                return Page(data: entries.map { AuditEntryView($0, names: names) }, for: query.paging, total: total)
            }.described("The newest first. The log itself has people by their ids."),
            .raw(
                .get, "/admin/audit/export", "Take the audit log along", tag: "Administration", access: .administrator,
                query: AuditExportQuery.self, produces: ["text/csv", "application/x-ndjson"]
            ) { [service] call in
                let query = try call.query(as: AuditExportQuery.self)
                return Self.export(try query.filter.filter(), as: query.format, of: service)
            }.described("The oldest first, as CSV or as a JSON object a line."),
            .get(
                "/admin/audit/verification", "Check that the audit log is as it was written", tag: "Administration",
                access: .administrator, returns: AuditReportView.self
            ) { [service] _ in AuditReportView(try await service.verify()) }
            .described(
                "Reads the whole chain of hashes. `lm audit verify` does the same, and compares with what was noted elsewhere."),
        ]
    }

    private static func export(_ filter: AuditFilter, as format: AuditFormat, of service: AuditService) -> HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": format == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson",
                "Content-Disposition": "attachment; filename=\"audit.\(format == .csv ? "csv" : "jsonl")\"",
                "Cache-Control": "no-store",
            ],
            body: .stream { writer in
                if format == .csv { try await writer.write(Array((AuditTable.head + "\r\n").utf8)) }
                try await service.export(filter) { entries in
                    var text = ""
                    for entry in entries {
                        text += format == .csv ? AuditTable.row(entry) + "\r\n" : try AuditTable.line(entry) + "\n"
                    }
                    try await writer.write(Array(text.utf8))
                }
            })
    }
}

/// Narrows the log.
struct AuditQuery: APIType {
    var kind: String?
    var person: EventPerson?
    var since: Date?
    var until: Date?

    /// A person's id as text: one of an account that is gone is one too.
    typealias EventPerson = UserID

    func filter() throws -> AuditFilter { AuditFilter(kind: kind, person: person, since: since, until: until) }

    static var constraints: [Constraint<AuditQuery>] {
        [
            .length(\.kind, "kind", 1...100), .describe("kind", "Only events of this kind: `user.signed_in`."),
            .describe("person", "Only what concerns this person, or was done by them."),
            .describe("since", "From then on."), .describe("until", "Before then."),
        ]
    }
}

enum AuditFormat: String, Codable, Sendable, CaseIterable {
    case csv, jsonl
}

/// `GET /admin/audit/export`
struct AuditExportQuery: APIType {
    var format: AuditFormat
    var filter: AuditQuery

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decodeIfPresent(AuditFormat.self, forKey: .format) ?? .csv
        filter = try AuditQuery(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try filter.encode(to: encoder)
    }

    enum CodingKeys: String, CodingKey { case format }

    static var constraints: [Constraint<AuditExportQuery>] {
        [.inlined(\.filter), .describe("format", "`csv`, or `jsonl`: a JSON object a line.")]
    }
}

/// An entry as an administrator reads it.
struct AuditEntryView: APIType {
    var id: EventID
    /// Absent until it has its place in the chain, a moment after it happened.
    var sequence: Int?
    var occurredAt: Date
    var kind: String
    var subjectID: UserID?
    var actorID: UserID?
    var network: String
    var requestID: String
    var traceID: String
    /// JSON, as the event says it.
    var details: String
    var hash: String?
    /// How they are called now; absent where an account is gone.
    var subjectName: String?
    var actorName: String?

    enum CodingKeys: String, CodingKey {
        case subjectName = "subject_name"
        case actorName = "actor_name"
        case id, sequence, kind, network, details, hash
        case occurredAt = "occurred_at"
        case subjectID = "subject_id"
        case actorID = "actor_id"
        case requestID = "request_id"
        case traceID = "trace_id"
    }

    init(_ entry: AuditEntry, names: [UserID: String]) {
        (subjectName, actorName) = (entry.subjectID.flatMap { names[$0] }, entry.actorID.flatMap { names[$0] })
        (id, sequence, occurredAt, kind) = (entry.id, entry.sequence.map(Int.init), entry.occurredAt, entry.kind)
        (subjectID, actorID, network) = (entry.subjectID, entry.actorID, entry.network)
        (requestID, traceID, details, hash) = (entry.requestID, entry.traceID, entry.details, entry.hash)
    }
}

/// What a look at the whole chain found.
struct AuditReportView: APIType {
    var isIntact: Bool
    var entries: Int
    var first: Int
    var last: Int
    var lastHash: String
    var problem: String?

    enum CodingKeys: String, CodingKey {
        case entries, first, last, problem
        case isIntact = "is_intact"
        case lastHash = "last_hash"
    }

    init(_ report: AuditReport) {
        (isIntact, entries, problem) = (report.problem == nil, report.entries, report.problem)
        (first, last, lastHash) = (Int(report.head.firstSequence) + 1, Int(report.head.lastSequence), report.head.lastHash)
    }
}
