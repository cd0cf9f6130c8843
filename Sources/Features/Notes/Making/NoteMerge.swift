/// What a note says after it was made anew: what its owner wrote, changed or took out since it was made last stays so; the rest is new.
///
/// Compared line by line with what was made last (`base`). A line of the owner's stands behind the line that it stood behind, if that is
/// still there, else behind the nearest before it that is.
struct NoteMerge {
    let result: CitedContent

    /// - Parameter base: nil where nothing was made yet: then all that is there is the owner's.
    init(base: CitedContent?, mine: CitedContent, theirs: CitedContent) {
        var table: [NoteCitation.Place: Int] = [:]
        var all: [NoteCitation] = []
        func number(_ citation: NoteCitation) -> Int {
            if let known = table[citation.place] { return known }
            all.append(citation)
            table[citation.place] = all.count
            return all.count
        }
        // One numbering for all three, so that lines are the same if they say and cite the same.
        let before = Self.lines(of: base?.renumbered(number) ?? "")
        let own = Self.lines(of: mine.renumbered(number))
        let new = Self.lines(of: theirs.renumbered(number))
        let merged = Self.merged(before, own, new)
        var content = CitedContent(
            Self.text(of: merged),
            all.enumerated().map { index, citation in
                var citation = citation
                citation.number = index + 1
                return citation
            })
        // By first use, as a reader counts.
        var order: [Int: Int] = [:]
        let text = content.renumbered { citation in
            if let known = order[citation.number] { return known }
            order[citation.number] = order.count + 1
            return order.count
        }
        content.citations = content.citations.compactMap { citation in
            guard let number = order[citation.number] else { return nil }
            var citation = citation
            citation.number = number
            return citation
        }.sorted { $0.number < $1.number }
        content.text = text
        result = content
    }

    struct Line: Hashable {
        var text: String
        /// Blank lines above it.
        var gap: Int

        /// Where it stands apart or close is no change of what it says.
        static func == (one: Line, other: Line) -> Bool { one.text == other.text }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    static func lines(of text: String) -> [Line] {
        var lines: [Line] = []
        var gap = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                gap += 1
            } else {
                lines.append(Line(text: String(line), gap: gap))
                gap = 0
            }
        }
        return lines
    }

    static func text(of lines: [Line]) -> String {
        var text = ""
        for line in lines {
            if !text.isEmpty { text += String(repeating: "\n", count: 1 + line.gap) }
            text += line.text
        }
        return text
    }

    private static func merged(_ base: [Line], _ mine: [Line], _ theirs: [Line]) -> [Line] {
        let (toMine, toTheirs) = (Alignment(base, mine), Alignment(base, theirs))
        // What its owner took out, or replaced, does not come back.
        let gone = Set(base.indices.filter { toMine.place[$0] == nil }.map { base[$0].text }).subtracting(mine.map(\.text))
        // What its owner wrote, by the line of before that it stands behind; -1 for the beginning.
        var own: [Int: [Line]] = [:]
        var anchor = -1
        for (index, line) in mine.enumerated() {
            if let place = toMine.origin[index] { anchor = place } else { own[anchor, default: []].append(line) }
        }
        var merged = take(&own, before: 0)
        for (index, line) in theirs.enumerated() {
            if !gone.contains(line.text) { merged.append(line) }
            guard let place = toTheirs.origin[index] else { continue }
            // Up to the next line of before that is still there.
            let next = ((place + 1)..<max(place + 1, base.count)).first { toTheirs.place[$0] != nil } ?? base.count
            merged += take(&own, before: next)
        }
        // Nothing of before is there any more, or it ended with the owner's own.
        return merged + take(&own, before: .max)
    }

    private static func take(_ own: inout [Int: [Line]], before end: Int) -> [Line] {
        let anchors = own.keys.filter { $0 < end }.sorted()
        return anchors.flatMap { own.removeValue(forKey: $0) ?? [] }
    }

    /// Which lines of one text are still in another.
    private struct Alignment {
        /// Places in the other by those in the first.
        var place: [Int: Int] = [:]
        /// The other way round.
        var origin: [Int: Int] = [:]

        init(_ one: [Line], _ other: [Line]) {
            var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
            for change in other.difference(from: one) {
                switch change {
                case .remove(let offset, _, _): removed.insert(offset)
                case .insert(let offset, _, _): inserted.insert(offset)
                }
            }
            let kept = zip(one.indices.filter { !removed.contains($0) }, other.indices.filter { !inserted.contains($0) })
            for (a, b) in kept {
                place[a] = b
                origin[b] = a
            }
        }
    }
}
