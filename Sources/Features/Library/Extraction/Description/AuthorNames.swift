/// Names of authors as files have them: several in one field, or what a program put there.
enum AuthorNames {
    /// What programs and accounts are called.
    private static let leftovers: Set<String> = [
        "unknown", "anonymous", "(anonymous)", "user", "admin", "administrator", "root", "author", "owner", "microsoft office user",
        "python-docx", "latex", "tex", "pandoc", "word", "default", "windows user", "home", "student", "none",
    ]

    static func of(_ fields: [String]) -> [String] {
        var names: [String] = []
        for field in fields {
            for name in parts(field.withoutNULs.singleLine) where !names.contains(name) {
                if leftovers.contains(name.lowercased()) || !name.contains(where: \.isLetter) { continue }
                names.append(String(name.prefix(200)))
            }
        }
        return names
    }

    private static func parts(_ field: String) -> [String] {
        var pieces = [field]
        for separator in [";", " and ", " & ", " und ", "\\and"] {
            // An office's name may have an “and” in it; between names each side has two words.
            let split = pieces.flatMap { $0.components(by: separator) }
            if separator.first != " " || split.allSatisfy({ $0.contains(" ") }) { pieces = split }
        }
        // `Smith, Ann` is one, `Ann Smith, Ben Lee` are two.
        pieces = pieces.flatMap { piece -> [String] in
            let split = piece.components(by: ",")
            return split.count > 1 && split.allSatisfy({ $0.contains(" ") }) ? split : [piece]
        }
        return pieces.filter { !$0.isEmpty }
    }
}

extension String {
    /// The parts between separators, without the space around them.
    fileprivate func components(by separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let found = rest.firstRange(of: separator) {
            parts.append(rest[..<found.lowerBound].trimmingSpaces())
            rest = rest[found.upperBound...]
        }
        parts.append(rest.trimmingSpaces())
        return parts
    }
}
