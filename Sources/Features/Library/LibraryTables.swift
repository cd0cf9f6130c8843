import Assembly
import Database
import Passages

/// What of the library's tables travels to another installation: documents, and their text as passages name it. Vectors and the index of
/// words are made anew there.
enum LibraryTables {
    static let all = [documents, pages, chunks, pictures]

    static let staying: [String: StayingReason] = [
        "chunk_vectors": .derived, "vector_parts": .derived, "other_chunk_vectors": .derived, "other_vector_parts": .derived,
        "keyword_segments": .derived, "keyword_places": .derived, "document_shares": .people,
        "document_shares_of_classes": .people,
    ]

    private static let documents = PortableTable(
        "documents", counted: true, natural: [["sha256"]],
        [
            .id, .text("title"), .flag("is_title_chosen"), .text("filename"), .text("media_type"), .text("charset"),
            .integer("size"),
            .file("sha256", in: AccountPortability.documents), .file("file", in: AccountPortability.documents), .text("status"),
            .text("problem_code"),
            .text("problem_message"), .flag("is_paged"), .integer("page_count", 0...1_000_000),
            .integer("revision"), .link("course_id", to: "courses"), .json("notes"),
            .integer("keyword_version", 0...1_000), .json("stages"), .link("edition_of", to: "documents"), .text("edition"),
            .integer("version", 0...1_000_000), .time("version_at"), .json("metadata"), .json("page_labels"), .time("created_at"),
            .time("updated_at"),
            // It is read, or made searchable, anew; see `arrived`.
            .fixed("stage", .text(Document.Stage.waiting.rawValue)), .fixed("done", .integer(0)), .fixed("total", .integer(0)),
            .fixed("chunk_count", .null), .fixed("job_id", .null), .fixed("embedding_model", .null), .fixed("next_model", .null),
        ],
        arriving: { values in
            // What a document was before is looked at, and never read again.
            if values["edition"] == .text(Edition.Kind.past.rawValue) {
                values["status"] = .text(Document.Status.completed.rawValue)
                values["stage"] = .text(Document.Stage.completed.rawValue)
                return
            }
            // Not read by anybody until its pages and passages are here too.
            if values["status"] != .text(Document.Status.failed.rawValue) {
                values["status"] = .text(Document.Status.failed.rawValue)
                values["problem_code"] = .text(Document.Problem.arriving.code)
                values["problem_message"] = .text(Document.Problem.arriving.message)
            }
        },
        holding: { try await DocumentStore().lockContent($0, in: $1) },
        reading: { _ = try DocumentStore.document($0.with(["subject": .null])) })

    private static let pages = PortableTable(
        "document_pages", key: ["document_id", "number"],
        [
            .owner("document_id", in: "documents"), .integer("number", 0...1_000_000), .text("text"), .json("headings"),
            .json("blocks"),
        ],
        reading: { _ = try TextStore().page($0) })

    private static let chunks = PortableTable(
        "chunks", natural: [["document_id", "ordinal"]],
        [
            .id, .owner("document_id", in: "documents"), .integer("ordinal", 0...10_000_000), .text("text"), .text("section"),
            .integer("page", 0...1_000_000), .json("sections"), .json("spans"), .integer("token_count", 0...1_000_000),
        ],
        reading: { _ = try TextStore().chunk($0) })

    private static let pictures = PortableTable(
        "page_pictures", key: ["document_id", "number"],
        [.owner("document_id", in: "documents"), .integer("number", 0...1_000_000), .json("picture"), .json("result")],
        reading: { row in
            _ = try JSONColumn.value(row.get("picture"), as: PagePicture.self)
            _ = try row.optional("result", as: String.self).map { try JSONColumn.value($0, as: RecognisedPage.self) }
        })
}
