/// A trie over the bytes of the vocabulary's pieces, as a double array: one addition and one comparison a byte.
///
/// Source: J. Aoe, "An Efficient Digital Search Algorithm by Using a Double-Array Structure", 1989.
struct PieceTrie: Sendable {
    /// Where the children of a node start: child `b` stands at `base + b + 1`.
    private var base: [Int32] = [0]
    /// The node that a slot belongs to; -1 where it is free.
    private var parent: [Int32] = [0]
    /// The piece that ends at a node; -1 if none does.
    private var piece: [Int32] = [-1]

    static let root: Int32 = 0

    /// - Parameter pieces: each piece's bytes, with its id; no two alike.
    init(_ pieces: [(bytes: [UInt8], id: Int32)]) {
        let sorted = pieces.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var open: [(node: Int, range: Range<Int>, depth: Int)] = [(0, 0..<sorted.count, 0)]
        var next = 0
        var places = Places()
        while next < open.count {
            var (node, range, depth) = open[next]
            next += 1
            if let first = range.first, sorted[first].bytes.count == depth {
                piece[node] = sorted[first].id
                range = first + 1..<range.upperBound
            }
            guard !range.isEmpty else { continue }
            var children: [(byte: UInt8, range: Range<Int>)] = []
            for index in range {
                let byte = sorted[index].bytes[depth]
                if let last = children.last, last.byte == byte {
                    children[children.count - 1].range = last.range.lowerBound..<index + 1
                } else {
                    children.append((byte, index..<index + 1))
                }
            }
            let start = place(children.map { Int($0.byte) + 1 }, &places)
            base[node] = Int32(start)
            for child in children {
                let slot = start + Int(child.byte) + 1
                parent[slot] = Int32(node)
                open.append((slot, child.range, depth + 1))
            }
        }
    }

    /// Where the search for room goes on, by how many children a node has: a gap that was too narrow for as many stays so, and is
    /// not tried again.
    private struct Places {
        private var starts = [Int](repeating: 1, count: 257)

        subscript(count: Int) -> Int {
            get { starts[count] }
            set { starts[count] = newValue }
        }
    }

    /// A base at which all labels fall on free slots.
    private mutating func place(_ labels: [Int], _ places: inout Places) -> Int {
        var slot = max(places[labels.count], labels[0])
        while true {
            let start = slot - labels[0]
            let end = start + 258
            if base.count < end {
                let more = max(end, base.count * 2) - base.count
                base += repeatElement(0, count: more)
                parent += repeatElement(-1, count: more)
                piece += repeatElement(-1, count: more)
            }
            if labels.allSatisfy({ parent[start + $0] < 0 }) {
                places[labels.count] = slot
                return start
            }
            slot += 1
        }
    }

    /// The child of `node` for the byte; nil if there is none.
    @inline(__always)
    func child(_ node: Int32, _ byte: UInt8) -> Int32? {
        let slot = Int(base[Int(node)]) + Int(byte) + 1
        guard slot < parent.count, parent[slot] == node else { return nil }
        return Int32(slot)
    }

    /// The piece that ends at the node, or -1.
    @inline(__always)
    func id(at node: Int32) -> Int32 { piece[Int(node)] }

    /// The node that the bytes lead to.
    func node(of bytes: some Sequence<UInt8>) -> Int32? {
        var node = Self.root
        for byte in bytes {
            guard let next = child(node, byte) else { return nil }
            node = next
        }
        return node
    }
}
