/// Tells code from text by its lines.
enum CodeForm {
    static func isCode(_ lines: [String]) -> Bool {
        guard !lines.isEmpty else { return false }
        let hits = lines.count(where: looksLikeCode)
        return hits * 2 >= lines.count && (lines.count > 1 || hits == 1)
    }

    private static func looksLikeCode(_ line: String) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        guard let first = text.first, let last = text.last else { return false }
        let words = text.split(separator: " ")
        let small = words.count { Words.stopWords.contains($0.lowercased().filter(\.isLetter)) }
        if ["$ ", ">>> ", "# ", "% ", "> ", "C:\\", "// ", "/* ", "#!", "#include", "@"].contains(where: text.hasPrefix) {
            return small * 3 <= words.count || text.hasPrefix(">>> ") || text.hasPrefix("$ ")
        }
        if "{}\\".contains(last) || last == ";" && small * 4 <= words.count { return true }
        let indent = line.prefix { $0 == " " || $0 == "\t" }.count
        if small * 4 > words.count, indent < 4 || small * 3 > words.count { return false }
        if keywords.contains(where: text.hasPrefix), text.contains("(") || text.contains("=") || last == ":" || words.count <= 4 {
            return first.isLowercase || first.isUppercase && text == text.uppercased() && words.count >= 2
        }
        if small == 0, words.count <= 8, last != ".", isCall(text) { return true }
        let signs = text.count { "(){}[]=<>;$_|&\\/\"'`#*".contains($0) }
        if words.count >= 2, words[1] == "=" || words[1] == ":=" || words[1] == "+=" || words[1] == "->" { return true }
        return signs * 6 >= text.count && text.contains { "=(){};$".contains($0) }
    }

    /// A name right before a parenthesis, and little else: `as.numeric(f)`.
    private static func isCall(_ text: Substring) -> Bool {
        guard let open = text.firstIndex(of: "("), open > text.startIndex, text.contains(")") else { return false }
        let before = text[text.index(before: open)]
        return (before.isLetter || before.isNumber || before == "_") && text.contains { "(=,<\"".contains($0) }
            && text[..<open].allSatisfy { $0.isASCII && !$0.isWhitespace || "<-= ".contains($0) }
    }

    private static let keywords = [
        "def ", "class ", "return ", "import ", "from ", "for ", "while ", "if ", "elif ", "else", "try", "print(", "func ", "fn ",
        "let ", "var ", "const ", "int ", "void ", "double ", "float ", "char ", "public ", "private ", "static ", "my ", "use ",
        "sudo ", "apt", "git ", "cd ", "ls ", "mkdir ", "echo ", "cat ", "grep ", "pip ", "npm ", "SELECT ", "INSERT ", "UPDATE ",
        "CREATE ", "function ", "export ", "struct ", "enum ", "match ", "loop ", "package ", "local ", "end",
    ]
}
