/// Puts text that was read off a page from left to right into the order in which it is written: Hebrew and Arabic run the other way,
/// and numbers and Latin words among them do not.
enum VisualOrder {
    /// - Parameter isRightToLeft: of the page; a line without such letters is left as it is.
    static func logical(_ visual: String, isRightToLeft: Bool) -> String {
        guard visual.unicodeScalars.contains(where: self.isRightToLeft) else { return visual }
        let characters = Array(visual)
        let kinds = characters.map(kind)
        if isRightToLeft { return plain(bracketed(turned(characters, kinds))) }
        // Stretches between right-to-left letters within a line of the other kind.
        var out: [Character] = []
        var at = 0
        while at < characters.count {
            guard kinds[at] == .right else {
                out.append(characters[at])
                at += 1
                continue
            }
            var end = at + 1
            var next = end
            while next < characters.count, kinds[next] != .left {
                if kinds[next] == .right { end = next + 1 }
                next += 1
            }
            out += bracketed(turned(Array(characters[at..<end]), Array(kinds[at..<end])))
            at = end
        }
        return plain(out)
    }

    /// Hebrew, Arabic, Syriac, Thaana, N'Ko, and their presentation forms.
    static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        return value >= 0x590
            && ((0x590...0x8FF).contains(value) || (0xFB1D...0xFDFF).contains(value) || (0xFE70...0xFEFC).contains(value)
                || (0x10800...0x10FFF).contains(value) || (0x1E800...0x1EFFF).contains(value))
    }

    private enum Kind { case left, right, digit, neutral }

    private static func kind(_ character: Character) -> Kind {
        guard let scalar = character.unicodeScalars.first else { return .neutral }
        // Arabic digits run from left to right as others do.
        if scalar.properties.numericType == .decimal { return .digit }
        if isRightToLeft(scalar) { return scalar.properties.isAlphabetic || character.unicodeScalars.count > 1 ? .right : .neutral }
        return scalar.properties.isAlphabetic ? .left : .neutral
    }

    /// The whole from right to left, with what runs the other way put back.
    private static func turned(_ characters: [Character], _ kinds: [Kind]) -> [Character] {
        var out: [Character] = []
        out.reserveCapacity(characters.count)
        var end = characters.count
        while end > 0 {
            let last = end - 1
            guard kinds[last] == .left || kinds[last] == .digit else {
                // A percent sign belongs to the number before it.
                if last > 0, "%°‰".contains(characters[last]), kinds[last - 1] == .digit {
                    var start = last - 1
                    while start > 0,
                        kinds[start - 1] == .digit
                            || start > 1 && ".,".contains(characters[start - 1]) && kinds[start - 2] == .digit
                    {
                        start -= 1
                    }
                    out += characters[start...last]
                    end = start
                    continue
                }
                out.append(characters[last])
                end = last
                continue
            }
            var (start, at, hasLetter) = (last, last, kinds[last] == .left)
            while at > 0, kinds[at - 1] != .right {
                at -= 1
                switch kinds[at] {
                case .left, .digit:
                    // Two numbers beside each other are read from right to left, unless they are words of one Latin stretch.
                    let between = characters[(at + 1)..<start]
                    if kinds[at] == .digit, !hasLetter, between.contains(where: \.isWhitespace) {
                        at = -1
                        break
                    }
                    if kinds[at] == .left { hasLetter = true }
                    start = at
                default: break
                }
                if at < 0 { break }
            }
            // A sign or a currency before a number belongs to it.
            if start > 0, !hasLetter, "+-−$€£₪%".contains(characters[start - 1]), start == 1 || characters[start - 2].isWhitespace {
                start -= 1
            }
            out += characters[start..<end]
            end = start
        }
        return out
    }

    /// Some files name a bracket by its look, others by its meaning: whichever opens before it closes is right.
    private static func bracketed(_ characters: [Character]) -> [Character] {
        var (depth, wrong) = (0, 0)
        for character in characters {
            if "([{«‹".contains(character) {
                depth += 1
            } else if ")]}»›".contains(character) {
                depth -= 1
                if depth < 0 { (wrong, depth) = (wrong + 1, 0) }
            }
        }
        return wrong == 0 ? characters : characters.map { mirrors[$0] ?? $0 }
    }

    private static let mirrors: [Character: Character] = [
        "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«", "‹": "›", "›": "‹",
    ]

    /// Letters in the form in which they are typed; direction marks are left out.
    private static func plain(_ characters: [Character]) -> String {
        var out = String.UnicodeScalarView()
        for character in characters {
            for scalar in character.unicodeScalars {
                switch scalar.value {
                case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
                case 0xFE80...0xFEFC: out.append(contentsOf: ArabicForms.letters(of: scalar))
                default: out.append(scalar)
                }
            }
        }
        // A ligature of lam and alef is two letters of one shape, which the tool leaves in the other order; only where no other reading
        // is possible can it be told.
        return String(out).replacing("اإل", with: "الإ").replacing("األ", with: "الأ").replacing("اآل", with: "الآ")
    }
}

/// The letters behind Arabic's shapes: fonts have a letter in up to four, and some files keep those instead of the letter.
private enum ArabicForms {
    /// From U+FE80: a letter, and how many shapes it has.
    private static let runs: [(letter: UInt32, count: Int)] = [
        (0x621, 1), (0x622, 2), (0x623, 2), (0x624, 2), (0x625, 2), (0x626, 4), (0x627, 2), (0x628, 4), (0x629, 2), (0x62A, 4),
        (0x62B, 4), (0x62C, 4), (0x62D, 4), (0x62E, 4), (0x62F, 2), (0x630, 2), (0x631, 2), (0x632, 2), (0x633, 4), (0x634, 4),
        (0x635, 4), (0x636, 4), (0x637, 4), (0x638, 4), (0x639, 4), (0x63A, 4), (0x641, 4), (0x642, 4), (0x643, 4), (0x644, 4),
        (0x645, 4), (0x646, 4), (0x647, 4), (0x648, 2), (0x649, 2), (0x64A, 4),
    ]
    private static let table = runs.flatMap { run in Array(repeating: Unicode.Scalar(run.letter), count: run.count) }
    /// The second letters of the four ligatures with lam, of two shapes each.
    private static let alefs: [UInt32] = [0x622, 0x623, 0x625, 0x627]

    static func letters(of form: Unicode.Scalar) -> [Unicode.Scalar] {
        let index = Int(form.value) - 0xFE80
        if index < table.count { return [table[index] ?? form] }
        let ligature = (index - table.count) / 2
        guard ligature < alefs.count, let lam = Unicode.Scalar(0x644), let alef = Unicode.Scalar(alefs[ligature]) else {
            return [form]
        }
        return [lam, alef]
    }
}
