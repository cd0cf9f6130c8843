/// Tells the lines that say what a figure or a table is from those that speak of one.
enum PDFCaption {
    enum Kind { case figure, table }

    private static let figures: Set<String> = [
        "figure", "fig", "figures", "figs", "abbildung", "abb", "bild", "figura", "figuur", "scheme", "schema", "chart", "plate",
        "diagram", "illustration", "exhibit", "map", "rysunek", "rys", "рис", "рисунок", "obrázek", "kuva", "şekil",
    ]
    private static let tables: Set<String> = [
        "table", "tab", "tabelle", "tableau", "tabla", "tabella", "tabela", "taulukko", "таблица",
    ]

    /// - Parameter isSetApart: whether it is set in other type than the text, so that no mark behind the number is needed.
    static func kind(_ text: String, isSetApart: Bool) -> Kind? {
        let head = text.prefix(40)
        if let first = head.first, "图図圖表".contains(first) {
            let second = head.dropFirst().drop { $0 == " " }.first
            return second?.isNumber == true ? first == "表" ? .table : .figure : nil
        }
        let words = head.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count >= 2 || !isSetApart, let first = words.first, words.count > 1 else { return nil }
        let name = first.lowercased().filter(\.isLetter)
        let kind: Kind
        if figures.contains(name) { kind = .figure } else if tables.contains(name) { kind = .table } else { return nil }
        guard first.allSatisfy({ $0.isLetter || $0 == "." }), isNumber(words[1]) else { return nil }
        if words.count == 2 || isSetApart || ".:|—–".contains(words[1].last ?? " ") { return kind }
        return ["–", "—", "|", ":", "-"].contains(words[2]) ? kind : nil
    }

    /// Whether a line may begin one, without a look at its type.
    static func mayBegin(_ line: String) -> Bool { kind(line, isSetApart: true) == .figure }

    /// `1`, `2.3:`, `A.1`, `S4`, `IV.`
    private static func isNumber(_ word: Substring) -> Bool {
        let core = word.filter { !".:|—–-()".contains($0) }
        guard !core.isEmpty, core.count <= 6 else { return false }
        return core.contains(where: \.isNumber) && core.filter(\.isLetter).count <= 2 || core.allSatisfy { "IVXL".contains($0) }
    }
}
