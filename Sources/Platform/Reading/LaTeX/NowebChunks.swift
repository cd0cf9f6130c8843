/// Code within a LaTeX source as Sweave, knitr and noweb write it: from a line `<<options>>=` to a line `@`.
enum NowebChunks {
    /// The text with each of them as code. Code that the document says not to show is left out.
    static func marked(_ text: String) -> String {
        guard text.contains(">>=") else { return text }
        var out: [Substring] = []
        var chunk: (isShown: Bool, lines: [Substring])?
        func close() {
            if let chunk, chunk.isShown, chunk.lines.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
                out.append("\\begin{verbatim}")
                out += chunk.lines
                out.append("\\end{verbatim}")
            }
            chunk = nil
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let bare = line.trimmingSpaces()
            if bare.hasPrefix("<<"), bare.hasSuffix(">>=") {
                close()
                let options = bare.lowercased().filter { !$0.isWhitespace }
                chunk = (!options.contains("echo=f"), [])
            } else if chunk != nil, line == "@" || line.hasPrefix("@ ") {
                close()
                out.append(line.dropFirst())
            } else if chunk != nil {
                chunk?.lines.append(line)
            } else {
                out.append(line)
            }
        }
        close()
        return out.joined(separator: "\n")
    }
}
