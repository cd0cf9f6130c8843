/// What ties a sentence to the page that it stands on rather than to its subject.
enum Discourse {
    /// How much a sentence speaks of an example, a picture or the reader's progress, 0...1.
    static func dependence(_ text: String) -> Double {
        let lower = " " + text.lowercased()
        // “As mentioned above, a gain is …” still says what a gain is.
        if [" as mentioned", " as explained", " as described", " as stated", " as we saw"].contains(where: lower.hasPrefix) {
            return 0.5
        }
        let strong = [
            " in this chapter", " this chapter", " in this section", " this section", " as we have seen", " in the next ",
            " as shown in",
            " see also", " learning objectives", " the figure", " shown below", " listing ", " in our example", " in this example",
            " the example above", " let's ", " let’s ", " as you can see", " previous section", " next section", " in this book",
            " this example", " our example", " in the example",
        ]
        if strong.contains(where: lower.contains) { return 1 }
        let weak = [
            " we will ", " we have ", " we can ", " we use", " we are ", " we'll", " we’ll", " we'd", " we’d", " you will see",
            " for example",
            " for instance", " suppose ", " imagine ", " our ", " i ", " above", " below",
        ]
        return weak.contains(where: lower.contains) ? 0.5 : 0
    }

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
