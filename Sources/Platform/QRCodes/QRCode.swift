import CQREncode

/// A text as the squares that a camera reads, drawn by libqrencode.
package enum QRCode {
    /// Rows of `1` (dark) and `0`, without the quiet zone that belongs around them; nil for a text that is too long.
    package static func rows(of text: String) -> [String]? {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard let squares = code.pointee.data else { return nil }
        return (0..<width).map { row in
            // The lowest bit is the colour; the others say what a square is part of.
            String((0..<width).map { squares[row * width + $0] & 1 == 1 ? "1" : "0" })
        }
    }
}
