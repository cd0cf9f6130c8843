import LanguageModels

/// Holds back sentences that no question should be made from, by their words alone, before anything is parsed.
enum PlainGate {
    static func reason(_ text: String) -> DropReason? {
        guard let first = text.first, first.isUppercase || first.isNumber, text.hasSuffix(".") else { return .matter }
        if text.contains(where: { ";:?!…".contains($0) }) || text.contains("..") { return .form }
        if isUnbalanced(text) { return .form }
        let words = text.split(separator: " ")
        guard (5...28).contains(words.count) else { return .length }
        if words.contains(where: { looksLikeCode($0) }) { return .code }
        // Names of parameters: `VOICE looks at UTT`.
        if Set(words.filter { $0.count >= 4 && $0.allSatisfy(\.isUppercase) && $0.contains { "AEIOU".contains($0) } }).count >= 2 {
            return .code
        }
        let lower = words.map { $0.lowercased().trimmingCharacters { !$0.isLetter && !$0.isNumber } }
        if isReference(lower, text) { return .reference }
        if lower.contains(where: persons.contains) { return .person }
        if lower.contains(where: times.contains) { return .time }
        if lower.contains(where: matters.contains) { return .aboutDocument }
        // A line of a table, or of figures.
        if words.filter({ $0.contains(where: \.isLetter) }).count * 3 < words.count * 2 { return .matter }
        return nil
    }

    /// Whether somebody is spoken to, or speaks of themselves.
    static func isPersonal(_ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter && $0 != "'" }.contains { persons.contains(String($0)) }
    }

    static func isUnbalanced(_ text: String) -> Bool {
        var open = 0
        for character in text {
            if character == "(" { open += 1 }
            if character == ")" { open -= 1 }
            if open < 0 { return true }
        }
        return open != 0 || text.count(where: { $0 == "\"" }) % 2 != 0
    }

    static func looksLikeCode(_ word: Substring) -> Bool {
        if word.contains(where: { "_{}\\`@=<>|~^#$".contains($0) }) { return true }
        if word.contains("://") || word.contains("()") || word.contains("::") || word.hasPrefix("www.") { return true }
        if let first = word.first, "-−/.".contains(first), word.count > 1 { return true }
        let inner = word.trimmingCharacters { "().,\"'“”‘’".contains($0) }
        if inner.contains("/"), inner.split(separator: "/").contains(where: { $0.count > 9 }) || inner.hasSuffix("/") {
            return true
        }
        // A name of a file, or of a method: `wal.html`, `readLine`.
        let pieces = inner.split(separator: ".")
        if pieces.count > 1, pieces.allSatisfy({ $0.count > 1 && $0.allSatisfy { $0.isLetter || $0.isNumber } }),
            pieces.contains(where: { $0.contains(where: \.isLetter) })
        {
            return true
        }
        var wasLower = false
        for character in inner.dropLast() {
            if wasLower, character.isUppercase, inner.first?.isLowercase == true, inner.count > 5 { return true }
            wasLower = character.isLowercase
        }
        return false
    }

    static func isReference(_ lower: [String], _ text: String) -> Bool {
        for (index, word) in lower.enumerated() {
            if references.contains(word) { return true }
            let next = index + 1 < lower.count ? lower[index + 1] : ""
            if numbered.contains(word), next.first?.isNumber == true || next.count == 1 { return true }
            if word == "for", next == "example" || next == "instance" { return true }
            if word == "as", ["shown", "described", "mentioned", "noted", "discussed", "explained", "seen"].contains(next) {
                return true
            }
        }
        return text.contains("e.g.") || text.contains("i.e.") || text.contains("etc.")
    }

    private static func set(_ words: String) -> Set<String> { Set(words.split(whereSeparator: \.isWhitespace).map(String.init)) }

    private static let references = set(
        "see above below following preceding aforementioned hereafter herein fig figs figure figures appendix cf ibid example examples"
    )
    private static let numbered = set("chapter section table part step item page equation lecture slide exercise example volume")
    private static let persons = set(
        """
        i you we us our ours your yours my mine me myself ourselves yourself he she his her him hers himself herself i'm we're you're
        we'll you'll let's
        """)
    private static let times = set(
        """
        now recently still probably currently today nowadays perhaps maybe yesterday tomorrow tonight presently hopefully unfortunately
        fortunately surprisingly interestingly obviously clearly arguably basically apparently please ago soon
        """)
    static let matters = set(
        """
        author authors licence license licensed thanks acknowledgements manual book copyright warranty document documents
        chapter chapters reader readers tutorial faq bibliography webpage website homepage footnote slides lecture lectures exercise
        exercises paragraph click clicking checkbox toolbar tooltip dialog dialogs submenu
        """)
}
