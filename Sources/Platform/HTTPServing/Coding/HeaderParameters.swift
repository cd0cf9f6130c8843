import HTTPMessages

/// The first word of a header value and its parameters: `form-data; name="file"; filename="a.pdf"`.
struct HeaderParameters {
    /// What stands before the first `;`.
    private(set) var head: String
    /// Names in lower case, values unquoted, in order.
    private(set) var fields: [(name: String, value: String)] = []

    init(_ text: String) {
        var pieces: [[UInt8]] = [[]]
        var quoted = false
        var escaped = false
        for byte in text.utf8 {
            if escaped {
                escaped = false
            } else if quoted, byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                quoted.toggle()
            } else if byte == UInt8(ascii: ";"), !quoted {
                pieces.append([])
                continue
            }
            pieces[pieces.count - 1].append(byte)
        }
        func trimmed(_ bytes: some Collection<UInt8>) -> String {
            String(String(decoding: bytes, as: UTF8.self)[...].trimmingOptionalWhitespace)
        }
        head = trimmed(pieces[0])
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = trimmed(piece[..<equals]).lowercased()
            guard !name.isEmpty else { continue }
            fields.append((name, Self.unquoted(trimmed(piece[(equals + 1)...]))))
        }
    }

    func first(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Takes the quotes off and undoes `\"` and `\\`. Another backslash stays: some clients send `C:\papers\a.pdf`.
    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var bytes: [UInt8] = []
        var pending = false
        for byte in text.utf8.dropFirst().dropLast() {
            if pending {
                pending = false
                if byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            } else if byte == UInt8(ascii: "\\") {
                pending = true
            } else {
                bytes.append(byte)
            }
        }
        if pending { bytes.append(UInt8(ascii: "\\")) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
