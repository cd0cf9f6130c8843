import Ambient
import FoundationEssentials

/// JSON text as it is written. `JSONTextEncoder` and its containers share one.
final class JSONTextBuffer {
    /// What one value on the way from the root has opened.
    struct Level {
        enum Form { case none, object, list }
        var form = Form.none
        var count = 0
    }

    // One encoding uses a buffer, on one task; checking each access at run time would be a tenth of its cost.
    @exclusivity(unchecked) private(set) var bytes: [UInt8] = []
    @exclusivity(unchecked) private var levels: [Level] = []
    /// Something was asked for that cannot be written in one pass.
    var isUnsupported = false

    init() {
        bytes.reserveCapacity(512)
        levels.reserveCapacity(8)
    }

    /// Writes any value; what it opens is closed when it returns.
    func write<Value: Encodable>(any value: Value) throws {
        if Value.self == Date.self, let date = value as? Date { return write(Timestamp.text(date)) }
        if Value.self == URL.self, let url = value as? URL { return write(url.absoluteString) }
        if Value.self == Data.self, let data = value as? Data { return write(data.base64EncodedString()) }
        if Value.self == String.self, let text = value as? String { return write(text) }
        let depth = levels.count
        levels.append(Level())
        defer { levels.removeLast() }
        try value.encode(to: JSONTextEncoder(buffer: self, depth: depth))
        switch levels[depth].form {
        case .object: bytes.append(UInt8(ascii: "}"))
        case .list: bytes.append(UInt8(ascii: "]"))
        case .none: break
        }
    }

    /// A level of its own, for an encoder that belongs to no value.
    func enter() { levels.append(Level()) }

    /// Opens an object or a list at a level, once.
    func open(_ form: Level.Form, at depth: Int) {
        guard levels[depth].form == .none else {
            if levels[depth].form != form { isUnsupported = true }
            return
        }
        levels[depth].form = form
        bytes.append(form == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
    }

    func count(at depth: Int) -> Int { levels[depth].count }

    /// The comma before all but the first.
    func separate(at depth: Int) {
        if levels[depth].count > 0 { bytes.append(UInt8(ascii: ",")) }
        levels[depth].count += 1
    }

    func key(_ name: String, at depth: Int) {
        separate(at: depth)
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    func writeNull() { bytes += "null".utf8 }

    func write(_ value: Bool) { bytes += value ? "true".utf8 : "false".utf8 }

    func write(_ value: some FixedWidthInteger) { bytes += String(value).utf8 }

    func write(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "JSON has no such number"))
        }
        bytes += "\(value)".utf8
    }

    func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 10: bytes += "\\n".utf8
        case 13: bytes += "\\r".utf8
        case 9: bytes += "\\t".utf8
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes += "\\u00".utf8
            bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
