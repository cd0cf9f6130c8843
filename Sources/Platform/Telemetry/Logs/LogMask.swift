/// Takes out of a value what must not stand in a log: addresses of mail, tokens and passwords, the last part of addresses of machines.
///
/// Code that logs keeps such things out by itself. This stands behind it, for what comes in with the text of an error or of a path.
package enum LogMask {
    package static let hidden = "[hidden]"

    /// Names whose values are never shown.
    private static let secretNames = ["password", "passphrase", "secret", "token", "authorization", "cookie", "api_key", "apikey"]

    package static func masked(_ value: String, named name: String) -> String {
        isSecret(name) ? hidden : masked(value)
    }

    package static func masked(_ value: String) -> String {
        guard mayNeedIt(value) else { return value }
        var out = ""
        out.reserveCapacity(value.utf8.count)
        var previous = ""
        // Words end at what cannot stand in a token or an address.
        for piece in pieces(of: value) {
            guard let first = piece.utf8.first, !isBreak(first) else {
                out += piece
                continue
            }
            out += shown(String(piece), after: previous, followedBy: out)
            previous = piece.lowercased()
        }
        return out
    }

    /// Most values are ids, counts and words of ours.
    private static func mayNeedIt(_ value: String) -> Bool {
        var (upper, dots, colons) = (0, 0, 0)
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "%"): return true
            case UInt8(ascii: "."): dots += 1
            case UInt8(ascii: ":"): colons += 1
            case 65...90: upper += 1
            default: break
            }
        }
        return dots >= 3 || colons >= 2 || value.utf8.count >= 24 && upper > 0 || hasCredentialWord(value)
    }

    private static func hasCredentialWord(_ value: String) -> Bool {
        guard value.utf8.count > 6 else { return false }
        let lower = value.lowercased()
        return lower.contains("bearer ") || lower.contains("basic ")
    }

    private static func isBreak(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","),
            UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "|"):
            true
        default: false
        }
    }

    /// The text as runs of words and of what stands between them.
    private static func pieces(of value: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = value.utf8.startIndex
        var index = start
        var inBreak: Bool?
        while index < value.utf8.endIndex {
            let isBreak = isBreak(value.utf8[index])
            if let known = inBreak, known != isBreak {
                pieces.append(value[start..<index])
                start = index
            }
            inBreak = isBreak
            index = value.utf8.index(after: index)
        }
        if start < value.utf8.endIndex { pieces.append(value[start...]) }
        return pieces
    }

    private static func shown(_ word: String, after previous: String, followedBy out: String) -> String {
        if previous == "bearer" || previous == "basic" { return hidden }
        if out.utf8.last == UInt8(ascii: "="), isSecret(previous) || previous == "code" || previous == "key" { return hidden }
        if let at = word.utf8.firstIndex(of: UInt8(ascii: "@")) {
            // `user:password@host` of an address, or somebody's address of mail: of neither is anything of use here.
            if word.utf8.startIndex == at, word.utf8.count == 1 { return word }
            return "[address]"
        }
        if word.utf8.contains(UInt8(ascii: "%")), word.lowercased().contains("%40") { return "[address]" }
        if isToken(word) { return "[token]" }
        return NetworkAddress.shortened(within: word)
    }

    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return secretNames.contains { name.hasSuffix($0) }
    }

    /// What is random enough to open something: three parts of a signed token, or a long run of letters and digits of which some are
    /// upper case. Ids and digests, in lower-case hexadecimal digits, are none.
    private static func isToken(_ word: String) -> Bool {
        guard word.utf8.count >= 24 else { return false }
        if word.hasPrefix("eyJ") { return true }
        var (upper, lower, digits, run, longest) = (false, false, false, 0, 0)
        for byte in word.utf8 {
            switch byte {
            case 65...90: (upper, run) = (true, run + 1)
            case 97...122: (lower, run) = (true, run + 1)
            case 48...57: (digits, run) = (true, run + 1)
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"): run += 1
            default: run = 0
            }
            longest = max(longest, run)
        }
        return upper && lower && digits && longest >= 24
    }
}
