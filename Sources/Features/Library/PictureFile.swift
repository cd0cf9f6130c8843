/// What a picture's first bytes say of it, without unpacking anything.
enum PictureFile {
    /// The kind of picture; nil if it is none that can be read.
    static func format(head: [UInt8]) -> DocumentFormat? {
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) { return .webp }
        if head.starts(with: [0x49, 0x49, 0x2A, 0]) || head.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return .tiff }
        return nil
    }

    /// Width and height of a PNG or a JPEG; nil where they cannot be told.
    static func size(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        func number(_ at: Int, _ count: Int) -> Int {
            at + count <= bytes.count ? bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } : 0
        }
        var size = (width: 0, height: 0)
        switch format(head: Array(bytes.prefix(16))) {
        case .png: size = (number(16, 4), number(20, 4))
        case .jpeg:
            var at = 2
            while at + 9 < bytes.count, bytes[at] == 0xFF {
                let kind = bytes[at + 1]
                // The frame's own head; 0xC4, 0xC8 and 0xCC are tables.
                if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
                    size = (number(at + 7, 2), number(at + 5, 2))
                    break
                }
                at += 2 + max(2, number(at + 2, 2))
            }
        default: return nil
        }
        return size.width > 0 && size.height > 0 ? size : nil
    }

    /// How a camera was held: 1 upright, 3 on its head, 6 and 8 on a side; browsers turn the picture by it. 1 where it is not told.
    static func orientation(head: [UInt8]) -> Int {
        guard format(head: head) == .jpeg else { return 1 }
        var at = 2
        while at + 4 <= head.count, head[at] == 0xFF, head[at + 1] != 0xDA {
            let length = Int(head[at + 2]) << 8 | Int(head[at + 3])
            let segment = head[min(at + 4, head.count)..<min(at + 2 + max(length, 2), head.count)]
            if head[at + 1] == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
                return orientation(exif: Array(segment.dropFirst(6)))
            }
            at += 2 + max(length, 2)
        }
        return 1
    }

    /// - Parameter exif: a TIFF of tags alone.
    private static func orientation(exif: [UInt8]) -> Int {
        guard exif.count >= 8 else { return 1 }
        let isLittle = exif[0] == 0x49
        func number(_ at: Int, _ count: Int) -> Int {
            guard at >= 0, at + count <= exif.count else { return 0 }
            let bytes = exif[at..<at + count]
            return (isLittle ? bytes.reversed() : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        let directory = number(4, 4)
        for entry in 0..<min(number(directory, 2), 200) where number(directory + 2 + entry * 12, 2) == 0x0112 {
            let value = number(directory + 2 + entry * 12 + 8, 2)
            return (1...8).contains(value) ? value : 1
        }
        return 1
    }

    /// How many pages a TIFF has; 1 for other pictures, and for one that is broken.
    static func pageCount(_ file: FileWindow) throws(LibraryFailure) -> Int {
        let head = try file.read(at: 0, count: 8)
        guard format(head: head) == .tiff, head.count == 8 else { return 1 }
        let isLittle = head[0] == 0x49
        func number(_ bytes: ArraySlice<UInt8>) -> Int {
            (isLittle ? bytes.reversed() : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        // Each directory names its entries, of 12 bytes each, and where the next one is.
        var (at, count) = (number(head[4..<8]), 0)
        var seen: Set<Int> = []
        while at > 0, at + 2 <= file.size, seen.insert(at).inserted, count < 10_000 {
            count += 1
            let next = at + 2 + number(try file.read(at: at, count: 2)[...]) * 12
            guard next + 4 <= file.size else { break }
            at = number(try file.read(at: next, count: 4)[...])
        }
        return max(1, count)
    }
}
