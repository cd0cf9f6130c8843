import Ambient
import Cryptography
import Events
import FoundationEssentials
import JSON

/// What events say of learning, as statements of xAPI 1.0.3: who did what, and what came of it. Nobody's address and no text of a document,
/// question or answer is in them.
struct LearningStatements: Sendable {
    private let homePage: String

    init(homePage: String) {
        self.homePage = homePage.hasSuffix("/") ? String(homePage.dropLast()) : homePage
    }

    /// None for an event that is no learning, or nobody's. One that does not read as this version writes it is none either.
    func of(_ event: Event) -> [JSONValue] {
        guard let user = event.userID else { return [] }
        switch event.type {
        case "quiz.submitted": return (try? event.decode(Submission.self)).map { submitted($0, event, user) } ?? []
        case "quiz.judged": return (try? event.decode(Submission.self)).map { [judged($0, event, user)] } ?? []
        case "card.reviewed": return (try? event.decode(Review.self)).map { [reviewed($0, event, user)] } ?? []
        case "note.created": return (try? event.decode(Thing.self)).map { [made($0, .note, event, user)] } ?? []
        case "document.processed": return (try? event.decode(Thing.self)).map { [made($0, .document, event, user)] } ?? []
        default: return []
        }
    }

    // MARK: - Quizzes

    private struct Submission: Decodable {
        struct Answer: Decodable {
            var questionID: String
            /// nil where it is not decided.
            var share: Double?

            enum CodingKeys: String, CodingKey {
                case share
                case questionID = "question_id"
            }
        }

        var id: String
        var quizID: String
        var score: Double
        var totalPoints: Double
        /// Missing in events of older versions.
        var answers: [Answer]?

        enum CodingKeys: String, CodingKey {
            case id, score, answers
            case quizID = "quiz_id"
            case totalPoints = "total_points"
        }
    }

    /// The quiz is completed with its score, and each of its questions answered.
    private func submitted(_ submission: Submission, _ event: Event, _ user: UserID) -> [JSONValue] {
        let quiz = activity("quiz/\(submission.quizID)", .assessment)
        let whole = statement(
            event.id.description, user, .completed, quiz,
            result: ["score": score(submission), "completion": true], context: ["registration": .string(submission.id)],
            at: event.timestamp)
        let answers = (submission.answers ?? []).map { answer in
            statement(
                Self.id(of: answer.questionID, in: event), user, .answered, activity("questions/\(answer.questionID)", .question),
                result: answer.share.map { share in
                    ["score": ["scaled": .number(share)], "success": .bool(share >= 0.999), "completion": true]
                } ?? ["completion": true],
                context: ["registration": .string(submission.id), "contextActivities": ["parent": [quiz]]], at: event.timestamp)
        }
        return [whole] + answers
    }

    /// The student, or a model, judged an answer anew: the score is another.
    private func judged(_ submission: Submission, _ event: Event, _ user: UserID) -> JSONValue {
        statement(
            event.id.description, user, .scored, activity("quiz/\(submission.quizID)", .assessment),
            result: ["score": score(submission)], context: ["registration": .string(submission.id)], at: event.timestamp)
    }

    private func score(_ submission: Submission) -> JSONValue {
        guard submission.totalPoints > 0 else { return ["raw": .number(submission.score), "min": 0] }
        let raw = min(max(0, submission.score), submission.totalPoints)
        return [
            "scaled": .number(raw / submission.totalPoints), "raw": .number(raw), "min": 0, "max": .number(submission.totalPoints),
        ]
    }

    // MARK: - Cards, notes and documents

    private struct Review: Decodable {
        var id: String
        var rating: Int
        var reviewedAt: Date

        enum CodingKeys: String, CodingKey {
            case id, rating
            case reviewedAt = "reviewed_at"
        }
    }

    private func reviewed(_ review: Review, _ event: Event, _ user: UserID) -> JSONValue {
        let rating = min(4, max(1, review.rating))
        return statement(
            event.id.description, user, .answered, activity("cards/\(review.id)", .card),
            result: [
                "score": ["scaled": .number(Double(rating - 1) / 3), "raw": .integer(rating), "min": 1, "max": 4],
                "success": .bool(rating > 1), "completion": true,
            ], at: review.reviewedAt)
    }

    private struct Thing: Decodable {
        var id: String
    }

    private func made(_ thing: Thing, _ kind: Kind, _ event: Event, _ user: UserID) -> JSONValue {
        let isNote = kind == .note
        return statement(
            event.id.description, user, isNote ? .authored : .added,
            activity("\(isNote ? "notes" : "documents")/\(thing.id)", kind), at: event.timestamp)
    }

    // MARK: - The parts of a statement

    private enum Verb: String {
        case completed = "http://adlnet.gov/expapi/verbs/completed"
        case answered = "http://adlnet.gov/expapi/verbs/answered"
        case scored = "http://adlnet.gov/expapi/verbs/scored"
        case authored = "http://activitystrea.ms/schema/1.0/author"
        case added = "http://activitystrea.ms/schema/1.0/add"

        var display: JSONValue { ["en": .string("\(self)"), "de": .string(german)] }

        private var german: String {
            switch self {
            case .completed: "abgeschlossen"
            case .answered: "beantwortet"
            case .scored: "bewertet"
            case .authored: "verfasst"
            case .added: "hinzugefügt"
            }
        }
    }

    private enum Kind: String {
        case assessment = "http://adlnet.gov/expapi/activities/assessment"
        case question = "http://adlnet.gov/expapi/activities/question"
        case card = "http://adlnet.gov/expapi/activities/interaction"
        case note = "http://activitystrea.ms/schema/1.0/note"
        case document = "http://activitystrea.ms/schema/1.0/file"
    }

    private func activity(_ path: String, _ kind: Kind) -> JSONValue {
        [
            "objectType": "Activity", "id": .string("\(homePage)/\(path)"),
            "definition": ["type": .string(kind.rawValue)],
        ]
    }

    private func statement(
        _ id: String, _ user: UserID, _ verb: Verb, _ object: JSONValue, result: JSONValue? = nil, context: JSONValue? = nil,
        at time: Date
    ) -> JSONValue {
        .fields([
            ("id", .string(id)),
            (
                "actor",
                [
                    "objectType": "Agent",
                    "account": ["homePage": .string(homePage), "name": .string(user.description)],
                ]
            ),
            ("verb", ["id": .string(verb.rawValue), "display": verb.display]), ("object", object), ("result", result),
            ("context", context), ("timestamp", .string(Timestamp.text(time))), ("version", "1.0.0"),
        ])
    }

    /// An id of its own for each part of an event, the same each time: a UUID by name, of version 5.
    private static func id(of part: String, in event: Event) -> String {
        var bytes = Array(SHA1.hash("\(event.id)/\(part)").prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Hexadecimal.encode(bytes)
        var groups: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }
}
