/// What language a text is in, told from its script and its commonest words: enough to choose a voice.
package enum SpokenLanguage {
    /// A system of writing, as far as it tells languages apart.
    enum Script: Sendable {
        case latin, greek, cyrillic, hebrew, arabic, devanagari, bengali, tamil, thai, georgian, armenian, kana, han, hangul, other
    }

    static func script(of character: Character) -> Script {
        guard let scalar = character.unicodeScalars.first else { return .other }
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xB5, 0xBA, 0xC0...0x24F, 0x1E00...0x1EFF, 0xFB00...0xFB06, 0xFF21...0xFF5A:
            return .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: return .greek
        case 0x400...0x52F: return .cyrillic
        case 0x590...0x5FF: return .hebrew
        case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: return .arabic
        case 0x900...0x97F: return .devanagari
        case 0x980...0x9FF: return .bengali
        case 0xB80...0xBFF: return .tamil
        case 0xE00...0xE7F: return .thai
        case 0x10A0...0x10FF: return .georgian
        case 0x530...0x58F: return .armenian
        case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005...0x3007: return .han
        case 0x1100...0x11FF, 0xAC00...0xD7AF, 0x3130...0x318F: return .hangul
        default: return .other
        }
    }

    /// The language of a text, English where nothing tells.
    static func main(of text: String) -> String {
        var counts: [Script: Int] = [:]
        for character in text.prefix(20_000) where character.isLetter { counts[script(of: character), default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") })?.key else { return "en" }
        // Japanese has more Chinese characters than syllables in learned texts.
        if most == .han, counts[.kana, default: 0] * 20 > counts[.han, default: 0] { return "ja" }
        return most == .latin ? latin(text.prefix(20_000), main: "en", least: 1) : language(of: most, in: text)
    }

    /// What words of a script other than Latin are in.
    static func language(of script: Script, in text: some StringProtocol) -> String {
        switch script {
        case .latin, .other: "en"
        case .greek: "el"
        case .cyrillic: text.contains { "іїєґІЇЄҐ".contains($0) } ? "uk" : "ru"
        case .hebrew: "he"
        case .arabic: text.contains { "پچژگ".contains($0) } ? "fa" : "ar"
        case .devanagari: "hi"
        case .bengali: "bn"
        case .tamil: "ta"
        case .thai: "th"
        case .georgian: "ka"
        case .armenian: "hy"
        case .kana: "ja"
        case .han: "zh"
        case .hangul: "ko"
        }
    }

    /// What a text in Latin letters is in: the language whose commonest words it has most of.
    ///
    /// - Parameters:
    ///   - main: what it is in unless another is surer.
    ///   - least: how many more words another must have.
    static func latin(_ text: some StringProtocol, main: String, least: Int) -> String {
        var counts: [String: Int] = [:]
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" }) {
            for language in common[String(word), default: []] { counts[language, default: 0] += 1 }
        }
        let known = counts[main, default: 0]
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.key != main, best.value >= known + least
        else {
            return main
        }
        return best.key
    }

    private static let common: [String: [String]] = {
        let lists: [String: String] = [
            "en": """
            the of and to is that in it was for on are as with they be at this have from by not but what all were when we there \
            an your which their will would about if has been who its how can do does
            """,
            "de": """
            der die das und ist nicht ein eine einer eines zu den dem des mit sich auf für von im wird sind auch als an nach wie \
            bei oder aber wir ihr durch wenn zur zum werden hat haben kann über aus es er sie ich
            """,
            "fr": """
            le la les des une est et dans que qui pour pas sur au aux avec ce cette sont par plus ne se il elle nous vous mais ou \
            comme leur être du son sa ses peut ont l'on c'est
            """,
            "es": """
            el la los las de que y en un una es por con para no se del al lo como más pero sus le ha este esta son entre cuando \
            muy sin sobre también hay
            """,
            "it": """
            il lo la gli le di che e è un una per non con del della dei delle nel nella si sono come più ma anche da al alla questo \
            questa quando ha
            """,
            "pt": """
            o a os as de que e em um uma para com não por do da dos das no na se mais como mas ao pelo pela são é também foi ou \
            seu sua
            """,
            "nl":
                "de het een en van is dat niet op te zijn met voor aan er ook als naar bij of maar wordt door deze dit uit om ze hij wij",
            "sv": "och att det som en är på för med inte av den till ett om har de vi kan från men eller där när",
            "da": "og at det som en er på for med ikke af den til et om har de vi kan fra men eller der når",
            "pl": "i w na z do że się nie jest to jak o po przez dla od są oraz który która które ale czy",
            "cs": "a v na se že je to s z do o k pro jako jsou který která které ale nebo při",
            "tr": "ve bir bu da de için ile olarak olan daha çok gibi en ne kadar sonra ama",
            "fi": "ja on ei se että oli hän mutta ovat kun niin myös tai joka kuin ole",
            "hu": "a az és hogy nem is egy van ez meg csak volt mint vagy de már",
            "ro": "și în de la cu pe nu este o un că din pentru sunt mai care sau",
        ]
        var table: [String: [String]] = [:]
        for (language, words) in lists {
            for word in words.split(separator: " ") { table[String(word), default: []].append(language) }
        }
        return table
    }()
}
