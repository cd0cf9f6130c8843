/// How the works of a document's own bibliography are cited.
struct LaTeXLabels {
    enum Label {
        case number(Int)
        case name(String, year: String)
        /// As it is typed: `Knu84`.
        case sign(String)
    }

    private var labels: [String: Label] = [:]

    init(_ bytes: [UInt8]) {
        var input = LaTeXScanner(bytes)
        while let piece = input.next() {
            guard case .command("bibitem", _) = piece else { continue }
            let label = input.optional().map { LaTeXScanner.text(bytes[$0]) }
            guard let key = input.group() else { continue }
            labels[LaTeXScanner.text(bytes[key]).trimmingSpaces()] = label.map(Self.read) ?? .number(labels.count + 1)
        }
    }

    subscript(key: String) -> Label? { labels[key] }

    func number(of key: String) -> Int? {
        guard case .number(let number) = labels[key.trimmingSpaces()] else { return nil }
        return number
    }

    /// `Hill(1973)` with or without braces; after the year all names may follow.
    private static func read(_ label: String) -> Label {
        var text = label.trimmingSpaces()[...]
        while text.hasPrefix("{"), text.hasSuffix("}") { text = text.dropFirst().dropLast() }
        guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")"), open > text.startIndex else {
            return .sign(String(text))
        }
        return .name(String(text[..<open]).trimmingSpaces(), year: String(text[text.index(after: open)..<close]))
    }
}
