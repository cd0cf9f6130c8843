/// LaTeX as pandoc can read it: numbers where LaTeX prints them, references and citations as words, each work of the bibliography a paragraph, and the code that R and noweb keep between
/// `<<…>>=` and `@` as code.
struct LaTeXSource {
    private var input: LaTeXScanner
    private let labels: LaTeXLabels
    private let targets: LaTeXTargets
    private var out: [UInt8] = []

    static func prepared(_ text: String) -> String {
        let written = LaTeXShorthands.expanded(Array(NowebChunks.marked(text.normalisedLineEnds).utf8))
        let (bytes, targets) = LaTeXNumbering.numbered(written)
        var source = LaTeXSource(input: LaTeXScanner(bytes), labels: LaTeXLabels(bytes), targets: targets)
        source.rewrite()
        return String(decoding: source.out, as: UTF8.self)
    }

    private init(input: LaTeXScanner, labels: LaTeXLabels, targets: LaTeXTargets) {
        (self.input, self.labels, self.targets) = (input, labels, targets)
    }

    private mutating func rewrite() {
        while let piece = input.next() {
            guard case .command(let name, let range) = piece else {
                out += input.bytes[piece.range]
                continue
            }
            switch name {
            case "bibitem":
                guard input.optional() != nil || input.isAtGroup, let key = input.group() else {
                    out += input.bytes[range]
                    continue
                }
                put("\n\n" + (labels.number(of: LaTeXScanner.text(input.bytes[key])).map { "{[}\($0){]} " } ?? ""))
            case "begin", "end":
                let start = input.position
                if input.group().map({ LaTeXScanner.text(input.bytes[$0]) }) == "thebibliography" {
                    // Its argument is how wide the longest number is.
                    if name == "begin" {
                        _ = input.group()
                        put("\\section*{References}\n")
                    } else {
                        put("\n\n")
                    }
                } else {
                    input.position = start
                    out += input.bytes[range]
                }
            default:
                if let words = targets.words(name, reading: &input) {
                    put(words)
                    continue
                }
                guard let form = LaTeXCitation.Form(command: name), let citation = LaTeXCitation(form, reading: &input) else {
                    out += input.bytes[range]
                    continue
                }
                put(citation.words(labels))
            }
        }
    }

    private mutating func put(_ text: String) { out += text.utf8 }
}
