/// The text of a document's pages that were read from their pictures, and what is to be told of them.
struct PictureText: Sendable {
    /// Those whose text is new.
    let pages: [ExtractedPage]
    /// The document's first heading, where it is on one of them.
    let title: String?
    /// Whether any page of the document has words.
    let hasText: Bool
    private let read: [(number: Int, picture: PagePicture, page: RecognisedPage?)]

    /// Whether pictures wait for text recognition to be installed.
    var isUnread: Bool { read.contains { $0.page == nil } }

    /// - Parameter pages: of the whole document, with the text that the file has.
    init(_ read: [(number: Int, picture: PagePicture, page: RecognisedPage?)], pages: [ExtractedPage]) {
        // At their places among all, since running heads and page numbers are told by them.
        let last = pages.last?.number ?? 0
        var laid = (0..<last).map { _ in PDFPage(width: 0, height: 0, lines: []) }
        for entry in read where entry.number <= last {
            if let page = entry.page, !page.lines.isEmpty { laid[entry.number - 1] = page.laidOut }
        }
        let entries = Dictionary(read.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let before = Dictionary(pages.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var (new, sound) = ([ExtractedPage](), Set<Int>())
        for entry in read {
            guard let text = entry.page?.text, !text.isEmpty else { continue }
            let page = Transcript.page(entry.number, text)
            if page.text.utf8.count > before[entry.number]?.text.utf8.count ?? 0 { new.append(page) }
        }
        for var page in PDFText(pages: laid, outline: []).extracted() {
            guard let entry = entries[page.number], !(entry.page?.lines.isEmpty ?? true) else { continue }
            if let layer = entry.picture.layer, Self.isSame(page.text, layer) {
                sound.insert(page.number)
                new.append(ExtractedPage(number: page.number, text: layer, headings: []))
                continue
            }
            let old = before[page.number]
            // A stamp in the text layer is kept where the picture says no more than it.
            guard page.text.utf8.count > old?.text.utf8.count ?? 0 else { continue }
            // The file's own bookmarks name places that no text has.
            if old?.text.isEmpty ?? false { page.headings = (old?.headings ?? []) + page.headings }
            // What was not read is to be seen where it stands.
            let end = page.text.unicodeScalars.count
            page.blocks += (entry.page?.unsureRegions ?? []).map { TextBlock(.figure, start: end, end: end, box: $0) }
            new.append(page)
        }
        self.read = read.filter { !sound.contains($0.number) }
        self.pages = new
        title = last > 0 ? self.pages.first { $0.number == 1 }?.headings.min { $0.level < $1.level }?.title : nil
        hasText = (self.pages + pages).contains { $0.text.contains { $0.isLetter || $0.isNumber } }
    }

    /// - Parameters:
    ///   - unsure: pages below this confidence are named.
    ///   - figures: what is known of pictures beside text.
    func notes(unsure: Int, figures: ReadingNote?) -> [ReadingNote] {
        let unread = read.filter { $0.page == nil }
        let words = read.filter { $0.page?.hasWords ?? false }
        let wordless = read.filter { $0.page.map { !$0.hasWords && !$0.isBlank } ?? false }
        var notes: [ReadingNote] = []
        func add(_ kind: ReadingNote.Kind, _ entries: [(number: Int, picture: PagePicture, page: RecognisedPage?)]) {
            if !entries.isEmpty { notes.append(ReadingNote(kind, pages: entries.map(\.number))) }
        }
        add(.unreadPages, unread.filter { $0.picture.reason != .garbled })
        add(.garbledPages, unread.filter { $0.picture.reason == .garbled } + wordless.filter { $0.picture.reason == .garbled })
        add(.recognisedPages, words)
        // A service that tells no places does not say how sure it is either.
        add(.unsurePages, words.filter { $0.page.map { $0.text == nil && $0.confidence ?? 0 < unsure } ?? false })
        add(.fallbackPages, words.filter { $0.page?.isFallback ?? false })
        let regions = words.map { ($0.number, $0.page?.unsureRegions.count ?? 0) }.filter { $0.1 > 0 }
        if !regions.isEmpty {
            notes.append(ReadingNote(.unreadRegions, pages: regions.map(\.0), count: regions.reduce(0) { $0 + $1.1 }))
        }
        let plain = wordless.filter { $0.picture.reason != .garbled }.map(\.number)
        let count = (figures?.count ?? 0) + plain.count
        if count > 0 {
            notes.append(
                ReadingNote(.pictures, pages: (figures?.pages ?? []).flatMap { Array($0.first...$0.last) } + plain, count: count))
        }
        return notes
    }

    /// Whether most of what was made out on a page's picture stands in its text too, which then only looks strange.
    private static func isSame(_ seen: String, _ layer: String) -> Bool {
        func triples(_ text: String) -> Set<String> {
            let letters = Array(text.lowercased().filter { $0.isLetter || $0.isNumber })
            return Set(letters.indices.dropLast(2).map { String(letters[$0..<$0 + 3]) })
        }
        let (read, stored) = (triples(seen), triples(layer))
        return !read.isEmpty && read.intersection(stored).count * 2 > read.count
    }
}
