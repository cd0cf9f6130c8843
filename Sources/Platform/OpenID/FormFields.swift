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
}
