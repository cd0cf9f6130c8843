/// Where in `;name=value` or `;name="quoted"` a chunk's extension stands (RFC 9112 section 7.1.1). Read for its grammar, then dropped.
///
/// Blanks around the signs, which the grammar only tolerates, are refused: parsers differ on them.
enum ChunkExtension: Equatable {
    case nameStart, name, valueStart, value, quoted, escaped, afterQuoted

    var mayEnd: Bool { self == .name || self == .value || self == .afterQuoted }

    /// nil if `byte` may not stand here.
    func after(_ byte: UInt8) -> ChunkExtension? {
        switch self {
        case .nameStart: return ByteClass.isToken(byte) ? .name : nil
        case .name:
            if byte == UInt8(ascii: "=") { return .valueStart }
            if byte == UInt8(ascii: ";") { return .nameStart }
            return ByteClass.isToken(byte) ? .name : nil
        case .valueStart:
            if byte == UInt8(ascii: "\"") { return .quoted }
            return ByteClass.isToken(byte) ? .value : nil
        case .value:
            if byte == UInt8(ascii: ";") { return .nameStart }
            return ByteClass.isToken(byte) ? .value : nil
        case .quoted:
            if byte == UInt8(ascii: "\"") { return .afterQuoted }
            if byte == UInt8(ascii: "\\") { return .escaped }
            return ByteClass.isFieldValue(byte) && byte < 0x80 ? .quoted : nil
        case .escaped: return ByteClass.isFieldValue(byte) && byte < 0x80 ? .quoted : nil
        case .afterQuoted: return byte == UInt8(ascii: ";") ? .nameStart : nil
        }
    }
}
