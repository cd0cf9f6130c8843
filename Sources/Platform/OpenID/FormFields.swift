/// Fields as a form sends them, in an address or a body (`application/x-www-form-urlencoded`).
package enum FormFields {
    package typealias Field = (name: String, value: String)

    package static func encode(_ fields: [Field]) -> String {
        fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// All but the letters, figures and marks that RFC 3986 leaves as they are.
    package static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: text.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case 48...57, 65...90, 97...122, 45, 46, 95, 126: [byte]
                default: [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }, as: UTF8.self)
    }

    /// An address with these fields behind what it asks already.
    package static func append(_ fields: [Field], to address: String) -> String {
        address + (address.contains("?") ? "&" : "?") + encode(fields)
    }

    /// The fields of a form as it was sent; nil where an escape is malformed. Of several of one name the first counts.
    package static func decode(_ text: some StringProtocol) -> [String: String]? {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = plain(parts[0]), let value = parts.count == 2 ? plain(parts[1]) : "" else { return nil }
            if fields[name] == nil { fields[name] = value }
        }
        return fields
    }

    private static func plain(_ text: some StringProtocol) -> String? {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
