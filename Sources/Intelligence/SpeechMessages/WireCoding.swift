/// Puts a message into bytes: numbers little-endian, texts and lists after their length.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ number: Float) { put(number.bitPattern) }
    mutating func put(_ number: Double) { put(number.bitPattern) }

    mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put(_ texts: [String]) {
        put(UInt32(texts.count))
        for text in texts { put(text) }
    }

    mutating func put<Number: FixedWidthInteger>(_ numbers: [Number]) {
        put(UInt32(numbers.count))
        bytes.reserveCapacity(bytes.count + numbers.count * MemoryLayout<Number>.size)
        #if _endian(little)
            numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
        #else
            for number in numbers { put(number) }
        #endif
    }
}

/// Takes a message out of bytes again. What is not well-formed throws, and never reads past the end.
struct WireReader {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    var isAtEnd: Bool { place == bytes.endIndex }

    private mutating func take(_ count: Int) throws(WireFailure) -> Range<Int> {
        guard count >= 0, count <= bytes.endIndex - place else { throw .malformed }
        defer { place += count }
        return place..<place + count
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(WireFailure) -> Number {
        var number: Number = 0
        for byte in bytes[try take(MemoryLayout<Number>.size)].reversed() {
            number = number << 8 | Number(truncatingIfNeeded: byte)
        }
        return number
    }

    mutating func float() throws(WireFailure) -> Float { Float(bitPattern: try number()) }
    mutating func double() throws(WireFailure) -> Double { Double(bitPattern: try number()) }

    mutating func text() throws(WireFailure) -> String {
        let count = Int(try number(UInt32.self))
        return String(decoding: bytes[try take(count)], as: UTF8.self)
    }

    mutating func texts() throws(WireFailure) -> [String] {
        var all: [String] = []
        for _ in 0..<(try number(UInt32.self)) { all.append(try text()) }
        return all
    }

    mutating func numbers<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(WireFailure) -> [Number] {
        let count = Int(try number(UInt32.self))
        let range = try take(count.multipliedReportingOverflow(by: MemoryLayout<Number>.size).partialValue)
        return bytes.withUnsafeBytes { raw in
            let start = range.lowerBound - bytes.startIndex
            return (0..<count).map {
                Number(littleEndian: raw.loadUnaligned(fromByteOffset: start + $0 * MemoryLayout<Number>.size, as: Number.self))
            }
        }
    }
}

/// What came is no message of ours.
package enum WireFailure: Error, Sendable { case malformed }
