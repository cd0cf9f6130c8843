/// The places of a term within one document: pairs of (chunk's ordinal, count), rising, as bytes.
///
/// Each pair is two LEB128 numbers: the distance from the ordinal before (from -1 at first, less one) and the count.
struct Postings: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []
    private var last = -1

    init() {}
    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func append(ordinal: Int, count: Int) {
        precondition(ordinal > last, "ordinals rise")
        Self.append(UInt(ordinal - last - 1), to: &bytes)
        Self.append(UInt(count), to: &bytes)
        last = ordinal
    }

    /// Calls `body` with each pair. Stops at bytes that are no such list.
    func forEach(_ body: (_ ordinal: Int, _ count: Int) -> Void) {
        var at = 0
        var ordinal = -1
        while let gap = Self.read(bytes, &at), let count = Self.read(bytes, &at) {
            ordinal += Int(gap) + 1
            body(ordinal, Int(count))
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

    static func read(_ bytes: [UInt8], _ at: inout Int) -> UInt? {
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

/// One document as the keyword index holds it: how many terms each chunk has, and the places of each term.
struct DocumentTerms: Sendable, Equatable {
    var lengths: [Int]
    var postings: [String: Postings]

    /// - Parameter texts: what is searched of each chunk, in order.
    init(texts: [String]) {
        lengths = []
        postings = [:]
        for (ordinal, text) in texts.enumerated() {
            let terms = KeywordAnalyzer.terms(of: text)
            lengths.append(terms.count)
            var counts: [String: Int] = [:]
            for term in terms { counts[term, default: 0] += 1 }
            for (term, count) in counts { postings[term, default: Postings()].append(ordinal: ordinal, count: count) }
        }
    }

    static func encode(lengths: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for length in lengths { Postings.append(UInt(length), to: &bytes) }
        return bytes
    }

    static func decode(lengths bytes: [UInt8]) -> [Int] {
        var lengths: [Int] = []
        var at = 0
        while let length = Postings.read(bytes, &at) { lengths.append(Int(length)) }
        return lengths
    }
}
