/// What stands between `---` above a Markdown note: `key: value` as people write it, of which YAML proper would refuse much.
struct FrontMatter {
    private(set) var title: String?
    private(set) var authors: [String] = []
    private(set) var date: String?
    private(set) var language: String?
    private(set) var doi: String?
    /// The note below it.
    private(set) var body: Substring

    init(_ text: String) {
        body = text[...]
        let start = text.drop { $0 == "\u{FEFF}" || $0.isNewline }
        guard start.hasPrefix("---") else { return }
        var lines = start.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), Self.isFence(first, "---") else { return }
        var fields: [Substring] = []
        while let line = lines.popFirst() {
            if Self.isFence(line, "---") || Self.isFence(line, "...") {
                // Between two rules of a text there are no fields.
                guard fields.allSatisfy(Self.mayBeField), fields.contains(where: { $0.contains(":") }) else { return }
                read(fields)
                body = line.endIndex < text.endIndex ? text[text.index(after: line.endIndex)...] : ""
                return
            }
            fields.append(line)
            if fields.count > 500 { return }
        }
    }

    private static func isFence(_ line: Substring, _ mark: String) -> Bool {
        line.hasPrefix(mark) && line.dropFirst(mark.count).allSatisfy(\.isWhitespace)
    }

    /// `key: value`, a list's item, a comment, or what goes on with the line above.
    private static func mayBeField(_ line: Substring) -> Bool {
        guard let first = line.first else { return true }
        if first.isWhitespace || first == "#" || first == "-" || first == "}" || first == "]" { return true }
        guard let colon = line.firstIndex(of: ":") else { return false }
        return line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || "-_ .\"'".contains($0) } && line[..<colon].count <= 60
    }

    private mutating func read(_ lines: [Substring]) {
        var key = ""
        for line in lines {
            if key == "author" || key == "authors", let dash = line.first(where: { !$0.isWhitespace }), dash == "-" {
                // `- name: Ann` says where she works too, below.
                var value = line.drop { $0.isWhitespace || $0 == "-" }.trimmingSpaces()
                if value.hasPrefix("name:") { value = value.dropFirst(5).trimmingSpaces() }
                if !value.isEmpty { authors.append(Self.unquoted(value)) }
                continue
            }
            guard line.first?.isLetter == true, let colon = line.firstIndex(of: ":") else { continue }
            key = line[..<colon].trimmingSpaces().lowercased()
            let value = Self.unquoted(line[line.index(after: colon)...].trimmingSpaces())
            guard !value.isEmpty, value != "|", value != ">" else { continue }
            switch key {
            case "title": title = title ?? value
            case "author", "authors": if authors.isEmpty { authors = Self.members(value) }
            case "date": date = date ?? value
            case "lang", "language": language = language ?? value
            case "doi": doi = doi ?? value
            default: break
            }
        }
    }

    /// `[Ann Lee, "Ben Roe"]`, or one alone.
    private static func members(_ value: String) -> [String] {
        guard value.hasPrefix("["), value.hasSuffix("]") else { return [value] }
        return value.dropFirst().dropLast().split(separator: ",").map { unquoted($0.trimmingSpaces()) }.filter { !$0.isEmpty }
    }

    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, let first = value.first, first == value.last, first == "\"" || first == "'" else { return value }
        let inner = String(value.dropFirst().dropLast())
        return first == "'" ? inner.replacing("''", with: "'") : inner.replacing("\\\"", with: "\"")
    }
}
