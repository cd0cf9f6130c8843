import FoundationEssentials
import HTTPMessages

/// A message in the form of the wire: headers of RFC 5322 and 2047, parts of RFC 2045 and 2046, lines that end in CRLF.
package enum MailFormat {
    /// - Parameter boundary: between the parts; it must stand in neither.
    package static func bytes(of message: MailMessage, boundary: String) -> [UInt8] {
        var lines = [
            "Date: \(date(message.date))", "From: \(mailbox(message.from))", "To: \(mailbox(message.to))",
            "Message-ID: <\(token(message.id))@\(message.from.address.domain)>", "Subject: \(words(message.subject))",
            // No holiday reply is wanted (RFC 3834).
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        ]
        if let address = message.unsubscribe.map(token) {
            lines += ["List-Unsubscribe:\r\n <\(address)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
        }
        let text = part(message.text, type: "text/plain")
        if let html = message.html {
            lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "", "--\(boundary)", text]
            lines += ["--\(boundary)", part(html, type: "text/html"), "--\(boundary)--", ""]
        } else {
            lines.append(text)
        }
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func part(_ text: String, type: String) -> String {
        "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\(quotedPrintable(text))\r\n"
    }

    /// `Sun, 06 Nov 1994 08:49:37 +0000`
    static func date(_ date: Date) -> String {
        HTTPDate.text(Int(date.timeIntervalSince1970.rounded(.down))).replacing("GMT", with: "+0000")
    }

    static func mailbox(_ mailbox: Mailbox) -> String {
        guard let name = mailbox.name else { return mailbox.address.text }
        // A name of plain words needs no quotes; any other is encoded, which needs none either.
        let isPlain = name.utf8.allSatisfy { $0 == 32 || ($0 | 32 >= 97 && $0 | 32 <= 122) || (48...57).contains($0) }
        return "\(isPlain && name.utf8.count <= 60 ? name : encodedWords(name)) <\(mailbox.address)>"
    }

    /// A header's text, in encoded words (RFC 2047) where it is not short and plain.
    static func words(_ text: String) -> String {
        let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
        return isPlain ? text : encodedWords(text)
    }

    /// Words of at most 75 bytes, none of which ends within a character; line breaks and other controls become spaces.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let isControl =
                scalar.value < 32 || (127...159).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
            let encoded = isControl ? [32] : Array(String(scalar).utf8)
            if bytes.count + encoded.count > 45 {
                words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=")
                bytes = []
            }
            bytes += encoded
        }
        if !bytes.isEmpty || words.isEmpty { words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=") }
        return words.joined(separator: "\r\n ")
    }

    /// A word of the program's own: what is no visible ASCII, and brackets, are left out.
    private static func token(_ text: String) -> String {
        String(decoding: text.utf8.filter { (33...126).contains($0) && $0 != 60 && $0 != 62 }, as: UTF8.self)
    }

    /// Lines of at most 76 bytes (RFC 2045, 6.7).
    static func quotedPrintable(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        let lines = text.utf8.filter { $0 != 13 }.split(separator: 10, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number > 0 { out += [13, 10] }
            var column = 0
            for (index, byte) in line.enumerated() {
                let isLast = index == line.count - 1
                let isPlain = byte == 9 || byte == 32 ? !isLast : (33...126).contains(byte) && byte != 61
                let piece = isPlain ? [byte] : [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                if column + piece.count > (isLast ? 76 : 75) {
                    out += [61, 13, 10]
                    column = 0
                }
                out += piece
                column += piece.count
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
