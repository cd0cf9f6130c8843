import Summaries

/// Takes out of SVG what a drawing needs and nothing else: elements and attributes by list, no script, no address, no style sheet.
enum SVGSanitiser {
    /// Bytes of the largest drawing.
    static let limit = 200_000

    private static let elements: Set<String> = [
        "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title",
        "desc",
        "lineargradient", "radialgradient", "stop",
    ]
    private static let attributes: Set<String> = [
        "viewbox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "transform",
        "fill",
        "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity",
        "stroke-opacity",
        "font-size", "font-weight", "font-style", "font-family", "text-anchor", "dominant-baseline", "dx", "dy", "id", "refx",
        "refy",
        "markerwidth", "markerheight", "orient", "marker-end", "marker-start", "offset", "stop-color", "role", "aria-labelledby",
        "paint-order", "preserveaspectratio",
    ]
    /// As SVG spells them: names in files are lower case only for the comparison.
    private static let spelled = [
        "viewbox": "viewBox", "refx": "refX", "refy": "refY", "markerwidth": "markerWidth", "markerheight": "markerHeight",
        "lineargradient": "linearGradient", "radialgradient": "radialGradient", "preserveaspectratio": "preserveAspectRatio",
    ]

    /// The drawing in what a model wrote; nil where there is none, or it is broken.
    static func drawing(in text: String) -> String? {
        guard text.utf8.count <= limit else { return nil }
        var scanner = Scanner(Array(text))
        guard scanner.skip(to: "<svg") else { return nil }
        var (out, open, dropped) = ("", [String](), [String]())
        while !scanner.isAtEnd {
            guard let token = scanner.next() else { return nil }
            switch token {
            case .text(let words): if dropped.isEmpty, !open.isEmpty { out += ConceptDrawing.escaped(unescaped(words)) }
            case .other: break
            case .start(let name, let fields, let isEmpty):
                if !dropped.isEmpty || !elements.contains(name) {
                    if !isEmpty { dropped.append(name) }
                    continue
                }
                out += "<" + (spelled[name] ?? name)
                if open.isEmpty { out += " xmlns=\"http://www.w3.org/2000/svg\"" }
                var seen: Set<String> = []
                for (field, value) in fields where attributes.contains(field) && seen.insert(field).inserted && isHarmless(value) {
                    out += " \(spelled[field] ?? field)=\"\(ConceptDrawing.escaped(unescaped(value)))\""
                }
                out += isEmpty ? "/>" : ">"
                if !isEmpty { open.append(name) }
                if open.isEmpty { return out }
            case .end(let name):
                if let last = dropped.last {
                    guard last == name else { return nil }
                    dropped.removeLast()
                    continue
                }
                guard open.last == name else { return nil }
                open.removeLast()
                out += "</\(spelled[name] ?? name)>"
                if open.isEmpty { return out }
            }
        }
        return nil
    }

    /// The only address that is let is one within the drawing.
    private static func isHarmless(_ value: String) -> Bool {
        let text = unescaped(value).lowercased().filter { !$0.isWhitespace }
        if text.contains("url(") {
            return text.hasPrefix("url(#") && text.split(separator: "url(").count == 1 && !text.contains(":")
        }
        return !text.contains("javascript:") && !text.contains("data:") && !text.contains("expression(") && !text.contains("//")
    }

    /// Without entities: what they would become is judged, and escaped again. Unknown ones stay as text.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
        var (out, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "&") {
            out += rest[..<start]
            rest = rest[rest.index(after: start)...]
            guard let end = rest.prefix(12).firstIndex(of: ";") else {
                out += "&"
                continue
            }
            let name = rest[..<end]
            let number =
                name.hasPrefix("#x") || name.hasPrefix("#X")
                ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            if let plain = known[String(name)] {
                out += plain
            } else if let number, let scalar = Unicode.Scalar(number), scalar.value >= 32 {
                out.unicodeScalars.append(scalar)
            } else {
                out += "&" + name + ";"
            }
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    /// Cuts markup into tags and what stands between them.
    private struct Scanner {
        enum Token {
            case text(String)
            case start(name: String, fields: [(String, String)], isEmpty: Bool)
            case end(String)
            /// A comment, a declaration, a CDATA section.
            case other
        }

        private let text: [Character]
        private var at = 0

        init(_ text: [Character]) { self.text = text }

        var isAtEnd: Bool { at >= text.count }

        private func stands(_ mark: String, at place: Int) -> Bool {
            let mark = Array(mark)
            return place + mark.count <= text.count && zip(text[place...], mark).allSatisfy { $0.lowercased() == $1.lowercased() }
        }

        mutating func skip(to mark: String) -> Bool {
            while at < text.count {
                if stands(mark, at: at) { return true }
                at += 1
            }
            return false
        }

        /// nil where the markup is broken.
        mutating func next() -> Token? {
            guard text[at] == "<" else {
                let start = at
                while at < text.count, text[at] != "<" { at += 1 }
                return .text(String(text[start..<at]))
            }
            for (open, close) in [("<!--", "-->"), ("<![cdata[", "]]>"), ("<?", "?>"), ("<!", ">")] where stands(open, at: at) {
                at += open.count
                guard skip(to: close) else { return nil }
                at += close.count
                return .other
            }
            at += 1
            let isEnd = at < text.count && text[at] == "/"
            if isEnd { at += 1 }
            guard let name = word() else { return nil }
            var fields: [(String, String)] = []
            while true {
                space()
                guard at < text.count else { return nil }
                if text[at] == ">" {
                    at += 1
                    return isEnd ? .end(name) : .start(name: name, fields: fields, isEmpty: false)
                }
                if text[at] == "/", at + 1 < text.count, text[at + 1] == ">", !isEnd {
                    at += 2
                    return .start(name: name, fields: fields, isEmpty: true)
                }
                guard let field = word() else { return nil }
                space()
                guard at < text.count, text[at] == "=" else { continue }
                at += 1
                space()
                guard at < text.count, text[at] == "\"" || text[at] == "'" else { return nil }
                let quote = text[at]
                at += 1
                let start = at
                while at < text.count, text[at] != quote { at += 1 }
                guard at < text.count else { return nil }
                fields.append((field, String(text[start..<at])))
                at += 1
            }
        }

        private mutating func space() { while at < text.count, text[at].isWhitespace { at += 1 } }

        private mutating func word() -> String? {
            let start = at
            while at < text.count, text[at].isLetter || text[at].isNumber || "-_:.".contains(text[at]) { at += 1 }
            return at > start ? String(text[start..<at]).lowercased() : nil
        }
    }
}
