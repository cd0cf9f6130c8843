/// A message in protocol buffers' wire form: its fields by their numbers.
struct WireMessage {
    private(set) var numbers: [Int: UInt64] = [:]
    /// Of each field all that were given, in order.
    private(set) var parts: [Int: [ArraySlice<UInt8>]] = [:]

    /// The last text of a field.
    func text(_ field: Int) -> String? { parts[field]?.last.map { String(decoding: $0, as: UTF8.self) } }

    /// nil if it is none.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        func number() -> UInt64? {
            var (value, shift) = (UInt64(0), UInt64(0))
            while shift < 64, let byte = rest.popFirst() {
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            return nil
        }
        while !rest.isEmpty {
            guard let key = number() else { return nil }
            let field = Int(truncatingIfNeeded: key >> 3)
            switch key & 7 {
            case 0:
                guard let value = number() else { return nil }
                numbers[field] = value
            case 1:
                guard rest.count >= 8 else { return nil }
                rest = rest.dropFirst(8)
            case 2:
                guard let length = number(), length <= UInt64(rest.count) else { return nil }
                parts[field, default: []].append(rest.prefix(Int(length)))
                rest = rest.dropFirst(Int(length))
            case 5:
                guard rest.count >= 4 else { return nil }
                rest = rest.dropFirst(4)
            default: return nil
            }
        }
    }
}
