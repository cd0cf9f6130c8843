/// What pandoc tells of a file beside its tree.
struct PandocLog {
    /// What it passed over: `\pkg{vegan}`.
    private(set) var skipped: [Substring] = []
    /// Files that the document has beside it, and we have not.
    private(set) var missingFiles = 0

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "[INFO] Skipped '") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "' at ") else { break }
            skipped.append(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        missingFiles = text.split(separator: "\n").count { $0.hasPrefix("[WARNING] Could not load include file") }
    }
}
