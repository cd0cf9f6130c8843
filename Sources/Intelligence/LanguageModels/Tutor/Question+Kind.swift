/// What kind of answer the form of a question asks for.
extension Question {
    static func kind(of words: [String], _ joined: String) -> Kind {
        func has(_ phrases: String...) -> Bool { phrases.contains { joined.contains(" \($0) ") } }
        func begins(_ phrases: String...) -> Bool { phrases.contains { joined.hasPrefix(" \($0) ") } }
        // “How does a router choose where to …?” asks for no place.
        let asksOtherwise = begins("how", "why", "what", "which")
        if has(
            "difference between", "differences between", "differ from", "differ", "compare", "versus", "vs", "contrast",
            "compared to", "what is different", "how different")
            || joined.hasSuffix(" what different ") || has("unterschied", "différence entre", "diferencia entre")
        {
            return .compare
        }
        if begins("what affects", "what determines", "what influences", "what controls", "what sets")
            || has("depend on", "depends on") && begins("what", "which")
        {
            return .list
        }
        if has(
            "how many", "how much", "how long", "how far", "how old", "how large", "how big", "how high", "how fast",
            "what percentage",
            "what number", "what year", "wie viele", "wie viel", "combien", "cuántos")
        {
            return has("what year") ? .when : .quantity
        }
        if begins("what is", "what was", "what are", "what s", "was ist", "wie ist"),
            measures.contains(where: { has($0) }),
            !has("definition of", "meaning of", "formula", "equation"),
            has("of", "for", "in", "at") || joined.contains(" s ") || words.count <= 5 && has("the", "its", "ph")
        {
            return .quantity
        }
        // “At what pressure …?”, “What voltage does …?”
        if let asked = named(in: words) {
            if times.contains(asked) { return .when }
            if measures.contains(asked) || quantities.contains(asked) { return .quantity }
        }
        if begins("why", "warum", "pourquoi", "por qué")
            || has("why", "reason for", "reasons for", "what causes", "what caused", "cause of")
        {
            return .why
        }
        // No date is asked for, but what has to hold.
        if conditions.contains(where: joined.hasPrefix) { return .other }
        if begins("when", "wann", "quand", "cuándo") || has("what date", "in which year", "which year", "what century") {
            return .when
        }
        if begins("who", "whom", "whose", "wer", "qui", "quién") || has("who") && !asksOtherwise { return .who }
        if begins("where", "wo", "où", "dónde") || has("in which country") || has("where") && !asksOtherwise { return .whereabouts }
        let listWords = ["list", "name", "enumerate", "outline"]
        if let first = words.first, listWords.contains(first) { return .list }
        if has("what are the", "which are the", "which", "what", "give", "summarise", "summarize"),
            words.contains(where: plurals.contains)
        {
            return .list
        }
        if areMany(words) { return .list }
        // “Which inhibitors …?”, “What evidence …?”
        if listed(in: words) != nil { return .list }
        // “What does TLS guarantee?” asks for no definition.
        if begins("what does", "what do", "what did"), words.count >= 4, !words.dropFirst(2).contains("do"),
            !has("mean", "stand for")
        {
            return .other
        }
        if begins("how", "wie", "comment", "cómo") || has("how does", "how do", "how is", "how are", "process of", "mechanism") {
            return .how
        }
        if asksOfDeed(words) { return .other }
        if begins(
            "what is", "what are", "what s", "define", "what was", "what were", "explain", "describe", "was ist", "was sind",
            "qu est ce que", "qué es", "what does", "meaning of", "tell me about", "definition of", "what do")
            || has("mean by", "stand for", "definition of", "is meant by")
        {
            return .definition
        }
        // A bare term: “osmosis”, “fluid mosaic model”.
        return words.count <= 3 && !words.contains(where: Words.stopWords.contains) ? .definition : .other
    }

    /// “pressure” in “At what pressure …?” and “What pressure …?”
    static func named(in words: [String]) -> String? {
        guard let what = words.prefix(2).firstIndex(where: { $0 == "what" || $0 == "which" }), words.count > what + 2 else {
            return nil
        }
        let isAfterPreposition =
            what == 0 || ["at", "by", "to", "from", "in", "for", "over", "with", "on", "above", "below", "up"].contains(words[0])
        return isAfterPreposition && !isManyThings(words[what + 2]) ? words[what + 1] : nil
    }

    /// “records” in “Which DNS records are there?”, “In which …”.
    static func listed(in words: [String]) -> String? {
        guard let which = words.prefix(2).firstIndex(where: { $0 == "which" || $0 == "what" }), words.count >= which + 3 else {
            return nil
        }
        if isManyThings(words[which + 1]), !isManyThings(words[which + 2]) { return words[which + 1] }
        let named = words.dropFirst(which + 1).prefix(3).prefix {
            (!Words.stopWords.contains($0) || isManyThings($0)) && !Words.mayDiffer(Words.stem($0))
        }
        guard let last = named.lastIndex(where: isManyThings) else { return nil }
        // “Which placeholder prints the table?” “Which variable counts how often …?”
        let next = last + 1 < words.count ? words[last + 1] : ""
        let isVerb =
            last > which + 1
            && ["the", "a", "an", "my", "your", "its", "their", "how", "what", "where", "this", "that"].contains(next)
        return isVerb ? nil : words[last]
    }

    /// “What is stored in the files?” asks for no definition of “stored”.
    private static func asksOfDeed(_ words: [String]) -> Bool {
        guard words.count >= 5, words[0] == "what", ["is", "are", "was", "were"].contains(words[1]) else { return false }
        return words[2].count >= 5 && words[2].hasSuffix("ed")
            && ["in", "by", "to", "on", "with", "from", "at", "into"].contains(words[3])
    }

    /// “What are the four levels of …?”, “What are the harmonics in …?”
    private static func areMany(_ words: [String]) -> Bool {
        guard words.count >= 5, ["what", "which"].contains(words[0]), words[1] == "are", words[2] == "the" else { return false }
        if Enumeration.number(words[3]) != nil { return true }
        let named = words.dropFirst(3).prefix { !Words.stopWords.contains($0) }
        let next = words.dropFirst(3 + named.count).first ?? ""
        return named.count <= 3 && named.last.map(isManyThings) == true
            && ["of", "for", "in", "to", "that", "at", "on"].contains(next)
    }

    static func isManyThings(_ word: String) -> Bool {
        if word == "evidence" { return true }
        return word.count > 4 && word.hasSuffix("s") && !["ss", "us", "is"].contains { word.hasSuffix($0) }
            && (!Words.stopWords.contains(word) || ["sources", "files", "notes", "slides", "texts"].contains(word))
            && !Words.askingWords.contains(Words.stem(word))
            && !Words.mayDiffer(Words.stem(word))
    }

    static let measured: Set<String> = [
        "long", "much", "many", "far", "old", "high", "large", "big", "fast", "often", "tall", "deep",
        "heavy", "wide", "hot", "cold", "small",
    ]

    /// What is measured or counted; “What is the boiling point of …?” asks for a number.
    static let measures = [
        "ph", "size", "maximum", "minimum", "speed", "height", "length", "width", "weight", "mass",
        "temperature", "boiling point",
        "melting point", "freezing point", "density", "number", "total", "sum", "price", "cost", "fee",
        "percentage", "share", "population",
        "area", "volume", "distance", "depth", "capacity", "age", "frequency", "voltage", "duration",
        "deadline", "limit", "half life",
        "wavelength", "diameter", "radius", "elevation", "default port", "port number", "score",
        "average", "mean value", "median", "balance",
        "salary", "budget", "revenue", "profit", "tax rate", "interest rate", "error rate",
        "growth rate", "lifetime", "timeout",
        "default value", "avogadro", "atomic number",
        // “What is the membrane potential?” asks what it is, “… of a nerve cell?” how much.
        "membrane potential of", "water potential of", "resting potential of", "electric potential of", "potential difference of",
    ]

    /// Further words that ask for a number only right behind “what”.
    static let quantities: Set<String> = [
        "pressure", "rate", "angle", "ratio", "concentration", "dose", "current", "power", "energy", "altitude", "percent",
        "proportion",
        "fraction", "value", "amount", "quantity", "intensity", "level", "force", "torque", "dosage", "range", "resistance",
        "velocity", "version", "port", "page", "chapter",
    ]
    static let times: Set<String> = ["year", "century", "decade", "month", "date", "day", "time", "season"]

    static let plurals: Set<String> = [
        "types", "kinds", "stages", "steps", "phases", "examples", "components", "parts", "features", "characteristics",
        "advantages", "disadvantages", "properties", "factors", "functions", "principles", "methods", "elements", "layers",
        "categories", "reasons", "benefits", "causes", "effects", "consequences", "rules", "symptoms", "products",
    ]

    /// “When can I stop?”
    static let conditions = [
        "can", "can't", "cannot", "could", "should", "shouldn", "must", "may", "might", "am", "do i", "do you", "would",
    ].map { " when \($0) " }

    static func asksForSummary(_ joined: String) -> Bool {
        ["summarise", "summarize", "summary", "overview", "main points", "key points", "main ideas", "key ideas", "takeaways"]
            .contains { joined.contains(" \($0) ") }
    }
}
