import LanguageModels

/// Makes a follow-up question understandable without the conversation, without a model: “Why does it matter?” after “What is
/// osmosis?” becomes “Why does osmosis matter?”.
package enum StandaloneQuestion {
    /// - Parameter earlier: the questions before, oldest first.
    package static func make(_ question: String, after earlier: [String]) -> String {
        var context: String?
        for previous in earlier { context = rewritten(previous, context) }
        return rewritten(question, context)
    }

    private static func rewritten(_ question: String, _ context: String?) -> String {
        guard let context, let subject = subject(of: context) else { return question }
        let words = question.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let own = Words.contentStems(of: question).filter(Words.isTopic)
        if let replaced = replacingPronoun(in: question, by: subject) { return replaced }
        let opens = ["and", "what about", "how about", "but", "also", "or", "und", "et", "y"]
        let continues = opens.contains { words.joined(separator: " ").hasPrefix($0 + " ") }
        // “Why?”, “Give an example.”, “And in plants?”: too little to stand alone.
        guard continues && own.count <= 3 || own.isEmpty else { return question }
        let known = Set(Words.contentStems(of: subject))
        if !own.isEmpty, own.allSatisfy(known.contains) { return question }
        return "\(question) (\(subject))"
    }

    /// The words that the earlier question is about, in its order: “the light reactions” of “What happens in the light reactions?”.
    static func subject(of question: String) -> String? {
        let words = question.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "'" && $0 != "’" }.map(String.init)
        let kept = words.filter { word in Words.contentStems(of: word).contains(where: Words.isTopic) }
        guard !kept.isEmpty else { return nil }
        return kept.prefix(8).joined(separator: " ")
    }

    private static let pronouns: Set<String> = [
        "it", "its", "they", "them", "their", "theirs", "he", "him", "his", "she", "her", "this", "that", "these", "those", "one",
    ]
    private static let verbsAfterDeterminer: Set<String> = [
        "is", "are", "was", "were", "do", "does", "did", "work", "works", "mean", "means", "happen", "happens", "matter", "matters",
        "important", "called", "used", "have", "has", "can", "could", "would", "differ", "affect", "cause", "not", "so", "good",
        "bad",
    ]

    /// nil if there is no pronoun that points back.
    private static func replacingPronoun(in question: String, by subject: String) -> String? {
        var out = ""
        var rest = Substring(question)
        var isFirst = true
        while !rest.isEmpty {
            let gap = rest.prefix { !$0.isLetter && !$0.isNumber }
            out += gap
            rest = rest[gap.endIndex...]
            let word = rest.prefix { $0.isLetter || $0.isNumber }
            rest = rest[word.endIndex...]
            defer { isFirst = false }
            let lower = word.lowercased()
            guard pronouns.contains(lower) else {
                out += word
                continue
            }
            let next = rest.drop { !$0.isLetter }.prefix { $0.isLetter }.lowercased()
            let determiners: Set<String> = ["this", "that", "these", "those"]
            // “this process” carries its noun, though the noun may not be enough: the subject is added behind the question.
            if determiners.contains(lower), !next.isEmpty, !verbsAfterDeterminer.contains(next) {
                if lower == "that" { out += word; continue }
                return "\(question) (\(subject))"
            }
            if lower == "that" || lower == "one", !isFirst, !next.isEmpty { out += word; continue }
            if lower == "it", ["is"].contains(next), question.lowercased().contains("is it ") == false, isFirst {
                out += word; continue
            }
            let possessive: Set<String> = ["its", "their", "theirs", "his"]
            return out + subject + (possessive.contains(lower) ? "'s" : "") + rest
        }
        return nil
    }
}
