import Passages

/// Cuts a document into chunks: about 400 tokens, never more than 512; at paragraphs' ends where it can, else at sentences'; each
/// begins with up to 50 tokens of the one before, unless a heading stands between.
struct Chunker {
    /// Counts are those of the embedder's tokenizer.
    struct Sizes {
        var target = 400
        var most = 512
        var overlap = 50
        /// From here on a heading, or a page's end, closes the chunk.
        var sectionLeast = 120
        var pageLeast = 280
        /// From here on a paragraph's end is preferred to a fuller chunk.
        var paragraphLeast = 240
    }

    var sizes = Sizes()
    let countTokens: (String) -> Int

    func chunks(of pages: [ExtractedPage]) -> [Chunk] {
        var state = Packing(sizes: sizes, pages: pages.map { Array($0.text.unicodeScalars) }, numbers: pages.map(\.number))
        var path = HeadingPath()
        for (index, page) in pages.enumerated() {
            var headings = page.headings[...]
            let scalars = state.scalars[index]
            var paragraphs = Sentences.paragraphs(of: scalars)[...]
            while let paragraph = paragraphs.popFirst() {
                var isHeading = false
                while let heading = headings.first, heading.offset < paragraph.upperBound {
                    headings.removeFirst()
                    path.open(heading)
                    let title = String(String.UnicodeScalarView(scalars[paragraph])).singleLine
                    if heading.offset == paragraph.lowerBound, title == heading.title { isHeading = true }
                    if !isHeading { state.startSection() }
                }
                let section = path.breadcrumb
                let pieces = isHeading ? [paragraph] : Sentences.sentences(in: scalars, paragraph)
                for (number, piece) in pieces.enumerated() {
                    for (part, range) in fitting(piece, in: scalars).enumerated() {
                        state.add(
                            Atom(
                                page: index, range: range.range, tokens: range.tokens, section: section, isHeading: isHeading,
                                startsParagraph: number == 0 && part == 0))
                    }
                }
            }
            for heading in headings { path.open(heading) }
        }
        return state.finish(countTokens: countTokens)
    }

    /// A sentence that is longer than a chunk may be is cut between words; a word that is, within.
    private func fitting(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> [(range: Range<Int>, tokens: Int)] {
        let tokens = countTokens(String(String.UnicodeScalarView(scalars[range])))
        guard tokens > sizes.target else { return [(range, tokens)] }
        guard range.count > 1 else { return [(range, sizes.target)] }
        let middle = range.lowerBound + range.count / 2
        let cut = (middle..<range.upperBound).first { scalars[$0].properties.isWhitespace } ?? middle
        guard cut > range.lowerBound, cut < range.upperBound else { return [(range, min(tokens, sizes.target))] }
        return fitting(range.lowerBound..<cut, in: scalars) + fitting(cut..<range.upperBound, in: scalars)
    }
}

/// A sentence on its way into a chunk.
private struct Atom {
    var page: Int
    var range: Range<Int>
    var tokens: Int
    var section: String?
    var isHeading: Bool
    var startsParagraph: Bool
}

/// The chunk in hand and those that are done.
private struct Packing {
    let sizes: Chunker.Sizes
    let scalars: [[Unicode.Scalar]]
    let numbers: [Int]
    private var open: [Atom] = []
    private var tokens = 0
    /// How many atoms of `open` are the end of the chunk before.
    private var repeated = 0
    private var done: [(atoms: [Atom], repeated: Int)] = []
    private var isAtSection = false

    init(sizes: Chunker.Sizes, pages: [[Unicode.Scalar]], numbers: [Int]) {
        self.sizes = sizes
        scalars = pages
        self.numbers = numbers
    }

    mutating func startSection() { isAtSection = true }

    mutating func add(_ atom: Atom) {
        let isFresh = open.count == repeated
        if atom.isHeading || isAtSection {
            // Headings that follow one another stay together, above the text that they head.
            if !isFresh, tokens >= sizes.sectionLeast, open.last?.isHeading == false { close(overlapping: false) }
        } else if !isFresh, atom.startsParagraph, let last = open.last, last.page != atom.page, tokens >= sizes.pageLeast {
            close(overlapping: true)
        }
        isAtSection = false
        if open.count > repeated, tokens + atom.tokens > sizes.target {
            cut()
            // What was carried over may still be too much beside a long sentence.
            if !open.isEmpty, tokens + atom.tokens > sizes.most {
                if open.count > repeated { close(overlapping: false) } else { open = []; repeated = 0; tokens = 0 }
            }
        }
        open.append(atom)
        tokens += atom.tokens
    }

    mutating func finish(countTokens: (String) -> Int) -> [Chunk] {
        close(overlapping: false)
        return done.enumerated().map { ordinal, part in
            let (text, spans, sections) = render(part.atoms)
            let own = part.atoms.dropFirst(part.repeated)
            let section = own.first { !$0.isHeading }?.section ?? own.first?.section
            return Chunk(
                ordinal: ordinal, text: text, section: section, sections: sections, spans: spans, tokenCount: countTokens(text))
        }
    }

    /// Closes at the last paragraph's end that leaves enough, carrying what comes after it over; or at the sentence.
    private mutating func cut() {
        var sum = 0
        var best: Int?
        for (index, atom) in open.enumerated() {
            if index > repeated, atom.startsParagraph, sum >= sizes.paragraphLeast, !open[index - 1].isHeading { best = index }
            sum += atom.tokens
        }
        // A heading never ends a chunk.
        var end = best ?? open.count
        while end > repeated + 1, open[end - 1].isHeading { end -= 1 }
        if end == repeated + 1, open[end - 1].isHeading { end = open.count }
        let carried = Array(open[end...])
        open.removeSubrange(end...)
        close(overlapping: carried.first?.isHeading != true)
        for atom in carried {
            open.append(atom)
            tokens += atom.tokens
        }
    }

    private mutating func close(overlapping: Bool) {
        guard open.count > repeated else { return }
        done.append((open, repeated))
        var tail: [Atom] = []
        var sum = 0
        if overlapping {
            for atom in open.dropFirst(repeated).reversed() {
                guard !atom.isHeading, sum + atom.tokens <= sizes.overlap else { break }
                tail.insert(atom, at: 0)
                sum += atom.tokens
            }
            if tail.isEmpty, let last = open.last, !last.isHeading, let words = lastWords(of: last) {
                tail = [words]
                sum = words.tokens
            }
            // All of it again would make no progress.
            if tail.count == open.count { (tail, sum) = ([], 0) }
        }
        open = tail
        repeated = tail.count
        tokens = sum
    }

    /// The end of a long sentence, by its share of the tokens.
    private func lastWords(of atom: Atom) -> Atom? {
        guard atom.tokens > 0, atom.range.count > 20 else { return nil }
        let length = atom.range.count * (sizes.overlap - 5) / atom.tokens
        let text = scalars[atom.page]
        var start = max(atom.range.lowerBound + 1, atom.range.upperBound - length)
        while start < atom.range.upperBound, !text[start - 1].properties.isWhitespace { start += 1 }
        guard start < atom.range.upperBound else { return nil }
        return Atom(
            page: atom.page, range: start..<atom.range.upperBound, tokens: sizes.overlap, section: atom.section, isHeading: false,
            startsParagraph: false)
    }

    /// The text from the first atom to the last: verbatim within a page; pages are joined by an empty line, or by a space where a
    /// sentence runs over the border.
    private func render(_ atoms: [Atom]) -> (String, [Chunk.Span], [SectionStart]) {
        var out = String.UnicodeScalarView()
        var length = 0
        var spans: [Chunk.Span] = []
        var sections: [SectionStart] = []
        var index = 0
        while index < atoms.count {
            let page = atoms[index].page
            var last = index
            while last + 1 < atoms.count, atoms[last + 1].page == page { last += 1 }
            var range = atoms[index].range.lowerBound..<atoms[last].range.upperBound
            while range.count > 1, scalars[page][range.upperBound - 1].properties.isWhitespace { range = range.dropLast() }
            while range.count > 1, scalars[page][range.lowerBound].properties.isWhitespace { range = range.dropFirst() }
            if length > 0 {
                let runsOn =
                    scalars[page][range.lowerBound].properties.isLowercase
                    && out.last.map { !".!?:".unicodeScalars.contains($0) } == true
                let glue = runsOn ? " " : "\n\n"
                out.append(contentsOf: glue.unicodeScalars)
                length += glue.unicodeScalars.count
            }
            spans.append(.init(page: numbers[page], start: range.lowerBound, end: range.upperBound, at: length))
            for atom in atoms[index...last] where sections.last.map({ $0.section != atom.section }) ?? true {
                sections.append(.init(offset: length + max(0, atom.range.lowerBound - range.lowerBound), section: atom.section))
            }
            out.append(contentsOf: scalars[page][range])
            length += range.count
            index = last + 1
        }
        return (String(out), spans, sections)
    }
}
