/// Ids as hexadecimal digits, lower case.
enum Hexadecimal {
    static func text(_ words: UInt64...) -> String {
        String(unsafeUninitializedCapacity: words.count * 16) { text in
            for (place, word) in words.enumerated() {
                for digit in 0..<16 {
                    let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - digit * 4) & 15)
                    text[place * 16 + digit] = value < 10 ? 48 + value : 87 + value
                }
            }
            return words.count * 16
        }
    }

    /// nil if a digit is none, or is upper case.
    static func value(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case 48...57: value = value << 4 | UInt64(digit - 48)
            case 97...102: value = value << 4 | UInt64(digit - 87)
            default: return nil
            }
        }
        return value
    }
}
