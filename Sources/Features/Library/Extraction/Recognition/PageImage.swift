/// What the picture of a page in grey (PGM) tells without reading it: its size, and whether anything is drawn there.
struct PageImage {
    /// In points of the picture.
    let width: Int
    let height: Int
    let isBlank: Bool

    /// nil if it is none.
    ///
    /// - Parameter dust: so many dark points, or fewer, are nothing that was drawn.
    init?(_ image: [UInt8], dust: Int) {
        // `P5`, width, height and the greatest value, each apart by one white space, then a byte for each point.
        var (at, fields) = (0, [String]())
        while at < image.count, fields.count < 4, at < 64 {
            let start = at
            while at < image.count, image[at] > 32 { at += 1 }
            fields.append(String(decoding: image[start..<at], as: UTF8.self))
            at += 1
        }
        guard fields.count == 4, fields[0] == "P5", let width = Int(fields[1]), let height = Int(fields[2]), at < image.count else {
            return nil
        }
        (self.width, self.height) = (width, height)
        var (dark, light) = (0, 0)
        for byte in image[at...] {
            if byte < 150 { dark += 1 } else if byte > 230 { light += 1 }
            // White writing on a dark page is writing too.
            if dark > dust, light > dust { break }
        }
        isBlank = dark <= dust || light == 0 && dark == image.count - at
    }
}
