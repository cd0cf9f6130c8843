/// The two hashes that spaCy's features are looked up by. Both are Austin Appleby's MurmurHash, which is in the public domain.
enum MurmurHash {
    /// MurmurHash64A of a text with the seed 1: what stands for a text; 0 for the empty one.
    static func key(of text: some StringProtocol) -> UInt64 {
        var bytes = Array(text.utf8)
        let count = bytes.count
        if count == 0 { return 0 }
        while bytes.count % 8 != 0 { bytes.append(0) }
        let factor: UInt64 = 0xC6A4_A793_5BD1_E995
        var hash = 1 ^ (UInt64(count) &* factor)
        bytes.withUnsafeBytes { raw in
            let whole = count / 8
            for index in 0..<whole {
                var word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) &* factor
                word ^= word >> 47
                hash = (hash ^ (word &* factor)) &* factor
            }
            if count % 8 != 0 {
                hash ^= UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: whole * 8, as: UInt64.self))
                hash = hash &* factor
            }
        }
        hash = (hash ^ (hash >> 47)) &* factor
        return hash ^ (hash >> 47)
    }

    /// MurmurHash3 of a key, as four numbers: the four rows of a table that stand for it.
    static func rows(of key: UInt64, seed: UInt64) -> (UInt32, UInt32, UInt32, UInt32) {
        var first = key &* 0x87C3_7B91_1142_53D5
        first = (first << 31 | first >> 33) &* 0x4CF5_AD43_2745_937F
        first ^= seed ^ 8
        var second = seed ^ 8
        first = first &+ second
        second = second &+ first
        first = mixed(first)
        second = mixed(second)
        first = first &+ second
        second = second &+ first
        return (
            UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: first >> 32),
            UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: second >> 32)
        )
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return value ^ (value >> 33)
    }
}
