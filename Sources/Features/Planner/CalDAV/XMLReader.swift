/// Reads the XML of a CalDAV request: elements, attributes, text, namespaces, and nothing else of XML.
///
/// Strict, and bounded in depth and number. There are no entities but the five that XML has by itself, and a document type is refused, so that
/// nothing grows and nothing is fetched; a parser of all of XML would have to be walled in for each request.
struct XMLReader {
    private static let deepest = 24
    private static let most = 60_000

    private let bytes: [UInt8]
    private var at = 0
    private var count = 0

    /// nil where it is not well-formed, or more than is read.
    static func read(_ bytes: [UInt8]) -> XMLElement? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = XMLReader(bytes: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        guard reader.skipMisc(), let root = reader.element(["": "", "xml": "xml"], depth: 0), reader.skipMisc() else { return nil }
        return reader.at == reader.bytes.count ? root : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func has(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

    private mutating func take(_ text: String) -> Bool {
        guard has(text) else { return false }
        at += text.utf8.count
        return true
    }

    private mutating func skipSpaces() { while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) { at += 1 } }

    private mutating func skip(through text: String) -> Bool {
        while at < bytes.count {
            if take(text) { return true }
            at += 1
        }
        return false
    }

    /// Spaces, comments and instructions; no document type.
    private mutating func skipMisc() -> Bool {
        while true {
            skipSpaces()
            if take("<!--") {
                guard skip(through: "-->") else { return false }
            } else if take("<?") {
                guard skip(through: "?>") else { return false }
            } else {
                return true
            }
        }
    }

    private mutating func name() -> String? {
        let start = at
        while at < bytes.count, ![9, 10, 13, 32].contains(bytes[at]), !"/>=<\"'&".utf8.contains(bytes[at]) { at += 1 }
        return at > start && at - start <= 100 ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private mutating func element(_ outer: [String: String], depth: Int) -> XMLElement? {
        count += 1
        guard depth < Self.deepest, count <= Self.most, take("<"), let tag = name() else { return nil }
        var (scope, attributes) = (outer, [String: String]())
        while true {
            skipSpaces()
            if at < bytes.count, bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/") { break }
            guard let key = name() else { return nil }
            skipSpaces()
            guard take("=") else { return nil }
            skipSpaces()
            guard let value = quoted(), attributes.updateValue(value, forKey: key) == nil, attributes.count <= 40 else {
                return nil
            }
            if key == "xmlns" { scope[""] = value } else if key.hasPrefix("xmlns:") { scope[String(key.dropFirst(6))] = value }
        }
        let parts = tag.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let namespace = scope[parts.count == 2 ? String(parts[0]) : ""] else { return nil }
        var found = XMLElement(
            namespace: namespace, name: String(parts[parts.count - 1]),
            attributes: attributes.filter { $0.key != "xmlns" && !$0.key.hasPrefix("xmlns:") })
        if take("/>") { return found }
        guard take(">") else { return nil }
        while at < bytes.count {
            if take("<!--") {
                guard skip(through: "-->") else { return nil }
            } else if take("<![CDATA[") {
                let start = at
                guard skip(through: "]]>") else { return nil }
                found.text += String(decoding: bytes[start..<at - 3], as: UTF8.self)
            } else if take("<?") {
                guard skip(through: "?>") else { return nil }
            } else if take("</") {
                guard name() == tag else { return nil }
                skipSpaces()
                return take(">") ? found : nil
            } else if bytes[at] == UInt8(ascii: "<") {
                guard let child = element(scope, depth: depth + 1) else { return nil }
                found.children.append(child)
            } else {
                guard let text = text(until: UInt8(ascii: "<")) else { return nil }
                found.text += text
            }
        }
        return nil
    }

    private mutating func quoted() -> String? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { return nil }
        let quote = bytes[at]
        at += 1
        guard let text = text(until: quote), at < bytes.count, bytes[at] == quote, !text.utf8.contains(UInt8(ascii: "<")) else {
            return nil
        }
        at += 1
        return text
    }

    /// To a byte or the end, with the five entities and numbers as what they stand for.
    private mutating func text(until end: UInt8) -> String? {
        var text: [UInt8] = []
        while at < bytes.count, bytes[at] != end {
            guard bytes[at] == UInt8(ascii: "&") else {
                text.append(bytes[at])
                at += 1
                continue
            }
            guard let close = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let entity = String(decoding: bytes[(at + 1)..<close], as: UTF8.self)
            at = close + 1
            switch entity {
            case "lt": text.append(UInt8(ascii: "<"))
            case "gt": text.append(UInt8(ascii: ">"))
            case "amp": text.append(UInt8(ascii: "&"))
            case "quot": text.append(UInt8(ascii: "\""))
            case "apos": text.append(UInt8(ascii: "'"))
            default:
                let number =
                    entity.hasPrefix("#x")
                    ? UInt32(entity.dropFirst(2), radix: 16) : entity.hasPrefix("#") ? UInt32(entity.dropFirst()) : nil
                guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
                text += Array(String(scalar).utf8)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
