/// A side in Markdown as HTML for programs that know no Markdown: pictures, strong and emphasised words, code, formulas, lists, lines.
enum CardHTML {
    static func of(_ text: String) -> String {
        var out: [String] = []
        var (inCode, inList) = (false, false)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("```") {
                out.append(inCode ? "</code></pre>" : "<pre><code>")
                inCode.toggle()
                continue
            }
            if inCode {
                out.append(escaped(String(line)) + "\n")
                continue
            }
            let item = ["- ", "* "].contains { line.hasPrefix($0) }
            if item != inList {
                out.append(item ? "<ul>" : "</ul>")
                inList = item
            } else if !item, let last = out.last, !last.hasSuffix("</pre>") {
                out.append("<br>")
            }
            out.append(item ? "<li>\(inline(line.dropFirst(2)))</li>" : inline(line))
        }
        if inCode { out.append("</code></pre>") }
        if inList { out.append("</ul>") }
        return out.joined()
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }

    /// What stands around words, and the tags in its place; the longer before what it begins with.
    private static let spans: [(mark: String, opening: String, closing: String, isRaw: Bool)] = [
        ("$$", "\\[", "\\]", true), ("$", "\\(", "\\)", true), ("`", "<code>", "</code>", true),
        ("**", "<strong>", "</strong>", false), ("*", "<em>", "</em>", false),
    ]

    private static func inline(_ text: Substring) -> String {
        var (out, rest) = ("", text)
        while let first = rest.first {
            if first == "!", let picture = picture(at: rest) {
                out += "<img src=\"\(picture.name)\">"
                rest = picture.rest
            } else if let (span, content, after) = span(at: rest) {
                out += span.opening + (span.isRaw ? escaped(String(content)) : inline(content)) + span.closing
                rest = after
            } else {
                out += escaped(String(first))
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func span(
        at text: Substring
    ) -> (span: (mark: String, opening: String, closing: String, isRaw: Bool), content: Substring, after: Substring)? {
        for span in spans where text.hasPrefix(span.mark) {
            let body = text.dropFirst(span.mark.count)
            guard let first = body.first, !first.isWhitespace, let end = body.firstRange(of: span.mark),
                end.lowerBound > body.startIndex,
                !body[body.index(before: end.lowerBound)].isWhitespace
            else { continue }
            // A price is no formula: what ends one has no digit after it.
            if span.mark == "$", body[end.upperBound...].first?.isNumber == true { continue }
            return (span, body[..<end.lowerBound], body[end.upperBound...])
        }
        return nil
    }

    /// `![words](heart.png)`.
    private static func picture(at text: Substring) -> (name: String, rest: Substring)? {
        guard text.hasPrefix("!["), let middle = text.firstRange(of: "]("),
            let end = text[middle.upperBound...].firstIndex(of: ")")
        else { return nil }
        let name = String(text[middle.upperBound..<end])
        guard !name.contains("\""), !name.contains("\n") else { return nil }
        return (escaped(name), text[text.index(after: end)...])
    }
}
