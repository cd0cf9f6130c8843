/// Names a conversation after its first question.
package enum ConversationTitle {
    package static func make(from question: String) -> String {
        let line = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var title = line
        if line.count > 60 {
            let cut = line.prefix(60)
            title = (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + "…"
        }
        guard let first = title.first else { return title }
        return first.uppercased() + title.dropFirst()
    }
}
