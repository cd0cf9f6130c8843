/// M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), 130-137, with the author's two later departures
/// (`bli` → `ble`, `logi` → `log`). For words of ASCII lower-case letters; others come back as they are.
struct PorterStemmer {
    private var word: [UInt8] = []
    /// The end of the stem that the last matching suffix leaves.
    private var end = 0

    static func stem(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count > 2, bytes.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return text }
        var stemmer = PorterStemmer()
        stemmer.word = bytes
        stemmer.plurals()
        stemmer.finalY()
        stemmer.doubleSuffixes()
        stemmer.singleSuffixes()
        stemmer.bareSuffixes()
        stemmer.finalE()
        return String(decoding: stemmer.word, as: UTF8.self)
    }

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "y"): index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// m: how many times a vowel is followed by a consonant in the first `length` letters.
    private func measure(_ length: Int) -> Int {
        var (count, wasVowel) = (0, false)
        for index in 0..<length {
            let consonant = isConsonant(index)
            if consonant, wasVowel { count += 1 }
            wasVowel = !consonant
        }
        return count
    }

    private func hasVowel(_ length: Int) -> Bool { (0..<length).contains { !isConsonant($0) } }

    private func endsInDouble(_ length: Int) -> Bool {
        length >= 2 && word[length - 1] == word[length - 2] && isConsonant(length - 1)
    }

    /// Consonant, vowel, consonant other than w, x, y: `hop`, but not `snow`.
    private func endsInShort(_ length: Int) -> Bool {
        guard length >= 3, isConsonant(length - 1), !isConsonant(length - 2), isConsonant(length - 3) else { return false }
        return ![UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "y")].contains(word[length - 1])
    }

    private mutating func ends(_ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        guard count <= word.count else { return false }
        for index in 0..<count where word[word.count - count + index] != suffix.utf8Start[index] { return false }
        end = word.count - count
        return true
    }

    private mutating func set(_ suffix: StaticString) {
        word.removeSubrange(end...)
        for index in 0..<suffix.utf8CodeUnitCount { word.append(suffix.utf8Start[index]) }
    }

    private mutating func plurals() {
        if word.last == UInt8(ascii: "s") {
            if ends("sses") { set("ss") } else if ends("ies") { set("i") } else if ends("ss") {} else if ends("s") { set("") }
        }
        if ends("eed") {
            if measure(end) > 0 { set("ee") }
        } else if (ends("ed") || ends("ing")) && hasVowel(end) {
            set("")
            if ends("at") {
                set("ate")
            } else if ends("bl") {
                set("ble")
            } else if ends("iz") {
                set("ize")
            } else if endsInDouble(word.count) {
                if let last = word.last, ![UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "z")].contains(last) {
                    word.removeLast()
                }
            } else if measure(word.count) == 1, endsInShort(word.count) {
                word.append(UInt8(ascii: "e"))
            }
        }
    }

    private mutating func finalY() {
        if ends("y"), hasVowel(end) { set("i") }
    }

    private mutating func replace(_ pairs: [(StaticString, StaticString)], measureAbove least: Int) {
        for (suffix, replacement) in pairs where ends(suffix) {
            if measure(end) > least { set(replacement) }
            return
        }
    }

    private static let double: [(StaticString, StaticString)] = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
        ("logi", "log"),
    ]
    private static let single: [(StaticString, StaticString)] = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]
    private static let bare: [StaticString] = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous",
        "ive",
        "ize",
    ]

    private mutating func doubleSuffixes() { replace(Self.double, measureAbove: 0) }
    private mutating func singleSuffixes() { replace(Self.single, measureAbove: 0) }

    private mutating func bareSuffixes() {
        for suffix in Self.bare where ends(suffix) {
            let before = end > 0 ? word[end - 1] : 0
            let isIon =
                suffix.utf8CodeUnitCount == 3 && suffix.utf8Start[0] == UInt8(ascii: "i")
                && suffix.utf8Start[1] == UInt8(ascii: "o")
            if isIon, before != UInt8(ascii: "s"), before != UInt8(ascii: "t") { return }
            if measure(end) > 1 { set("") }
            return
        }
    }

    private mutating func finalE() {
        if word.last == UInt8(ascii: "e") {
            let length = word.count - 1
            let measure = measure(length)
            if measure > 1 || measure == 1 && !endsInShort(length) { word.removeLast() }
        }
        if word.last == UInt8(ascii: "l"), endsInDouble(word.count), measure(word.count - 1) > 1 { word.removeLast() }
    }
}
