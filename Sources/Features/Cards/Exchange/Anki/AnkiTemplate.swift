import TypedText

/// A template of Anki's cards, filled with a note's fields: `{{Field}}`, `{{#Field}}…{{/Field}}`, `{{^Field}}…{{/Field}}`, filters before a
/// colon. What needs Anki itself (typing in, hints that open, voices, scripts, styles) is shown plainly or left out.
struct AnkiTemplate {
    enum Side { case question, answer }

    private let text: String

    init(_ text: String) { self.text = text }

    /// Of an answer only what comes after the question.
    func filled(_ fields: [String: String], _ side: Side) -> String {
        var rest = AnkiMarkup.plain(text)[...]
        return AnkiMarkup.cleaned(Self.fill(&rest, fields, side, until: nil, depth: 0))
    }

    /// The field whose gaps are asked, where it is a template of gaps.
    var gapField: String? {
        for tag in tags where tag.contains("cloze:") { return tag.split(separator: ":").last.map { String($0).trimmedOfSpace } }
        return nil
    }

    /// The only field that it shows, where it shows nothing else.
    var onlyField: String? {
        let tags = tags
        guard tags.count == 1, let tag = tags.first, AnkiMarkup.plain(text).trimmedOfSpace == "{{\(tag)}}" else { return nil }
        return tag.trimmedOfSpace
    }

    private var tags: [String] {
        text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstRange(of: "}}").map { String(part[..<$0.lowerBound]) }
        }
    }

    private static func fill(
        _ rest: inout Substring, _ fields: [String: String], _ side: Side, until end: String?, depth: Int
    ) -> String {
        var out = ""
        while let opening = rest.firstRange(of: "{{") {
            out += rest[..<opening.lowerBound]
            guard let closing = rest[opening.upperBound...].firstRange(of: "}}") else {
                rest = rest[opening.lowerBound...]
                break
            }
            let tag = String(rest[opening.upperBound..<closing.lowerBound]).trimmedOfSpace
            rest = rest[closing.upperBound...]
            switch tag.first {
            case "#", "^":
                guard depth < 20 else { continue }
                let name = String(tag.dropFirst()).trimmedOfSpace
                let within = fill(&rest, fields, side, until: name, depth: depth + 1)
                if AnkiMarkup.isEmpty(fields[name] ?? "") == (tag.first == "^") { out += within }
            case "/":
                if String(tag.dropFirst()).trimmedOfSpace == end { return out }
            default:
                let parts = tag.split(separator: ":").map { String($0).trimmedOfSpace }
                let name = parts.last ?? ""
                // Asked, it is a field to type into; answered, it is what was to be typed.
                if parts.first == "type", side == .question { continue }
                if parts.first?.hasPrefix("tts") == true || name == "FrontSide" { continue }
                out += fields[name] ?? ""
            }
        }
        out += rest
        rest = rest[rest.endIndex...]
        return out
    }
}

/// The HTML of Anki's fields.
enum AnkiMarkup {
    /// Whether nothing of it is seen or heard.
    static func isEmpty(_ html: String) -> Bool {
        html.firstRange(of: "<img") == nil && without("<", upTo: ">", in: html).replacing("&nbsp;", with: " ").isBlank
    }

    /// Without what would run or dress the page, and without rules and empty lines at its ends.
    static func cleaned(_ html: String) -> String {
        var out = plain(html).trimmedOfSpace
        let breaks = ["<hr id=answer>", "<hr id=\"answer\">", "<hr id='answer'>", "<hr>", "<hr/>", "<br>", "<br/>", "<br />"]
        while let start = breaks.first(where: out.hasPrefix) { out = String(out.dropFirst(start.count)).trimmedOfSpace }
        while let end = breaks.first(where: out.hasSuffix) { out = String(out.dropLast(end.count)).trimmedOfSpace }
        return out
    }

    /// Without scripts, styles and remarks.
    static func plain(_ html: String) -> String {
        var out = html
        for element in ["script", "style"] where out.contains("<\(element)") {
            out = without("<\(element)", upTo: "</\(element)>", in: out)
        }
        return out.contains("<!--") ? without("<!--", upTo: "-->", in: out) : out
    }

    private static func without(_ start: String, upTo end: String, in text: String) -> String {
        var out = ""
        var rest = text[...]
        while let opening = rest.firstRange(of: start) {
            out += rest[..<opening.lowerBound]
            guard let closing = rest[opening.upperBound...].firstRange(of: end) else { return out }
            rest = rest[closing.upperBound...]
        }
        return out + rest
    }
}
