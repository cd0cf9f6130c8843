import Ambient
import Database
import FoundationEssentials
import Questions

/// The bank of questions in the database. Every statement names the user, since SQLite has no row-level security.
struct QuestionStore: Sendable {
    private static let names =
        "id, kind, stem, content, explanation, citation, topic, tags, level, bloom, points, origin, making, is_edited, is_flagged, version, created_at, updated_at"
    private static let columns = SQL(unsafe: names)
    private static let ofQuestion = SQL(unsafe: names.split(separator: ", ").map { "q.\($0) AS \($0)" }.joined(separator: ", "))

    /// Which questions of a bank are looked for.
    struct Search: Sendable {
        var text: String?
        var tag: String?
        var topic: String?
        var kind: QuestionKind?
        var isFlagged: Bool?
    }

    /// - Parameter copied: the question of another's that this is a copy of.
    func insert(
        _ question: QuizQuestion, user: UserID, copied: QuizQuestionID? = nil, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO quiz_questions (user_id, copied_from, \(Self.columns)) VALUES (
                \(user), \(copied), \(question.id), \(question.kind.rawValue), \(question.stem), \(try JSONColumn.text(question.content)),
                \(question.explanation), \(try question.citation.map { try JSONColumn.text($0) }), \(question.topic),
                \(try JSONColumn.text(question.tags)), \(question.level), \(question.bloom.rawValue), \(question.points),
                \(question.origin.rawValue), \(question.making?.rawValue), \(question.isEdited), \(question.isFlagged),
                \(question.version), \(question.createdAt), \(question.updatedAt))
            """)
    }

    func find(_ id: QuizQuestionID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws
        -> QuizQuestion?
    {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first(
            "SELECT \(Self.columns) FROM quiz_questions WHERE id = \(id) AND user_id = \(user)\(lock)"
        ).map(Self.question)
    }

    func find(_ ids: [QuizQuestionID], user: UserID, in transaction: any Transaction) async throws -> [QuizQuestion] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM quiz_questions WHERE id IN \(list: ids) AND user_id = \(user) ORDER BY id"
        ).map(Self.question)
    }

    /// The copies that a person has of questions of others, by what they are copies of.
    func copies(
        of ids: [QuizQuestionID]? = nil, user: UserID, in transaction: any Transaction
    ) async throws -> [QuizQuestionID: QuizQuestionID] {
        let only: SQL = ids.map { " AND copied_from IN \(list: $0)" } ?? ""
        return try await transaction.query(
            """
            SELECT id, copied_from FROM quiz_questions
            WHERE user_id = \(user) AND copied_from IS NOT NULL\(only) ORDER BY created_at, id
            """
        ).reduce(into: [:]) { $0[try $1.get("copied_from")] = try $1.get("id") }
    }

    /// What a quiz asks, in its order; the flagged too.
    func of(_ quiz: QuizID, user: UserID, in transaction: any Transaction) async throws -> [QuizQuestion] {
        try await transaction.query(
            """
            SELECT \(Self.ofQuestion) FROM quiz_items i JOIN quiz_questions q ON q.id = i.question_id
            WHERE i.quiz_id = \(quiz) AND q.user_id = \(user) ORDER BY i.position, q.id
            """
        ).map(Self.question)
    }

    /// The newest first.
    func list(
        _ search: Search, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (questions: [QuizQuestion], total: Int) {
        let dialect = transaction.dialect
        var condition: SQL = "user_id = \(user)"
        if let text = search.text {
            condition += " AND (\(dialect.contains(text, in: "stem")) OR \(dialect.contains(text, in: "topic"))"
            condition +=
                " OR \(dialect.contains(text, in: "explanation")) OR \(dialect.contains(text, in: "CAST(content AS text)")))"
        }
        // A tag within the list of them, as JSON has it.
        if let tag = search.tag {
            condition +=
                " AND \(dialect.contains(try JSONColumn.text([tag]).dropFirst().dropLast().description, in: "CAST(tags AS text)"))"
        }
        if let topic = search.topic { condition += " AND topic = \(topic)" }
        if let kind = search.kind { condition += " AND kind = \(kind.rawValue)" }
        if let isFlagged = search.isFlagged { condition += " AND is_flagged = \(isFlagged)" }
        let total = try await transaction.first("SELECT count(*) AS total FROM quiz_questions WHERE \(condition)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.columns) FROM quiz_questions WHERE \(condition)
            ORDER BY created_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.question), try total?.get("total") ?? 0)
    }

    /// Every tag in use, by how often.
    func tags(user: UserID, in transaction: any Transaction) async throws -> [String: Int] {
        var found: [String: Int] = [:]
        for row in try await transaction.query("SELECT tags FROM quiz_questions WHERE user_id = \(user)") {
            for tag in try JSONColumn.value(row.get("tags"), as: [String].self) { found[tag, default: 0] += 1 }
        }
        return found
    }

    func update(_ question: QuizQuestion, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE quiz_questions SET kind = \(question.kind.rawValue), stem = \(question.stem),
                content = \(try JSONColumn.text(question.content)), explanation = \(question.explanation), topic = \(question.topic),
                tags = \(try JSONColumn.text(question.tags)), level = \(question.level), bloom = \(question.bloom.rawValue),
                points = \(question.points), is_edited = \(question.isEdited), is_flagged = \(question.isFlagged),
                version = \(question.version), updated_at = \(question.updatedAt)
            WHERE id = \(question.id) AND user_id = \(user)
            """)
    }

    /// - Returns: whether there was one.
    func delete(_ id: QuizQuestionID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM quiz_questions WHERE id = \(id) AND user_id = \(user)") > 0
    }

    /// Removes what this quiz alone asks.
    /// - Parameter onlyUntouched: leaves what somebody wrote, imported or edited.
    func deleteOwn(of quiz: QuizID, onlyUntouched: Bool, user: UserID, in transaction: any Transaction) async throws {
        let untouched: SQL = onlyUntouched ? " AND origin = 'generated' AND NOT is_edited" : ""
        try await transaction.execute(
            """
            DELETE FROM quiz_questions WHERE user_id = \(user)\(untouched)
                AND id IN (SELECT i.question_id FROM quiz_items i WHERE i.quiz_id = \(quiz))
                AND id NOT IN (SELECT o.question_id FROM quiz_items o WHERE o.quiz_id <> \(quiz) AND o.user_id = \(user))
            """)
    }

    static func question(_ row: Row) throws -> QuizQuestion {
        func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
            let text: String = try row.get(column)
            guard let value = Value(rawValue: text) else { throw DatabaseFailure(.decoding, "quiz_questions.\(column)") }
            return value
        }
        let (citation, making): (String?, String?) = (try row.optional("citation"), try row.optional("making"))
        return QuizQuestion(
            id: try row.get("id"), kind: try value("kind"), stem: try row.get("stem"),
            content: try JSONColumn.value(row.get("content")), explanation: try row.get("explanation"),
            citation: try citation.map { try JSONColumn.value($0) }, topic: try row.get("topic"),
            tags: try JSONColumn.value(row.get("tags")), level: try row.get("level"), bloom: try value("bloom"),
            points: try row.get("points"), origin: try value("origin"), making: making.flatMap(QuestionMaking.init),
            isEdited: try row.get("is_edited"), isFlagged: try row.get("is_flagged"), version: try row.get("version"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
