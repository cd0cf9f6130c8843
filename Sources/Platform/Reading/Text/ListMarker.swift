/// How a list counts its items.
enum ListMarker {
    enum Style {
        case decimal, leadingZero, lowerLetter, upperLetter, lowerRoman, upperRoman, lowerGreek, bullet, none
    }

    enum Frame {
        /// `1.`
        case dotted
        /// `1)`
        case closed
        /// `(1)`
        case enclosed
    }

    static func text(_ number: Int, style: Style, frame: Frame) -> String {
        let digits = self.digits(number, style: style)
        return switch frame {
        case .dotted: digits + "."
        case .closed: digits + ")"
        case .enclosed: "(\(digits))"
        }
    }

    static func digits(_ number: Int, style: Style) -> String {
        switch style {
        case .leadingZero: number >= 0 && number < 10 ? "0\(number)" : "\(number)"
        case .upperLetter: letters(number) ?? "\(number)"
        case .lowerLetter: letters(number)?.lowercased() ?? "\(number)"
        case .upperRoman: roman(number) ?? "\(number)"
        case .lowerRoman: roman(number)?.lowercased() ?? "\(number)"
        case .lowerGreek: greek(number) ?? "\(number)"
        case .bullet, .none: "•"
        case .decimal: "\(number)"
        }
    }

    /// A … Z, AA, AB …
    private static func letters(_ number: Int) -> String? {
        guard number > 0, number < 20_000 else { return nil }
        var rest = number
        var out: [UInt8] = []
        while rest > 0 {
            rest -= 1
            out.append(65 + UInt8(rest % 26))
            rest /= 26
        }
        return String(decoding: out.reversed(), as: UTF8.self)
    }

    private static func roman(_ number: Int) -> String? {
        guard (1...3999).contains(number) else { return nil }
        let steps = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
            (5, "V"),
            (4, "IV"), (1, "I"),
        ]
        var (rest, out) = (number, "")
        for (value, letters) in steps {
            while rest >= value {
                out += letters
                rest -= value
            }
        }
        return out
    }

    private static func greek(_ number: Int) -> String? {
        let letters = Array("αβγδεζηθικλμνξοπρστυφχψω")
        return letters.indices.contains(number - 1) ? String(letters[number - 1]) : nil
    }
}
