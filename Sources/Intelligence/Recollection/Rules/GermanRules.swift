/// The same for German, where it is said in the commonest ways.
enum GermanRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        let words = clause.core
        if let name = clause.after("ich heiße", "mein name ist"), (1...3).contains(name.count) {
            return Recollected(.fact, clause.told, slot: Recollected.nameSlot, confidence: 0.95)
        }
        if let what = clause.after("ich studiere", "studiere"), let first = what.first,
            !["für", "gern", "hier", "noch", "nicht", "seit"].contains(first)
        {
            return fact(clause)
        }
        if let what = clause.after("ich bin im", "ich bin in der", "ich gehe in die"),
            what.contains(where: { ["semester", "klasse", "jahr", "lehrjahr"].contains($0) })
        {
            return Recollected(.fact, clause.told, slot: "study.stage", confidence: 0.9)
        }
        return wish(clause, sentence) ?? due(clause, words) ?? goal(clause, words) ?? feeling(clause) ?? weak(clause, words)
    }

    private static func fact(_ clause: Clause) -> Recollected { Recollected(.fact, clause.told, confidence: 0.9) }

    private static func wish(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        if clause.after("ich bevorzuge", "ich lerne am besten", "ich lerne besser", "ich mag lieber", "ich mag keine langen") != nil
        {
            return preference(clause)
        }
        let words = clause.words.dropFirst(clause.leadIn).filter { $0 != "bitte" }
        guard let verb = words.first,
            ["antworte", "erkläre", "erklär", "halte", "halt", "benutze", "verwende", "sei", "schreibe", "schreib", "gib", "rede"]
                .contains(verb)
        else { return nil }
        let isStanding =
            clause.has(["immer", "stets", "künftig", "grundsätzlich", "nie"]) || clause.has(phrase: "ab jetzt")
            || clause.has(phrase: "von jetzt an") || clause.has(phrase: "deine antworten")
        return isStanding && words.contains(where: { WishRules.isStyle($0) }) ? preference(clause) : nil
    }

    private static func preference(_ clause: Clause) -> Recollected { WishRules.made(clause, clause.words, confidence: 0.9) }

    private static func due(_ clause: Clause, _ words: [String]) -> Recollected? {
        let isMine = [
            "habe ich", "schreibe ich", "ich habe", "ich schreibe", "wir schreiben", "wir haben", "schreiben wir", "haben wir",
        ].contains { clause.has(phrase: $0) }
        let isNamed =
            clause.after("meine", "mein").map { $0.prefix(3).contains(where: events.contains) && $0.contains("ist") } ?? false
        guard isMine || isNamed, words.contains(where: events.contains), !words.contains("keine"), !words.contains("kein"),
            !words.contains("nicht")
        else { return nil }
        return words.contains(where: times.contains) ? fact(clause) : nil
    }

    private static func goal(_ clause: Clause, _ words: [String]) -> Recollected? {
        if clause.after("mein ziel ist", "ich bereite mich auf") != nil { return Recollected(.goal, clause.told, confidence: 0.9) }
        guard clause.after("ich möchte", "ich will", "ich muss") != nil, let last = words.last else { return nil }
        return ["bestehen", "schaffen", "werden", "abschließen", "nachholen"].contains(last)
            ? Recollected(.goal, clause.told, confidence: 0.85) : nil
    }

    private static func feeling(_ clause: Clause) -> Recollected? {
        if let what = clause.after("ich bin", "ich fühle mich"), let first = what.first, feelings.contains(first) {
            return Recollected(.feeling, clause.told, confidence: 0.85)
        }
        return clause.after("ich habe angst", "ich habe große angst") != nil
            ? Recollected(.feeling, clause.told, confidence: 0.85) : nil
    }

    private static func weak(_ clause: Clause, _ words: [String]) -> Recollected? {
        func made(_ topic: some Collection<String>) -> Recollected? {
            guard let first = topic.first,
                !["das", "es", "dich", "die", "den", "dieses", "diese", "dies", "hier", "warum", "wie", "was"].contains(first),
                topic.count <= 6
            else { return nil }
            return Recollected(.weakTopic, clause.told, slot: "weak:" + topic.joined(separator: " "), confidence: 0.85)
        }
        if let topic = clause.after("ich habe probleme mit", "ich habe schwierigkeiten mit", "ich bin schlecht in") {
            return made(topic)
        }
        if let what = clause.after("ich verstehe", "ich kapiere"), what.last == "nicht" {
            return made(what.dropLast().filter { $0 != "überhaupt" && $0 != "gar" })
        }
        if words.suffix(3) == ["fällt", "mir", "schwer"] { return made(words.dropLast(3)) }
        if let at = clause.words.firstIndex(of: "kann"), at > 0, clause.words.count > at + 2, clause.words[at + 1] == "ich",
            clause.words.last == "nicht"
        {
            return made(clause.words[clause.leadIn..<at].filter { $0 != "also" })
        }
        return nil
    }

    private static let events: Set<String> = [
        "klausur", "klausuren", "prüfung", "prüfungen", "test", "referat", "abgabe", "hausarbeit", "schularbeit", "matura",
        "abitur", "vortrag", "klassenarbeit",
    ]
    private static let times: Set<String> = [
        "morgen", "übermorgen", "heute", "woche", "wochen", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
        "sonntag", "monat", "januar", "februar", "märz",
        "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember", "tagen", "nächste", "nächsten",
        "bald",
    ]
    private static let feelings: Set<String> = [
        "nervös", "gestresst", "überfordert", "aufgeregt", "müde", "stolz", "frustriert", "traurig", "ängstlich", "besorgt",
        "verzweifelt", "motiviert", "unmotiviert", "erschöpft",
    ]
}
