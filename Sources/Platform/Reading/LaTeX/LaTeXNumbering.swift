/// Counts what LaTeX counts, and writes the numbers where LaTeX prints them: before titles of sections and captions, behind equations, at
/// theorems. Labels then stand for numbers.
struct LaTeXNumbering {
    /// What an environment is, and the label that it began with: labels hold within their environment.
    private struct Frame {
        var name: String
        var target: LaTeXTargets.Target?
        /// Of a list: how many items it has had, and how they count.
        var items = 0
        var style: LaTeXItems?
        /// Of `subequations`: the number that its equations share.
        var shared: String?
    }

    var input: LaTeXScanner
    private(set) var out: [UInt8] = []
    private(set) var targets = LaTeXTargets()
    var counters: LaTeXCounters
    private var frames: [Frame] = [Frame(name: "document")]
    private var target: LaTeXTargets.Target?
    private let setup: LaTeXSetup
    private var numbersChapters = true
    private var depth: Int
    private var subfigures = 0
    /// Of the equations that share a number.
    private var letters = 0

    static func numbered(_ bytes: [UInt8]) -> (bytes: [UInt8], targets: LaTeXTargets) {
        var numbering = LaTeXNumbering(bytes)
        numbering.run()
        return (numbering.out, numbering.targets)
    }

    private init(_ bytes: [UInt8]) {
        input = LaTeXScanner(bytes)
        setup = LaTeXSetup(bytes)
        depth = setup.depth
        counters = setup.counters
        targets.names = setup.names
    }

    private mutating func run() {
        if setup.bodyStart > 0 {
            out += input.bytes[..<setup.bodyStart]
            input.position = setup.bodyStart
        }
        while let piece = input.next() {
            guard case .command(let name, let range) = piece else {
                if let listing = LaTeXListing(input.bytes[piece.range]) { name(listing) }
                out += input.bytes[piece.range]
                continue
            }
            command(name, range)
        }
    }

    /// A listing's caption is one of its options, which nobody shows.
    private mutating func name(_ listing: LaTeXListing) {
        guard listing.caption != nil || listing.label != nil else { return }
        let number = counters.step("lstlisting")
        if let label = listing.label { targets[label] = .init(kind: "lstlisting", number: number) }
        put("\n\n\\textbf{\(targets.names["lstlisting"] ?? "") \(number):} \(listing.caption ?? "")\n\n")
    }

    private mutating func command(_ name: String, _ range: Range<Int>) {
        switch name {
        case "begin", "end":
            guard let group = input.group() else { return copy(range) }
            let environment = LaTeXScanner.text(input.bytes[group])
            if name == "begin" { begin(environment, range) } else { end(environment, range) }
        case "part", "chapter", "section", "subsection", "subsubsection": section(name, range)
        case "caption": caption(kind: floatKind, range)
        case "captionof":
            let kind = input.group().map { LaTeXScanner.text(input.bytes[$0]) }
            caption(kind: kind, range)
        case "subfloat", "subfigure", "subtable":
            subfigures += 1
            if let kind = floatKind { target = .init(kind: kind, number: counters.next(kind) + Self.letter(subfigures)) }
            copy(range)
        case "item": item(range)
        case "label":
            guard let group = input.group() else { return copy(range) }
            let key = LaTeXScanner.text(input.bytes[group]).trimmingSpaces()
            if let target { targets[key] = target }
        case "appendix":
            counters.beginAppendix()
            copy(range)
        case "frontmatter", "backmatter": numbersChapters = false
        case "mainmatter": numbersChapters = true
        case "setcounter", "addtocounter", "stepcounter", "refstepcounter": setCounter(name, range)
        default: copy(range)
        }
    }

    private mutating func copy(_ range: Range<Int>) {
        out += input.bytes[range.lowerBound..<max(range.upperBound, range.lowerBound)]
        input.position = max(range.upperBound, input.bytes.startIndex)
    }

    private mutating func put(_ text: String) { out += text.utf8 }

    // MARK: - Environments

    private mutating func begin(_ name: String, _ range: Range<Int>) {
        if let equation = LaTeXEquation(name, reading: &input) {
            number(equation)
            return
        }
        var frame = Frame(name: name, target: target)
        if let theorem = setup.theorems[name] {
            let note = input.optional().map { " (\(LaTeXScanner.text(input.bytes[$0])))" } ?? ""
            var title = theorem.title
            if let counter = theorem.counter {
                let number = counters.step(counter)
                target = .init(kind: name, number: number)
                title += " \(number)"
            }
            put("\n\n\\textbf{\(title)}\(note). ")
        } else {
            switch name {
            case "figure", "figure*", "table", "table*": subfigures = 0
            case "subfigure", "subtable":
                subfigures += 1
                if let kind = floatKind { target = .init(kind: kind, number: counters.next(kind) + Self.letter(subfigures)) }
            case "enumerate":
                let start = input.position
                frame.style = input.optional().flatMap { LaTeXItems.style(LaTeXScanner.text(input.bytes[$0])) }
                if let style = frame.style {
                    // pandoc reads the older form alone.
                    out += input.bytes[range]
                    put("{enumerate}[\(style.sample)]")
                    frames.append(frame)
                    return
                }
                input.position = start
            case "subequations":
                let number = counters.step("equation")
                frame.shared = number
                letters = 0
                target = .init(kind: "equation", number: number)
            default: break
            }
            out += input.bytes[range]
            put("{\(name)}")
        }
        frames.append(frame)
    }

    private mutating func end(_ name: String, _ range: Range<Int>) {
        if let at = frames.lastIndex(where: { $0.name == name }), at > 0 {
            target = frames[at].target
            frames.removeSubrange(at...)
        }
        if setup.theorems[name] != nil { return put("\n\n") }
        out += input.bytes[range]
        put("{\(name)}")
    }

    private static let figures: Set<String> = ["figure", "figure*", "wrapfigure", "sidewaysfigure", "SCfigure", "marginfigure"]
    private static let tables: Set<String> = ["table", "table*", "wraptable", "longtable", "sidewaystable", "margintable"]

    /// What a caption here is of.
    private var floatKind: String? {
        for frame in frames.reversed() {
            if Self.figures.contains(frame.name) { return "figure" }
            if Self.tables.contains(frame.name) { return "table" }
            if ["algorithm", "algorithm*", "algorithm2e"].contains(frame.name) { return "algorithm" }
        }
        return nil
    }

    // MARK: - Sections and captions

    private static let levels = ["part": -1, "chapter": 0, "section": 1, "subsection": 2, "subsubsection": 3]

    private mutating func section(_ name: String, _ range: Range<Int>) {
        let start = input.position
        input.star()
        let isStarred = input.position > start
        _ = input.optional()
        let before = input.position
        guard let title = input.group() else { return copy(range) }
        out += input.bytes[range]
        // What is in brackets is for the contents alone.
        if isStarred { put("*") }
        let isNumbered = !isStarred && Self.levels[name] ?? 9 <= depth && (numbersChapters || Self.levels[name] ?? 0 > 0)
        if isNumbered, setup.numbersSections {
            let number = counters.step(name)
            target = .init(kind: name, number: number, title: LaTeXScanner.text(input.bytes[title]))
            put("{\(number) ")
        } else {
            put("{")
        }
        // The title itself may hold a label or more.
        input.position = before + 1
    }

    private mutating func caption(kind: String?, _ range: Range<Int>) {
        let start = input.position
        input.star()
        guard input.position == start, let kind, let name = targets.names[kind] else { return copy(start..<start, after: range) }
        _ = input.optional()
        guard input.isAtGroup else { return copy(start..<start, after: range) }
        let isPart = frames.last.map { $0.name == "subfigure" || $0.name == "subtable" } ?? false
        // pandoc shows none of an algorithm.
        put(kind == "algorithm" ? "\n\n\\textbf{" : "\\caption{")
        if isPart {
            put("(\(Self.letter(subfigures))) ")
        } else {
            let number = counters.step(kind)
            target = .init(kind: kind, number: number)
            put("\(name) \(number): ")
        }
        input.position += 1
    }

    /// Leaves a command as it is, with what follows it.
    private mutating func copy(_ rest: Range<Int>, after range: Range<Int>) {
        out += input.bytes[range.lowerBound..<rest.lowerBound]
        input.position = rest.lowerBound
    }

    private static func letter(_ number: Int) -> String { ListMarker.digits(number, style: .lowerLetter) }

    private mutating func setCounter(_ name: String, _ range: Range<Int>) {
        guard let group = input.group() else { return copy(range) }
        let counter = LaTeXScanner.text(input.bytes[group])
        let value =
            name.hasSuffix("stepcounter") ? 1 : input.group().flatMap { Int(LaTeXScanner.text(input.bytes[$0]).trimmingSpaces()) }
        guard let value else { return copy(range) }
        if counter.hasPrefix("enum"), let last = frames.indices.last {
            frames[last].items = value + (name == "setcounter" ? 0 : frames[last].items)
            return copy(range)
        }
        if counter == "secnumdepth" { depth = value }
        if name == "setcounter" { counters.set(counter, to: value) } else { counters.add(value, to: counter) }
    }

    // MARK: - Items

    private mutating func item(_ range: Range<Int>) {
        out += input.bytes[range]
        guard let last = frames.indices.last, frames[last].name == "enumerate", input.optional() == nil else {
            input.position = range.upperBound
            return
        }
        frames[last].items += 1
        let above = frames.dropLast().filter { $0.name == "enumerate" }
        let defaults: [ListMarker.Style] = [.decimal, .lowerLetter, .lowerRoman, .upperLetter]
        func text(_ frame: Frame, _ depth: Int) -> String {
            if let style = frame.style { return style.text(frame.items) }
            return ListMarker.digits(frame.items, style: defaults[min(depth, 3)])
        }
        // The third counts after the second in brackets: 1(a)i.
        let outer = above.enumerated().map { $0 == 1 ? "(\(text($1, $0)))" : text($1, $0) }.joined()
        target = .init(kind: "item", number: outer + text(frames[last], above.count))
    }

    // MARK: - Equations

    private mutating func number(_ equation: LaTeXEquation) {
        put("\\begin{\(equation.name)}\(equation.argument)")
        for (index, row) in equation.rows.enumerated() {
            if index > 0 { put("\\\\") }
            out += row.text
            let number = row.tag ?? (row.isNumbered ? nextEquation() : nil)
            guard let number else { continue }
            put(" \\qquad (\(number)) ")
            for key in row.labels { targets[key] = .init(kind: "equation", number: number) }
        }
        put("\\end{\(equation.name)}")
    }

    private mutating func nextEquation() -> String {
        guard let shared = frames.last(where: { $0.shared != nil })?.shared else { return counters.step("equation") }
        letters += 1
        return shared + Self.letter(letters)
    }
}
