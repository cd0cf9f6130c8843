import LanguageModels

/// What a message wants.
package enum ChatIntent: String, Sendable, Hashable, CaseIterable {
    case greeting
    case thanks
    case farewell
    /// “What can you do?”
    case capabilities
    /// “Which documents do I have?”
    case documentList
    /// “Summarise my notes.”
    case summary
    /// “Make me a quiz.”
    case quiz
    /// “What will be on the exam?”
    case exam
    /// “List the key terms.”
    case keyTerms
    /// What the tutor does not do: reading aloud, essays, translations, pictures.
    case beyond
    /// Anything else is asked of the documents.
    case content

    /// Whether it is answered from what the documents hold.
    var isAboutDocuments: Bool { [.content, .summary, .quiz, .exam, .keyTerms].contains(self) }

    /// Whether it is answered by going through a part of the documents.
    var isReading: Bool { [.summary, .quiz, .exam, .keyTerms].contains(self) }

    package init(of text: String) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map {
            $0.replacing("’", with: "'")
        }
        let joined = " " + words.joined(separator: " ") + " "
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        func consists(of allowed: Set<String>) -> Bool { !words.isEmpty && words.allSatisfy { allowed.contains(String($0)) } }
        let fillers: Set<String> = [
            "there", "you", "so", "much", "very", "a", "lot", "again", "everyone", "all", "monster", "little", "for", "the", "help",
            "answer", "that", "is", "was", "great", "perfect", "ok", "okay", "good", "nice", "cool", "and", "your",
        ]
        if words.isEmpty {
            self = .greeting
        } else if consists(
            of: fillers.union([
                "hi", "hello", "hey", "hallo", "bonjour", "hola", "morning", "afternoon", "evening", "how", "are", "doing",
                "what's", "up", "servus", "ciao",
            ])),
            has([
                "hi", "hello", "hey", "hallo", "bonjour", "hola", "morning", "afternoon", "evening", "what's up", "how are you",
                "servus", "ciao",
            ])
        {
            self = .greeting
        } else if consists(
            of: fillers.union([
                "thanks", "thank", "thx", "cheers", "merci", "danke", "gracias", "awesome", "brilliant", "excellent", "helpful",
                "got", "it", "makes", "sense", "now",
            ])),
            has([
                "thanks", "thank", "thx", "cheers", "merci", "danke", "gracias", "awesome", "brilliant", "excellent", "great",
                "perfect", "ok", "okay", "good", "nice", "cool", "got it", "makes sense", "helpful",
            ])
        {
            self = .thanks
        } else if consists(
            of: fillers.union(["bye", "goodbye", "see", "later", "soon", "tomorrow", "night", "tschüss", "adios", "au", "revoir"])),
            has(["bye", "goodbye", "see you", "night", "tschüss", "adios", "au revoir", "later"])
        {
            self = .farewell
        } else if Self.asksForCapabilities(joined, words.count) {
            self = .capabilities
        } else if Self.asksForList(joined), words.count <= 14 {
            self = .documentList
        } else if Self.asksForExam(joined) {
            self = .exam
        } else if Self.asksForQuiz(joined, words.count) {
            self = .quiz
        } else if Self.asksForTerms(joined, words.count) {
            self = .keyTerms
        } else if Self.asksForMore(joined) {
            self = .beyond
        } else if Self.asksForSummary(text, joined) {
            self = .summary
        } else {
            self = .content
        }
    }

    /// The phrase, and a word or two more at most: “How does this work in plants?” asks for something else.
    private static func asksForCapabilities(_ joined: String, _ count: Int) -> Bool {
        let phrases = [
            "what can you do", "who are you", "what are you", "how do you work", "how can you help", "how can you help me",
            "can you help me", "help", "help me", "how does this work", "what is this app", "what can i ask you", "what can i ask",
        ]
        return phrases.contains { phrase in joined.contains(" \(phrase) ") && count <= phrase.split(separator: " ").count + 1 }
    }

    private static func asksForExam(_ joined: String) -> Bool {
        let events = ["exam", "the test", "midterm", "finals", "final exam", "klausur", "prüfung"]
        guard events.contains(where: { joined.contains(" \($0) ") }) else { return false }
        let asks = [
            "what will be on", "what is on", "what comes up", "what will come up", "will this be on",
            "is this on", "be on the exam",
            "be on the test", "be in the exam", "what should i study", "what should i learn",
            "what do i need to know", "study for",
            "prepare for", "what will they ask", "what questions will", "what might be on",
            "what could be on",
        ]
        return asks.contains { joined.contains(" \($0) ") }
    }

    /// What a quiz is asked for with, besides its topic.
    static let quizWords: Set<String> = [
        "quiz", "quizzes", "test", "tests", "flashcards", "flash", "cards", "practice", "practise", "question", "questions",
        "multiple",
        "choice", "mock", "exam", "knowledge", "make", "give", "create", "generate", "write", "karteikarten", "mach", "mache",
        "erstelle", "ein", "mir", "frag", "mich", "ab", "über", "zu", "zum",
    ]

    private static func asksForQuiz(_ joined: String, _ count: Int) -> Bool {
        let asks = [
            "quiz me", "a quiz", "quizzes", "a test", "karteikarten", "ein quiz", "frag mich ab", "make me a quiz", "make a quiz",
            "test me", "flashcards", "flash cards",
            "practice questions",
            "practise questions", "multiple choice questions", "ask me questions", "ask me a question",
            "test my knowledge", "mock exam",
        ]
        let makes = [
            "make", "give", "create", "mach", "mache", "erstelle", "ab", "generate", "write", "me", "want", "need", "start",
            "can you",
        ]
        return count <= 16 && asks.contains { joined.contains(" \($0) ") }
            && makes.contains { joined.contains(" \($0) ") }
    }

    private static func asksForTerms(_ joined: String, _ count: Int) -> Bool {
        let asks = [
            "key terms", "key term", "key concepts", "important terms", "important concepts", "main terms", "list of terms",
            "technical terms", "the vocabulary", "a glossary", "terms and definitions", "fachbegriffe", "schlüsselbegriffe",
            "wichtigsten begriffe", "wichtige begriffe",
        ]
        return count <= 16 && asks.contains { joined.contains(" \($0) ") }
    }

    private static func asksForMore(_ joined: String) -> Bool {
        [
            "write an essay", "write me an essay", "write my essay", "write a poem", "translate this",
            "translate it", "translate the",
            "read it to me", "read this to me", "read that to me", "read them to me", "read it aloud", "read this aloud",
            "read that aloud", "read them aloud", "read me this", "read it out", "read aloud",
            "read out loud", "read me", "make a podcast", "make me a podcast", "make a mind map", "make me a mind map",
            "make a mindmap", "make a presentation", "make slides", "lies mir", "lies es mir", "lies das vor", "vorlesen",
            "draw a", "draw me", "make a picture", "do my homework", "write my homework", "write a story",
        ].contains { joined.contains(" \($0) ") }
    }

    /// A summary of everything, not of one topic: nothing that is named is a topic.
    private static func asksForSummary(_ text: String, _ joined: String) -> Bool {
        let asks = [
            "summarise", "summarize", "summary", "overview", "main points", "key points", "main ideas", "key ideas", "takeaways",
            "tl dr", "tldr", "zusammenfassung", "résumé",
        ]
        guard asks.contains(where: { joined.contains(" \($0) ") }) else { return false }
        let empty = Set(
            Words.contentStems(
                of: "overview key ideas takeaways paper pdf everything tldr tl dr brief short quick zusammenfassung résumé content")
        )
        return Words.contentStems(of: text).allSatisfy { Words.isAsking($0) || empty.contains($0) }
    }

    private static func asksForList(_ joined: String) -> Bool {
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        let things = ["documents", "files", "notes", "sources", "pdfs", "uploads", "books", "papers", "materials"]
        guard has(things) else { return false }
        let asks = ["what", "which", "list", "show", "how many", "see", "name"]
        let owns = [
            "have i", "do i have", "i have", "are there", "did i upload", "i uploaded", "have been uploaded", "my", "you have",
            "do you have", "do you know", "can you see", "uploaded", "available", "are available",
        ]
        // “What do my notes say about …” asks for what is in them.
        return has(asks) && has(owns)
            && !has(["about", "say", "says", "mention", "explain", "describe", "in my", "from my", "according to"])
    }
}
