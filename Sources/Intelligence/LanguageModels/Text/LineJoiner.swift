/// Makes one line of a piece of text that was set in lines.
enum LineJoiner {
    /// Collapses white space, drops soft hyphens and control bytes, and joins a word that a line break had cut in two.
    ///
    /// - Parameter all: the whole passage: `well-⏎known` keeps its hyphen if the passage has “well-known” elsewhere.
    static func joined(_ piece: ArraySlice<Unicode.Scalar>, within all: [Unicode.Scalar]) -> String {
        var out = String.UnicodeScalarView()
        var at = piece.startIndex
        while at < piece.endIndex {
            let scalar = piece[at]
            if scalar == "\u{AD}" {
                at = skippingBreak(after: at, piece) ?? at + 1
                continue
            }
            if scalar == "-" || scalar == "\u{2010}", let next = skippingBreak(after: at, piece), next < piece.endIndex,
                piece[next].properties.isLowercase, out.last?.properties.isAlphabetic == true
            {
                if keepsHyphen(before: at, after: next, piece, all) { out.append("-") }
                at = next
                continue
            }
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                if let last = out.last, last != " " { out.append(" ") }
            } else if scalar != "\u{FEFF}", scalar != "\u{200B}" {
                out.append(scalar)
            }
            at += 1
        }
        while out.last == " " { out.removeLast() }
        return String(out)
    }

    /// The index of the first scalar of the next line, if nothing but a line break stands between.
    private static func skippingBreak(after index: Int, _ piece: ArraySlice<Unicode.Scalar>) -> Int? {
        var at = index + 1
        var hasBreak = false
        while at < piece.endIndex, piece[at].properties.isWhitespace {
            hasBreak = hasBreak || piece[at] == "\n"
            at += 1
        }
        return hasBreak ? at : nil
    }

    private static func keepsHyphen(
        before hyphen: Int, after next: Int, _ piece: ArraySlice<Unicode.Scalar>, _ all: [Unicode.Scalar]
    ) -> Bool {
        var low = hyphen
        while low > piece.startIndex, piece[low - 1].properties.isAlphabetic { low -= 1 }
        var high = next
        while high < piece.endIndex, piece[high].properties.isAlphabetic { high += 1 }
        let first = Array(piece[low..<hyphen])
        // “self-”, “non-” and the like are compounds far more often than cuts.
        if ["self", "non", "well", "semi", "cross", "half"].contains(String(String.UnicodeScalarView(first)).lowercased()) {
            return true
        }
        let compound = first + ["-"] + Array(piece[next..<high])
        guard compound.count <= all.count else { return false }
        return all.indices.dropLast(compound.count - 1).contains { start in
            all[start] == compound[0] && all[start..<(start + compound.count)].elementsEqual(compound)
        }
    }
}
