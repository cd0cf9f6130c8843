import Stemming

/// Cuts text into words: runs of letters and digits, in lower case and in plain letters, with what holds them together in names and code.
///
/// What only shapes a line, such as soft hyphens and spaces of no width, is not there. 1,000 is 1000, and 3,14 is 3.14; `C++`, `C#` and
/// `.NET` are words; H₂O is h2o, 10¹³ is 10^13. Scripts without spaces come as runs.
struct WordScanner {
    struct Word: Equatable {
        /// Lower case, plain letters.
        var plain = ""
        /// Lower case with its marks, where they differ.
        var marked: String?
        /// Two or more letters, all of them capitals.
        var isUpper = false
        /// Hangs on the word before it by a hyphen, an underscore, a dot or colons.
        var isJoined = false
        /// The parts of `getElementById`.
        var humps: [String] = []
    }

    enum Item: Equatable {
        case word(Word)
        /// Letters of a script that is written without spaces.
        case run([Unicode.Scalar])
    }

    /// Longer runs are not words.
    static let longest = 40

    private let scalars: [Unicode.Scalar]
    private var items: [Item] = []
    private var plain: [UInt8] = []
    private var marked: [UInt8] = []
    private var original: [UInt8] = []
    private var capitals = 0
    private var hasMarks = false
    private var isNumber = false
    private var isGrouped = false
    private var joinsNext = false
    private var run: [Unicode.Scalar] = []

    static func items(of text: String) -> [Item] {
        var scanner = WordScanner(text)
        scanner.scan()
        return scanner.items
    }

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private mutating func scan() {
        var at = 0
        while at < scalars.count {
            let scalar = scalars[at]
            at += 1
            let value = scalar.value
            if value < 0x80 {
                endRun()
                let byte = UInt8(value)
                if byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 {
                    append(byte, as: byte)
                } else if byte >= 65 && byte <= 90 {
                    append(byte + 32, as: byte)
                } else {
                    sign(byte, &at)
                }
            } else if ScalarClass.isApostrophe(value) {
                apostrophe(at)
            } else if ScalarClass.isInvisible(value) || ScalarClass.isMark(scalar) {
                continue
            } else if ScalarClass.isWithoutSpaces(value) {
                endWord()
                run.append(scalar)
            } else if value == 0x2010 || value == 0x2011 {
                join(at)
            } else if ScalarClass.isNarrowSpace(value), isNumber, joinsThousands(at) {
                isGrouped = true
            } else if let power = ScalarClass.superscript(value), isNumber {
                if plain.last != UInt8(ascii: "^"), !plain.contains(UInt8(ascii: "^")) { plain.append(UInt8(ascii: "^")) }
                plain.append(power)
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                endRun()
                letter(scalar)
            } else {
                endWord()
                endRun()
            }
        }
        endWord()
        endRun()
    }

    // MARK: - Letters

    private mutating func append(_ byte: UInt8, as written: UInt8) {
        let isDigit = byte <= 57
        if plain.isEmpty { isNumber = isDigit } else if !isDigit { isNumber = false }
        plain.append(byte)
        if hasMarks { marked.append(byte) }
        original.append(written)
        if written != byte { capitals += 1 }
    }

    private mutating func letter(_ scalar: Unicode.Scalar) {
        let start = plain.count
        LetterFolding.fold(scalar) { plain += Array(String($0).utf8) }
        let isDigit = plain[start...].allSatisfy { $0 >= 48 && $0 <= 57 }
        if start == 0 { isNumber = isDigit } else if !isDigit { isNumber = false }
        if !isDigit {
            if !hasMarks {
                hasMarks = true
                marked = Array(plain[..<start])
            }
            marked += Array(scalar.properties.lowercaseMapping.utf8)
        } else if hasMarks {
            marked += plain[start...]
        }
        original += Array(String(scalar).utf8)
    }

    // MARK: - Signs

    private mutating func sign(_ byte: UInt8, _ at: inout Int) {
        switch byte {
        case UInt8(ascii: "'"): apostrophe(at)
        case UInt8(ascii: "-"), UInt8(ascii: "_"): join(at)
        case UInt8(ascii: ","), UInt8(ascii: "."): point(byte, at)
        case UInt8(ascii: ":") where isNext(":", at) && isWord(at + 1) && !plain.isEmpty:
            join(at + 1)
            at += 1
        case UInt8(ascii: "^") where isWord(at) && !plain.isEmpty:
            if isNumber { plain.append(byte) }
        case UInt8(ascii: "+") where isNext("+", at) && !isWord(at + 1) && !plain.isEmpty && !isNumber:
            plain += Array("++".utf8)
            at += 1
            endWord()
        case UInt8(ascii: "#") where plain.count == 1 && !isNumber && !isWord(at):
            plain.append(byte)
            endWord()
        default: endWord()
        }
    }

    /// `l’eau` is water; `don’t` is one word.
    private mutating func apostrophe(_ at: Int) {
        guard at < scalars.count, !plain.isEmpty, plain.count <= 2,
            ["l", "d", "j", "m", "t", "s", "c", "n", "qu"].contains(String(decoding: plain, as: UTF8.self))
        else { return }
        var isVowel = false
        LetterFolding.fold(scalars[at]) { isVowel = "aeiouyh".unicodeScalars.contains($0) }
        if isVowel { clear() }
    }

    private mutating func join(_ at: Int) {
        let joins = !plain.isEmpty && isWord(at)
        endWord()
        joinsNext = joins
    }

    private mutating func point(_ byte: UInt8, _ at: Int) {
        if isNumber, isDigit(at) {
            let dots = plain.filter { $0 == UInt8(ascii: ".") }.count
            if byte == UInt8(ascii: ",") {
                if dots == 0, joinsThousands(at) {
                    isGrouped = true
                } else if dots == 0, !isGrouped {
                    plain.append(UInt8(ascii: "."))
                } else {
                    endWord()
                }
            } else if dots == 0, joinsThousands(at), isGrouped || isPoint(at + 3) && joinsThousands(at + 4) {
                isGrouped = true
            } else {
                plain.append(UInt8(ascii: "."))
            }
        } else if byte == UInt8(ascii: "."), plain.isEmpty, !joinsNext, isNext("N", at), isNext("E", at + 1), isNext("T", at + 2),
            !isWord(at + 3), at < 2 || !isWord(at - 2)
        {
            plain = Array("dot".utf8)
            isNumber = false
        } else if byte == UInt8(ascii: ".") {
            join(at)
        } else {
            endWord()
        }
    }

    private func isWord(_ at: Int) -> Bool {
        guard at < scalars.count else { return false }
        let value = scalars[at].value
        if value < 0x80 { return value >= 97 && value <= 122 || value >= 48 && value <= 57 || value >= 65 && value <= 90 }
        let properties = scalars[at].properties
        return (properties.isAlphabetic || properties.numericType != nil) && !ScalarClass.isWithoutSpaces(value)
    }
    private func isDigit(_ at: Int) -> Bool { at < scalars.count && ("0"..."9").contains(scalars[at]) }
    private func isNext(_ scalar: Unicode.Scalar, _ at: Int) -> Bool { at < scalars.count && scalars[at] == scalar }
    private func isPoint(_ at: Int) -> Bool { isNext(".", at) }

    /// Whether exactly three digits follow, after no more than three or a group.
    private func joinsThousands(_ at: Int) -> Bool {
        (isGrouped || plain.count <= 3) && isDigit(at) && isDigit(at + 1) && isDigit(at + 2) && !isDigit(at + 3)
    }

    // MARK: - Ends

    private mutating func endWord() {
        defer { clear() }
        guard !plain.isEmpty, plain.count <= Self.longest else { return }
        var word = Word(plain: String(decoding: plain, as: UTF8.self))
        word.isUpper = capitals >= 2 && capitals == original.count
        word.isJoined = joinsNext
        if hasMarks { word.marked = String(decoding: marked, as: UTF8.self) }
        if capitals > 0, capitals < original.count, !hasMarks { word.humps = Self.humps(of: original) }
        items.append(.word(word))
    }

    private mutating func clear() {
        joinsNext = false
        if plain.isEmpty { return }
        plain.removeAll(keepingCapacity: true)
        marked.removeAll(keepingCapacity: true)
        original.removeAll(keepingCapacity: true)
        (capitals, hasMarks, isNumber, isGrouped) = (0, false, false, false)
    }

    private mutating func endRun() {
        if run.isEmpty { return }
        items.append(.run(run))
        run.removeAll()
    }

    /// The parts of `getElementById` and of `HTMLParserState`; a name of two, as JavaScript, is one word.
    private static func humps(of word: [UInt8]) -> [String] {
        func isCapital(_ at: Int) -> Bool { word[at] >= 65 && word[at] <= 90 }
        var cuts = [0]
        for at in word.indices.dropFirst() where isCapital(at) {
            if !isCapital(at - 1) || at + 1 < word.count && word[at + 1] >= 97 { cuts.append(at) }
        }
        guard cuts.count >= (isCapital(0) ? 3 : 2) else { return [] }
        return zip(cuts, cuts.dropFirst() + [word.count]).map { String(decoding: word[$0..<$1], as: UTF8.self).lowercased() }
    }
}
