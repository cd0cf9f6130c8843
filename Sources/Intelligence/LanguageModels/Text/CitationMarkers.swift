/// `[3]`, `[1, 2]`, `[4-6]` in a text: a paper's own references, or citations of an answer.
package enum CitationMarkers {
    package static func removed(from text: String) -> String {
        replaced(in: text) { _, out in
            // The space before a marker goes with it.
            while out.last == " " { out.removeLast() }
        }
    }

    static func parenthesised(in text: String) -> String {
        replaced(in: text) { inner, out in out += "(\(inner))" }
    }

    private static func replaced(in text: String, _ put: (Substring, inout String) -> Void) -> String {
        guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
        var out = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "[") {
            out += rest[..<open]
            let after = rest[rest.index(after: open)...]
            let inner = after.prefix { $0.isNumber || ",–- ".contains($0) }
            if inner.count <= 20, inner.contains(where: \.isNumber), after[inner.endIndex...].first == "]" {
                put(inner, &out)
                rest = after[after.index(after: inner.endIndex)...]
            } else {
                out.append("[")
                rest = after
            }
        }
        return out + rest
    }
}
