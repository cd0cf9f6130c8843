import Ambient
import Assembly
import Courses
import FoundationEssentials
import HTTPServing
import JSON
import Passages

/// Has cards made for a student who wishes for them in a conversation.
enum CardTools {
    private static let usual = 20

    struct Input: APIType {
        var topic: String?
        var count: Int?
        var documentIDs: [String]?
        var courseID: String?

        enum CodingKeys: String, CodingKey {
            case topic, count
            case documentIDs = "document_ids"
            case courseID = "course_id"
        }

        static var constraints: [Constraint<Input>] {
            [
                .length(\.topic, "topic", 1...200), .range(\.count, "count", 1...100),
                .describe("topic", "A heading of the documents or any subject; nothing for all of them."),
                .describe("count", "How many cards."),
            ]
        }

        var wish: DeckWish {
            DeckWish(
                documents: documentIDs?.compactMap { DocumentID($0) }, course: courseID.flatMap { CourseID($0) }, topic: topic,
                count: count ?? usual)
        }
    }

    static func tool(_ maker: CardMaker) -> AssistantTool {
        AssistantTool(
            "cards_make", "Makes flashcards from the student's documents, in a deck of their own.", takes: Input.self,
            wishes: ToolWishes(
                ["flashcards", "flash cards", "flashcard", "flash card", "cards", "deck", "karteikarten", "lernkarten", "karten"]
                    .map {
                        .init($0)
                    }, counted: ["flashcards", "flashcard", "cards", "card", "flash", "karten", "karteikarten", "lernkarten"]),
            asks: { input in
                let about = input.topic.map { " on “\($0)”" } ?? ""
                return """
                    I can make a deck of up to \(input.count ?? usual) cards\(about) from your own documents; each leads to where its \
                    answer stands. Shall I?
                    """
            },
            make: { input, id, user in
                let deck = try await maker.begin(input.wish, as: DeckID(id), user: user).deck
                return ToolDeed("deck", id: deck.id.description, title: deck.name)
            },
            undo: { id, user in try await maker.undo(DeckID(id), user: user) })
    }
}
