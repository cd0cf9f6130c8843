import Stemming

/// Questions in languages of which the tutor knows no more than how they ask.
enum ForeignQuestion {
    /// Whether most of its letters are of another script than the Latin one, or its little words are not English.
    static func isForeign(_ text: String) -> Bool {
        if isInOtherScript(text) { return true }
        let words = plainWords(text)
        let evidence = TextLanguage.Evidence(of: words)
        let others = TextLanguage.allCases.filter { $0 != .english }.map(evidence.count).max() ?? 0
        // “Mit welcher …?”, “À quelle …?”
        let asksInGerman = words.first == "was" && words.dropFirst().prefix(1).contains { germanVerbs.contains($0) }
        let asks = asksInGerman || words.prefix(3).contains { asking.contains($0) }
        // Names keep their marks in English: “El Niño”.
        let hasMarks = text.split { !$0.isLetter }.contains { word in
            word.first?.isLowercase == true && word.unicodeScalars.contains { (0xC0..<0x250).contains($0.value) }
        }
        let said = others + (asks ? 1 : 0) + (hasMarks ? 1 : 0)
        return said > evidence.count(of: .english) && (asks || others >= 2)
    }

    /// The words that a question in the Latin script asks with, as stems: they are no topic.
    static func smallWords(of text: String) -> Set<String> {
        guard isForeign(text), !isInOtherScript(text) else { return [] }
        let words = plainWords(text)
        let evidence = TextLanguage.Evidence(of: words)
        let most = TextLanguage.allCases.map(evidence.count).max() ?? 0
        let spoken = TextLanguage.allCases.filter { $0 != .english && most > 0 && evidence.count(of: $0) == most }
        let small = spoken.reduce(into: asking) { $0.formUnion($1.functionWords) }
        return Set(Words.split(text).filter { small.contains(folded($0)) }.map(Words.stem))
    }

    private static func plainWords(_ text: String) -> [String] { Words.split(text).map(folded) }

    /// In plain letters.
    static func folded(_ word: String) -> String {
        var plain = ""
        for scalar in word.unicodeScalars { LetterFolding.fold(scalar) { plain.unicodeScalars.append($0) } }
        return plain
    }

    /// Whether most of its letters are of another script than the Latin one.
    static func isInOtherScript(_ text: String) -> Bool {
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
        return letters.count { $0.value < 0x250 } * 2 < letters.count
    }

    /// Words that ask, in plain letters, and are no English ones.
    private static let asking: Set<String> = Set(
        """
        wie wer wann warum wieso weshalb wozu wem wen wessen womit wodurch wofur woher wohin woraus wo welche welcher welches welchem \
        welchen wieviel wieviele woran worauf worin wovon worum wobei gibt nenne erklare fasse beschreibe pourquoi quoi quel quelle quels quelles combien quand qui que qu ou lequel \
        laquelle explique resume como quien donde cuando cual cuales cuanto cuantos cuantas perche quanto quanti quante quale quali dove \
        porque onde qual quem hoe waarom wat welke wanneer hoeveel hur varfor vad vilken hvad hvorfor hvordan hvem
        """.split(separator: " ").map(String.init))

    /// “Was bedeutet …?”: what “was” stands before in German, and never in English.
    private static let germanVerbs: Set<String> = Set(
        """
        ist sind war waren bedeutet bedeuten kostet kosten macht machen heisst passiert geschieht enthalt enthalten bringt bringen gibt \
        tut tun kann konnen muss mussen soll sollen darf versteht hat haben wird werden bewirkt besagt steht stehen folgt misst zeigt \
        sagt braucht brauchen bestimmt unterscheidet meint umfasst gehort
        """.split(separator: " ").map(String.init))

    /// Whether a word says little about the topic: “benutzen”, “faire”. A source may well do without it.
    static func isGeneral(_ word: String) -> Bool { general.contains(folded(word)) }

    private static let general: Set<String> = Set(
        """
        viel viele vielen lang lange dauert dauern dauerte haben hat hatte machen macht gemacht sollen soll sollte kann konnen benutzt \
        benutzen verwendet verwenden nutzt nutzen braucht brauchen bringt bringen kommt kommen geht gehen gibt geben heisst hiess heissen \
        nennt steht stehen wird werden wurde wurden tun tut funktioniert passiert geschieht bedeutet erste ersten mehrere besser gut \
        findet finden man faire fait font peut peuvent utilise utilisent utiliser sert servent temps reste restent appelle appellent \
        signifie veut dire trouve trouver existe existent permet permettent savoir avoir mettre prend prendre vient viennent va vont \
        falloir faut certains certaines plusieurs
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// What kind of answer the words of some languages ask for; nil where none of them stands in it.
    static func kind(of text: String) -> Question.Kind? {
        guard isForeign(text) else { return nil }
        let lower = " " + text.lowercased() + " "
        for (kind, marks) in marks where marks.contains(where: lower.contains) { return kind }
        return nil
    }

    private static let marks: [(Question.Kind, [String])] = [
        (.compare, ["区别", "差别", "比较", "違い", "차이", "แตกต่าง", "الفرق", " unterschied", "unterscheid", " diferencia", " différence"]),
        (
            .quantity,
            [
                "多少", "多长", "多高", "多大", "多远", "多重", "多深", "几个", "几种", "何メートル", "いくつ", "どのくらい", "何人", "何個", "何度", "얼마", "몇", "เท่าไร",
                "เท่าไหร่", "กี่", " كم ", " wie viel", " wieviel", " wie hoch", " wie lang", " wie groß", " wie schwer", " wie weit",
                " wie schnell", " wie alt", " wie tief", " cuánt", " combien ", " quanti ", " quanto ", "сколько",
                " quelle distance ", " quelle taille ", " quel âge ", " quelle température ",
                " quelle vitesse ", " quelle masse ", " welche entfernung ", " welcher temperatur ", " welche masse ",
                " welcher anteil ",
                " quel pourcentage ",
            ]
        ),
        (
            .when,
            [
                "什么时候", "何时", "哪一年", "哪年", "いつ", "何年", "언제", "เมื่อไร", "เมื่อไหร่", "ปีใด", " متى ", " wann ", " cuándo ", " quand ",
                " quando ", "когда", " welchem jahr ", " quelle année ", " qué año ", " che anno ", " in welchem monat ",
            ]
        ), (.who, ["是谁", "谁", "だれ", "誰", "누가", "누구", "ใคร", " من هو", " من هي", " wer ", " quién", " qui ", " chi ", " кто "]),
        (.whereabouts, ["哪里", "在哪", "どこ", "어디", "ที่ไหน", " أين ", " wo ", " dónde ", " où ", " dove ", " где "]),
        (
            .why,
            ["为什么", "为何", "なぜ", "왜", "ทำไม", " لماذا ", " warum ", " weshalb ", " por qué ", " pourquoi ", " perché ", " почему "]
        ), (.list, ["有哪些", "哪些", "列出", "どれ", "어떤 것", "อะไรบ้าง", " ما هي أنواع", " welche ", " cuáles ", " quels ", " quelles "]),
        (.how, ["怎么", "如何", "怎样", "どのように", "どうやって", "어떻게", "อย่างไร", " كيف ", " wie ", " cómo ", " comment ", " come ", " как "]),
        (
            .definition,
            [
                "什么是", "是什么", "とは", "何ですか", "무엇", "คืออะไร", " ما هو", " ما هي", " was ist", " was sind", " qué es", " qu'est",
                " что такое",
            ]
        ),
    ]

    /// A run of letters without the words that ask, each of which leaves a gap.
    static func topic(of text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value > 0x0600 }) else { return text }
        var text = text
        for phrase in phrases { if text.contains(phrase) { text = text.replacing(phrase, with: " ") } }
        return text
    }

    private static let phrases: [String] = [
        "什么时候", "为什么", "是什么", "什么是", "什么", "多少", "多长", "多高", "多大", "多远", "多重", "怎么样", "怎么", "怎样", "如何", "哪里", "哪些", "哪个", "哪一",
        "有多", "吗", "呢", "请问", "的", "是", "了", "有", "何メートルですか", "何メートル", "どのように", "どのくらい", "何ですか", "ですか", "ますか", "でしょうか", "なぜ", "どこ",
        "いつ", "だれ", "誰", "とは", "いくつ", "何", "は", "が", "を", "に", "の", "で", "무엇입니까", "무엇인가요", "무엇인가", "무엇", "얼마입니까", "얼마인가요", "얼마인가",
        "얼마나", "얼마", "언제", "어디", "누구", "어떻게", "입니까", "인가요", "인가", "เท่าไร", "เท่าไหร่", "คืออะไร", "อะไรบ้าง", "อะไร", "ที่ไหน", "เมื่อไร",
        "เมื่อไหร่", "ใคร", "ทำไม", "อย่างไร", "กี่", "คือ",
    ]
}
