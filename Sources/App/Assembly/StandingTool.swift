import Ambient
import Assembly
import Cards
import HTTPServing
import Quizzes

/// Tells students how they do, from their quizzes and cards together: no feature knows of both.
enum StandingTool {
    struct Input: APIType {}

    struct Told: Encodable, Sendable {
        var text: String
    }

    static func tool(_ quizzes: QuizService, _ reviews: ReviewService) -> AssistantTool {
        AssistantTool(
            "standing_tell", "Tells the student how they do: their quizzes, topics and cards.", takes: Input.self,
            wishes: ToolWishes(
                [],
                phrases: [
                    "how am i doing", "how am i getting on", "how well am i doing", "how good am i", "how is my progress",
                    "how's my progress", "show my progress", "show me my progress", "what is my progress",
                    "what are my weak topics",
                    "what are my weak points", "what am i bad at", "where do i stand", "am i making progress", "wie stehe ich",
                    "wie gut bin ich", "wie läuft es bei mir", "wie komme ich voran", "was sind meine schwächen",
                ])
        ) { _, user in
            Told(text: text(try await quizzes.progress(of: user), try await reviews.progress(of: user)))
        }
    }

    static func text(_ quizzes: QuizProgress?, _ cards: CardProgress?) -> String {
        guard quizzes != nil || cards != nil else {
            return "I cannot tell yet: you have taken no quiz and have no cards. Say “Make me a quiz”, and ask me again after it."
        }
        var lines: [String] = []
        if let quizzes {
            let count = quizzes.answers == 1 ? "one answer" : "\(quizzes.answers) answers"
            lines.append("- **Quizzes**: \(percent(quizzes.mastery)) right over \(count), the last ones counting most.")
            let weak = quizzes.topics.filter { $0.mastery < 0.7 }.prefix(3)
            if !weak.isEmpty { lines.append("- **To go over again**: " + weak.map(named).joined(separator: ", ") + ".") }
            let strong = quizzes.topics.filter { $0.mastery >= 0.8 }.suffix(3)
            if !strong.isEmpty {
                lines.append("- **You know well**: " + strong.reversed().map(named).joined(separator: ", ") + ".")
            }
        }
        if let cards {
            var line =
                cards.due == 0
                ? "- **Cards**: none waits today" : "- **Cards**: \(cards.due) \(cards.due == 1 ? "waits" : "wait") today"
            if cards.tested > 0 {
                line +=
                    "; in 30 days you remembered \(percent(Double(cards.remembered) / Double(cards.tested))) of those asked again"
            }
            if cards.streak > 1 { line += "; \(cards.streak) days without a gap" }
            lines.append(line + ".")
        }
        return "This is how you do:\n\n" + lines.joined(separator: "\n")
    }

    private static func named(_ topic: QuizProgress.Topic) -> String { "\(topic.name) (\(percent(topic.mastery)))" }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
