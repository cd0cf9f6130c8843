import Manuscript

/// Messages as mail programs save them: who wrote to whom, the text, and what was attached.
enum MailReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        // Saved by an editor, it may be in UTF-16.
        let wide = bytes.prefix(64).contains(0) ? Charset.detect(bytes) : nil
        let message = MailPart((wide.map { Array($0.decode(bytes).utf8) } ?? bytes)[...])
        guard message.field("from") != nil || message.field("subject") != nil || message.field("date") != nil else {
            throw .damaged
        }
        let builder = ManuscriptBuilder()
        try add(message, to: builder, depth: 0)
        var manuscript = builder.manuscript()
        manuscript.title = message.text("subject")
        manuscript.authors = message.text("from").map { [$0] } ?? []
        manuscript.date = message.field("date")
        return manuscript
    }

    /// The page that a browser saved with its pictures as one message.
    static func page(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let builder = ManuscriptBuilder()
        try addBody(MailPart(bytes[...]), to: builder, depth: 0)
        guard !builder.isEmpty else { throw .damaged }
        return builder.manuscript()
    }

    private static func add(_ message: MailPart, to builder: ManuscriptBuilder, depth: Int) throws(ReadingFault) {
        if let subject = message.text("subject"), !subject.isEmpty {
            builder.add(.heading, subject.singleLine) { $0.level = min(depth + 1, 6) }
        }
        let fields = [("From", "from"), ("To", "to"), ("Cc", "cc"), ("Date", "date")].compactMap { label, name in
            message.text(name).map { "\(label): \($0.singleLine)" }
        }
        builder.add(.text, fields.joined(separator: "\n"))
        try addBody(message, to: builder, depth: depth)
    }

    private static func addBody(_ part: MailPart, to builder: ManuscriptBuilder, depth: Int) throws(ReadingFault) {
        guard depth < 12 else { return builder.leaveOut(.embedded) }
        if part.isAttachment, depth > 0 { return attachment(part, to: builder) }
        switch part.type {
        case "multipart/alternative":
            // The same in several forms: the richest that can be read.
            let parts = part.parts(depth: depth)
            let best =
                parts.last { $0.type == "text/html" || $0.type.hasPrefix("multipart/") }
                ?? parts.last { $0.type.hasPrefix("text/") }
            if let best { try addBody(best, to: builder, depth: depth + 1) }
        case _ where part.type.hasPrefix("multipart/"):
            for inner in part.parts(depth: depth) { try addBody(inner, to: builder, depth: depth + 1) }
        case "text/html", "application/xhtml+xml": builder.add(try HTMLReader.read(text(of: part)))
        case "message/rfc822": try add(MailPart(part.content[...]), to: builder, depth: depth + 1)
        case "text/plain", "": addPlain(text(of: part), to: builder)
        case "text/css", "text/javascript", "application/pgp-signature", "application/pkcs7-signature": break
        default: attachment(part, to: builder)
        }
    }

    private static func text(of part: MailPart) -> String {
        let bytes = part.content
        let charset = Charset.detect(bytes, declared: part.parameter("charset"))
        return (charset ?? .utf8).decode(bytes)
    }

    /// What was written before and is quoted is set apart by its marks, which stay.
    private static func addPlain(_ text: String, to builder: ManuscriptBuilder) {
        builder.add(TextReader.read(text))
    }

    private static func attachment(_ part: MailPart, to builder: ManuscriptBuilder) {
        builder.leaveOut(part.type.hasPrefix("image/") ? .picture : .embedded)
        if let name = part.filename?.singleLine, !part.type.hasPrefix("image/") || part.isAttachment {
            builder.add(.note, "Attached: \(name)")
        }
    }
}
