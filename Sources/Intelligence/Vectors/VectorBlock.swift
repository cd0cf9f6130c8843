package import FoundationEssentials

/// Some entries of one group with their vectors, one byte a number; the bytes are what is stored and what is searched.
///
/// They are, all numbers little-endian: the count of entries, of rows and of numbers in a row, 32 bits each; the entries' ids, 16 bytes
/// each; how many rows each entry has, 16 bits each; what a step of each row is worth, 32-bit floats; the rows.
package struct VectorBlock: Sendable {
    package let group: UUID
    package let bytes: [UInt8]
    package let entryCount: Int
    package let rowCount: Int
    package let dimensions: Int

    private static let head = 12
    private var rowCounts: Int { Self.head + 16 * entryCount }
    private var scales: Int { rowCounts + 2 * entryCount }
    private var rows: Int { scales + 4 * rowCount }

    /// - Throws: `VectorFailure` where an entry has no vector, or one of another length, or with numbers that are not finite.
    package init(group: UUID, entries: [VectorEntry], dimensions: Int) throws {
        for entry in entries {
            guard !entry.vectors.isEmpty, entry.vectors.count <= Int(UInt16.max) else {
                throw VectorFailure("chunk \(entry.id) has \(entry.vectors.count) vectors")
            }
            for vector in entry.vectors {
                guard vector.count == dimensions else {
                    throw VectorFailure("chunk \(entry.id): \(vector.count) numbers where there are to be \(dimensions)")
                }
                guard vector.allSatisfy(\.isFinite) else { throw VectorFailure("chunk \(entry.id): a number is not finite") }
            }
        }
        let rows = entries.flatMap { $0.vectors.map(QuantisedVector.init) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.head + 18 * entries.count + rows.count * (4 + dimensions))
        func append(_ number: some FixedWidthInteger) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
        for count in [entries.count, rows.count, dimensions] { append(UInt32(count)) }
        for entry in entries { withUnsafeBytes(of: entry.id.uuid) { bytes.append(contentsOf: $0) } }
        for entry in entries { append(UInt16(entry.vectors.count)) }
        for row in rows { append(row.scale.bitPattern) }
        for row in rows { bytes.append(contentsOf: row.numbers.lazy.map { UInt8(bitPattern: $0) }) }
        self.init(group, bytes, entries.count, rows.count, dimensions)
    }

    /// - Throws: `VectorFailure` where the bytes are no block of vectors with so many numbers.
    package init(group: UUID, bytes: [UInt8], dimensions: Int) throws {
        let counts = bytes.withUnsafeBytes { raw in
            raw.count < Self.head
                ? [] : (0..<3).map { Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))) }
        }
        guard counts.count == 3, counts[2] == dimensions,
            bytes.count == Self.head + 18 * counts[0] + counts[1] * (4 + dimensions)
        else { throw VectorFailure("a block of group \(group) is damaged, or of another model") }
        self.init(group, bytes, counts[0], counts[1], dimensions)
        let total = bytes.withUnsafeBytes { raw in (0..<entryCount).reduce(0) { $0 + rowCount(of: $1, in: raw) } }
        guard total == rowCount else { throw VectorFailure("a block of group \(group) is damaged") }
    }

    private init(_ group: UUID, _ bytes: [UInt8], _ entryCount: Int, _ rowCount: Int, _ dimensions: Int) {
        self.group = group
        self.bytes = bytes
        self.entryCount = entryCount
        self.rowCount = rowCount
        self.dimensions = dimensions
    }

    /// Offers each entry, with the greatest product of its rows, to `best`. The query must have as many numbers as a row.
    func search(_ query: QuantisedVector, into best: inout BestHits) {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return }
            let numbers = base.assumingMemoryBound(to: Int8.self) + rows
            query.numbers.withUnsafeBufferPointer { asked in
                guard let pointer = asked.baseAddress else { return }
                var row = 0
                for entry in 0..<entryCount {
                    var score = -Float.infinity
                    for _ in 0..<rowCount(of: entry, in: raw) {
                        let product = QuantisedVector.product(pointer, numbers + row * dimensions, count: dimensions)
                        let pattern = raw.loadUnaligned(fromByteOffset: scales + 4 * row, as: UInt32.self)
                        score = max(score, Float(product) * Float(bitPattern: UInt32(littleEndian: pattern)) * query.scale)
                        row += 1
                    }
                    if score >= best.floor {
                        let id = raw.loadUnaligned(fromByteOffset: Self.head + 16 * entry, as: uuid_t.self)
                        best.offer(VectorHit(id: UUID(uuid: id), score: score))
                    }
                }
            }
        }
    }

    private func rowCount(of entry: Int, in raw: UnsafeRawBufferPointer) -> Int {
        Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: rowCounts + 2 * entry, as: UInt16.self)))
    }
}
