/// Notes, clefs and rests, which are letters of a font only to the programs that draw them: `h h h` for three heads of notes.
enum MusicSigns {
    private static let families = [
        "emmentaler", "feta", "parmesan", "bravura", "leland", "petaluma", "gonville", "petrucci", "maestro", "sonata", "opusstd",
        "opusspecial", "helsinkistd", "noteedit", "musicalsymbols", "lilyjazz", "finalemaestro", "musisync", "musiqwik",
        "beethoven", "profondo",
        "haydn", "cadence", "lassus", "gootville", "mscore",
    ]

    static func isFont(_ family: String) -> Bool {
        let name = family.lowercased().filter { $0.isLetter || $0 == "+" }
        let bare = name.split(separator: "+").last ?? ""
        return families.contains(where: bare.hasPrefix)
    }

    /// Takes them from the lines of a page, and from its runs.
    static func remove(from page: inout PDFPage, runs: inout [PDFRun]) {
        let music = runs.filter(\.isMusic)
        guard !music.isEmpty else { return }
        runs.removeAll(where: \.isMusic)
        page.hasMusic = true
        let text = runs
        let size = text.map(\.size).max() ?? 0
        page.lines = page.lines.compactMap { line in
            let words = line.words.filter { word in
                // Signs that the tools put together otherwise are told by the height of their font, which no text of the page has.
                if size > 0, word.box.height > size * 1.8, music.contains(where: { touches($0, word.box) }) { return false }
                return !music.contains { covers($0, word) } || text.contains { covers($0, word) }
            }
            if words.count == line.words.count { return line }
            return PDFLine(words, block: line.block)
        }
    }

    private static func touches(_ run: PDFRun, _ box: PDFBox) -> Bool {
        run.left < box.right && run.right > box.left && run.top < box.bottom && 2 * run.middle - run.top > box.top
    }

    /// Whether a word is of a run. Fonts of music have boxes much higher than their signs.
    private static func covers(_ run: PDFRun, _ word: PDFWord) -> Bool {
        let middle = (word.box.left + word.box.right) / 2
        let half = run.middle - run.top
        return middle > run.left - 1 && middle < run.right + 1 && abs(word.box.middle - run.middle) < half
            && run.text.replacingLigatures.contains(word.text)
    }
}
