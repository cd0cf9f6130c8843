import FoundationEssentials

/// A PNG or a JPEG as the page of a PDF, whose compressed bytes a PDF takes as they are: so it is drawn in the sandbox by the program that
/// draws all other pages.
enum PictureSheet {
    /// Points across.
    private static let width = 595.0

    /// nil for one that a PDF cannot take so: with rows in steps, or of another kind.
    static func pdf(_ bytes: [UInt8]) -> [UInt8]? {
        guard let size = PictureFile.size(bytes), size.width <= 30_000, size.height <= 30_000 else { return nil }
        switch PictureFile.format(head: Array(bytes.prefix(16))) {
        case .png: return png(bytes, size.width, size.height)
        case .jpeg: return jpeg(bytes, size.width, size.height)
        default: return nil
        }
    }

    private static func jpeg(_ bytes: [UInt8], _ width: Int, _ height: Int) -> [UInt8]? {
        // The frame's head says how many colours there are; what the picture says of them itself is believed.
        var at = 2
        while at + 9 < bytes.count, bytes[at] == 0xFF {
            let kind = bytes[at + 1]
            if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
                guard let space = [1: "/DeviceGray", 3: "/DeviceRGB"][bytes[at + 9]] else { return nil }
                return sheet(bytes[...], width, height, "/ColorSpace \(space) /BitsPerComponent 8 /Filter /DCTDecode")
            }
            at += 2 + max(2, Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]))
        }
        return nil
    }

    private static func png(_ bytes: [UInt8], _ width: Int, _ height: Int) -> [UInt8]? {
        guard bytes.count > 33, bytes[28] == 0 else { return nil }
        var (data, palette) = ([UInt8](), [UInt8]())
        var at = 8
        while at + 8 <= bytes.count {
            let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - at - 12 else { break }
            let content = bytes[(at + 8)..<(at + 8 + length)]
            switch String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self) {
            case "IDAT": data += content
            case "PLTE": palette = Array(content)
            default: break
            }
            at += 12 + length
        }
        let (colours, space): (Int, String)
        switch bytes[25] {
        case 0: (colours, space) = (1, "/DeviceGray")
        case 2: (colours, space) = (3, "/DeviceRGB")
        case 3:
            guard palette.count >= 3 else { return nil }
            let table = palette.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            (colours, space) = (1, "[/Indexed /DeviceRGB \(palette.count / 3 - 1) <\(table)>]")
        // What is seen through lies on white paper.
        case 4: (colours, space) = (2, "[/DeviceN [/G /A] /DeviceGray 5 0 R]")
        case 6: (colours, space) = (4, "[/DeviceN [/R /G /B /A] /DeviceRGB 6 0 R]")
        default: return nil
        }
        let form = "/Predictor 15 /Colors \(colours) /BitsPerComponent \(bytes[24]) /Columns \(width)"
        return sheet(
            data[...], width, height,
            "/ColorSpace \(space) /BitsPerComponent \(bytes[24]) /Filter /FlateDecode /DecodeParms << \(form) >>")
    }

    /// Grey and three colours over white, by how much of them is seen.
    private static let grey = "{ dup 3 1 roll mul exch 1 exch sub add }"
    private static let colour =
        "{ dup 1 exch sub 5 1 roll exch 1 index mul 4 index add 4 1 roll exch 1 index mul 4 index add 4 1 roll mul 3 index add 4 1 roll "
        + "3 -1 roll pop }"

    private static func sheet(_ data: ArraySlice<UInt8>, _ width: Int, _ height: Int, _ form: String) -> [UInt8] {
        let across = Self.width
        let down = across * Double(height) / Double(width)
        let drawing = "\(across) 0 0 \(down) 0 0 cm /P Do"
        func tint(_ program: String, _ inputs: Int, _ outputs: Int) -> (String, ArraySlice<UInt8>) {
            func unit(_ count: Int) -> String { "[" + Array(repeating: "0 1", count: count).joined(separator: " ") + "]" }
            return ("/FunctionType 4 /Domain \(unit(inputs)) /Range \(unit(outputs))", Array(program.utf8)[...])
        }
        let streams: [(String, ArraySlice<UInt8>)] = [
            ("", Array(drawing.utf8)[...]),
            ("/Type /XObject /Subtype /Image /Width \(width) /Height \(height) \(form)", data), tint(grey, 2, 1),
            tint(colour, 4, 3),
        ]
        let page =
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(across) \(down)] /Contents 3 0 R /Resources << /XObject << /P 4 0 R >> >> >>"
        var out = Array("%PDF-1.5\n".utf8)
        var places: [Int] = []
        func add(_ body: String, _ stream: ArraySlice<UInt8>? = nil) {
            places.append(out.count)
            out += "\(places.count) 0 obj\n\(body)\n".utf8
            if let stream { out += Array("stream\n".utf8) + stream + Array("\nendstream\n".utf8) }
            out += "endobj\n".utf8
        }
        add("<< /Type /Catalog /Pages 2 0 R >>")
        add("<< /Type /Pages /Count 1 /Kids [7 0 R] >>")
        for (head, stream) in streams { add("<< \(head) /Length \(stream.count) >>", stream) }
        add(page)
        let start = out.count
        func padded(_ number: Int) -> String { String(repeating: "0", count: 10 - String(number).count) + "\(number)" }
        out += "xref\n0 \(places.count + 1)\n0000000000 65535 f \n".utf8
        for place in places { out += "\(padded(place)) 00000 n \n".utf8 }
        out += "trailer << /Size \(places.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8
        return out
    }
}
