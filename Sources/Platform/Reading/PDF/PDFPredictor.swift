/// Undoes what was done to rows of bytes so that they pack better (ISO 32000-1, 7.4.4.4; the filters of PNG).
enum PDFPredictor {
    /// - Parameter parameters: `Predictor`, `Columns`, `Colors`, `BitsPerComponent`.
    static func undo(_ data: [UInt8], _ parameters: [String: Int]) -> [UInt8] {
        guard parameters["Predictor"] ?? 1 >= 10 else { return data }
        let sample = max(1, (parameters["Colors"] ?? 1) * (parameters["BitsPerComponent"] ?? 8) / 8)
        let width = (parameters["Columns"] ?? 1) * sample
        guard (1...1_000_000).contains(width) else { return data }
        var out: [UInt8] = []
        out.reserveCapacity(data.count)
        var above = [UInt8](repeating: 0, count: width)
        var at = 0
        while at + 1 < data.count {
            let filter = data[at]
            var row = Array(data[at + 1..<min(at + 1 + width, data.count)])
            row += [UInt8](repeating: 0, count: width - row.count)
            for index in 0..<width {
                let left = index >= sample ? row[index - sample] : 0
                let corner = index >= sample ? above[index - sample] : 0
                switch filter {
                case 1: row[index] &+= left
                case 2: row[index] &+= above[index]
                case 3: row[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
                case 4: row[index] &+= paeth(left, above[index], corner)
                default: break
                }
            }
            out += row
            above = row
            at += 1 + width
        }
        return out
    }

    private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
        let guess = Int(left) + Int(up) - Int(corner)
        let (toLeft, toUp, toCorner) = (abs(guess - Int(left)), abs(guess - Int(up)), abs(guess - Int(corner)))
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
    }
}
