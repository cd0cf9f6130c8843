package import Manuscript

/// Reads a file of any form.
package enum Reader {
    /// What `lm-read` prints.
    ///
    /// - Parameter wanted: what of the file is asked for, where the form takes a choice.
    package static func read(_ bytes: [UInt8], as form: ReadingForm, wanted: String = "") throws(ReadingFault) -> [UInt8] {
        if form == .bank { return ManuscriptWriter.json(try BankReader.read(bytes)) }
        if form == .calendar { return ManuscriptWriter.json(try CalendarLines.read(bytes)) }
        if form == .archive { return try ArchiveReader.members(of: bytes) }
        if form == .pdf {
            let pages = Set(wanted.split(separator: " ").compactMap { Int($0) })
            return ManuscriptWriter.json(try PDFFrameReader.read(bytes, wanted: pages))
        }
        if form == .anki { return try AnkiReader.read(bytes, wanted: wanted) }
        if form == .member {
            guard let content = try Archive(bytes, allowance: 64 << 20).content(wanted) else { throw .damaged }
            return content
        }
        if form == .rtf { return Array("us-ascii\n".utf8) + RTFSource.prepared(bytes) }
        if let prepare = preparation(for: form) {
            guard let charset = Charset.detect(bytes) else { throw .damaged }
            return Array((charset.label + "\n" + prepare(charset.decode(bytes))).utf8)
        }
        return ManuscriptWriter.json(try manuscript(bytes, as: form))
    }

    /// What is done to a text that another program reads.
    private static func preparation(for form: ReadingForm) -> ((String) -> String)? {
        switch form {
        case .decode: { $0 }
        case .markdown: MarkdownSource.prepared
        case .latex: LaTeXSource.prepared
        case .bibtex: BibTeXSource.prepared
        default: nil
        }
    }

    package static func manuscript(_ bytes: [UInt8], as form: ReadingForm) throws(ReadingFault) -> Manuscript {
        switch form {
        case .text, .decode, .markdown, .latex, .rtf, .bibtex, .archive, .bank, .calendar, .pdf, .member, .anki, .parcel:
            try TextReader.read(bytes)
        case .html: try HTMLReader.read(bytes)
        case .docx: try WordReader.read(bytes)
        case .pptx: try SlidesReader.read(bytes)
        case .xlsx: try SheetsReader.read(bytes)
        case .odt, .odp, .ods: try OpenDocumentReader.read(bytes)
        case .epub: try BookReader.read(bytes)
        case .csv: try SeparatedReader.read(bytes)
        case .subtitles: try SubtitlesReader.read(bytes)
        case .mail: try MailReader.read(bytes)
        }
    }
}
