/// What an answer is made of: a paragraph with the code, list or table that it announces.
struct Unit: Sendable {
    /// Index of its first block.
    var first: Int
    var blocks: [Block]
    /// It is the first of its section.
    var isOpening: Bool
    /// Stems of its text, in order.
    let stems: [String]
    let stemSet: Set<String>
    /// Stems of its headings and of its document's title.
    let headingStems: Set<String>
    /// Of the last heading alone.
    let lastHeading: [String]
    /// No heading but its document's title stands above it.
    let isUnderTitle: Bool
    var document: String
    /// The best score that the search gave to a passage of its section.
    var search = 0.0
    /// No passage that the search found holds it.
    var isBeside = false
    var vector: [Float] = []
    var cosine = 0.0
    /// How well place, meaning, words and form answer the question: see `UnitScorer`.
    var score = 0.0

    var section: Int { blocks[0].section }
    var path: [String] { blocks[0].path }
    var words: Int { blocks.reduce(0) { $0 + $1.words } }
    var text: String { blocks.map(\.text).joined(separator: "\n") }
    var lower: String { text.lowercased() }

    func has(_ kind: Block.Kind) -> Bool { blocks.contains { $0.kind == kind } }

    init(first: Int, blocks: [Block], isOpening: Bool, document: String, title: String) {
        self.first = first
        self.blocks = blocks
        self.isOpening = isOpening
        self.document = document
        stems = blocks.flatMap { Words.stems(of: $0.text) }
        stemSet = Set(stems)
        let path = blocks[0].path
        // A name in a line of its own heads what is below it.
        let label = blocks.count > 1 && blocks[0].kind == .label ? blocks[0].text : nil
        headingStems = RomanNumeral.stems(of: path).union(Words.stems(of: title))
        isUnderTitle = label == nil && (path.isEmpty || path == [title])
        lastHeading = Words.contentStems(of: label ?? path.last ?? title)
    }
}

/// Puts blocks together to units.
enum UnitMaker {
    private static let most = 160

    static func units(of blocks: [Block], sources: [SourcePassage]) -> [Unit] {
        var units: [Unit] = []
        var at = 0
        while at < blocks.count {
            let start = at
            var own = [blocks[at]]
            var words = blocks[at].words
            at += 1
            let leads = own[0].kind == .note && at < blocks.count && blocks[at].kind == .code
            if own[0].kind == .paragraph || own[0].kind == .label || leads {
                // A label names what follows it; a paragraph takes the code, lists and tables below it.
                if own[0].kind == .label, at < blocks.count, blocks[at].section == own[0].section, blocks[at].kind == .paragraph {
                    own.append(blocks[at])
                    words += blocks[at].words
                    at += 1
                }
                while at < blocks.count, blocks[at].section == own[0].section, follows(own.last, blocks[at]),
                    !heads(blocks, at),
                    words + blocks[at].words <= most || own.count == 1 && own[0].text.hasSuffix(":")
                {
                    words += blocks[at].words
                    own.append(blocks[at])
                    at += 1
                }
            }
            if [.note, .paragraph, .label].contains(own[0].kind), let end = formulaEnd(blocks, from: at, own[0].section) {
                own += blocks[at..<end]
                at = end
            }
            let isBareLabel = own.count == 1 && own[0].kind == .label
            let source = sources[own[0].source]
            if isBareLabel || isFurniture(own[0].text) || isContents(own) { continue }
            units.append(
                Unit(
                    first: start, blocks: own, isOpening: start == 0 || blocks[start - 1].section != own[0].section,
                    document: source.document, title: source.title))
            // The entries of a long list each say something of their own.
            for (index, list) in own.enumerated()
            where list.kind == .list && list.words >= 20 * list.parts.count && list.parts.count > 1 {
                for item in list.parts {
                    var block = list
                    (block.text, block.parts) = (item, [item])
                    units.append(
                        Unit(
                            first: start + index, blocks: [block], isOpening: false, document: source.document, title: source.title)
                    )
                }
            }
        }
        return units
    }

    /// A formula that is set below a text belongs to it, with what stands between from a fraction that was cut.
    private static func formulaEnd(_ blocks: [Block], from start: Int, _ section: Int) -> Int? {
        func isHere(_ index: Int) -> Bool { blocks.indices.contains(index) && blocks[index].section == section }
        var at = start
        if isHere(at), blocks[at].text.count <= 3, !Formula.stands(in: blocks[at].text) { at += 1 }
        guard isHere(at), Formula.stands(in: blocks[at].text) else { return nil }
        while isHere(at + 1), Formula.stands(in: blocks[at + 1].text) { at += 1 }
        return at + 1
    }

    /// Whether a label names the paragraph below it.
    private static func heads(_ blocks: [Block], _ index: Int) -> Bool {
        blocks[index].kind == .label && blocks.indices.contains(index + 1) && blocks[index + 1].kind == .paragraph
            && blocks[index + 1].section == blocks[index].section
    }

    /// Code, lists and tables belong to the paragraph above them; what a colon announces does in any form.
    private static func follows(_ before: Block?, _ next: Block) -> Bool {
        if [.code, .list, .table].contains(next.kind) { return true }
        // “… is then”, the code, and “which gives …” are one sentence.
        if before?.kind == .code || before?.kind == .table, next.kind == .paragraph || next.kind == .label,
            next.text.first?.isLowercase == true
        {
            return true
        }
        return before?.text.hasSuffix(":") == true && [.paragraph, .note, .label].contains(next.kind)
    }

    static func isFurniture(_ text: String) -> Bool {
        let lower = text.lowercased()
        if ["prev", "next", "home", "up"].contains(lower) || lower.hasPrefix("prev ") && lower.contains(" next") { return true }
        if lower.hasPrefix("next:") || lower.hasPrefix("previous:") || lower.hasPrefix("up:") || lower.contains("[contents][index]")
            || lower.contains("[ up ]") || lower.contains("[contents]") && lower.contains("[index]")
        {
            return true
        }
        if isCaption(text) || isReference(lower) || isCrossReference(lower) || isMenu(text) { return true }
        return lower.contains("all rights reserved") || lower.hasPrefix("copyright ©") || lower.hasPrefix("©")
            || lower.contains("this page intentionally")
    }

    /// “Figure 3. The cell” and “Table 2: …” say what a picture shows; “Figure 3 shows that …” is a sentence.
    static func isCaption(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 2)
        let kinds: Set<String> = [
            "figure", "fig.", "fig", "table", "chart", "listing", "plate", "exhibit", "abbildung", "abb.", "tabelle",
        ]
        guard words.count >= 2, kinds.contains(words[0].lowercased()), words[1].first?.isNumber == true else { return false }
        return words[1].last.map { ".:–".contains($0) } == true
    }

    /// “See also”, “Section 1.79 [da capo], page 20, Section 1.81 [dal segno], page 21”.
    private static func isCrossReference(_ lower: String) -> Bool {
        if ["see also", "see also:", "no cross-references.", "siehe auch", "voir aussi", "véase también"].contains(lower) {
            return true
        }
        let words = lower.split { !$0.isLetter }
        let pages = words.count { $0 == "page" || $0 == "section" || $0 == "chapter" || $0 == "seite" }
        return pages >= 2 && pages * 4 >= words.count
    }

    /// “[ << Music engraving ] | [Top][Contents][Index] | [ Literature list >> ]” leads through a manual.
    private static func isMenu(_ text: String) -> Bool {
        let cells = text.split { $0 == "|" || $0.isNewline }.map { $0.trimmed }.filter { !$0.isEmpty }
        return cells.count >= 3 && cells.allSatisfy { $0.hasPrefix("[") && $0.hasSuffix("]") && $0.contains(where: \.isLetter) }
    }

    /// “1.6 Engraved examples (BWV 861)”, as a list of contents has it.
    /// - Parameter isListed: among others like it, where “3. Tables” is one too.
    static func isTitle(_ entry: String, isListed: Bool = false) -> Bool {
        // “109 6.2 Value of g”: with the page in front.
        let page = entry.prefix { $0.isNumber }
        let entry =
            !page.isEmpty && entry.dropFirst(page.count).first == " " && entry.dropFirst(page.count + 1).first?.isNumber == true
            ? entry.dropFirst(page.count + 1).trimmed : entry.trimmed
        guard entry.count <= 80, let number = entry.split(separator: " ").first, number.allSatisfy({ $0.isNumber || $0 == "." }),
            number.split(separator: ".").count >= 2 || isListed && number.last == "." && number.count > 1,
            entry.last.map({ ".!?;:,".contains($0) }) == false
        else { return false }
        return entry.dropFirst(number.count).first(where: { !$0.isWhitespace })?.isUppercase == true
    }

    /// An entry of a list of references.
    private static func isReference(_ lower: String) -> Bool {
        let signs = [
            " pp. ", "et al.", " vol. ", "proceedings", "journal of", " eds.", "university press", "doi:", "isbn", "arxiv:",
        ]
        return lower.count < 400 && (lower.hasPrefix("[") ? 1 : 2) <= signs.count { lower.contains($0) }
    }

    /// A table of contents answers nothing.
    private static func isContents(_ blocks: [Block]) -> Bool {
        let text = blocks.map(\.text).joined(separator: "\n")
        // “3.3. Persistence of WAL mode”, one below the other.
        for list in blocks where list.kind == .list && list.parts.count >= 4 {
            let entries = list.parts.count { isTitle($0, isListed: true) }
            let isAnnounced = blocks[0].kind == .paragraph && blocks[0].words >= 5 && blocks[0].text.hasSuffix(":")
            if entries * 5 >= list.parts.count * 4, blocks.count == 1 || blocks[0].words <= 12 && !isAnnounced { return true }
        }
        return text.contains("....") && text.split(separator: "\n").count { $0.contains("....") } >= 2 || text.contains(". . . .")
    }
}
