/// `[0:11]` in front of what is said, as texts of recordings have it: a citation carries the time, an answer does not repeat it.
enum TimeMark {
    /// Whether most paragraphs of a text begin with the time at which they are said.
    static func stand(in paragraphs: [String]) -> Bool {
        let marked = paragraphs.count { text(of: $0) != nil }
        return marked > 0 && marked * 3 >= paragraphs.count * 2
    }

    /// What stands behind the mark; nil where there is none.
    static func text(of line: some StringProtocol) -> String? {
        guard line.first == "[", let close = line.firstIndex(of: "]") else { return nil }
        let parts = line[..<close].dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        return line[line.index(after: close)...].trimmed
    }
}
