/// What is never remembered, whoever found it: secrets, ways to reach somebody, illnesses, beliefs, and other people.
package enum NeverKept {
    /// - Parameter kind: of topics and ways to learn, words of medicine are no health of the student's.
    package static func holds(_ text: String, kind: MemoryKind) -> Bool {
        let lower = text.lowercased().replacing("’", with: "'")
        if lower.contains("@") || lower.contains("://") { return true }
        if digitRun(lower) >= 6 { return true }
        let words = lower.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "-" }.map(String.init)
        let joined = " " + words.joined(separator: " ") + " "
        func has(_ phrases: [String]) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        if has(secrets) || has(harm) || others(words) { return true }
        guard kind == .fact || kind == .feeling else { return false }
        return has(beliefs) || words.contains { word in illnesses.contains { word.hasPrefix($0) } }
    }

    /// The longest run of digits, spaces and dashes within it not counted.
    private static func digitRun(_ text: String) -> Int {
        var (run, longest) = (0, 0)
        for character in text {
            if character.isNumber {
                run += 1
                longest = max(longest, run)
            } else if !" -/.".contains(character) {
                run = 0
            }
        }
        return longest
    }

    /// “My sister”, “mein Freund”: what is said is theirs.
    private static func others(_ words: [String]) -> Bool {
        zip(words, words.dropFirst()).contains { possessives.contains($0) && relations.contains($1) }
    }

    private static let possessives: Set<String> = [
        "my", "our", "his", "her", "mein", "meine", "meiner", "meinem", "meinen", "unser", "unsere",
    ]
    private static let relations: Set<String> = [
        "mother", "mum", "mom", "father", "dad", "parents", "sister", "brother", "son", "daughter", "child", "kids", "wife",
        "husband", "partner", "girlfriend",
        "boyfriend", "friend", "friends", "roommate", "flatmate", "classmate", "classmates", "colleague", "boss", "cousin",
        "grandmother", "grandfather", "grandma",
        "grandpa", "aunt", "uncle", "mutter", "mama", "vater", "papa", "eltern", "schwester", "bruder", "sohn", "tochter", "kind",
        "frau", "mann", "freund",
        "freundin", "oma", "opa", "kollege", "kollegin",
    ]
    private static let secrets = [
        "password", "passwort", "passcode", "pin", "tan", "iban", "cvv", "api key", "secret key", "access token", "credit card",
        "kreditkarte", "social security",
        "passport number", "phone number", "telefonnummer", "my address", "meine adresse",
    ]
    private static let harm = [
        "kill myself", "suicide", "suicidal", "self-harm", "hurt myself", "end my life", "want to die", "mich umbringen", "suizid",
        "nicht mehr leben",
    ]
    private static let beliefs = [
        "muslim", "christian", "catholic", "protestant", "jewish", "hindu", "buddhist", "atheist", "gay", "lesbian", "bisexual",
        "transgender", "queer", "voted for",
        "vote for", "pregnant", "asylum", "undocumented", "arrested", "convicted", "schwul", "lesbisch", "schwanger",
    ]
    /// By their beginnings.
    private static let illnesses = [
        "diagnos", "bipolar", "diabet", "cancer", "adhd", "autis", "antidepress", "depress", "medication", "ritalin", "therap",
        "hiv", "epilep", "disorder", "illness",
        "disease", "chronic", "anorexi", "bulimi", "dyslexi", "disabled", "disability", "asthma", "migraine", "surgery", "hospital",
        "panic", "ptsd", "addict",
        "krebs", "krank", "diagnost", "behinder", "depressi", "sucht",
    ]
}
