/// The pieces of a unigram vocabulary and all their beginnings, found scalar by scalar.
///
/// A beginning is known by the hash of its scalars, 64 bits of it: of the half a million that there are no two share one, which is seen when
/// the table is made; that a beginning of some text has by chance the hash of one is a matter of 1 in 10¹³.
struct UnigramPieces: Sendable {
    /// A beginning of pieces: what is walked on from.
    struct Prefix {
        fileprivate var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    }

    /// Hashes by slot, 0 where it is free.
    private let hashes: [UInt64]
    /// The piece that the scalars of a slot are; -1 where they are only a beginning.
    private let ids: [Int32]
    private let scores: [Float]
    private let wordStarts: [Bool]
    private let mask: Int
    /// Of a scalar that no piece has.
    let unknownScore: Float

    /// - Parameters:
    ///   - pieces: their bytes, in order of their ids.
    ///   - scores: logarithms of how likely each is.
    init(_ pieces: [UnsafeRawBufferPointer], scores: [Float]) throws {
        var size = 1
        while size < pieces.count * 4 { size *= 2 }
        mask = size - 1
        var hashes = [UInt64](repeating: 0, count: size)
        var ids = [Int32](repeating: -1, count: size)
        var starts = [Bool](repeating: false, count: pieces.count)
        var open = 0
        for (id, piece) in pieces.enumerated() {
            starts[id] = piece.starts(with: [0xE2, 0x96, 0x81])
            var prefix = Prefix()
            var slot = -1
            for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars {
                prefix.hash = Self.hash(prefix.hash, scalar.value)
                slot = Int(truncatingIfNeeded: prefix.hash) & mask
                while hashes[slot] != 0, hashes[slot] != prefix.hash { slot = (slot + 1) & mask }
                if hashes[slot] == 0 {
                    open += 1
                    hashes[slot] = prefix.hash
                }
            }
            guard open < size * 3 / 4 else { throw EmbeddingFailure(.damagedModel, "the vocabulary's pieces are too long") }
            guard slot >= 0, ids[slot] < 0 else { throw EmbeddingFailure(.damagedModel, "piece \(id) is empty, or there twice") }
            ids[slot] = Int32(id)
        }
        self.hashes = hashes
        self.ids = ids
        self.scores = scores
        wordStarts = starts
        unknownScore = (scores.min() ?? 0) - 10
    }

    /// Walks on by a scalar.
    /// - Returns: the piece that it ends, -1 where it ends none; nil where no piece begins so.
    @inline(__always)
    func extend(_ prefix: inout Prefix, by scalar: UInt32) -> Int32? {
        prefix.hash = Self.hash(prefix.hash, scalar)
        var slot = Int(truncatingIfNeeded: prefix.hash) & mask
        while hashes[slot] != 0 {
            if hashes[slot] == prefix.hash { return ids[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    func score(of piece: Int32) -> Float { scores[Int(piece)] }

    func beginsWord(_ piece: Int32) -> Bool { wordStarts[Int(piece)] }

    @inline(__always)
    private static func hash(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
        // Multiplied and folded, so that the low bits, which choose the slot, depend on all.
        let mixed = (hash ^ UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ (mixed >> 29)
    }
}
