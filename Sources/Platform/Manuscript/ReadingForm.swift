/// The forms that `lm-read` reads; its input is named by one: `document.docx`.
package enum ReadingForm: String, Sendable, CaseIterable {
    case text, html, docx, pptx, xlsx, odt, odp, ods, epub, csv, subtitles, mail
    /// Prints a text's encoding on the first line, then the text in UTF-8.
    case decode
    /// The same of Markdown, with code in fences.
    case markdown
    /// The same of LaTeX, with citations as words.
    case latex
    /// The same of RTF, with letters beyond ASCII as Unicode.
    case rtf
    /// The same of BibTeX, with all entries between braces that close.
    case bibtex
    /// Prints a `PDFFrame`. The pages whose drawings are wanted are named in a second file, `wanted`.
    case pdf
    /// A package of Anki's: prints an `AnkiCollection`.
    case anki
    /// Prints a member of a zip; `wanted` has its name.
    case member
    /// Prints the files of a zip one after the other: the lengths of name and content on a line, then both.
    case archive
    /// A zip that is larger than memory: prints its directory, or what `wanted` asks for of its members; see `ParcelRequest`.
    case parcel
    /// Prints the questions of a bank in XML, or in a zip of XML, as trees.
    case bank
    /// A calendar file: prints a `CalendarTree`.
    case calendar
}
