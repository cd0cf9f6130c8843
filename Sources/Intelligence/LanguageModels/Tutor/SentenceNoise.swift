/// Tells sentences from what else stands on a page.
enum SentenceNoise {
    /// Headings, captions, entries of reference lists and tables of contents, exercises, page furniture, torn bits of tables.
    static func isNoise(_ sentence: Sentence) -> Bool {
        let text = sentence.text
        let words = text.split(separator: " ")
        guard text.count >= 12, words.count >= (sentence.isListItem ? 2 : 4), words.count <= 90, text.count <= 700 else {
            return true
        }
        let letters = text.count { $0.isLetter }
        let digits = text.count { $0.isNumber }
        if letters * 10 < text.count * 6 || digits * 4 > text.count { return true }
        if !sentence.isListItem, let last = text.last, !".!…。！\"”’')]»:;".contains(last) {
            // Without an end it is a heading or a torn line, unless it is long enough to be a sentence.
            if last == "?" || words.count < 9 { return true }
            // Keywords, names of a table's columns, a line of code: words without the small ones that make a sentence.
            if words.count(where: { Words.stopWords.contains($0.lowercased()) }) * 6 < words.count { return true }
        }
        if isCode(words) || Discourse.isReference(text) { return true }
        if text.last == "?" { return true }
        // A row of a table says nothing without its head.
        if text.count(where: { $0 == "|" }) >= 2 { return true }
        if text.contains("....") || text.contains(". . .") || text.contains("…………") { return true }
        return isCaption(text) || isReference(text, words.count) || isExercise(words, isListItem: sentence.isListItem)
            || isFurniture(text)
    }

    /// Commands, listings, lines of a settings file.
    private static func isCode(_ words: [Substring]) -> Bool {
        guard let first = words.first else { return false }
        if ["#", "$", "//", ">", "%"].contains(first) { return true }
        let signs = words.count { word in
            word.count == 1 && "{}=<>|;&#$+\\".contains(word.first ?? " ") || word.hasSuffix(";") && word.contains("(")
                || word.contains("://")
                || word.contains("::") || word.hasSuffix("{") || word.contains("=")
        }
        return signs * 5 >= words.count
    }

    private static func isCaption(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count >= 2 else { return false }
        let kinds: Set<String> = [
            "figure", "fig.", "fig", "table", "chart", "listing", "plate", "exhibit", "abbildung", "abb.", "tabelle",
        ]
        guard kinds.contains(words[0].lowercased()), words[1].first?.isNumber == true else { return false }
        // “Figure 3 shows that …” is a sentence; “Figure 3. The cell” and “Figure 3: …” are captions.
        return words[1].last.map { ".:–".contains($0) } == true || !(words.dropFirst(2).first?.first?.isLowercase ?? false)
    }

    private static func isReference(_ text: String, _ words: Int) -> Bool {
        let lower = text.lowercased()
        if lower.contains("doi:") || lower.contains("doi.org") || lower.contains("isbn") || lower.contains("arxiv:") { return true }
        if lower.contains("http://") || lower.contains("https://"), words < 16 { return true }
        let begin = text.drop { "[(0123456789])., ".contains($0) }
        let numbered = text.first == "[" || text.first?.isNumber == true
        let signs = [
            " pp. ", "et al.", " vol. ", "proceedings", "journal of", " eds.", "university press", "in proc", "transactions on",
        ]
        let hits = signs.count { lower.contains($0) }
        let initials = begin.split(separator: " ").prefix(12).count {
            $0.count <= 3 && $0.first?.isUppercase == true && $0.contains(".")
        }
        let hasYear = hasYear(text)
        return hasYear && (initials >= 2 && (hits >= 1 || numbered) || hits >= 2) || initials >= 4 && hasYear
    }

    private static func hasYear(_ text: String) -> Bool {
        var run = ""
        for character in text + " " {
            if character.isNumber {
                run.append(character)
            } else {
                if run.count == 4, run.hasPrefix("19") || run.hasPrefix("20") || run.hasPrefix("18") { return true }
                run = ""
            }
        }
        return false
    }

    /// A mistake that a guide warns of: “Writing that osmosis …” is the opposite of a fact.
    static func isMistake(_ sentence: Sentence) -> Bool {
        guard sentence.isListItem, let first = sentence.text.split(separator: " ").first?.lowercased() else { return false }
        return [
            "writing", "forgetting", "confusing", "saying", "thinking", "believing", "claiming", "assuming", "mixing", "stating",
        ].contains(first)
    }

    /// Exercises, and what a list of objectives wants a student to do.
    private static func isExercise(_ words: [Substring], isListItem: Bool) -> Bool {
        guard let first = words.first?.lowercased(), words.count < 30 else { return false }
        let verbs: Set<String> = [
            "explain", "describe", "discuss", "list", "calculate", "compare", "outline", "sketch", "draw", "evaluate", "summarise",
            "summarize", "justify", "prove", "compute", "derive",
        ]
        let objectives: Set<String> = [
            "tell", "judge", "follow", "predict", "name", "state", "define", "identify", "write", "understand", "recall", "give",
            "recognise", "recognize", "apply", "distinguish",
        ]
        return verbs.contains(first) || isListItem && objectives.contains(first)
    }

    private static func isFurniture(_ text: String) -> Bool {
        let lower = text.lowercased()
        return lower.contains("all rights reserved") || lower.hasPrefix("copyright") || lower.hasPrefix("©")
            || lower.hasPrefix("see chapter") || lower.hasPrefix("see section") || lower.hasPrefix("see figure")
            || lower.contains("this page intentionally")
    }
}
