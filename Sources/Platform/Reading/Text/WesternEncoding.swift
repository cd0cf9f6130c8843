/// Tells encodings of Western letters that statistics take for each other, by where their letters and signs stand: `M„dchen` has a
/// quotation mark within a word where CP850 has an ä.
enum WesternEncoding {
    /// Bytes that are looked at.
    private static let sample = 1 << 16
    /// What DOS, the Macintosh and Vietnamese Windows wrote.
    private static let others = ["CP850", "MACINTOSH", "CP1258"]
    private static let wide = ["GB", "BIG5", "EUC", "CP932", "CP949", "UHC", "UTF", "ISO-2022", "HZ"]

    /// An encoding in which `bytes` make words, where they make none in `guess`; nil where the guess holds.
    static func better(than guess: Charset, for bytes: [UInt8]) -> Charset? {
        guard !wide.contains(where: guess.name.hasPrefix) else { return nil }
        let sample = Array(bytes.prefix(sample))
        let own = Fit(guess.decode(sample))
        guard own.bad >= 2 else { return nil }
        var best: (charset: Charset, fit: Fit)?
        for name in others where name != guess.name {
            let charset = Charset(name)
            guard charset.reads(sample) else { continue }
            let fit = Fit(charset.decode(sample))
            if best.map({ (fit.bad, -fit.good) < ($0.fit.bad, -$0.fit.good) }) ?? true { best = (charset, fit) }
        }
        guard let best, best.fit.bad * 8 <= best.fit.good, best.fit.bad * 2 < own.bad, best.fit.good > own.good else { return nil }
        return best.charset
    }

    /// How many signs beyond ASCII stand where such signs stand in words, and how many where none does.
    private struct Fit {
        private(set) var good = 0
        private(set) var bad = 0

        init(_ text: String) {
            let scalars = Array(text.unicodeScalars)
            for (index, scalar) in scalars.enumerated() where scalar.value >= 0x80 {
                let before = index > 0 ? scalars[index - 1] : " "
                let after = index + 1 < scalars.count ? scalars[index + 1] : " "
                let isWithin = Self.isLetter(before) && Self.isLetter(after)
                switch scalar.value {
                case 0x80...0x9F, 0xFFFD: bad += 1
                case 0x300...0x36F: if Self.isLetter(before) { good += 1 } else { bad += 1 }
                case _ where !scalar.properties.isAlphabetic:
                    if isWithin, !"’‘·–—­‐".unicodeScalars.contains(scalar) { bad += 1 }
                case 0x250...:
                    // Letters of another script within a word of Latin ones.
                    if before.isASCII && Self.isLetter(before) || after.isASCII && Self.isLetter(after) {
                        bad += 1
                    } else {
                        good += 1
                    }
                default:
                    let isLower = before.properties.isLowercase
                    if scalar.properties.isUppercase, isLower {
                        bad += 1
                    } else if Self.isLetter(before) || Self.isLetter(after) {
                        good += 1
                    }
                }
            }
        }

        private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || (0x300...0x36F).contains(scalar.value)
        }
    }
}
