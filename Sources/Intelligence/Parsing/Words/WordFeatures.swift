/// What the networks see of a word, as the keys of texts.
struct WordFeatures: Sendable {
    /// The usual form, the first letter, the last three, the shape, whether a space follows, whether it is one.
    let keys: [UInt64]

    init(text: String, norm: String, hasSpaceAfter: Bool) {
        let scalars = text.unicodeScalars
        keys = [
            MurmurHash.key(of: norm), MurmurHash.key(of: String(String.UnicodeScalarView(scalars.prefix(1)))),
            MurmurHash.key(of: String(String.UnicodeScalarView(scalars.suffix(3)))), MurmurHash.key(of: Self.shape(of: text)),
            hasSpaceAfter ? 1 : 0, 0,
        ]
    }

    /// `Xxxx-dd` for `Boeing-74`: runs are cut at four.
    static func shape(of text: String) -> String {
        let scalars = text.unicodeScalars
        if scalars.count >= 100 { return "LONG" }
        var shape = ""
        var last: Unicode.Scalar?
        var run = 0
        for scalar in scalars {
            let sign: Unicode.Scalar =
                switch scalar.properties.generalCategory {
                case .uppercaseLetter: "X"
                case .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: "x"
                case .decimalNumber: "d"
                // Superscripts and circled digits are digits too.
                default: scalar.properties.numericType == .digit ? "d" : scalar
                }
            run = sign == last ? run + 1 : 0
            last = sign
            if run < 4 { shape.unicodeScalars.append(sign) }
        }
        return shape
    }
}
