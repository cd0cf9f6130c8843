/// What the tokenizer does with each Unicode scalar before it looks for pieces: BERT's cleaning, spacing of Chinese characters,
/// decomposition (NFD), removal of accents and lower-casing, in one look-up.
struct CharacterTable: Sendable {
    enum Action {
        /// It is not there.
        case drop
        /// It ends a word.
        case space
        /// It ends a word and is one by itself: punctuation, Chinese characters.
        case alone(UInt32)
        /// It belongs to the word.
        case word(UInt32)
        /// It belongs to the word as these scalars.
        case several([UInt32])
        /// A Hangul syllable, which decomposes by arithmetic.
        case hangul
    }

    private static let pageSize = 256
    // An entry is a tag in the top bits and a scalar; 0 is "within a word, as it is".
    private static let tagShift: UInt32 = 24
    private enum Tag { static let word: UInt32 = 1, alone: UInt32 = 2, space: UInt32 = 3, drop: UInt32 = 4, several: UInt32 = 5 }

    /// For each page of 256 scalars, where its entries start.
    private let pages: [Int32]
    private let entries: [UInt32]
    private let sequences: [[UInt32]]

    init() {
        var pages = [Int32](repeating: 0, count: 0x110000 / Self.pageSize)
        var entries = [UInt32](repeating: 0, count: Self.pageSize)  // page 0: all as they are
        var sequences: [[UInt32]] = []
        /// Where a page that one run covers whole stands, by its value; most of the planes are such pages.
        var uniform: [UInt32: Int32] = [:]

        var end = 0
        for run in Self.data.utf8.split(separator: UInt8(ascii: " ")) {
            let fields = run.split(separator: UInt8(ascii: ","))
            func number(_ field: Int) -> Int { Int(Substring(fields[field]), radix: 36) ?? 0 }
            var code = end + number(0)
            end = code + number(1)
            let kind = fields[2].first
            while code < end {
                let value: UInt32
                switch kind {
                case UInt8(ascii: "d"): value = Tag.drop << Self.tagShift
                case UInt8(ascii: "s"): value = Tag.space << Self.tagShift
                case UInt8(ascii: "i"): value = Tag.alone << Self.tagShift | UInt32(code + number(3))
                case UInt8(ascii: "w"): value = Tag.word << Self.tagShift | UInt32(code + number(3))
                default:
                    value = Tag.several << Self.tagShift | UInt32(sequences.count)
                    sequences.append((3..<fields.count).map { UInt32(number($0)) })
                }
                let (page, offset) = code.quotientAndRemainder(dividingBy: Self.pageSize)
                let constant = kind == UInt8(ascii: "d") || kind == UInt8(ascii: "s")
                if constant, offset == 0, end - code >= Self.pageSize {
                    if uniform[value] == nil {
                        uniform[value] = Int32(entries.count)
                        entries += repeatElement(value, count: Self.pageSize)
                    }
                    pages[page] = uniform[value] ?? 0
                    code += Self.pageSize
                    continue
                }
                if pages[page] == 0 {
                    pages[page] = Int32(entries.count)
                    entries += repeatElement(0, count: Self.pageSize)
                }
                entries[Int(pages[page]) + offset] = value
                code += 1
            }
        }
        self.pages = pages
        self.entries = entries
        self.sequences = sequences
    }

    subscript(scalar: UInt32) -> Action {
        let entry = entries[Int(pages[Int(scalar >> 8)]) + Int(scalar & 0xFF)]
        let payload = entry & 0xFF_FFFF
        switch entry >> Self.tagShift {
        case 0: return (0xAC00..<0xAC00 + 11_172).contains(scalar) ? .hangul : .word(scalar)
        case Tag.word: return .word(payload)
        case Tag.alone: return .alone(payload)
        case Tag.space: return .space
        case Tag.several: return .several(sequences[Int(payload)])
        default: return .drop
        }
    }

    /// The two or three jamo of a Hangul syllable (Unicode 3.12).
    static func jamo(of syllable: UInt32) -> (UInt32, UInt32, UInt32?) {
        let index = syllable - 0xAC00
        let tail = index % 28
        return (0x1100 + index / 588, 0x1161 + index % 588 / 28, tail == 0 ? nil : 0x11A7 + tail)
    }
}
