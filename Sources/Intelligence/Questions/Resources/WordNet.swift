import FoundationEssentials
import Glibc

/// Princeton's WordNet 3.0 as its plain files have it: which words mean the same, the opposite, or kinds of the same.
package struct WordNet: Sendable {
    package enum Part: String, Sendable, CaseIterable { case noun, verb, adjective = "adj", adverb = "adv" }

    /// Words that mean one thing.
    struct Synset {
        var words: [String]
        var pointers: [Pointer]
    }

    struct Pointer {
        /// `@` a more general thing, `~` a kind of it, `!` the opposite of a word.
        var symbol: String
        var offset: Int
        var part: Part
        /// Which word of this set, and which of the other; 0 for the whole sets.
        var from: Int
        var to: Int
    }

    private let indexes: [Part: Data]
    private let files: [Part: Data]

    /// - Parameter folder: with `index.noun` and its company.
    /// - Throws: what reading the files throws.
    package init(folder: String) throws {
        var indexes: [Part: Data] = [:]
        var files: [Part: Data] = [:]
        for part in Part.allCases {
            indexes[part] = try Data(contentsOf: URL(filePath: "\(folder)/index.\(part.rawValue)"), options: .mappedIfSafe)
            files[part] = try Data(contentsOf: URL(filePath: "\(folder)/data.\(part.rawValue)"), options: .mappedIfSafe)
        }
        self.indexes = indexes
        self.files = files
    }

    /// Where the senses of a word are, the most frequent first.
    /// - Parameter lemma: a base form in lower case; spaces between its words.
    func senses(of lemma: String, as part: Part) -> [Int] {
        guard let index = indexes[part] else { return [] }
        let wanted = lemma.split(separator: " ").joined(separator: "_")
        guard !wanted.isEmpty else { return [] }
        let key = Array(wanted.utf8)
        return index.withUnsafeBytes { bytes in
            var low = 0
            var high = bytes.count
            while low < high {
                var start = (low + high) / 2
                while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
                let line = bytes[start..<end]
                // The licence stands first, each line behind a space, which sorts before any word.
                let word = line.prefix { $0 != UInt8(ascii: " ") }
                if word.elementsEqual(key) { return Self.offsets(String(decoding: line, as: UTF8.self)) }
                if word.lexicographicallyPrecedes(key) { low = end + 1 } else { high = start }
            }
            return []
        }
    }

    /// `lemma pos senses pointers symbols… senses tagged offsets…`
    private static func offsets(_ line: String) -> [Int] {
        let fields = line.split(separator: " ")
        guard fields.count > 3, let count = Int(fields[2]), count <= fields.count else { return [] }
        return fields.suffix(count).compactMap { Int($0) }
    }

    func synset(at offset: Int, of part: Part) -> Synset? {
        guard let file = files[part], offset >= 0, offset < file.count else { return nil }
        let line = file[(file.startIndex + offset)...].prefix { $0 != UInt8(ascii: "\n") }
        let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard fields.count > 5, let words = Int(fields[3], radix: 16), fields.count > 4 + 2 * words,
            let pointers = Int(fields[4 + 2 * words])
        else { return nil }
        let names = (0..<words).map { index in
            fields[4 + 2 * index].prefix { $0 != "(" }.split(separator: "_").joined(separator: " ").lowercased()
        }
        var found: [Pointer] = []
        var at = 5 + 2 * words
        for _ in 0..<pointers where at + 3 < fields.count {
            let ends = Int(fields[at + 3], radix: 16) ?? 0
            let part: Part =
                switch fields[at + 2] {
                case "n": .noun
                case "v": .verb
                case "r": .adverb
                default: .adjective
                }
            found.append(
                Pointer(symbol: String(fields[at]), offset: Int(fields[at + 1]) ?? -1, part: part, from: ends >> 8, to: ends & 0xFF)
            )
            at += 4
        }
        return Synset(words: names, pointers: found)
    }

    /// Classes that the lexicographers sorted nouns into: what stands above all others, what is done, and who.
    static let tops = 3
    static let acts = 4
    static let persons = 18
    /// Classes whose members are of one kind wherever they stand: animals, artefacts, parts of bodies, feelings, foods, places, bodies in nature,
    /// persons, plants, shapes, substances. A theory is no ideal, though both are cognition.
    static let tangible: Set<Int> = [5, 6, 8, 12, 13, 15, 17, 18, 20, 25, 27]

    /// The class of a noun in its most frequent sense; nil for one that is not known.
    func lexicalClass(of lemma: String) -> Int? {
        guard let file = files[.noun], let offset = senses(of: lemma, as: .noun).first, offset >= 0, offset < file.count else {
            return nil
        }
        let line = file[(file.startIndex + offset)...].prefix(16)
        return String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    /// Other words for it, in any sense.
    package func synonyms(of lemma: String, as part: Part) -> Set<String> {
        Set(senses(of: lemma, as: part).flatMap { synset(at: $0, of: part)?.words ?? [] }).subtracting([lemma])
    }

    /// Words that mean the opposite in one of its senses, those of words near to it among adjectives included.
    package func antonyms(of lemma: String, as part: Part) -> Set<String> {
        var found: Set<String> = []
        for sense in senses(of: lemma, as: part) {
            guard let set = synset(at: sense, of: part) else { continue }
            for pointer in set.pointers
            where pointer.symbol == "!" && (pointer.from == 0 || set.words[safe: pointer.from - 1] == lemma) {
                guard let other = synset(at: pointer.offset, of: pointer.part) else { continue }
                if pointer.to == 0 {
                    found.formUnion(other.words)
                } else if let word = other.words[safe: pointer.to - 1] {
                    found.insert(word)
                }
            }
        }
        return found
    }

    /// Everything that is a more general word for it, in any sense.
    func generals(of lemma: String) -> Set<String> {
        var found: Set<String> = []
        var open = senses(of: lemma, as: .noun)
        var seen = Set(open)
        while let offset = open.popLast() {
            for pointer in synset(at: offset, of: .noun)?.pointers ?? [] where pointer.symbol.hasPrefix("@") {
                guard seen.insert(pointer.offset).inserted else { continue }
                found.formUnion(synset(at: pointer.offset, of: .noun)?.words ?? [])
                open.append(pointer.offset)
            }
        }
        return found
    }

    /// Other kinds of what it is a kind of; empty for a word of several senses, of which nobody knows which is meant.
    func coordinates(of lemma: String) -> [String] {
        let all = senses(of: lemma, as: .noun)
        guard all.count == 1, let set = synset(at: all[0], of: .noun) else { return [] }
        var found: [String] = []
        for pointer in set.pointers where pointer.symbol == "@" {
            for kind in synset(at: pointer.offset, of: .noun)?.pointers ?? [] where kind.symbol == "~" && kind.offset != all[0] {
                if let word = synset(at: kind.offset, of: .noun)?.words.first { found.append(word) }
            }
        }
        return found
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
