/// The few words of a note that are not the text's, in its language where that is known.
struct NoteWords {
    let keyTerms: String
    let keyPoints: String
    let summary: String
    let cues: String
    let notes: String
    let formulas: String

    /// - Parameter language: ISO 639-1.
    init(_ language: String?) {
        let words = Self.known[language ?? "en"] ?? Self.english
        (keyTerms, keyPoints, summary) = (words[0], words[1], words[2])
        (cues, notes, formulas) = (words[3], words[4], words[5])
    }

    private static let english = ["Key terms", "Key points", "Summary", "Cues", "Notes", "Formulas"]
    private static let known: [String: [String]] = [
        "de": ["Wichtige Begriffe", "Kernpunkte", "Zusammenfassung", "Stichwörter", "Notizen", "Formeln"],
        "fr": ["Termes clés", "Points clés", "Résumé", "Mots clés", "Notes", "Formules"],
        "es": ["Términos clave", "Puntos clave", "Resumen", "Claves", "Notas", "Fórmulas"],
        "it": ["Termini chiave", "Punti chiave", "Riassunto", "Parole chiave", "Appunti", "Formule"],
    ]
}
