/// A text as words that phrases are looked for in.
struct Phrase: Sendable {
    let words: [String]
    private let joined: String

    init(_ text: String) {
        words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map {
            $0.replacing("’", with: "'")
        }.map(String.init)
        joined = " " + words.joined(separator: " ") + " "
    }

    func has(_ phrase: String) -> Bool { joined.contains(" \(phrase) ") }
    func hasAny(_ phrases: [String]) -> Bool { phrases.contains(where: has) }

    /// What stands behind the first of some phrases, in words; nil if none is there.
    func rest(behind phrases: [String]) -> String? {
        for phrase in phrases.sorted(by: { $0.count > $1.count }) {
            let wanted = phrase.split(separator: " ").map(String.init)
            guard wanted.count <= words.count else { continue }
            for start in 0...(words.count - wanted.count) where Array(words[start..<start + wanted.count]) == wanted {
                return words[(start + wanted.count)...].joined(separator: " ")
            }
        }
        return nil
    }

    /// German or English, by little words; nil where neither shows.
    var language: String? {
        let german: Set<String> = [
            "ich", "nicht", "und", "ist", "mir", "mich", "das", "der", "die", "ein", "eine", "was", "wie", "warum", "kann", "habe",
            "bin", "zu", "mein", "meine", "für", "von", "mit", "hallo", "danke", "bitte", "keine", "kein", "über", "mal", "sich",
            "wer",
        ]
        let english: Set<String> = [
            "i", "the", "not", "and", "is", "me", "my", "a", "an", "what", "how", "why", "can", "have", "am", "to", "for", "of",
            "with",
            "hello", "thanks", "please", "no", "about", "i'm", "it", "you", "are", "do", "does", "want", "who", "hi",
        ]
        let (d, e) = (words.count { german.contains($0) }, words.count { english.contains($0) })
        return d == e ? nil : d > e ? "de" : "en"
    }
}
