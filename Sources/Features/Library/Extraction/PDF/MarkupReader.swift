/// Reads the machine-made markup that poppler's tools print: tags, attributes in double quotes, text with entities. Not for XML at large.
struct MarkupReader {
    enum Token {
        /// A tag's name, with `/` before it for a closing tag. The attributes are read by `attribute`.
        case tag(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var at = 0
    /// Between the last tag's name and its `>`.
    private var attributes = 0..<0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// nil at the end. Text that is only white space is passed over.
    mutating func next() -> Token? {
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "<") {
                let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
                let inner = at + 1..<end
                at = min(end + 1, bytes.count)
                guard let first = inner.first, bytes[first] != UInt8(ascii: "!"), bytes[first] != UInt8(ascii: "?") else {
                    continue
                }
                let nameEnd =
                    inner.dropFirst().first { bytes[$0] == 32 || bytes[$0] == UInt8(ascii: "/") || bytes[$0] < 32 }
                    ?? inner.upperBound
                attributes = nameEnd..<inner.upperBound
                return .tag(String(decoding: bytes[first..<nameEnd], as: UTF8.self))
            }
            let end = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
            let range = at..<end
            at = end
            if range.contains(where: { bytes[$0] > 32 }) { return .text(Self.unescaped(bytes[range])) }
        }
        return nil
    }

    /// An attribute of the tag that `next` gave last.
    func attribute(_ name: String) -> String? {
        let key = Array(" \(name)=\"".utf8)
        var from = attributes.lowerBound
        while let start = bytes[from..<attributes.upperBound].firstIndex(of: 32) {
            if bytes[start..<attributes.upperBound].starts(with: key) {
                let value = bytes[(start + key.count)..<attributes.upperBound]
                return Self.unescaped(value[..<(value.firstIndex(of: UInt8(ascii: "\"")) ?? value.endIndex)])
            }
            from = start + 1
        }
        return nil
    }

    func number(_ name: String) -> Double { attribute(name).flatMap(Double.init) ?? 0 }

    /// The four attributes of a box, in the order in which `pdftotext` prints them: left, top, right, bottom.
    var box: PDFBox {
        var values = (0.0, 0.0, 0.0, 0.0)
        var (index, at) = (0, attributes.lowerBound)
        while index < 4, let open = bytes[at..<attributes.upperBound].firstIndex(of: UInt8(ascii: "\"")) {
            at = open + 1
            let value = decimal(&at)
            switch index {
            case 0: values.0 = value
            case 1: values.1 = value
            case 2: values.2 = value
            default: values.3 = value
            }
            index += 1
            at += 1
        }
        return PDFBox(left: values.0, top: values.1, right: values.2, bottom: values.3)
    }

    /// A number in decimals, up to the quotation mark behind it. A page has hundreds of words: no text is made of each of their numbers.
    private func decimal(_ at: inout Int) -> Double {
        var (whole, scale, isNegative, isFraction) = (0.0, 1.0, false, false)
        while at < attributes.upperBound, bytes[at] != UInt8(ascii: "\"") {
            switch bytes[at] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                whole = whole * 10 + Double(bytes[at] - 48)
                if isFraction { scale *= 10 }
            default: break
            }
            at += 1
        }
        return (isNegative ? -whole : whole) / scale
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "&")) else { return text }
        var out = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            out += rest[..<start]
            rest = rest[start...]
            guard let end = rest.prefix(12).firstIndex(of: ";") else {
                out += "&"
                rest = rest.dropFirst()
                continue
            }
            let name = rest[rest.index(after: start)..<end]
            switch name {
            case "amp": out += "&"
            case "lt": out += "<"
            case "gt": out += ">"
            case "quot": out += "\""
            case "apos": out += "'"
            case "nbsp": out += " "
            default:
                let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
                let value =
                    name.hasPrefix("#") ? UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10) : nil
                if let scalar = value.flatMap(Unicode.Scalar.init) {
                    out.unicodeScalars.append(scalar)
                } else {
                    out += rest[...end]
                }
            }
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }
}
