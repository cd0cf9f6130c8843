/// Reads CBOR strictly: each number in its shortest form, lengths known before, no key twice, no tags and no fractions.
package struct CBORReader: ~Copyable {
    /// Nothing that an authenticator writes lies deeper.
    private static let deepest = 8

    private let bytes: [UInt8]
    package private(set) var position: Int

    package init(_ bytes: [UInt8], at position: Int = 0) { (self.bytes, self.position) = (bytes, position) }

    /// The one value that these bytes are, with nothing behind it.
    package static func value(of bytes: [UInt8]) throws(WebAuthnFailure) -> CBORValue {
        var reader = CBORReader(bytes)
        let value = try reader.next()
        guard reader.position == bytes.count else { throw .malformed("something stands behind the CBOR") }
        return value
    }

    package mutating func next() throws(WebAuthnFailure) -> CBORValue { try next(depth: 0) }

    private mutating func next(depth: Int) throws(WebAuthnFailure) -> CBORValue {
        guard depth < Self.deepest else { throw .malformed("the CBOR is too deep") }
        let head = try byte()
        let kind = head >> 5
        if kind == 7 {
            switch head & 31 {
            case 20: return .bool(false)
            case 21: return .bool(true)
            case 22: return .null
            default: throw .malformed("the CBOR has a kind of value that no authenticator writes")
            }
        }
        let number = try argument(head & 31)
        switch kind {
        case 0: return .integer(number)
        case 1: return .integer(-1 - number)
        case 2: return .bytes(try take(number))
        case 3:
            let text = try take(number)
            guard let valid = String(validating: text, as: UTF8.self) else { throw .malformed("a text of the CBOR is not UTF-8") }
            return .text(valid)
        case 4:
            // Each item takes a byte at least: a length that is not there allocates nothing.
            guard number <= bytes.count - position else { throw .malformed("the CBOR ends too soon") }
            var items: [CBORValue] = []
            for _ in 0..<number { items.append(try next(depth: depth + 1)) }
            return .list(items)
        case 5:
            guard number <= (bytes.count - position) / 2 else { throw .malformed("the CBOR ends too soon") }
            var fields: [CBORValue: CBORValue] = [:]
            for _ in 0..<number {
                let key = try next(depth: depth + 1)
                switch key {
                case .integer, .text: break
                default: throw .malformed("a key of the CBOR is neither a number nor a text")
                }
                guard fields.updateValue(try next(depth: depth + 1), forKey: key) == nil else {
                    throw .malformed("a key of the CBOR comes twice")
                }
            }
            return .map(fields)
        default: throw .malformed("the CBOR has a tag")
        }
    }

    private mutating func argument(_ short: UInt8) throws(WebAuthnFailure) -> Int {
        guard short >= 24 else { return Int(short) }
        guard short <= 27 else { throw .malformed("the CBOR has no length") }
        let width = 1 << (short - 24)
        var value: UInt64 = 0
        for _ in 0..<width { value = value << 8 | UInt64(try byte()) }
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
        guard value >= least, let number = Int(exactly: value) else {
            throw .malformed("a number of the CBOR is not in its shortest form")
        }
        return number
    }

    private mutating func byte() throws(WebAuthnFailure) -> UInt8 {
        guard position < bytes.count else { throw .malformed("the CBOR ends too soon") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ count: Int) throws(WebAuthnFailure) -> [UInt8] {
        guard count <= bytes.count - position else { throw .malformed("the CBOR ends too soon") }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }
}
