/// What the preamble of a LaTeX document says of its numbers.
struct LaTeXSetup {
    struct Theorem {
        var title: String
        /// nil for one without numbers.
        var counter: String?
    }

    /// Where the text begins; 0 where there is no preamble.
    private(set) var bodyStart = 0
    private(set) var counters: LaTeXCounters
    private(set) var theorems: [String: Theorem] = [:]
    private(set) var names = LaTeXNames(options: [])
    /// The deepest level of sections with numbers: 0 chapters, 1 sections.
    private(set) var depth: Int
    /// Slides have sections without.
    private(set) var numbersSections = true

    private static let books: Set<String> = ["book", "report", "memoir", "scrbook", "scrreprt", "amsbook", "svmono", "ctexbook"]

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let mark = Array("\\begin{document}".utf8)
        if let at = text.utf8.firstRange(of: mark) { bodyStart = text.utf8.distance(from: text.utf8.startIndex, to: at.upperBound) }
        let preamble = bodyStart > 0 ? Array(bytes[..<bodyStart]) : []
        var options: [String] = []
        var documentClass = ""
        var input = LaTeXScanner(preamble)
        while let piece = input.next() {
            guard case .command(let name, _) = piece else { continue }
            if name == "documentclass" || name == "usepackage" {
                let given = input.optional().map { LaTeXScanner.text(preamble[$0]) } ?? ""
                let used = input.group().map { LaTeXScanner.text(preamble[$0]) } ?? ""
                if name == "documentclass" { documentClass = used }
                if name == "documentclass" || used == "babel" {
                    options += given.split(separator: ",").map { $0.replacing("main=", with: "").trimmingSpaces() }
                }
            } else if name == "setdefaultlanguage" || name == "setmainlanguage" {
                _ = input.optional()
                options.append(input.group().map { LaTeXScanner.text(preamble[$0]) } ?? "")
            }
        }
        names = LaTeXNames(options: options)
        let hasChapters = Self.books.contains(documentClass) || text.contains("\\chapter{")
        counters = LaTeXCounters(hasChapters: hasChapters)
        depth = hasChapters ? 2 : 3
        numbersSections = documentClass != "beamer"
        readDefinitions(preamble)
    }

    private mutating func readDefinitions(_ bytes: [UInt8]) {
        var input = LaTeXScanner(bytes)
        func text(_ range: Range<Int>?) -> String? { range.map { LaTeXScanner.text(bytes[$0]).trimmingSpaces() } }
        while let piece = input.next() {
            guard case .command(let name, _) = piece else { continue }
            switch name {
            case "newtheorem":
                let start = input.position
                input.star()
                let isStarred = input.position > start
                guard let environment = text(input.group()) else { continue }
                let shared = text(input.optional())
                guard let title = text(input.group()) else { continue }
                let within = text(input.optional())
                let counter = shared.flatMap { theorems[$0]?.counter ?? $0 } ?? environment
                if let within { counters.count(environment, within: within) }
                theorems[environment] = Theorem(title: title, counter: isStarred ? nil : counter)
                names[environment] = title
            case "numberwithin", "counterwithin":
                input.star()
                if let child = text(input.group()), let parent = text(input.group()) { counters.count(child, within: parent) }
            case "setcounter":
                guard let counter = text(input.group()), let value = text(input.group()).flatMap({ Int($0) }) else { continue }
                if counter == "secnumdepth" { depth = value } else { counters.set(counter, to: value) }
            default: break
            }
        }
    }
}
