/// A citation as it is read aloud: by author and year where the document's own bibliography says them, else by its key.
struct LaTeXCitation {
    enum Form {
        case enclosed, textual, authorOnly, yearOnly, footnote, silent

        init?(command: String) {
            switch command {
            case "cite", "citep", "Citep", "citealp", "parencite", "Parencite", "autocite", "Autocite", "smartcite", "supercite",
                "citeyearpar", "citeA", "shortcite":
                self = .enclosed
            case "citet", "Citet", "citealt", "textcite", "Textcite", "citeNP", "citeasnoun": self = .textual
            case "citeauthor", "Citeauthor": self = .authorOnly
            case "citeyear": self = .yearOnly
            case "footcite", "footfullcite": self = .footnote
            case "nocite": self = .silent
            default: return nil
            }
        }
    }

    private let form: Form
    private let keys: [String]
    private let before: String
    private let after: String

    /// - Parameter input: stands behind the command. nil if what follows is no citation; the input is then where it was.
    init?(_ form: Form, reading input: inout LaTeXScanner) {
        let start = input.position
        input.star()
        let options = [input.optional(), input.optional()].compactMap { $0 }.map { LaTeXScanner.text(input.bytes[$0]) }
        guard let group = input.group() else {
            input.position = start
            return nil
        }
        self.form = form
        keys = LaTeXScanner.text(input.bytes[group]).split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
        before = options.count > 1 ? options[0] : ""
        after = options.last ?? ""
    }

    /// As LaTeX.
    func words(_ labels: LaTeXLabels) -> String {
        switch form {
        case .silent: ""
        case .footnote: "\\footnote{\(list(labels))}"
        case .authorOnly: keys.map { name($0, labels) }.joined(separator: ", ")
        case .yearOnly: keys.map { year($0, labels) }.joined(separator: ", ")
        case .enclosed: enclosed(labels)
        case .textual:
            keys.enumerated().map { index, key in
                let isLast = index == keys.count - 1
                let notes = [index == 0 ? before : "", isLast ? after : ""].filter { !$0.isEmpty }
                if case .name(let author, let year) = labels[key] {
                    return "\(author) (\(([notes.count > 1 ? before : "", year].filter { !$0.isEmpty }).joined(separator: " "))"
                        + (isLast && !after.isEmpty ? ", \(after)" : "") + ")"
                }
                return name(key, labels) + (notes.isEmpty ? "" : " (\(notes.joined(separator: " ")))")
            }.joined(separator: ", ")
        }
    }

    private func enclosed(_ labels: LaTeXLabels) -> String {
        let isNumbered = keys.allSatisfy { key in
            switch labels[key] {
            case .number, .sign: true
            case .name, nil: false
            }
        }
        // In braces, or a bracket would be an argument of what stands before it.
        return isNumbered ? "{[}\(list(labels)){]}" : "(\(list(labels)))"
    }

    private func list(_ labels: LaTeXLabels) -> String {
        let works = keys.map { key in
            if case .name(let author, let year) = labels[key] { return "\(author) \(year)" }
            return name(key, labels)
        }
        let isSigned = keys.allSatisfy { if case .number = labels[$0] { true } else { false } }
        return (before.isEmpty ? "" : before + " ") + works.joined(separator: isSigned ? ", " : "; ")
            + (after.isEmpty ? "" : ", " + after)
    }

    private func name(_ key: String, _ labels: LaTeXLabels) -> String {
        switch labels[key] {
        case .number(let number): "\(number)"
        case .name(let author, _): author
        case .sign(let sign): sign
        case nil: Self.escaped(key)
        }
    }

    private func year(_ key: String, _ labels: LaTeXLabels) -> String {
        if case .name(_, let year) = labels[key] { year } else { name(key, labels) }
    }

    /// A key may have signs that LaTeX takes for its own. `#1` is one of the macro that it stands in.
    private static func escaped(_ key: String) -> String {
        key.replacing("_", with: "\\_").replacing("&", with: "\\&").replacing("%", with: "\\%")
    }
}
