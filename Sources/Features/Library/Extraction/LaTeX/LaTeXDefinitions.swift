/// Definitions of commands that a document uses and nobody defines: each says its arguments, as far as they are words.
struct LaTeXDefinitions {
    private var bodies: [String: String] = [:]

    var count: Int { bodies.count }

    /// On one line, so that pandoc's numbers of lines stay.
    var text: String { bodies.sorted { $0.key < $1.key }.map(\.value).joined() }

    /// With those of `skipped` whose arguments in `source` have words.
    func learning(from skipped: [Substring], in source: String) -> Self {
        let names = Set(skipped.compactMap(Self.name)).filter { bodies[$0] == nil && !LaTeXSilence.commands.contains($0) }
        guard !names.isEmpty else { return self }
        var copy = self
        var uses: [String: [LaTeXUse]] = [:]
        for (name, use) in LaTeXUse.all(of: names, in: Array(source.utf8)) { uses[name, default: []].append(use) }
        for (name, uses) in uses {
            if let body = Self.definition(of: name, uses: uses) { copy.bodies[name] = body }
        }
        return copy
    }

    /// `\pkg[v2]{vegan}` is `pkg`. Of those for mathematics the formulas need what they are.
    private static func name(_ skipped: Substring) -> String? {
        let name = skipped.dropFirst().prefix { $0.isASCII && $0.isLetter }
        guard skipped.hasPrefix("\\"), !name.isEmpty, !["begin", "end", "verb"].contains(name), !name.hasPrefix("math") else {
            return nil
        }
        return String(name)
    }

    private static func definition(of name: String, uses: [LaTeXUse]) -> String? {
        // Where one use has more, a group that is none of its arguments follows.
        guard let count = uses.map(\.arguments.count).filter({ $0 > 0 }).min() else { return nil }
        let isOptional = uses.contains(where: \.hasOption)
        let first = isOptional ? 2 : 1
        let spoken = (0..<count).filter { index in
            !LaTeXSilence.isSilent(argument: index, of: name)
                && uses.contains { index < $0.arguments.count && LaTeXSilence.isSpoken($0.arguments[index]) }
        }
        guard !spoken.isEmpty else { return nil }
        let words = spoken.map { "#\($0 + first)" }.joined(separator: " ")
        let body = LaTeXSilence.code.contains(name) ? "\\texttt{\(words)}" : words
        return "\\newcommand{\\\(name)}[\(count + first - 1)]\(isOptional ? "[]" : ""){\(body)}"
    }
}
