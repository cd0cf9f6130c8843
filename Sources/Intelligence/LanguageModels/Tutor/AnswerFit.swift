/// Judges by its form whether a sentence is an answer to this kind of question: “is a …” defines, “because” gives reasons.
enum AnswerFit {
    /// 0...1.
    static func fit(_ sentence: Sentence, stems: [String], to question: Question) -> Double {
        let lower = " " + sentence.text.lowercased() + " "
        func has(_ phrases: [String]) -> Bool { phrases.contains { lower.contains($0) } }
        switch question.kind {
        case .definition: return DefinitionForm(subject: question.head, asksForRole: question.aim == .role).fit(sentence.text)
        case .why:
            let strong = [
                " because ", " because of", " due to ", " in order to ", " so that ", " reason", " as a result of ", " caused by ",
                " arises from ", " arise from ", " that is why ", " this is why ",
            ]
            if has(strong) { return 1 }
            return has([
                " since ", " therefore", " thus ", " hence ", " result", " allow", " cause", " lead to", " leads to", " enabl",
            ]) ? 0.6 : 0
        case .how where question.aim == .steps: return ProcedureForm.steps(sentence)
        case .how where question.aim == .calculation: return ProcedureForm.calculation(sentence.text)
        case .how:
            let strong = [
                " by ", " through ", " first", " then ", " via ", " using ", " by means of ", " process", " step", " converts ",
            ]
            return has(strong) ? 0.7 : sentence.isListItem ? 0.4 : 0.1
        case .quantity:
            let numbers = [
                "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "hundred", "thousand", "million",
                "billion", "percent", "half",
            ]
            if question.aim == .duration {
                let units = [" year", " month", " week", " day", " hour", " minute", " second"]
                return has(units) && (sentence.text.contains(where: \.isNumber) || has(numbers.map { " \($0) " })) ? 1 : 0.2
            }
            if sentence.text.contains(where: \.isNumber) { return 1 }
            return has(numbers.map { " \($0) " }) ? 0.9 : 0
        case .when:
            if hasYear(sentence.text) { return 1 }
            let words = [
                " century", " january", " february", " march ", " april", " june", " july", " august", " september", " october",
                " november", " december", " before ", " after ", " during ", " when ", " once ",
            ]
            return has(words) ? (question.aim == .date ? 0.3 : 0.6) : 0
        case .who:
            let names = sentence.text.split(separator: " ").dropFirst().count { word in
                word.first?.isUppercase == true && word.count > 2 && !months.contains(word.lowercased().filter(\.isLetter))
            }
            return names >= 2 ? 1 : names == 1 ? 0.7 : 0
        case .whereabouts:
            return has([" in the ", " in ", " at the ", " inside ", " within ", " located", " found in", " between ", " outside "])
                ? 0.7 : 0
        case .summary: return sentence.isListItem ? 0.2 : 0.5
        case .list:
            // “Its disadvantages are high prices, …”: the very noun that is asked for.
            if stems.contains(where: question.listNouns.contains), sentence.text.contains(",") || sentence.text.hasSuffix(":") {
                return 1
            }
            if Enumeration.announced(in: sentence.text) != nil { return 1 }
            if sentence.isListItem { return 0.9 }
            if sentence.text.hasSuffix(":") { return 1 }
            let commas = sentence.text.count { $0 == "," }
            if has([
                " are:", " include", " consist", " such as ", " types of ", " kinds of ", " stages", " first", " namely",
                " divided into", " following", " classified ",
            ]), !lower.hasPrefix(" other "), !lower.hasPrefix(" another ") {
                return commas >= 1 ? 1 : 0.7
            }
            return commas >= 2 ? 0.6 : 0.1
        case .compare:
            let contrast = has([
                " whereas ", " while ", " unlike ", " in contrast", " by contrast", " however", " differ", " compared ",
                " rather than ", " both ", " but ", " than ", " on the other hand",
            ])
            let sides = question.subjects.count { side in side.contains { term in stems.contains { Words.match($0, term) } } }
            if sides >= 2 { return contrast ? 1 : 0.5 }
            return sides == 1 ? (contrast ? 0.6 : 0.35) : 0
        case .other: return 0.3
        }
    }

    private static let months: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    private static func hasYear(_ text: String) -> Bool {
        text.split { !$0.isNumber }.contains { $0.count == 4 && ($0.first == "1" || $0.first == "2") }
    }
}
