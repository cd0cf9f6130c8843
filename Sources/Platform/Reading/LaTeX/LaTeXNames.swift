/// What a document calls its figures, tables and the like, by its language.
struct LaTeXNames {
    private var names: [String: String]

    private static let english = [
        "figure": "Figure", "table": "Table", "algorithm": "Algorithm", "lstlisting": "Listing", "equation": "Equation",
        "part": "Part",
        "chapter": "Chapter", "section": "Section", "subsection": "Section", "subsubsection": "Section", "item": "Item",
    ]

    private static let others: [(languages: [String], names: [String: String])] = [
        (
            ["ngerman", "german", "austrian", "naustrian"],
            ["figure": "Abbildung", "table": "Tabelle", "equation": "Gleichung", "section": "Abschnitt", "chapter": "Kapitel"]
        ),
        (["french", "francais", "frenchb"], ["table": "Tableau", "equation": "Équation", "chapter": "Chapitre"]),
        (
            ["spanish"],
            ["figure": "Figura", "table": "Cuadro", "equation": "Ecuación", "section": "Sección", "chapter": "Capítulo"]
        ),
        (
            ["italian"],
            ["figure": "Figura", "table": "Tabella", "equation": "Equazione", "section": "Sezione", "chapter": "Capitolo"]
        ),
        (
            ["portuguese", "brazil", "brazilian"],
            ["figure": "Figura", "table": "Tabela", "equation": "Equação", "section": "Seção", "chapter": "Capítulo"]
        ),
        (
            ["dutch"],
            ["figure": "Figuur", "table": "Tabel", "equation": "Vergelijking", "section": "Paragraaf", "chapter": "Hoofdstuk"]
        ),
        (["russian"], ["figure": "Рис.", "table": "Таблица", "equation": "Уравнение", "section": "Раздел", "chapter": "Глава"]),
        (["polish"], ["figure": "Rysunek", "table": "Tabela", "equation": "Równanie", "section": "Sekcja", "chapter": "Rozdział"]),
    ]

    /// - Parameter options: of babel or the class, or the language that polyglossia is told; the last one is the document's.
    init(options: [String]) {
        names = Self.english
        for option in options {
            let found = Self.others.first { $0.languages.contains(option) }
            if let found { names = Self.english.merging(found.names) { $1 } } else if option == "english" { names = Self.english }
        }
        for each in ["subsection", "subsubsection"] { names[each] = names["section"] }
    }

    /// `Figure`; of theorems, what the document calls them.
    subscript(kind: String) -> String? {
        get { names[kind] }
        set { names[kind] = newValue }
    }
}
