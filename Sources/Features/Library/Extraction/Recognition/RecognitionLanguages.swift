import FoundationEssentials

/// The languages that text recognition can read here, and which of them a page is in.
package struct RecognitionLanguages: Sendable {
    /// Codes of what is installed, `eng`, in order.
    package let installed: [String]
    /// What the administrator wants every page read as; empty to find out.
    let chosen: [String]

    /// - Parameter setting: `eng+deu`, or empty.
    package init(setting: String = "", installed: [String] = Self.here()) {
        self.installed = installed
        chosen = setting.split { !$0.isLetter && $0 != "_" && $0 != "/" }.map(String.init).filter(installed.contains)
    }

    /// What Debian's packages have put in their place.
    package static func here() -> [String] {
        let root = "/usr/share/tesseract-ocr"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let files = versions.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\($0)/tessdata")) ?? [] }
        return files.filter { $0.hasSuffix(".traineddata") && !$0.hasPrefix("osd") }.map { String($0.dropLast(12)) }.sorted()
    }

    /// What to read a page as before anything is known of it; nil where nothing is installed.
    var first: String? {
        chosen.isEmpty ? installed.contains("eng") ? "eng" : installed.first : chosen.joined(separator: "+")
    }

    /// What to read text in this script as; nil where nothing fits.
    ///
    /// - Parameter script: as `tesseract --psm 0` names it.
    func languages(ofScript script: String) -> String? {
        guard chosen.isEmpty else { return nil }
        return Self.scripts[script]?.first(where: installed.contains)
    }

    /// The language of a text by its small words; nil where none stands out, or it is not installed.
    func language(of words: some Sequence<String>) -> String? {
        guard chosen.isEmpty else { return nil }
        var counts: [String: Int] = [:]
        for word in words {
            for code in Self.bySmallWord[word.lowercased()] ?? [] { counts[code, default: 0] += 1 }
        }
        let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let best = ranked.first, best.value >= 4, best.value * 2 > (ranked.dropFirst().first?.value ?? 0) * 3 else {
            return nil
        }
        return installed.contains(best.key) ? best.key : nil
    }

    private static let smallWords: [String: String] = [
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

    private static let bySmallWord: [String: [String]] = smallWords.reduce(into: [:]) { table, entry in
        for word in entry.value.split(separator: " ") { table[String(word), default: []].append(entry.key) }
    }

    private static let scripts: [String: [String]] = [
        "Cyrillic": ["rus", "ukr", "bul", "srp", "bel", "mkd", "script/Cyrillic"], "Greek": ["ell", "grc", "script/Greek"],
        "Arabic": ["ara", "fas", "urd", "script/Arabic"], "Hebrew": ["heb", "yid", "script/Hebrew"],
        "Han": ["chi_sim", "chi_tra", "jpn", "script/HanS", "script/HanT"], "Japanese": ["jpn", "script/Japanese"],
        "Korean": ["kor", "script/Hangul"], "Hangul": ["kor", "script/Hangul"],
        "Devanagari": ["hin", "mar", "nep", "script/Devanagari"],
        "Thai": ["tha", "script/Thai"], "Bengali": ["ben"], "Tamil": ["tam"], "Telugu": ["tel"], "Georgian": ["kat"],
        "Armenian": ["hye"],
        "Latin": ["eng"], "Fraktur": ["deu_latf", "frk", "deu", "script/Fraktur"],
    ]
}
