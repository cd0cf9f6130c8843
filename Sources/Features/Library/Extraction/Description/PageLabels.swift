/// What a file calls its pages, where that is not their count: `iv`, `A-3`.
package struct PageLabels: Sendable, Hashable {
    /// Pages that are counted on from one.
    package struct Run: Sendable, Codable, Hashable {
        /// The page that it begins with, from 1.
        package var page: Int
        package var prefix: String
        /// `D` figures, `r` and `R` Roman numerals, `a` and `A` letters; nil for the prefix alone.
        package var style: String?
        /// The number of the first page.
        package var start: Int
    }

    /// In order of their pages.
    package var runs: [Run] = []

    package init() {}

    /// - Parameter count: of all pages. Labels that only count the pages say nothing, and are left out.
    init(_ runs: [Run], count: Int) {
        self.runs = runs
        if !(1...max(1, count)).contains(where: { label(of: $0) != nil }) { self.runs = [] }
    }

    /// nil where the page is called by its number.
    package func label(of page: Int) -> String? {
        guard let run = runs.last(where: { $0.page <= page }) else { return nil }
        let number = run.start + page - run.page
        let digits =
            switch run.style {
            case "D": "\(number)"
            case "r": Self.roman(number).lowercased()
            case "R": Self.roman(number)
            case "a": Self.letters(number).lowercased()
            case "A": Self.letters(number)
            default: ""
            }
        let label = run.prefix + digits
        return label.isEmpty || label == "\(page)" ? nil : label
    }

    private static func roman(_ number: Int) -> String {
        guard (1..<4_000).contains(number) else { return "\(number)" }
        let signs = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
            (5, "V"), (4, "IV"), (1, "I"),
        ]
        var (rest, out) = (number, "")
        for (value, sign) in signs {
            while rest >= value {
                out += sign
                rest -= value
            }
        }
        return out
    }

    /// `A` to `Z`, then `AA` to `ZZ`.
    private static func letters(_ number: Int) -> String {
        guard (1...520).contains(number), let letter = UnicodeScalar(65 + (number - 1) % 26) else { return "\(number)" }
        return String(repeating: String(letter), count: (number - 1) / 26 + 1)
    }
}

extension PageLabels: Codable {
    package init(from decoder: any Decoder) throws { runs = try [Run](from: decoder) }
    package func encode(to encoder: any Encoder) throws { try runs.encode(to: encoder) }
}
