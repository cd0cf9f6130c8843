import Manuscript

/// Values separated by commas, semicolons, tabs or bars (RFC 4180, and what programs make of it).
enum SeparatedReader {
    private static let mostCells = 2_000_000

    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        guard let charset = Charset.detect(bytes) else { throw .damaged }
        var text = charset.decode(bytes).normalisedLineEnds
        let builder = ManuscriptBuilder()
        // Excel is told the sign by a line of its own.
        let head = text.prefix { !$0.isNewline }
        if head.lowercased().hasPrefix("sep="), head.count == 5, let sign = head.last {
            text.removeSubrange(..<head.endIndex)
            SheetGrid.add(rows(of: String(text.drop(while: \.isNewline)), separator: sign), to: builder)
        } else {
            SheetGrid.add(rows(of: text, separator: separator(of: text)), to: builder)
        }
        var manuscript = builder.manuscript()
        manuscript.charset = charset.label
        return manuscript
    }

    /// The sign that cuts the first lines into as many cells each, and into the most.
    static func separator(of text: String) -> Character {
        let sample = String(text.prefix(20_000))
        var best: (sign: Character, score: Double) = (",", 0)
        for sign: Character in [",", ";", "\t", "|"] {
            let counts = rows(of: sample, separator: sign).prefix(50).map(\.count).filter { $0 > 0 }
            guard let widest = counts.max(), widest > 1 else { continue }
            let usual = Dictionary(grouping: counts, by: { $0 }).max { $0.value.count < $1.value.count }
            let share = Double(usual?.value.count ?? 0) / Double(counts.count)
            let score = usual.map { $0.key > 1 ? share * 10 + min(Double($0.key), 9) / 10 : 0 } ?? 0
            if score > best.score { best = (sign, score) }
        }
        return best.sign
    }

    static func rows(of text: String, separator: Character) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var (isQuoted, wasQuoted, cells) = (false, false, 0)
        func close() {
            row.append(cell.singleLine)
            cell = ""
            wasQuoted = false
            cells += 1
        }
        var characters = text.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if isQuoted {
                if character == "\"" {
                    if next == "\"" {
                        cell.append("\"")
                        next = characters.next()
                    } else {
                        isQuoted = false
                    }
                } else {
                    cell.append(character)
                }
            } else if character == "\"", cell.allSatisfy(\.isWhitespace), !wasQuoted {
                (isQuoted, wasQuoted, cell) = (true, true, "")
            } else if character == separator {
                close()
            } else if character == "\n" {
                close()
                rows.append(row == [""] ? [] : row)
                row = []
                if cells > mostCells { return rows }
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !row.isEmpty {
            close()
            rows.append(row)
        }
        return rows
    }
}
