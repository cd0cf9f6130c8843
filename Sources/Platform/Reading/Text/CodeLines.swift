/// Tells a program's lines from a writer's.
enum CodeLines {
    private static let openings = [
        "def ", "class ", "import ", "from ", "function ", "var ", "let ", "const ", "public ", "private ", "static ", "#include",
        "using ",
        "package ", "func ", "fn ", "my ", "sub ", "elif ", "except ", "SELECT ", "INSERT ", "UPDATE ", "CREATE ", "#!/", "<?php",
        "template<",
    ]

    /// Whether most lines of a paragraph are code.
    static func isCode(_ lines: [String]) -> Bool {
        let marks = lines.reduce(0) { $0 + weight($1) }
        return marks >= 2 * lines.count || lines.count >= 2 && marks * 2 >= 3 * lines.count
    }

    /// 0 for a line that anyone may write, up to 3 for one that only a program has.
    private static func weight(_ line: String) -> Int {
        let text = line.trimmingSpaces()
        if text.hasSuffix(";") || text == "{" || text == "}" || text.hasSuffix("{") || text.hasPrefix("}") {
            return text.hasSuffix(";") && !text.contains("(") && !text.contains("=") && text.split(separator: " ").count > 6 ? 0 : 3
        }
        var weight = 0
        if openings.contains(where: text.hasPrefix) { weight += text.hasSuffix(".") ? 0 : 1 }
        if text.hasSuffix(":"),
            ["if ", "for ", "while ", "else", "try", "with ", "def ", "class ", "elif "].contains(where: text.hasPrefix)
        {
            weight += 2
        }
        if text.contains(" = ") || text.contains("==") || text.contains("+=") || text.contains("->") || text.contains("=>")
            || text.contains("::")
        {
            weight += 1
        }
        if hasCall(text) { weight += text.hasSuffix(")") || text.hasSuffix(":") ? 2 : 1 }
        if line.hasPrefix("    ") || line.hasPrefix("\t") { weight += 1 }
        if text.hasPrefix("return ") || text.hasPrefix("return;") || text.hasPrefix("//") || text.hasPrefix("/*") { weight += 2 }
        // Full sentences are prose, whatever stands in them.
        if text.hasSuffix("."), text.split(separator: " ").count > 5 { weight -= 2 }
        return max(0, min(3, weight))
    }

    /// `name(`, with no space between.
    private static func hasCall(_ text: String) -> Bool {
        var before: Character?
        for character in text {
            if character == "(", let before, before.isLetter || before == "_" || before.isNumber {
                let word = text.prefix { $0 != "(" }.reversed().prefix { $0.isLetter || $0 == "_" || $0 == "." || $0.isNumber }
                return word.contains("_") || word.contains(".") || text.hasSuffix(")") || text.hasSuffix(":")
            }
            before = character
        }
        return false
    }
}
