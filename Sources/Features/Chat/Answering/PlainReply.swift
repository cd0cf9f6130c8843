import Ambient
import Passages
import Recollection

/// Answers that need no retrieval.
enum PlainReply {
    static func text(for intent: ChatIntent, documents: [ChatDocument]) -> String {
        switch intent {
        case .greeting:
            return documents.isEmpty
                ? "Hello! Add a document in the library — a PDF, Word file, web page or notes — and ask me anything about it."
                : "Hello! Ask me anything about your documents. I answer from them and show you where each answer stands."
        case .thanks: return "You're welcome. Ask away whenever there is more."
        case .farewell: return "Goodbye, and good luck with your studies!"
        case .capabilities:
            return """
                I answer questions from your own documents, and show for each statement the passage that it comes from.

                - Ask what something is, how or why it works, when it happened, or how two things differ.
                - Ask for a list: stages, causes, kinds, advantages; for code, a formula, or a number of a table.
                - Say “Summarise chapter 3” or “Give me the main points”.
                - Ask a follow-up, such as “Why does it matter?”.
                - Say “Which documents do I have?” to see your library.

                If your documents do not hold an answer, I say so.
                """
        case .documentList: return list(documents)
        case .beyond: return beyond
        case .summary, .content, .quiz, .exam, .keyTerms: return noDocuments
        }
    }

    static func greeting(_ name: String, goal: String?, hasDocuments: Bool) -> String {
        var text = "Hello \(name)!"
        if let goal { text += " You told me: “\(goal)”." }
        return text
            + (hasDocuments
                ? " Ask me anything about your documents. I answer from them and show you where each answer stands."
                : " Add a document in the library — a PDF, Word file, web page or notes — and ask me anything about it.")
    }

    /// What is said to who tells of themself: what is kept of it, and what comes of it.
    /// - Parameter rewords: who answers can say things in other words.
    static func noted(_ told: [Recollected], rewords: Bool) -> String {
        let kept = told.map { "“\($0.text)”" }.joined(separator: " ")
        var text = "I keep that in mind: \(kept)."
        let slots = told.compactMap(\.slot)
        let wants = AnswerStyle(wishes: told.map { ($0.text, $0.slot) })
        if !rewords, slots.contains(where: { $0.hasPrefix("answer.") }) || told.contains(where: { $0.kind == .preference }) {
            text +=
                wants.length == .short
                ? " I will show you less of a passage."
                : " I answer in the words of your documents, so I cannot say them otherwise."
        }
        return text + " What I remember is in your settings, where you can change it or have me forget it."
    }

    private static let beyond = """
        That I cannot do: I answer in the words of your documents, and show where each answer stands. I can tell you what they say on \
        a topic, sum it up, give you its main points or its key terms, compare two things, or list what belongs to it.
        """

    /// - Parameter topics: headings of the documents.
    static func exam(topics: [String]) -> String {
        let plain = "Nobody but your teacher knows what will be asked, and your documents may not say."
        guard !topics.isEmpty else {
            return plain + " Ask me about any topic in them, or say “Give me the main points”."
        }
        return """
            \(plain) These are the topics that they cover:

            \(bullets(topics))

            Ask me about any of them, or say “Summarise \(topics[0])”.
            """
    }

    /// - Parameter topic: the heading that the quiz is to be about; nil for all.
    static func quiz(on topic: String?, topics: [String]) -> String {
        let about = topic.map { "on “\($0)” " } ?? ""
        let plain =
            "A quiz \(about)is made from your own documents: each question tells where its answer stands. Press “Make a quiz” below, and choose how many questions and of which kinds."
        guard topic == nil, !topics.isEmpty else { return plain }
        return """
            \(plain) Your documents cover:

            \(bullets(topics))

            Say for example “Make me a quiz on \(topics[0])”.
            """
    }

    /// To who says yes: what is made is made by the button alone, which knows what it is.
    static let agreeing = "Press the button below my proposal, and I make it."

    /// - Parameter topics: headings that the wish did not choose among.
    static func proposing(_ question: String, topics: [String]) -> String {
        topics.count < 2
            ? question : "\(question)\n\nYour documents cover these topics, and you can name one:\n\n\(bullets(topics))"
    }

    /// What is added where neither the part that was asked nor the rest of the library holds the answer.
    static func nowhere(beyond part: Offer.Part) -> String {
        let place =
            switch part {
            case .document: "this document"
            case .documents: "these documents"
            case .course: "this course"
            }
        return "I looked in \(place), and the rest of your library does not hold it either."
    }

    /// A part is asked for that the documents do not have.
    static func noSection(_ name: String, topics: [String]) -> String {
        let plain =
            "I could not find an answer to that in your documents: none has a heading “\(name)”."
        return topics.isEmpty
            ? plain
            : "\(plain) Their headings are:\n\n\(bullets(topics))\n\nSay “Summarise \(topics[0])”."
    }

    private static func bullets(_ lines: [String]) -> String {
        lines.map { "- \($0)" }.joined(separator: "\n")
    }

    private static let noDocuments = """
        You have no documents yet, so there is nothing that I could answer from. Add one in the library — a PDF, Word file, web page, \
        Markdown or plain text — and ask again once it is ready.
        """

    /// What to say where a conversation has none of the documents it is about; nil for all of the library.
    static func nothing(in documents: [DocumentID]?, ofCourse: Bool = false) -> String {
        ofCourse ? emptyCourse : documents == nil ? noDocuments : documentsGone
    }

    private static let emptyCourse =
        "This course has no documents yet, so there is nothing that I could answer from. Add one to it, and ask again once it is ready."

    private static let documentsGone =
        "No document of your library is chosen for this conversation. Choose some, or all, and ask again."

    static func notReady(_ documents: [ChatDocument]) -> String {
        let failed = documents.filter { $0.state == .failed }
        if failed.count == documents.count {
            return failed.count == 1
                ? "“\(failed[0].title)” could not be read, so there is nothing to answer from. The library says why."
                : "None of these documents could be read, so there is nothing to answer from. The library says why."
        }
        let names = documents.filter { $0.state == .preparing }.prefix(3).map { "“\($0.title)”" }.joined(separator: ", ")
        return "Still reading \(names). Ask again in a moment, when the library shows it as ready."
    }

    private static func list(_ documents: [ChatDocument]) -> String {
        let lines = documents.prefix(50).map { document in
            var line = "- \(document.title)"
            if let pages = document.pages { line += " (\(pages) \(pages == 1 ? "page" : "pages"))" }
            switch document.state {
            case .ready: break
            case .preparing: line += " — still being read"
            case .failed: line += " — could not be read"
            }
            return line
        }
        let more = documents.count > 50 ? "\n\nand \(documents.count - 50) more." : ""
        let count = documents.count == 1 ? "one document" : "\(documents.count) documents"
        return "You have \(count) here:\n\n\(lines.joined(separator: "\n"))\(more)"
    }
}
