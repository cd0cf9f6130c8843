/// A document's date in one form, whatever form the file has it in.
enum DocumentDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `2021-03-04`, `2021-03` or `2021`; what cannot be told so stays as it is. nil where it says nothing.
    static func plain(_ text: String) -> String? {
        let text = text.withoutNULs.singleLine
        guard text.contains(where: \.isNumber) else { return nil }
        return iso(text) ?? pdf(text) ?? mail(text) ?? String(text.prefix(60))
    }

    /// `2021-03-04T10:00:00Z` and its beginnings.
    private static func iso(_ text: String) -> String? {
        let day = text.prefix { $0.isNumber || $0 == "-" || $0 == "/" }.replacing("/", with: "-")
        let rest = text.dropFirst(day.count).first
        guard rest == nil || rest == "T" || rest == " " else { return nil }
        return date(day.split(separator: "-", omittingEmptySubsequences: false).map(String.init))
    }

    /// `D:20210304100000Z`.
    private static func pdf(_ text: String) -> String? {
        guard text.hasPrefix("D:") else { return nil }
        let digits = Array(text.dropFirst(2).prefix { $0.isNumber })
        guard digits.count >= 8 else { return digits.count >= 4 ? date([String(digits[..<4])]) : nil }
        return date([String(digits[..<4]), String(digits[4..<6]), String(digits[6..<8])])
    }

    /// `Tue, 15 Nov 2022 08:12:31 +0100` (RFC 5322).
    private static func mail(_ text: String) -> String? {
        let words = text.split { $0 == " " || $0 == "," }
        guard let at = words.firstIndex(where: { months.contains($0.lowercased().prefix(3).description) && $0.count <= 4 }), at > 0,
            at + 1 < words.count, let month = months.firstIndex(of: words[at].lowercased().prefix(3).description),
            words[at - 1].allSatisfy(\.isNumber), words[at + 1].count == 4
        else { return nil }
        return date([String(words[at + 1]), "\(month + 1)", String(words[at - 1])])
    }

    private static func date(_ parts: [String]) -> String? {
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, (1...3).contains(numbers.count), parts[0].count == 4, (1000...2200).contains(numbers[0])
        else { return nil }
        let (month, day) = (numbers.dropFirst().first ?? 1, numbers.dropFirst(2).first ?? 1)
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return ([parts[0]] + numbers.dropFirst().map { $0 < 10 ? "0\($0)" : "\($0)" }).joined(separator: "-")
    }
}
