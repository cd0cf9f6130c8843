/// Where a turn goes: what was said decides who answers.
package enum TurnRoute: Sendable, Codable, Equatable {
    case distress(Distress)
    /// Talk beside the matter.
    case conversation(Talk)
    /// A picture of something.
    case image(topic: String)
    /// Something about the sound: say the last answer again.
    case audio(Replay)
    /// Anything else is asked of the library.
    case question

    package enum Talk: String, Sendable, Codable, CaseIterable {
        case greeting, thanks, farewell, wellbeing, identity
        /// “I'm tired of this.”
        case low
        /// “I passed!”
        case high
        /// “My exam is on Friday.”
        case telling
        /// “What do you know about me?”
        case remembering
    }

    package enum Replay: String, Sendable, Codable { case again, slower }

    package init(of text: String) {
        let phrase = Phrase(text)
        if let distress = Distress(in: text) {
            self = .distress(distress)
        } else if let topic = Self.pictured(phrase) {
            self = .image(topic: topic)
        } else if let replay = Self.replay(phrase) {
            self = .audio(replay)
        } else if let talk = Self.talk(phrase, text) {
            self = .conversation(talk)
        } else {
            self = .question
        }
    }

    /// The name of the edge that it takes.
    package var name: String {
        switch self {
        case .distress: "distress"
        case .conversation: "conversation"
        case .image: "image"
        case .audio: "audio"
        case .question: "question"
        }
    }

    private static func pictured(_ phrase: Phrase) -> String? {
        let kinds = "diagram|picture|map|concept map|mind map|mindmap|sketch|drawing|chart|graph".split(separator: "|").map(
            String.init)
        var asks: [String] = []
        for verb in [
            "draw me a", "draw a", "draw", "make me a", "make a", "show me a", "sketch me a", "sketch a", "create a", "give me a",
        ] {
            asks += kinds.flatMap { ["\(verb) \($0) of", "\(verb) \($0) about", "\(verb) \($0) for", "\(verb) \($0) on"] }
        }
        asks += ["draw me", "sketch me", "draw how", "zeichne mir"]
        for verb in ["zeichne mir", "zeichne", "male mir", "mach mir", "mache mir", "erstelle mir", "erstelle", "zeig mir"] {
            for kind in [
                "ein diagramm", "eine skizze", "ein bild", "eine karte", "eine mindmap", "eine mind map", "eine concept map",
                "eine begriffskarte", "eine zeichnung",
            ] {
                asks += [
                    "\(verb) \(kind) von", "\(verb) \(kind) zu", "\(verb) \(kind) zum", "\(verb) \(kind) zur",
                    "\(verb) \(kind) über",
                ]
            }
        }
        guard let rest = phrase.rest(behind: asks), !rest.isEmpty else { return nil }
        var words = rest.split(separator: " ").map(String.init)
        let empty: Set<String> = ["the", "a", "an", "my", "please", "der", "die", "das", "dem", "den", "des", "bitte", "mal"]
        while let first = words.first, empty.contains(first) { words.removeFirst() }
        while let last = words.last, ["please", "bitte"].contains(last) { words.removeLast() }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private static func replay(_ phrase: Phrase) -> Replay? {
        guard phrase.words.count <= 7, !["why", "how", "warum"].contains(phrase.words.first) else { return nil }
        if phrase.hasAny([
            "more slowly", "slower", "slow down", "not so fast", "too fast", "langsamer", "zu schnell", "nicht so schnell",
        ]), phrase.words.count <= 7 {
            return .slower
        }
        let again = [
            "say that again", "say it again", "repeat that", "repeat it", "repeat please", "please repeat", "can you repeat",
            "once more please",
            "what did you say", "i didn't hear", "pardon", "come again", "read it again", "read that again", "sag das nochmal",
            "sag das noch einmal", "noch einmal bitte", "nochmal bitte", "wiederhole das", "wiederhol das", "bitte wiederholen",
            "kannst du das wiederholen", "was hast du gesagt", "wie bitte",
        ]
        return phrase.hasAny(again) || phrase.words == ["repeat"] || phrase.words == ["nochmal"] ? .again : nil
    }

    private static func talk(_ phrase: Phrase, _ text: String) -> Talk? {
        let count = phrase.words.count
        if count == 0 { return .greeting }
        if phrase.hasAny(remembering) { return .remembering }
        if count <= 9, phrase.hasAny(identity) { return .identity }
        if count <= 8, phrase.hasAny(wellbeing) { return .wellbeing }
        if count <= 16, !text.contains("?"), phrase.hasAny(low) { return .low }
        if count <= 16, !text.contains("?"), phrase.hasAny(high) { return .high }
        if count <= 6, phrase.hasAny(thanks) { return .thanks }
        if count <= 6, phrase.hasAny(farewell) { return .farewell }
        if phrase.hasAny(greeting), count <= 2 || phrase.words.allSatisfy(greetingWords.contains) { return .greeting }
        if !text.contains("?"), phrase.hasAny(telling), !phrase.hasAny(asking) { return .telling }
        return nil
    }

    private static let greeting = [
        "hi", "hello", "hey", "good morning", "good evening", "good afternoon", "hallo", "guten morgen", "guten tag", "guten abend",
        "servus",
        "moin", "grüß gott",
    ]
    private static let greetingWords = Set(
        greeting.joined(separator: " ").split(separator: " ").map(String.init) + [
            "there", "again", "rose", "coach", "my", "friend", "dear", "everyone", "little", "monster", "to", "you", "wieder", "du",
            "liebe", "zusammen",
        ])
    private static let thanks = ["thanks", "thank you", "thx", "danke", "vielen dank", "dankeschön"]
    private static let farewell = [
        "bye", "goodbye", "good night", "see you", "talk to you later", "that's all", "tschüss", "gute nacht", "bis morgen",
        "bis bald",
        "auf wiedersehen", "das war alles",
    ]
    private static let wellbeing = [
        "how are you", "how do you feel", "how's it going", "wie geht es dir", "wie geht's", "wie geht's dir",
    ]
    private static let identity = [
        "who are you", "what are you", "are you human", "are you a robot", "are you real", "what's your name", "what is your name",
        "wer bist du", "was bist du", "bist du ein mensch", "bist du echt", "wie heißt du",
    ]
    private static let remembering = [
        "what do you know about me", "what do you remember about me", "do you remember me", "what have i told you",
        "was weißt du über mich",
        "was hast du dir gemerkt", "erinnerst du dich an mich", "was habe ich dir erzählt",
    ]
    private static let low = [
        "i'm tired", "i am tired", "i'm exhausted", "i am exhausted", "so tired", "i can't do it", "i can't do this", "i'm stupid",
        "i am stupid", "i'm too dumb", "i'm so stressed", "i'm stressed", "i am stressed", "i failed", "i'm sad", "i am sad",
        "i feel sad",
        "i'm bored", "i don't feel like", "i give up", "i want to give up", "i'm nervous", "i am nervous", "i'm worried",
        "i am worried",
        "i hate this", "i'll never understand", "i will never understand", "no motivation", "not motivated", "ich bin müde",
        "ich bin erschöpft", "bin so müde", "ich kann das nicht", "ich bin zu dumm", "ich bin dumm", "bin gestresst",
        "bin im stress",
        "ich bin durchgefallen", "ich bin traurig", "mir ist langweilig", "keine lust", "keine motivation", "ich gebe auf",
        "ich bin nervös", "bin so nervös", "mache mir sorgen", "das verstehe ich nie",
    ]
    private static let high = [
        "i passed", "i did it", "i understand it now", "i got it now", "i got an a", "i'm happy", "i am happy", "i'm proud",
        "i am proud", "i feel great", "i finally understand", "it worked", "ich habe bestanden", "hab bestanden",
        "ich hab's geschafft",
        "ich habe es geschafft", "jetzt verstehe ich", "ich bin glücklich", "ich bin stolz", "endlich verstanden",
    ]
    private static let telling = [
        "my name is", "call me", "my exam is", "i have an exam", "i have a test", "my test is", "my favourite", "my favorite",
        "i like",
        "i love", "i prefer", "i study", "i'm studying", "i am studying", "my goal is", "i live in", "i work", "remember that",
        "ich heiße", "mein name ist", "nenn mich", "meine prüfung ist", "ich habe eine prüfung", "ich habe am", "ich mag",
        "ich liebe",
        "ich studiere", "ich lerne am liebsten", "mein ziel ist", "ich wohne", "merk dir", "merke dir", "mein lieblingsfach",
    ]
    private static let asking = [
        "what", "why", "how", "when", "where", "which", "explain", "tell me", "was", "warum", "wie", "wann", "wo", "welche",
        "erkläre",
        "erklär", "erzähl",
    ]
}
