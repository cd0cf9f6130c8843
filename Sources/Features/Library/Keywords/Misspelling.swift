/// Words that a slip of the keyboard may have been meant for: one letter left out, added, changed, or set before its neighbour.
enum Misspelling {
    /// Of short words too many others are one letter away; a number or a name in code is as it is.
    static func isPossible(_ word: String) -> Bool {
        (5...24).contains(word.utf8.count) && word.utf8.allSatisfy { $0 >= 97 && $0 <= 122 }
    }

    /// The text with other words for some of its own, which are given in lower case.
    static func mended(_ text: String, _ meant: [String: String]) -> String {
        var (mended, word) = ("", "")
        func end() {
            mended += meant[word.lowercased()] ?? word
            word = ""
        }
        for character in text {
            if character.isLetter {
                word.append(character)
            } else {
                end()
                mended.append(character)
            }
        }
        end()
        return mended
    }

    /// All words that are one slip away.
    static func neighbours(of word: String) -> Set<String> {
        let letters = Array(word.utf8)
        var found: Set<String> = []
        func add(_ bytes: [UInt8]) { found.insert(String(decoding: bytes, as: UTF8.self)) }
        for at in letters.indices {
            var without = letters
            without.remove(at: at)
            add(without)
            for letter in UInt8(97)...122 {
                var changed = letters
                changed[at] = letter
                add(changed)
            }
            if at > 0, letters[at] != letters[at - 1] {
                var swapped = letters
                swapped.swapAt(at, at - 1)
                add(swapped)
            }
        }
        for at in 0...letters.count {
            for letter in UInt8(97)...122 {
                var longer = letters
                longer.insert(letter, at: at)
                add(longer)
            }
        }
        found.remove(word)
        return found
    }
}
