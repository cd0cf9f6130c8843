/// What the companion says of itself, in the languages that it has words for: short, and honest about what it is.
enum OwnWords {
    static func language(_ wish: String?) -> String { wish == "de" ? "de" : "en" }

    private static func text(_ language: String, en: String, de: String) -> String { language == "de" ? de : en }

    static func greeting(_ persona: Persona, _ language: String) -> String {
        text(
            language,
            en: "Hello, I am \(persona.name), your study companion. Ask me about your documents, or tell me how it is going.",
            de:
                "Hallo, ich bin \(persona.name), deine Lernbegleitung. Frag mich etwas zu deinen Dokumenten, oder erzähl, wie es läuft."
        )
    }

    static func reply(to talk: TurnRoute.Talk, _ persona: Persona, _ language: String, turn: Int, memories: [String]) -> String {
        switch talk {
        case .greeting:
            let plain = text(language, en: "Hello! What shall we look at?", de: "Hallo! Was schauen wir uns an?")
            return memories.first.map { plain + " " + recalled([$0], language) } ?? plain
        case .thanks: return text(language, en: "You are welcome.", de: "Gern geschehen.")
        case .farewell:
            return text(
                language, en: "See you. What you asked today stays in this conversation.",
                de: "Bis bald. Was du heute gefragt hast, bleibt in diesem Gespräch.")
        case .wellbeing:
            return text(
                language, en: "I am a program, so I do not feel anything, but everything works. How about you?",
                de: "Ich bin ein Programm und fühle nichts, aber alles läuft. Und wie geht es dir?")
        case .identity:
            return text(
                language,
                en:
                    "I am \(persona.name), a program on this server, not a person. I answer from your own documents and show where it stands.",
                de:
                    "Ich bin \(persona.name), ein Programm auf diesem Server und kein Mensch. Ich antworte aus deinen Dokumenten und zeige, wo es steht."
            )
        case .low: return persona.phrase(persona.comfort, language, turn: turn)
        case .high: return persona.phrase(persona.praise, language, turn: turn)
        case .telling: return text(language, en: "Thank you for telling me.", de: "Danke, dass du mir das sagst.")
        case .remembering:
            return memories.isEmpty
                ? text(
                    language, en: "I have not kept anything about you.", de: "Ich habe mir nichts über dich gemerkt.")
                : recalled(memories, language)
        }
    }

    private static func recalled(_ memories: [String], _ language: String) -> String {
        let list = memories.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: "; ")
        return text(language, en: "This is what I remember: \(list).", de: "Daran erinnere ich mich: \(list).")
    }

    /// A kind word, and where help is. Never a diagnosis, and no advice beyond it.
    static func help(_ distress: Distress, _ language: String) -> String {
        switch distress {
        case .crisis:
            text(
                language,
                en: """
                    I am glad that you said that, and I take it seriously. I am only a program, and you deserve a person now. If you are in \
                    danger, please call your emergency number: 112 in Europe, 999 in the UK, 911 in the US. People who listen, at any hour: \
                    988 in the US and Canada, 116 123 (Samaritans) in the UK and Ireland; findahelpline.com has those of other countries. \
                    Is there someone near you whom you could tell right now?
                    """,
                de: """
                    Ich bin froh, dass du das sagst, und ich nehme es ernst. Ich bin nur ein Programm, und du hast jetzt einen Menschen \
                    verdient. Wenn du in Gefahr bist, ruf bitte den Notruf 112 an. Menschen, die zuhören, Tag und Nacht und kostenlos: \
                    TelefonSeelsorge 0800 111 0 111 oder 116 123 in Deutschland, 142 in Österreich, 143 in der Schweiz. Ist jemand bei dir, \
                    dem du es jetzt sagen kannst?
                    """)
        case .panic:
            text(
                language,
                en: """
                    That sounds really hard, and I am sorry that it is so much right now. Nothing has to be learned in this minute. Try \
                    breathing out slowly, a little longer than in, a few times. Please tell someone you trust, a friend, your family, or your \
                    school's counsellor. If it gets too much: 988 in the US and Canada, 116 123 in the UK and Ireland listen at any hour, and \
                    112, 999 or 911 is for emergencies. I am here when you want to go on with something small.
                    """,
                de: """
                    Das klingt wirklich schwer, und es tut mir leid, dass gerade alles so viel ist. In dieser Minute musst du nichts lernen. \
                    Atme ein paarmal langsam aus, etwas länger als ein. Erzähl es bitte jemandem, dem du vertraust: Freunden, der Familie oder \
                    der Beratungsstelle deiner Schule. Wenn es zu viel wird: Die TelefonSeelsorge hört zu, Tag und Nacht, 0800 111 0 111 oder \
                    116 123, die Nummer gegen Kummer unter 116 111, und im Notfall hilft die 112. Ich bin da, wenn du mit etwas Kleinem \
                    weitermachen willst.
                    """)
        }
    }

    static func nothingToRepeat(_ language: String) -> String {
        text(language, en: "There is nothing to repeat yet.", de: "Es gibt noch nichts zu wiederholen.")
    }

    enum Drawing { case map, picture }

    static func drawn(_ topic: String, _ drawing: Drawing, _ language: String) -> String {
        switch drawing {
        case .map:
            text(
                language,
                en: "I drew a concept map of \(topic). It stands on the screen; these are the sentences that it rests on.",
                de:
                    "Ich habe eine Begriffskarte zu \(topic) gezeichnet. Sie steht auf dem Bildschirm; auf diesen Sätzen beruht sie."
            )
        case .picture:
            text(
                language,
                en:
                    "A model drew \(topic). It stands on the screen. Trust your documents more than the picture; this is what they say.",
                de:
                    "Ein Modell hat \(topic) gezeichnet. Es steht auf dem Bildschirm. Trau deinen Dokumenten mehr als dem Bild; das sagen sie."
            )
        }
    }

    static func nothingToDraw(_ topic: String, _ language: String) -> String {
        text(
            language, en: "I found nothing in your documents that I could draw about \(topic).",
            de: "Ich habe in deinen Dokumenten nichts gefunden, das ich zu \(topic) zeichnen könnte.")
    }

    static func restOnScreen(_ language: String) -> String {
        text(language, en: "The rest stands on the screen.", de: "Der Rest steht auf dem Bildschirm.")
    }

    static func answerFailed(_ language: String) -> String {
        text(
            language, en: "I could not answer that just now. Your question is kept; try again in a moment.",
            de: "Das konnte ich gerade nicht beantworten. Deine Frage ist gespeichert; versuch es gleich noch einmal.")
    }
}
