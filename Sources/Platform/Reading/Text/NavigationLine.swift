/// A line that leads through a manual and says nothing of its own: “Next: Copying, Up: Top [Contents][Index]”, “[ << Strings ] | [Top]”.
enum NavigationLine {
    /// Longer ones say something beside.
    private static let longest = 400

    static func isOne(_ text: String) -> Bool {
        guard let first = text.first(where: { !$0.isWhitespace && $0 != "|" }), "[NPUFnpuf".contains(first),
            text.utf8.count <= longest
        else { return false }
        let line = text.replacing("|", with: " ").singleLine
        return isButtons(line[...]) || isPointers(line)
    }

    // MARK: - [ << Strings ] [Top][Contents]

    private static let buttons: Set<String> = [
        "top", "contents", "index", "up", "next", "prev", "previous", "about", "?", "<", ">", "<<", ">>", "table of contents",
        "home",
    ]

    /// Nothing but words in brackets, of which two lead somewhere.
    private static func isButtons(_ line: Substring) -> Bool {
        var (rest, count, leading) = (line, 0, 0)
        while rest.first == "[", let end = rest.firstIndex(of: "]") {
            let word = rest[rest.index(after: rest.startIndex)..<end].trimmingSpaces().lowercased()
            guard !word.contains("["), !word.isEmpty else { return false }
            count += 1
            if buttons.contains(word) || word.hasPrefix("<< ") || word.hasSuffix(" >>") || word.hasPrefix("< ")
                || word.hasSuffix(" >")
            {
                leading += 1
            }
            rest = rest[rest.index(after: end)...].drop { $0 == " " || $0 == "," }
        }
        return rest.isEmpty && leading >= 2 && leading * 2 >= count
    }

    // MARK: - Next: Copying, Previous: Overview, Up: Top

    private static let pointers = ["Next:", "Previous:", "Prev:", "Up:", "File:", "Node:"]

    /// Begins with a pointer, and has another or the buttons of the contents. A sentence of a writer's ends in a full stop.
    private static func isPointers(_ line: String) -> Bool {
        guard pointers.contains(where: line.hasPrefix), line.last.map({ !".!?;".contains($0) }) == true else { return false }
        let found = pointers.filter { pointer in
            line.ranges(of: pointer).contains { range in
                range.lowerBound == line.startIndex || line[line.index(before: range.lowerBound)] == " "
            }
        }.count
        let closed = ["[Contents]", "[Index]"].contains { line.hasSuffix($0) }
        // Two pointers of File, Node and the like are Info's own; a page has at least one way to go.
        return found >= 2 && (line.contains("Up:") || line.contains("Next:") || line.contains("Prev")) || closed
    }
}
