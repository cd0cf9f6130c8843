import LanguageModels
import TypedText

/// A note with its sources, as it stands by itself outside of the program.
enum NotePrint {
    /// Markdown with the title above and a list of sources below.
    static func plain(_ note: Note) -> String {
        var text = "# \(escaped(note.title))\n\n\(note.content.text)\n"
        let citations = note.content.trimmed.citations
        if !citations.isEmpty {
            text += "\n---\n\n" + citations.map { "\\[\($0.number)\\] \(source($0))" }.joined(separator: "\n\n") + "\n"
        }
        return text
    }

    /// Each citation as a footnote.
    static func footnoted(_ note: Note) -> String {
        let content = note.content.trimmed
        let known = Dictionary(content.citations.map { ($0.number, $0) }) { first, _ in first }
        let text = CitationMarkers.replaced(in: content.text) { marker, out in
            guard let number = Int(marker), known[number] != nil else {
                out += "\\[\(marker)\\]"
                return
            }
            while out.last == " " { out.removeLast() }
            out += "[^\(number)]"
        }
        return text + "\n\n" + content.citations.map { "[^\($0.number)]: \(source($0))" }.joined(separator: "\n\n") + "\n"
    }

    /// `Cells, p. 3: “The mitochondrion makes ATP.”`
    private static func source(_ citation: NoteCitation) -> String {
        var text = escaped(citation.title)
        if let label = citation.pageLabel ?? citation.page.map(String.init) { text += ", p. \(escaped(label))" }
        let quote = citation.quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text + (quote.isEmpty ? "" : ": “\(escaped(quote))”")
    }

    /// Text of which Markdown takes nothing for a sign of its own.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if "\\`*_{}[]<>()#+-!|~$^\"'@".contains(character) { out.append("\\") }
            out.append(character.isNewline ? " " : character)
        }
        return out
    }

    static let style = """
        <style>
        @page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); font-size: 9pt; color: #555; } }
        body { font-family: "Inter", "DejaVu Sans", sans-serif; font-size: 10.5pt; line-height: 1.45; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        h1, h2, h3 { line-height: 1.2; break-after: avoid; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 1px solid #bbb; padding: .35rem .5rem; text-align: left; vertical-align: top; }
        tr { break-inside: avoid; }
        .footnotes { font-size: 8.5pt; color: #444; }
        a.footnote-ref { text-decoration: none; }
        </style>
        """

    /// A filter for pandoc: a picture elsewhere is a link. Nobody is asked for it, and who opens the file tells nobody that they did.
    static let pictures = """
        function Image(image)
          if image.src:match("^data:image/") then return nil end
          local words = #image.caption > 0 and image.caption or {pandoc.Str(image.src)}
          if image.src:match("^https?://") then return pandoc.Link(words, image.src) end
          return words
        end
        """

    /// The status with which `pageProgram` ends where WeasyPrint is not there.
    static let isMissing: Int32 = 3

    /// Prints `page` by WeasyPrint. Within the walls nothing can be fetched and no folder made, which it needs for fonts that a page
    /// brings along; no page of ours does.
    static let pageProgram = """
        import os, sys
        os.environ["FONTCONFIG_FILE"] = os.path.abspath("fonts.conf")
        try:
            import weasyprint
            from weasyprint.text import fonts
        except ImportError:
            sys.exit(\(isMissing))
        fonts.mkdtemp = lambda **_: "/tmp"

        def nothing(url, *_, **__):
            raise ValueError("nothing is fetched")

        with open("page", encoding="utf-8") as page:
            html = weasyprint.HTML(string=page.read(), base_url="about:blank", url_fetcher=nothing)
        sys.stdout.buffer.write(html.write_pdf())
        """

    static let fonts = """
        <?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir></fontconfig>
        """
}
