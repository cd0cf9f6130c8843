/// Tells languages in Latin script by their small words, in the codes of ISO 639-3.
enum SmallWords {
    /// nil where no language stands out.
    static func language(of words: some Sequence<some StringProtocol>) -> String? {
        var counts: [String: Int] = [:]
        for word in words {
            for code in byWord[word.lowercased()] ?? [] { counts[code, default: 0] += 1 }
        }
        let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let best = ranked.first, best.value >= 4, best.value * 2 > (ranked.dropFirst().first?.value ?? 0) * 3 else {
            return nil
        }
        return best.key
    }

    private static let words: [String: String] = [
        "eng": "the of and to in is that for with as was are be this by from which have not on",
        "deu": "der die und das den von zu ist mit dem nicht ein eine für auf sich des im auch werden durch",
        "fra": "le la les et des est une dans pour que qui par sur du au avec pas sont ce plus",
        "spa": "el la los las y en una por con para que del se es como más su son lo pero",
        "ita": "il di che la per una con del della sono gli le nel anche come più dei alla non si",
        "por": "o os as e que do da em uma para com não por mais dos como na no são ao",
        "nld": "de het een van en dat niet met voor zijn op die aan door er ook te naar bij worden",
        "swe": "och att det som en på är av för med den till inte har de om ett kan från vid",
        "dan": "og det at en den til er som på de med han af for ikke der var et kan fra",
        "nor": "og det at en den til er som på de med av for ikke var et kan fra ble også",
        "pol": "i w na z się nie do że to jest o jak po od przez oraz są dla przy jego",
        "ces": "a v na se je že s z do o pro jsou jako za nebo by ale podle které při",
        "fin": "ja on ei että se hän oli ovat mutta kun tai sen myös kuin joka niin voi mukaan",
        "tur": "ve bir bu için ile de da olarak olan daha çok gibi kadar en sonra değil olduğu",
        "hun": "a az és hogy nem is egy meg volt mint csak van ez már de vagy kell",
        "ron": "și în de la cu pe care este din nu un o mai sau sunt fi prin pentru",
    ]

    private static let byWord: [String: [String]] = words.reduce(into: [:]) { table, entry in
        for word in entry.value.split(separator: " ") { table[String(word), default: []].append(entry.key) }
    }
}
