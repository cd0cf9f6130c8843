/// Whether somebody speaks of their own distress, by rules: it decides who answers, and is no diagnosis.
package enum Distress: String, Sendable, Codable, CaseIterable {
    /// Harm to oneself, or not wanting to live.
    case crisis
    /// Panic, or being overwhelmed.
    case panic

    /// nil where nothing of it is said. Words of the subject (“suicide rates”, “cell death”) are none.
    package init?(in text: String) {
        let phrase = Phrase(text)
        if phrase.hasAny(Self.crisisPhrases) || phrase.hasAny(Self.crisisOfOneself) && phrase.hasAny(Self.oneself) {
            self = .crisis
        } else if phrase.hasAny(Self.panicPhrases)
            || phrase.hasAny(Self.panicWords) && phrase.hasAny(Self.own) && !phrase.hasAny(Self.asked)
        {
            self = .panic
        } else {
            return nil
        }
    }

    private static let crisisPhrases = [
        "kill myself", "killing myself", "end my life", "ending my life", "take my own life", "taking my own life",
        "wish i was dead", "wish i were dead", "better off dead", "better off without me", "don't want to live",
        "do not want to live", "don't want to be alive", "don't want to be here anymore", "don't want to exist",
        "no reason to live",
        "nothing to live for", "hurt myself", "hurting myself", "harm myself", "harming myself", "cut myself again",
        "cutting myself",
        "i am suicidal", "i'm suicidal", "feel suicidal", "feeling suicidal", "suicidal thoughts", "thinking about suicide",
        "thinking of suicide", "commit suicide because i", "can't go on living",
        "mich umbringen", "bringe mich um", "mir das leben nehmen", "mein leben beenden",
        "wäre ich tot", "lieber tot", "ohne mich besser dran", "keinen sinn mehr zu leben", "mich verletzen",
        "mich selbst verletzen", "verletze mich selbst", "ritze mich", "mich ritzen", "mir etwas antun", "mir was antun",
        "selbstmordgedanken", "suizidgedanken", "ich bin suizidal", "denke an selbstmord", "an suizid",
        "nicht lebenswert", "schluss machen mit dem leben",
    ]
    /// Of somebody else it is a question of the subject.
    private static let crisisOfOneself = [
        "want to die", "wanna die", "end it all", "not worth living", "nicht mehr leben", "will sterben", "möchte sterben",
        "alles beenden",
        "nicht mehr da sein", "be gone for good",
    ]
    private static let oneself = [
        "i", "i'm", "i'd", "i've", "my life", "life is", "me", "ich", "mich", "mir", "mein leben", "das leben ist",
    ]
    private static let panicPhrases = [
        "panicking", "having a panic", "i can't breathe", "can't stop crying", "can't stop shaking",
        "mental breakdown", "having a breakdown", "falling apart", "can't take it anymore", "can't do this anymore",
        "can't cope", "i'm losing it", "i am losing it", "scared to death", "terrified of the exam", "terrified of my exam",
        "so scared of the exam", "so scared of my exam", "completely overwhelmed", "totally overwhelmed", "everything is too much",
        "it's all too much", "i feel hopeless", "i am hopeless", "panik vor", "ich habe panik", "hab panik",
        "bekomme panik",
        "kriege panik", "keine luft mehr", "nicht mehr atmen", "höre nicht auf zu weinen", "nicht aufhören zu weinen",
        "nicht aufhören zu zittern", "nervenzusammenbruch", "schaffe das alles nicht", "kann nicht mehr",
        "halte das nicht mehr aus",
        "wird mir alles zu viel", "ist mir alles zu viel", "völlig überfordert", "total überfordert", "todesangst",
        "riesige angst vor", "solche angst vor", "so angst vor", "verzweifelt", "hoffnungslos",
    ]
    private static let panicWords = [
        "panic", "anxious", "anxiety", "overwhelmed", "terrified", "prüfungsangst", "panik", "überfordert",
    ]
    private static let own = [
        "i'm", "i am", "i feel", "i get", "my anxiety", "i have", "i've", "my panic", "ich bin", "ich habe", "ich hab", "ich fühle",
        "meine prüfungsangst", "bei mir",
    ]
    /// A question about it is one of the subject.
    private static let asked = [
        "what is", "what are", "define", "explain", "causes of", "symptoms of", "essay", "was ist", "was sind", "erkläre",
        "ursachen",
        "symptome", "definition",
    ]
}
