@testable import Chat
import Testing

struct AnsweringTests {
    @Test(
        "Follow-up questions stand alone",
        arguments: [
            (["What is osmosis?"], "Why does it matter?", "Why does osmosis matter?"),
            (["What is osmosis?"], "Why?", "Why? (osmosis)"),
            (["What is osmosis?"], "And in plants?", "And in plants? (osmosis)"),
            (["What is osmosis?"], "What is its purpose?", "What is osmosis's purpose?"),
            (["What is osmosis?", "Why does it matter?"], "Who discovered it?", "Who discovered osmosis?"),
            (["What is osmosis?"], "What is mitosis?", "What is mitosis?"),
            (["What is osmosis?"], "Give an example.", "Give an example. (osmosis)"),
            (["How does the sodium-potassium pump work?"], "What about animals?", "What about animals? (sodium-potassium pump)"),
            ([], "Why does it matter?", "Why does it matter?"),
            (["Explain TCP"], "How does this protocol handle loss?", "How does this protocol handle loss? (TCP)"),
        ] as [([String], String, String)])
    func standalone(earlier: [String], question: String, expected: String) {
        #expect(StandaloneQuestion.make(question, after: earlier) == expected)
    }

    @Test(
        "What a message wants",
        arguments: [
            ("Hi", ChatIntent.greeting), ("hello there!", .greeting), ("How are you?", .greeting), ("Thanks a lot!", .thanks),
            ("ok thank you", .thanks), ("bye", .farewell), ("See you later", .farewell), ("What can you do?", .capabilities),
            ("help", .capabilities), ("Which documents do I have?", .documentList), ("List my documents", .documentList),
            ("how many files have I uploaded?", .documentList), ("Show me my notes", .documentList),
            ("Summarise my notes", .summary),
            ("Give me a summary", .summary), ("What do my notes say about osmosis?", .content), ("What is osmosis?", .content),
            ("Thank the author: who wrote the Iliad?", .content), ("How do documents get indexed in a search engine?", .content),
            ("What is a greeting protocol?", .content), ("Summarise the causes of the First World War in Europe", .content),
            ("Hello, what is osmosis?", .content), ("Good", .thanks), ("Summarise photosynthesis", .content),
            ("Summarise the chapter on osmosis", .content), ("How does this work in plants?", .content),
        ])
    func intents(text: String, intent: ChatIntent) { #expect(ChatIntent(of: text) == intent) }

    @Test("Places outside the text give nothing")
    func outside() {
        #expect(PassageText.text(at: 0..<5, of: "short") == "short")
        #expect(PassageText.text(at: 5..<100, of: "short") == nil && PassageText.text(at: -1..<2, of: "short") == nil)
    }

    @Test("Titles are short")
    func titles() {
        #expect(ConversationTitle.make(from: "what is\n osmosis?") == "What is osmosis?")
        let long = ConversationTitle.make(from: String(repeating: "word ", count: 40))
        #expect(long.count <= 61 && long.hasSuffix("word…"))
    }
}
