/// Cuts the sources into blocks with their kinds and headings.
struct BlockReader {
    private(set) var blocks: [Block] = []
    private var section = -1

    static func blocks(of sources: [SourcePassage]) -> [Block] {
        var reader = BlockReader()
        for run in SourceRun.runs(of: sources) { reader.read(run, sources) }
        reader.findNotes()
        return reader.blocks
    }

    private mutating func read(_ run: SourceRun, _ sources: [SourcePassage]) {
        var sections = run.sections[...]
        var path: [String] = []
        var underlined = UnderlinedHeadings()
        var plain = PlainHeadings()
        section += 1
        let paragraphs = Self.paragraphs(of: run.scalars)
        func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(run.scalars[range])) }
        let isSpoken = run.scalars.contains("[") && TimeMark.stand(in: paragraphs.map(text))
        for range in paragraphs {
            while let next = sections.first, next.offset < range.upperBound {
                // “Note” and “Example” head a part of what is above them.
                let inner = next.path.last.map(Self.isAside) == true
                let known = (inner ? Array(next.path.dropLast()) : next.path).filter { !PlainHeadings.isNoise($0) }
                sections.removeFirst()
                if !inner, known != path || known.count == next.path.count { section += 1 }
                path = known
            }
            var lines = text(range).split(separator: "\n").map(String.init)
            if isSpoken { lines = lines.map { TimeMark.text(of: $0) ?? $0 } }
            let source = run.source(of: range)
            // A heading is known by its text, and by where it stands.
            let single = lines.joined(separator: " ").trimmed
            if path.contains(where: { $0.prefix(120) == single.prefix(120) }) || single == sources[source].title { continue }
            if let heading = underlined.read(single, below: path) {
                if heading { section += 1 }
                continue
            }
            if lines.count == 1, plain.read(single, below: path + underlined.path) {
                section += 1
                continue
            }
            add(lines, path + underlined.path + plain.path, source, within: run.scalars)
        }
    }

    /// Lines without a stop that stand beside their like are notes, each of which says something of its own.
    private mutating func findNotes() {
        func isOpen(_ index: Int) -> Bool {
            guard blocks.indices.contains(index), [.label, .paragraph, .note].contains(blocks[index].kind),
                blocks[index].parts.count == 1
            else { return false }
            return blocks[index].words <= 20 && !(blocks[index].text.last.map { ".!?…:;,。！？।؟”\"".contains($0) } ?? true)
        }
        let notes = blocks.indices.filter { index in
            isOpen(index)
                && [index - 1, index + 1].contains { isOpen($0) && blocks[$0].section == blocks[index].section }
        }
        for index in notes {
            let next = index + 1
            let heads =
                blocks[index].kind == .label && blocks.indices.contains(next) && blocks[next].section == blocks[index].section
                && blocks[next].kind == .paragraph && !isOpen(next)
            if !heads { blocks[index].kind = .note }
        }
        // The only entry of a list, above what it means.
        for (index, next) in zip(blocks.indices, blocks.indices.dropFirst())
        where blocks[index].kind == .list && blocks[index].parts.count == 1 && blocks[index].words <= 8
            && blocks[next].section == blocks[index].section && blocks[next].kind == .paragraph
            && !ListMarker.isNumbered(blocks[index].text)
        {
            guard let name = ListMarker.text(of: blocks[index].text), name.last.map({ !".!?:;,".contains($0) }) ?? false else {
                continue
            }
            (blocks[index].kind, blocks[index].text, blocks[index].parts) = (.label, String(name), [String(name)])
        }
    }

    /// The stretches between empty lines.
    private static func paragraphs(of scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (start, lineStart, at) = (0, 0, 0)
        var isBlank = true
        func close(_ end: Int) {
            if end > start, !scalars[start..<end].allSatisfy(\.properties.isWhitespace) { ranges.append(start..<end) }
        }
        while at < scalars.count {
            if scalars[at] == "\n" {
                if isBlank {
                    close(lineStart)
                    start = at + 1
                }
                lineStart = at + 1
                isBlank = true
            } else if !scalars[at].properties.isWhitespace {
                isBlank = false
            }
            at += 1
        }
        close(scalars.count)
        return ranges
    }

    private mutating func add(_ lines: [String], _ path: [String], _ source: Int, within all: [Unicode.Scalar]) {
        let lines = lines.filter { !$0.allSatisfy(\.isWhitespace) }
        guard !lines.isEmpty else { return }
        let section = section
        func block(_ kind: Block.Kind, _ text: String, _ parts: [String]) -> Block {
            Block(kind: kind, text: text, parts: parts, path: path, source: source, section: section)
        }
        if lines.count >= 2, lines.count(where: { $0.contains(" | ") }) * 2 > lines.count {
            let rows = lines.map(\.trimmed)
            return blocks.append(block(.table, rows.joined(separator: "\n"), rows))
        }
        if let rows = PlainTable.rows(of: lines), !CodeForm.isCode(lines) {
            return blocks.append(block(.table, rows.joined(separator: "\n"), rows))
        }
        if let first = lines.firstIndex(where: { ListMarker.text(of: $0) != nil }), !CodeForm.isCode(lines) {
            if first > 0 { addText(Array(lines[..<first]), block, within: all) }
            var items: [String] = []
            for line in lines[first...] {
                if ListMarker.text(of: line) != nil || items.isEmpty {
                    items.append(line.trimmed)
                } else {
                    items[items.count - 1] += " " + line.trimmed
                }
            }
            return addList(block(.list, items.joined(separator: "\n"), items))
        }
        // A further paragraph of an entry stands in under it.
        if let last = blocks.last, last.kind == .list, last.section == section, lines[0].hasPrefix("   "), !CodeForm.isCode(lines) {
            let text = lines.map(\.trimmed).joined(separator: " ")
            blocks[blocks.count - 1].parts[last.parts.count - 1] += " " + text
            blocks[blocks.count - 1].text += " " + text
            return
        }
        if let name = Self.hangingName(lines) {
            blocks.append(block(.label, name, [name]))
            return addText(lines.dropFirst().map(\.trimmed), block, within: all)
        }
        if CodeForm.isCode(lines) {
            let text = lines.joined(separator: "\n")
            if let last = blocks.last, last.kind == .code, last.section == section {
                blocks[blocks.count - 1].text += "\n\n" + text
                blocks[blocks.count - 1].parts += lines
                return
            }
            return blocks.append(block(.code, text, lines))
        }
        addText(lines, block, within: all)
    }

    /// A name in a line of its own, with what it is set in below it.
    private static func hangingName(_ lines: [String]) -> String? {
        guard lines.count >= 2, let first = lines.first, let last = first.last, !".!?:;,".contains(last) || first.trimmed.count <= 2
        else { return nil }
        func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
        guard lines.dropFirst().allSatisfy({ indent($0) > indent(first) }), TextLength.words(in: first) <= 6 else { return nil }
        let text = lines.dropFirst().joined(separator: " ")
        return TextLength.words(in: text) >= 3 && !CodeForm.isCode(Array(lines.dropFirst())) ? first.trimmed : nil
    }

    private mutating func addList(_ list: Block) {
        if let last = blocks.last, last.kind == .list, last.section == list.section {
            blocks[blocks.count - 1].text += "\n" + list.text
            blocks[blocks.count - 1].parts += list.parts
        } else {
            blocks.append(list)
        }
    }

    private mutating func addText(_ lines: [String], _ block: (Block.Kind, String, [String]) -> Block, within all: [Unicode.Scalar])
    {
        if Self.areNotes(lines) {
            for line in lines { blocks.append(block(.note, line.trimmed, [line.trimmed])) }
            return
        }
        let text = LineJoiner.joined(Array(lines.joined(separator: "\n").unicodeScalars)[...], within: all)
        let sentences = SentenceSplitter.sentences(in: text).map(\.text)
        let count = TextLength.words(in: text)
        let hasEnd = text.last.map { ".!?…:;。！？।؟”\"".contains($0) } ?? false
        let isSign = text.count <= 3 && !text.contains(where: \.isLetter)
        let hasNumber = text.split(separator: " ").contains { $0.allSatisfy { $0.isNumber || $0.isPunctuation || $0.isSymbol } }
        // “Function: void f (int n)”, “Constant: SHA384_DIGEST_SIZE”
        let isEntry = text.split(separator: " ").first?.hasSuffix(":") == true && count <= 24
        let isLabel = isSign || !hasEnd && (count <= 6 || isEntry) && lines.count == 1 && (!hasNumber || isEntry)
        blocks.append(block(isLabel ? .label : .paragraph, text, sentences.isEmpty ? [text] : sentences))
    }

    /// Lines that are set apart and end without a stop, not the lines of one paragraph: each begins anew.
    private static func areNotes(_ lines: [String]) -> Bool {
        guard lines.count >= 2 else { return false }
        let ends = lines.dropLast().map { $0.trimmed.last }
        let open = ends.count { end in end.map { !".!?…,:;-–。！？、，".contains($0) } ?? false }
        let anew = lines.dropFirst().count { line in
            let first = line.trimmed.first
            return first.map { !$0.isLowercase } ?? false
        }
        let longest = lines.map(\.count).max() ?? 0
        // The lines of one paragraph are about as long as its widest, but for the last, and may end in any word.
        let full = lines.dropLast().count { $0.count * 5 >= longest * 4 }
        let torn = lines.dropLast().contains { line in
            Words.stopWords.contains(line.split(separator: " ").last.map { $0.lowercased().filter(\.isLetter) } ?? "")
        }
        guard open * 2 >= lines.count - 1, anew == lines.count - 1, !torn else { return false }
        return lines.dropLast().allSatisfy { $0.count < 55 } || lines.count >= 5 && longest < 100 && full * 4 < lines.count * 3
    }

    private static func isAside(_ heading: String) -> Bool {
        ["note", "tip", "example", "warning", "caution", "important", "hint", "remark"].contains(heading.lowercased())
    }
}

/// `• `, `- `, `3. `, `(b) ` before an entry of a list.
enum ListMarker {
    /// What stands behind the marker; nil where there is none.
    static func text(of line: String) -> Substring? {
        let text = line.drop(while: \.isWhitespace)
        guard let first = text.first else { return nil }
        if "•▪●◦‣–—-*·".contains(first) {
            let rest = text.dropFirst()
            return rest.first?.isWhitespace == true ? rest.drop(while: \.isWhitespace) : nil
        }
        guard isNumbered(line) else { return nil }
        return text.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
    }

    static func isNumbered(_ line: String) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        let mark = text.prefix { !$0.isWhitespace }
        guard mark.count < text.count, let end = mark.last, end == "." || end == ")" else { return false }
        let inner = mark.dropLast().drop { $0 == "(" }
        let isNumber = (1...3).contains(inner.count) && inner.allSatisfy { $0.isASCII && $0.isNumber }
        let isLetter = inner.count == 1 && inner.first?.isLetter == true && end == ")"
        return isNumber && !(mark.hasPrefix("(") && end == ".") || isLetter
    }
}

extension StringProtocol {
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)])
    }
}
