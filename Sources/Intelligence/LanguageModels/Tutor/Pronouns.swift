/// Sentences that point back.
enum Pronouns {
    /// Whether the sentence begins with something that only the sentence before it explains: “It …”, “This is …”, “They …”; but not
    /// “This process …”, which carries its noun, nor “It is known that …”.
    static func leans(_ text: String) -> Bool {
        let words = Words.split(text)
        guard let first = words.first else { return false }
        let second = words.dropFirst().first ?? ""
        // “The sum of these steps is …”
        if let of = words.prefix(5).firstIndex(of: "of"), of + 1 < words.count,
            ["these", "those", "them", "this"].contains(words[of + 1])
        {
            return true
        }
        switch first {
        case "it":
            let third = words.dropFirst(2).first ?? ""
            let empty: Set<String> = [
                "known", "possible", "important", "clear", "likely", "necessary", "said", "estimated", "believed", "thought",
            ]
            return !(second == "is" && empty.contains(third))
        case "they", "he", "she", "him", "her", "his", "their", "its", "them", "such", "both": return true
        case "this", "these", "those", "that": return true
        case "the": return ["former", "latter", "second", "other"].contains(second)
        default: return false
        }
    }

    /// “However, …” at the head of an answer has nothing to hold on to.
    static func withoutConnective(_ text: String) -> String {
        let connectives = [
            "However, ", "Moreover, ", "Furthermore, ", "In addition, ", "Additionally, ", "Also, ", "Thus, ", "Hence, ",
            "Therefore, ",
            "Consequently, ", "Similarly, ", "Likewise, ", "Nevertheless, ", "Finally, ", "And ", "But ", "So, ",
            "In other words, ", "Still, ", "For example, ", "For instance, ", "Firstly, ", "In fact, ", "Actually, ", "Of course, ",
            "Indeed, ",
            "Note that ", "Fortunately, ", "Unfortunately, ", "Then, ", "Now, ", "As a result, ", "As such, ", "Instead, ",
        ]
        guard let found = connectives.first(where: { text.hasPrefix($0) }) else { return text }
        let rest = text.dropFirst(found.count)
        guard let first = rest.first else { return text }
        return first.uppercased() + rest.dropFirst()
    }
}
