/// The names of a zip file's members, from its central directory (APPNOTE.TXT of PKWARE, 4.3.12 to 4.3.16); nothing is unpacked.
struct ZipDirectory {
    /// Bytes of the largest directory that is read: some 100,000 members.
    private static let largest = 8 << 20

    let names: [String]

    /// What the archive is, nil if it is none of ours.
    ///
    /// - Parameter head: the file's beginning, where OpenDocument and EPUB say what they are.
    func format(head: [UInt8]) -> DocumentFormat? {
        if names.contains("[Content_Types].xml") {
            // The part with the text is mostly `word/document.xml`, but a number may come before the dot.
            for (prefix, format) in [("word/document", DocumentFormat.docx), ("ppt/presentation", .pptx), ("xl/workbook", .xlsx)]
            where names.contains(where: { $0.hasPrefix(prefix) && $0.hasSuffix(".xml") }) { return format }
            return nil
        }
        if names.contains("META-INF/container.xml") { return .epub }
        guard names.contains("content.xml"), head.count > 30 else { return nil }
        for format in [DocumentFormat.odt, .odp, .ods] where head.prefix(300).contains(sequence: "mimetype" + format.mediaType) {
            return format
        }
        return nil
    }

    /// nil if the file has no directory, one that is broken, or one that is too large. Blocks.
    init?(of file: FileWindow) throws(LibraryFailure) {
        // The record that ends the file has 22 bytes and a comment of up to 65,535.
        let tailStart = max(0, file.size - 22 - 0xFFFF)
        let tail = try file.read(at: tailStart, count: 22 + 0xFFFF)
        guard let end = Self.endRecord(in: tail) else { return nil }
        var (size, endsAt) = (tail.number(at: end + 12, bytes: 4), tailStart + end)
        // A large directory stands before a record of its own, which a locator before the end record points to.
        let locator = end - 20
        if locator >= 0, tail.hasSignature(0x0706_4B50, at: locator) {
            guard let position = Int(exactly: tail.wideNumber(at: locator + 8)), position < file.size else { return nil }
            let wide = try file.read(at: position, count: 56)
            guard wide.count == 56, wide.hasSignature(0x0606_4B50, at: 0), let wideSize = Int(exactly: wide.wideNumber(at: 40))
            else { return nil }
            (size, endsAt) = (wideSize, position)
        }
        // Where it begins follows from its size, also if something was put before the zip.
        guard size <= Self.largest, size <= endsAt,
            let names = Self.names(in: try file.read(at: endsAt - size, count: size))
        else { return nil }
        self.names = names
    }

    /// Where the end record is: its comment reaches to the end of the file.
    private static func endRecord(in tail: [UInt8]) -> Int? {
        guard tail.count >= 22 else { return nil }
        return stride(from: tail.count - 22, through: 0, by: -1).first { at in
            tail.hasSignature(0x0605_4B50, at: at) && at + 22 + tail.number(at: at + 20, bytes: 2) == tail.count
        }
    }

    private static func names(in directory: [UInt8]) -> [String]? {
        var names: [String] = []
        var at = 0
        while at < directory.count {
            guard at + 46 <= directory.count, directory.hasSignature(0x0201_4B50, at: at) else { return nil }
            let length = directory.number(at: at + 28, bytes: 2)
            let rest = directory.number(at: at + 30, bytes: 2) + directory.number(at: at + 32, bytes: 2)
            guard at + 46 + length + rest <= directory.count else { return nil }
            names.append(String(decoding: directory[(at + 46)..<(at + 46 + length)], as: UTF8.self))
            at += 46 + length + rest
        }
        return names
    }
}

extension [UInt8] {
    /// A little-endian number of up to four bytes.
    fileprivate func number(at index: Int, bytes: Int) -> Int {
        (0..<bytes).reduce(0) { $0 | Int(self[index + $1]) << (8 * $1) }
    }

    fileprivate func wideNumber(at index: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(self[index + $1]) << (8 * UInt64($1)) }
    }

    fileprivate func hasSignature(_ signature: UInt32, at index: Int) -> Bool { number(at: index, bytes: 4) == Int(signature) }
}
