/// Judges whether a sentence says what something is: the thing stands where the sentence's subject stands, before a verb that
/// defines, or behind “is called”; a mere mention is no definition.
struct DefinitionForm: Sendable {
    /// Stems of the thing that is asked about, without what it is said of: “principal” in “the principal of a loan”.
    let subject: [String]
    /// “What does X do?” is answered by what X does.
    let asksForRole: Bool

    /// 0...1.
    func fit(_ text: String) -> Double {
        guard !subject.isEmpty else { return 0 }
        let words = Self.words(of: text)
        let spans = self.spans(in: words)
        guard !spans.isEmpty else { return 0 }
        let start = Self.start(of: words)
        let opening =
            spans.first { (start...start + 1).contains($0.lowerBound) }.map { span in
                asSubject(span, words) - 0.15 * Double(span.lowerBound - start)
            } ?? 0
        // “In double entry accounting, …”
        let isFrame = words[0].lower == "in" && spans.contains { $0.lowerBound <= 2 && $0.upperBound == start }
        return max(opening, isFrame ? 0.6 : 0, spans.map { asName($0, words) }.max() ?? 0, 0.2)
    }

    private struct Word {
        var stem: String
        var lower: String
        var isCapital: Bool
        /// What stands between it and the word before.
        var gap: String
    }

    /// Words outside parentheses.
    private static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var (word, gap, depth) = ("", "", 0)
        func close() {
            // “Rust's closures” are closures.
            if word == "s", gap == "'" || gap == "’" { (word, gap) = ("", "") }
            if !word.isEmpty {
                let lower = word.lowercased()
                words.append(Word(stem: Words.stem(lower), lower: lower, isCapital: word.first?.isUppercase == true, gap: gap))
                (word, gap) = ("", "")
            }
        }
        for character in text {
            if depth == 0, character.isLetter || character.isNumber {
                word.append(character)
                continue
            }
            close()
            if character == "(" {
                depth += 1
            } else if character == ")" {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                gap.append(character)
            }
        }
        close()
        return words
    }

    /// Where the sentence's subject begins: behind an article, and behind a short “In astronomy, …”.
    private static func start(of words: [Word]) -> Int {
        let articles: Set<String> = ["a", "an", "the", "each", "every", "one", "any", "firstly", "actually", "so"]
        var at = 0
        if let comma = words.prefix(words.first?.lower == "as" ? 12 : 6).indices.dropFirst().first(where: {
            words[$0].gap.contains(",")
        }),
            ["in", "on", "for", "at", "with", "more", "however", "thus", "then", "as"].contains(words[0].lower)
                || comma == 1 && words[0].lower.hasSuffix("ly")
        {
            at = comma
        }
        while at < words.count - 1, articles.contains(words[at].lower) { at += 1 }
        return at
    }

    /// Where all words of the thing stand close together.
    private func spans(in words: [Word]) -> [Range<Int>] {
        words.indices.compactMap { start in
            // “boot loader” is written “bootloader” too.
            if subject.count == 2, words[start].stem == subject.joined() { return start..<(start + 1) }
            guard subject.contains(where: { Words.match($0, words[start].stem) }) else { return nil }
            let reach = words[start..<min(words.count, start + subject.count + 2)]
            guard
                let end = reach.indices.first(where: { end in
                    subject.allSatisfy { term in words[start...end].contains { Words.match($0.stem, term) } }
                })
            else { return nil }
            return start..<(end + 1)
        }
    }

    private static let determiners: Set<String> = [
        "a", "an", "the", "any", "another", "one", "what", "simply", "just", "basically", "those", "that", "all", "some",
    ]
    private static let adverbs: Set<String> = [
        "not", "often", "usually", "also", "always", "never", "only", "now", "currently", "generally", "then", "still", "therefore",
        "commonly", "typically", "sometimes", "already", "very", "mostly", "normally",
    ]
    private static let defining: Set<String> = ["refers", "refer", "means", "mean", "denotes", "denote", "stands", "describes"]

    /// “Osmosis is the …”, “LVM, the Logical Volume Manager, is …”, “RAID-1 This level …”.
    private func asSubject(_ span: Range<Int>, _ words: [Word]) -> Double {
        let extra = Double(span.count - subject.count)
        var at = span.upperBound
        guard at < words.count else { return 0.2 }
        let gap = words[at].gap
        // “Equity:Opening Balances” is a name, and “ES: da capo, I: da capo, F: …” a row of a table.
        let isTerm = gap.contains(": ") && words.count >= at + 3 && words.count(where: { $0.gap.contains(":") }) <= 2
        if isTerm || gap.contains(" - ") || gap.contains("–") || gap.contains("—") { return 0.95 }
        // A glossary's term, run together with its explanation.
        if words[at].isCapital, gap == " ", !words[at].lower.isEmpty, isSentenceStart(words[at]) { return 0.95 }
        // “, also called …,”
        if gap.contains(",") {
            guard let close = words[at...].prefix(14).indices.dropFirst().first(where: { words[$0].gap.contains(",") }) else {
                return 0.3
            }
            at = close
        } else if words[at].lower == "or", at + 2 < words.count {
            at += 2
        }
        // “The affinity of a column is …”
        if ["of", "in", "for"].contains(words[at].lower),
            let verb = words[at...].prefix(6).indices.dropFirst(2).first(where: {
                Self.isVerb(words[$0].lower) && words[$0].gap == " "
            })
        {
            at = verb
        }
        // One noun may close the name: “the Calvin cycle”, “an accounting system”.
        var skipped = 0.0
        while at < words.count - 1, skipped < 2, !Self.isVerb(words[at].lower), words[at].gap == " " {
            at += 1
            skipped += 1
        }
        guard at < words.count else { return 0.2 }
        let form = verb(at, words)
        // Where no auxiliary follows, the word behind the name is the verb.
        if form == nil { return asksForRole ? 0.9 : max(0.2, 0.5 - 0.12 * extra) }
        return max(0.2, (form ?? 0) - 0.15 * (extra + skipped))
    }

    private func isSentenceStart(_ word: Word) -> Bool {
        ["this", "the", "a", "an", "it", "these", "each"].contains(word.lower)
            || subject.first.map { Words.match($0, word.stem) } == true
    }

    private static func isVerb(_ word: String) -> Bool {
        ["is", "are", "was", "were", "can", "may"].contains(word) || defining.contains(word) || word == "consists"
    }

    /// nil if it is no verb that defines.
    private func verb(_ at: Int, _ words: [Word]) -> Double? {
        let word = words[at].lower
        if Self.defining.contains(word) { return 1 }
        if word == "consists" || word == "consist" { return 0.8 }
        let next = at + 1 < words.count ? words[at + 1].lower : ""
        let after = at + 2 < words.count ? words[at + 2].lower : ""
        switch word {
        case "is", "are", "was", "were":
            if Self.determiners.contains(next) { return Self.praise.contains(after) ? 0.6 : 1 }
            // “… are defined in <math.h>” says where.
            if ["defined", "described"].contains(next), after == "in" { return 0.4 }
            if ["defined", "described", "short", "abbreviated"].contains(next) { return 1 }
            if Self.adverbs.contains(next) { return Self.determiners.contains(after) ? 0.9 : 0.4 }
            let isPassive = next.hasSuffix("ed") || next.hasSuffix("en") || next.hasSuffix("ing") || next == "set" || next == "made"
            return isPassive || Self.prepositions.contains(next) ? 0.45 : word == "are" || word == "were" ? 0.9 : 0.7
        case "can", "may":
            return next == "be" && ["defined", "described", "thought", "seen", "considered"].contains(after) ? 0.9 : 0.4
        default: return nil
        }
    }

    /// “… is the very heart of”, “one of the most”: said of a thing, not what it is.
    private static let praise: Set<String> = [
        "very", "key", "most", "best", "first", "only", "reason", "of", "heart", "basis", "main", "biggest", "largest", "last",
        "next", "important", "common", "useful", "popular", "fundamental", "powerful", "interesting", "vast", "good", "great",
        "oldest",
    ]
    private static let prepositions: Set<String> = ["in", "on", "at", "of", "by", "for", "with", "to", "from", "near", "as"]

    /// “… is called the Altitude”, “known as shadowing”, “… is a great circle.”
    private func asName(_ span: Range<Int>, _ words: [Word]) -> Double {
        var at = span.lowerBound - 1
        while at >= 0, Self.determiners.contains(words[at].lower) { at -= 1 }
        guard at >= 0 else { return 0.2 }
        let word = words[at].lower
        var extra = 0.15 * Double(span.count - subject.count)
        // “called the ecliptic latitude” names something else.
        if span.upperBound < words.count, words[span.upperBound].gap == " ", !Words.stopWords.contains(words[span.upperBound].lower)
        {
            extra += 0.4
        }
        // “…, Software in the Public Interest, a non-profit organization”
        if span.upperBound + 1 < words.count, words[span.upperBound].gap.contains(","),
            ["a", "an"].contains(words[span.upperBound].lower)
        {
            return 0.75 - extra
        }
        if ["called", "termed", "dubbed"].contains(word) { return 0.9 - extra }
        if word == "as", at > 0, ["known", "defined", "referred", "to"].contains(words[at - 1].lower) { return 0.85 - extra }
        let isLast = span.upperBound == words.count
        if ["is", "are"].contains(word), isLast, at >= 4, at < span.lowerBound - 1 { return 0.75 - extra }
        return 0.2
    }
}
