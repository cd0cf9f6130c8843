import CUchardet
import Glibc
import Manuscript

/// How bytes stand for characters: found by marks at the beginning, by form, or by the statistics of uchardet; turned into Unicode by
/// the C library.
struct Charset: Equatable {
    /// As the C library names it.
    let name: String

    init(_ name: String) { self.name = name }

    static let utf8 = Charset("UTF-8")

    /// In the words of HTTP, which browsers know.
    var label: String {
        switch name {
        case "UHC", "CP949": "euc-kr"
        case "TIS-620", "CP874": "windows-874"
        case _ where name.hasPrefix("CP125"): "windows-" + name.dropFirst(2)
        case "CP932": "shift_jis"
        case "CP850": "ibm850"
        default: name.lowercased()
        }
    }

    /// How a whole text is encoded; nil if it is none.
    ///
    /// - Parameter declared: what the text says of itself, as HTML does; believed where the bytes do not contradict it.
    static func detect(_ bytes: [UInt8], declared: String? = nil) -> Charset? {
        if let marked = markedAtStart(bytes) { return marked }
        if bytes.contains(0) { return wide(bytes) }
        if String(validating: bytes, as: UTF8.self) != nil {
            // Seven bits with escapes are a text of East Asia.
            return declared.flatMap(seven(named:)) ?? (bytes.contains(0x1B) || bytes.contains(0x7E) ? seven(bytes) : nil) ?? .utf8
        }
        if let wide = wide(bytes) { return wide }
        // A UTF-8 text with a few broken bytes is one all the same.
        if isNearlyUTF8(bytes) { return .utf8 }
        if let declared = declared.flatMap({ Charset(label: $0) }), declared != .utf8, declared.reads(bytes) { return declared }
        return statistical(bytes).map { WesternEncoding.better(than: $0, for: bytes) ?? $0 }
    }

    /// What `bytes` say; what cannot be read is U+FFFD.
    func decode(_ bytes: [UInt8]) -> String {
        var bytes = bytes[...]
        if self == .utf8 {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            return String(decoding: bytes, as: UTF8.self)
        }
        let text = converted(Array(bytes)).text
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    // MARK: - Finding out

    private static func markedAtStart(_ bytes: [UInt8]) -> Charset? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return Charset("UTF-32LE") }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return Charset("UTF-32BE") }
        if bytes.starts(with: [0xFF, 0xFE]) { return Charset("UTF-16LE") }
        if bytes.starts(with: [0xFE, 0xFF]) { return Charset("UTF-16BE") }
        return nil
    }

    /// UTF-16 and UTF-32 without a mark: read that way, it is made of what texts are made of, and the other ways it is not.
    private static func wide(_ bytes: [UInt8]) -> Charset? {
        guard bytes.count >= 4 else { return nil }
        let sample = Array(bytes.prefix(1 << 16 & ~3))
        var best: (charset: Charset, share: Double)?
        for name in ["UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"] {
            let step = name.hasPrefix("UTF-32") ? 4 : 2
            guard bytes.count % step == 0 || step == 2 else { continue }
            let charset = Charset(name)
            let whole = Array(sample.prefix(sample.count - sample.count % step))
            let (text, faults) = charset.converted(whole)
            let scalars = text.unicodeScalars
            let count = scalars.count
            guard count > 0, faults * 100 <= count else { continue }
            // Lines and spaces tell the order of bytes: turned round they are rare signs.
            let (usual, spaces) = scalars.reduce(into: (0, 0)) { sums, scalar in
                if isUsual(scalar) { sums.0 += 1 }
                if scalar == " " || scalar == "\n" || scalar == "。" || scalar == "、" || scalar == "，" { sums.1 += 1 }
            }
            let share = Double(usual) / Double(count)
            let needed = bytes.contains(0) ? 0.9 : 0.97
            if share >= needed, spaces > 0 || bytes.contains(0) && count < 12, share > best?.share ?? 0 { best = (charset, share) }
        }
        return best?.charset
    }

    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13, 0x20...0x7E, 0xA0...0x2FF, 0x370...0x5FF, 0x600...0x6FF, 0x900...0x97F, 0xE00...0xE7F, 0x1E00...0x1EFF,
            0x2010...0x2027, 0x20AC, 0x2190...0x22FF, 0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFF5E:
            scalar.properties.generalCategory != .unassigned
        default: false
        }
    }

    /// ISO-2022 and HZ.
    private static func seven(_ bytes: [UInt8]) -> Charset? {
        guard let name = named(by: bytes), let charset = seven(named: name), charset.reads(bytes) else { return nil }
        return charset
    }

    private static func seven(named name: String) -> Charset? {
        switch name.uppercased() {
        case "ISO-2022-JP": Charset("ISO-2022-JP-2")
        case "ISO-2022-KR": Charset("ISO-2022-KR")
        case "ISO-2022-CN": Charset("ISO-2022-CN")
        default: nil
        }
    }

    private static func isNearlyUTF8(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        var (good, bad) = (0, 0)
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            if scalar == "\u{FFFD}" { bad += 1 } else { good += 1 }
        }
        return good >= 4 && bad * 4 <= good
    }

    private static func statistical(_ bytes: [UInt8]) -> Charset? {
        if isFewWesternLetters(bytes) { return Charset("CP1252") }
        guard let name = named(by: bytes) else { return Charset("CP1252") }
        var charset = Charset(label: name) ?? Charset("CP1252")
        // The two differ where one has letters of Ukrainian and the other has lines to draw boxes with.
        if charset.name == "KOI8-R", charset.decode(bytes).unicodeScalars.contains(where: { (0x2500...0x259F).contains($0.value) })
        {
            charset = Charset("KOI8-U")
        }
        if charset.reads(bytes) { return charset }
        for superset in ["GB18030", "CP932", "CP949", "BIG5-HKSCS", "CP1252"] {
            let other = Charset(superset)
            if related(charset.name, superset), other.reads(bytes) { return other }
        }
        return charset.converted(bytes).faults * 50 <= bytes.count ? charset : Charset("CP1252")
    }

    /// A handful of letters is too little for statistics; those of Western Europe are the likeliest.
    private static func isFewWesternLetters(_ bytes: [UInt8]) -> Bool {
        let high = bytes.filter { $0 >= 0x80 }
        guard high.count <= 5 else { return false }
        let usual = "äöüßÄÖÜéèêëàâáçñíìîïóòôúùûåøæÅØÆÉÈÀÇÑÁÍÓÚ€‚„…‘’“”–—«»°§£¿¡²³µ×·½¼ "
        return Charset("CP1252").decode(high).allSatisfy { usual.contains($0) || $0 == "\u{A0}" } && !bytes.contains(0x1B)
            && high.count * 2 < bytes.count
    }

    private static func related(_ name: String, _ superset: String) -> Bool {
        switch superset {
        case "GB18030": name.hasPrefix("GB") || name.hasPrefix("EUC-CN") || name.hasPrefix("HZ")
        case "CP932": name.hasPrefix("SHIFT") || name.hasPrefix("SJIS")
        case "CP949": name.hasPrefix("EUC-KR") || name == "UHC"
        case "BIG5-HKSCS": name.hasPrefix("BIG5")
        default: true
        }
    }

    private static func named(by bytes: [UInt8]) -> String? {
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        let status = bytes.withUnsafeBytes { buffer in
            uchardet_handle_data(detector, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), min(buffer.count, 1 << 22))
        }
        guard status == 0 else { return nil }
        uchardet_data_end(detector)
        let name = uchardet_get_charset(detector).map { String(cString: $0) } ?? ""
        return name.isEmpty || name == "ASCII" ? nil : name
    }

    // MARK: - Names and conversion

    /// By a name that a file or a tool gives; nil if the C library does not know it. Where the web takes a name for a wider encoding,
    /// so does this.
    init?(label: String) {
        let key = label.uppercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        let name: String =
            switch key {
            case "": ""
            case "UTF8", "UTF-8": "UTF-8"
            case "ASCII", "US-ASCII", "LATIN1", "LATIN-1", "ISO-8859-1", "ISO8859-1", "WINDOWS-1252": "CP1252"
            case "SHIFT_JIS", "SHIFT-JIS", "SJIS", "X-SJIS", "WINDOWS-31J", "MS_KANJI": "CP932"
            case "GB2312", "GBK", "X-GBK", "GB18030", "CP936": "GB18030"
            case "BIG5", "BIG-5", "X-X-BIG5", "BIG5-HKSCS": "BIG5-HKSCS"
            case "EUC-KR", "KS_C_5601-1987", "KSC5601", "UHC", "WINDOWS-949": "CP949"
            case "ISO-8859-9", "LATIN5": "CP1254"
            case "ISO-8859-11", "TIS-620", "WINDOWS-874": "CP874"
            case "HZ-GB-2312": "GB18030"
            case "MAC-CENTRALEUROPE": "MAC-CENTRALEUROPE"
            case "MAC-CYRILLIC", "X-MAC-CYRILLIC": "MAC-CYRILLIC"
            case "MACINTOSH", "X-MAC-ROMAN": "MACINTOSH"
            case _ where key.hasPrefix("WINDOWS-"): "CP" + key.dropFirst(8)
            default: key
            }
        guard !name.isEmpty, Self.open(name) != nil else { return nil }
        self.name = name
    }

    /// Whether the bytes are all well-formed in it.
    func reads(_ bytes: [UInt8]) -> Bool { converted(bytes).faults == 0 }

    private static func open(_ name: String) -> iconv_t? {
        let handle = iconv_open("UTF-8", name)
        guard Int(bitPattern: handle) != -1 else { return nil }
        iconv_close(handle)
        return handle
    }

    private func converted(_ bytes: [UInt8]) -> (text: String, faults: Int) {
        let handle = iconv_open("UTF-8", name)
        guard let handle, Int(bitPattern: handle) != -1 else { return (String(decoding: bytes, as: UTF8.self), bytes.count) }
        defer { iconv_close(handle) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 2)
        var faults = 0
        var bytes = bytes
        bytes.withUnsafeMutableBytes { buffer in
            var input = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = buffer.count
            while left > 0 {
                var (status, reason) = (0, Int32(0))
                let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, count in
                    var target = room.baseAddress.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self) }
                    var free = 1 << 16
                    status = iconv(handle, &input, &left, &target, &free)
                    reason = errno
                    count = (1 << 16) - free
                }
                out += piece
                guard status == -1, reason != E2BIG else { continue }
                // A byte that fits nowhere is passed over.
                faults += 1
                out += [0xEF, 0xBF, 0xBD]
                if reason == EINVAL { break }
                input = input.map { $0 + 1 }
                left -= 1
            }
        }
        return (String(decoding: out, as: UTF8.self), faults)
    }
}
