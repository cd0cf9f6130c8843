/// A value in a PDF (ISO 32000-1, 7.3).
enum PDFValue {
    case null
    case bool(Bool)
    case number(Double)
    case string([UInt8])
    case name(String)
    case array([PDFValue])
    case dictionary([String: PDFValue])
    /// Of the object with this number.
    case reference(Int)
    /// Its dictionary, and where its bytes begin in the file.
    case stream([String: PDFValue], at: Int)
    /// A word of another kind: an operator, `obj`, `endobj`.
    case word(String)

    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var integer: Int? { number.flatMap { Int(exactly: $0.rounded(.towardZero)) } }
    var name: String? { if case .name(let value) = self { value } else { nil } }
    var bytes: [UInt8]? { if case .string(let value) = self { value } else { nil } }
    var array: [PDFValue]? { if case .array(let value) = self { value } else { nil } }

    /// Of a stream too.
    var dictionary: [String: PDFValue]? {
        switch self {
        case .dictionary(let value), .stream(let value, _): value
        default: nil
        }
    }

    func isWord(_ word: String) -> Bool { if case .word(word) = self { true } else { false } }
}
