/// What other tracing systems say beside a `traceparent`, by the grammar of W3C Trace Context, passed on as it came.
package struct TraceState: Sendable, Hashable {
    /// Members, separated by commas.
    package let text: String

    package static let none = TraceState(checked: "")

    private init(checked text: String) { self.text = text }

    /// nil if a member is malformed or there are more than 32: then all of it is dropped. Empty members are no members.
    package init?(_ list: String) {
        var members: [String] = []
        for piece in list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let member = Self.trimmed(piece)
            if member.isEmpty { continue }
            guard members.count < 32, Self.isMember(member) else { return nil }
            members.append(String(Substring(member)))
        }
        self.init(checked: members.joined(separator: ","))
    }

    private static func trimmed(_ piece: Substring.UTF8View) -> Substring.UTF8View {
        var piece = piece
        while let first = piece.first, first == 32 || first == 9 { piece = piece.dropFirst() }
        while let last = piece.last, last == 32 || last == 9 { piece = piece.dropLast() }
        return piece
    }

    private static func isMember(_ member: Substring.UTF8View) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let (key, value) = (member[..<equals], member[member.index(after: equals)...])
        guard (1...256).contains(key.count), (1...256).contains(value.count) else { return false }
        guard let first = key.first, isLetterOrDigit(first) else { return false }
        let mayFollow: [UInt8] = Array("_-*/@".utf8)
        return key.allSatisfy { isLetterOrDigit($0) || mayFollow.contains($0) }
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
}
