/// The letters in which GPT-2's vocabulary writes bytes: printable Latin-1 as itself, the others from U+0100 on.
///
/// Source: openai/gpt-2, `encoder.py`, `bytes_to_unicode`.
enum BytePairAlphabet {
    private static let bytes: [Unicode.Scalar: UInt8] = {
        let printable = Set(UInt8(33)...126).union(UInt8(161)...172).union(UInt8(174)...255)
        var table: [Unicode.Scalar: UInt8] = [:]
        var next: UInt32 = 256
        for byte in UInt8.min...UInt8.max {
            if printable.contains(byte) {
                table[Unicode.Scalar(byte)] = byte
            } else if let scalar = Unicode.Scalar(next) {
                table[scalar] = byte
                next += 1
            }
        }
        return table
    }()

    private static let letters = Dictionary(uniqueKeysWithValues: bytes.map { ($1, $0) })

    /// A token of these bytes.
    static func text(of bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { if let letter = letters[byte] { text.append(letter) } }
        return String(text)
    }

    /// The bytes of a token; nil where it holds a letter that stands for none.
    static func bytes(of token: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in token.unicodeScalars {
            guard let byte = bytes[scalar] else { return nil }
            result.append(byte)
        }
        return result
    }
}
