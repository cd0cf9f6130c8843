/// What ties a sentence to the page that it stands on rather than to its subject.
enum Discourse {
    /// Without “(see Section 5.4, “…”)”: a reader of the answer has the citation instead.
    static func withoutReferences(_ text: String) -> String {
        guard text.contains("(") else { return text }
        var out = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
            let inner = rest[rest.index(after: open)..<close].lowercased()
            out += rest[..<open]
            let isReference = ["see ", "cf. ", "cf ", "as described in ", "described in ", "refer to "].contains(
                where: inner.hasPrefix)
            if isReference, !inner.contains("(") {
                while out.last == " " { out.removeLast() }
            } else {
                out += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }

    /// Whether all that it says is where to read on.
    static func isReference(_ text: String) -> Bool {
        let lower = text.lowercased()
        let begins = [
            "see ", "refer to ", "for more ", "for further ", "for details", "more information", "more details",
            "further information",
            "consult ", "read more", "for a complete", "for additional ", "please see", "please refer", "also see ",
            "much more information",
        ]
        return begins.contains(where: lower.hasPrefix)
            || [" is explained in section", " are explained in section", " is described in section", " in more detail in "]
                .contains(where: lower.contains)
    }
}
