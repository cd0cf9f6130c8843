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
        guard chosen.isEmpty, let code = SmallWords.language(of: words), installed.contains(code) else { return nil }
        return code
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
