import Ambient
import Database
import Passages

/// Pages that are read from their pictures, and what was made out there.
struct PictureStore: Sendable {
    struct Waiting: Sendable {
        let number: Int
        let picture: PagePicture
    }

    /// Notes the pages that must be read from their pictures.
    func add(_ pages: [ExtractedPage], of document: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM page_pictures WHERE document_id = \(document)")
        for batch in pages.filter({ $0.picture != nil }).batches(of: 100) {
            let rows = try batch.map { page -> SQL in "(\(document), \(page.number), \(user), \(try JSONColumn.text(page.picture)))"
            }
            try await transaction.execute(
                "INSERT INTO page_pictures (document_id, number, user_id, picture) VALUES \(rows.joined(separator: ", "))")
        }
    }

    /// How many such pages there are, and how many of them are read.
    func count(of document: DocumentID, in transaction: any Transaction) async throws -> (total: Int, done: Int) {
        let row = try await transaction.first(
            "SELECT count(*) AS total, count(result) AS done FROM page_pictures WHERE document_id = \(document)")
        return (try row?.get("total") ?? 0, try row?.get("done") ?? 0)
    }

    /// The next pages that are not read yet.
    func waiting(of document: DocumentID, limit: Int, in transaction: any Transaction) async throws -> [Waiting] {
        try await transaction.query(
            """
            SELECT number, picture FROM page_pictures WHERE document_id = \(document) AND result IS NULL ORDER BY number LIMIT \(limit)
            """
        ).map { Waiting(number: try $0.get("number"), picture: try JSONColumn.value($0.get("picture"))) }
    }

    func save(_ results: [(number: Int, page: RecognisedPage)], of document: DocumentID, in transaction: any Transaction)
        async throws
    {
        for result in results {
            try await transaction.execute(
                """
                UPDATE page_pictures SET result = \(try JSONColumn.text(result.page))
                WHERE document_id = \(document) AND number = \(result.number)
                """)
        }
    }

    /// Every page that is read from its picture, in order; the result is nil where it is not read.
    func all(of document: DocumentID, in transaction: any Transaction) async throws
        -> [(number: Int, picture: PagePicture, page: RecognisedPage?)]
    {
        try await transaction.query(
            "SELECT number, picture, result FROM page_pictures WHERE document_id = \(document) ORDER BY number"
        ).map { row in
            let result: String? = try row.optional("result")
            return (try row.get("number"), try JSONColumn.value(row.get("picture")), try result.map { try JSONColumn.value($0) })
        }
    }

    /// What was made out on one page; nil where it was not read from its picture.
    func result(
        _ number: Int, of document: DocumentID, user: UserID, in transaction: any Transaction
    ) async throws -> RecognisedPage? {
        let row = try await transaction.first(
            """
            SELECT result FROM page_pictures
            WHERE document_id = \(document) AND number = \(number) AND user_id = \(user) AND result IS NOT NULL
            """)
        return try row.map { try JSONColumn.value($0.get("result")) }
    }
}
