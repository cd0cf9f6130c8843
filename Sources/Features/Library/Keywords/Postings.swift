/// The places of a term: pairs of (passage's ordinal, count), rising within a document, as bytes.
///
/// Each pair is two LEB128 numbers: the distance from the ordinal before (from -1 at first, less one) and the count. A count of 0 says
/// that what follows is another document's, whose first passage has the ordinal that stands in place of the distance. So the list of
/// a segment grows by having bytes appended to it, which the database can do without reading it.
struct Postings: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []
    private var last = -1

    init() {}
    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func append(ordinal: Int, count: Int) {
        precondition(ordinal > last && count > 0, "ordinals rise, and what is counted is there")
        Self.append(UInt(ordinal - last - 1), to: &bytes)
        Self.append(UInt(count), to: &bytes)
        last = ordinal
    }

    /// What is appended to a segment's list for a document of this list whose first passage is the segment's `first`.
    func based(at first: Int) -> [UInt8] {
        if first == 0 { return bytes }
        var based: [UInt8] = []
        based.reserveCapacity(bytes.count + 4)
        Self.append(UInt(first), to: &based)
        based.append(0)
        return based + bytes
    }

    /// Calls `body` with each pair. Stops at bytes that are no such list.
    func forEach(_ body: (_ ordinal: Int, _ count: Int) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            var ordinal = -1
            while let gap = Self.read(bytes, &at), let count = Self.read(bytes, &at) {
                if count == 0 {
                    ordinal = Int(gap) - 1
                } else {
                    ordinal += Int(gap) + 1
                    body(ordinal, Int(count))
                }
            }
        }
    }

    static func append(_ value: UInt, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt? {
        var (value, shift): (UInt, UInt) = (0, 0)
        while at < bytes.count, shift < 42 {
            let byte = bytes[at]
            at += 1
            value |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
