import FoundationEssentials

/// A value of a MessagePack file (https://msgpack.org), as spaCy and thinc write them.
enum PackedValue {
    case none
    case truth(Bool)
    case number(Int64)
    /// Beyond what a signed number holds: hashes.
    case hash(UInt64)
    case real(Double)
    case text(String)
    /// Where they stand in the file.
    case bytes(Range<Int>)
    case list([PackedValue])
    case map([(key: PackedValue, value: PackedValue)])

    subscript(_ name: String) -> PackedValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key.text == name }?.value
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var list: [PackedValue]? { if case .list(let list) = self { list } else { nil } }
    var map: [(key: PackedValue, value: PackedValue)]? { if case .map(let map) = self { map } else { nil } }
    var range: Range<Int>? { if case .bytes(let range) = self { range } else { nil } }

    var hash: UInt64? {
        switch self {
        case .number(let number): UInt64(bitPattern: number)
        case .hash(let hash): hash
        default: nil
        }
    }
}

/// A whole MessagePack file in memory.
struct PackedFile {
    let path: String
    let bytes: [UInt8]
    let root: PackedValue

    init(path: String) throws {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw ParsingFailure(.missingModel, "\(path) cannot be read")
        }
        self.path = path
        bytes = Array(data)
        var reader = PackedReader(bytes: bytes, path: path)
        root = try reader.value(depth: 0)
    }

    func damaged(_ what: String) -> ParsingFailure { ParsingFailure(.damagedModel, "\(path): \(what)") }
}

/// Reads values one after the other, and never beyond the end.
private struct PackedReader {
    let bytes: [UInt8]
    let path: String
    private var at = 0

    init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    mutating func value(depth: Int, isKey: Bool = false) throws -> PackedValue {
        guard depth < 32 else { throw damaged("nested too deep") }
        let head = UInt8(try unsigned(1))
        switch head {
        case 0x00...0x7F: return .number(Int64(head))
        case 0x80...0x8F: return try map(Int(head & 0x0F), depth)
        case 0x90...0x9F: return try list(Int(head & 0x0F), depth)
        case 0xA0...0xBF: return try text(Int(head & 0x1F))
        case 0xC0: return .none
        case 0xC2, 0xC3: return .truth(head == 0xC3)
        case 0xC4, 0xC5, 0xC6: return try raw(size(head - 0xC4), isKey)
        case 0xCA: return .real(Double(Float(bitPattern: UInt32(try unsigned(4)))))
        case 0xCB: return .real(Double(bitPattern: try unsigned(8)))
        case 0xCC...0xCF:
            let number = try unsigned(1 << Int(head - 0xCC))
            return number > UInt64(Int64.max) ? .hash(number) : .number(Int64(number))
        case 0xD0: return .number(Int64(Int8(truncatingIfNeeded: try unsigned(1))))
        case 0xD1: return .number(Int64(Int16(truncatingIfNeeded: try unsigned(2))))
        case 0xD2: return .number(Int64(Int32(truncatingIfNeeded: try unsigned(4))))
        case 0xD3: return .number(Int64(bitPattern: try unsigned(8)))
        case 0xD9, 0xDA, 0xDB: return try text(size(head - 0xD9))
        case 0xDC, 0xDD: return try list(size(head - 0xDC + 1), depth)
        case 0xDE, 0xDF: return try map(size(head - 0xDE + 1), depth)
        case 0xE0...0xFF: return .number(Int64(Int8(bitPattern: head)))
        default: throw damaged("a value of the unknown kind \(head) at \(at - 1)")
        }
    }

    private mutating func size(_ power: UInt8) throws -> Int { Int(try unsigned(1 << Int(power))) }

    private mutating func list(_ count: Int, _ depth: Int) throws -> PackedValue {
        guard count <= bytes.count - at else { throw damaged("a list of \(count)") }
        var list: [PackedValue] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try value(depth: depth + 1)) }
        return .list(list)
    }

    private mutating func map(_ count: Int, _ depth: Int) throws -> PackedValue {
        guard count <= bytes.count - at else { throw damaged("a map of \(count)") }
        var map: [(key: PackedValue, value: PackedValue)] = []
        map.reserveCapacity(count)
        for _ in 0..<count {
            let key = try value(depth: depth + 1, isKey: true)
            map.append((key, try value(depth: depth + 1)))
        }
        return .map(map)
    }

    private mutating func text(_ count: Int) throws -> PackedValue { .text(String(decoding: try take(count), as: UTF8.self)) }

    /// Names of fields are written as bytes by some versions and as text by others.
    private mutating func raw(_ count: Int, _ isKey: Bool) throws -> PackedValue {
        if isKey { return try text(count) }
        let start = at
        _ = try take(count)
        return .bytes(start..<start + count)
    }

    private mutating func unsigned(_ count: Int) throws -> UInt64 { try take(count).reduce(0) { $0 << 8 | UInt64($1) } }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - at else { throw damaged("\(count) bytes at \(at) of \(bytes.count)") }
        defer { at += count }
        return bytes[at..<at + count]
    }

    private func damaged(_ what: String) -> ParsingFailure { ParsingFailure(.damagedModel, "\(path): \(what)") }
}
