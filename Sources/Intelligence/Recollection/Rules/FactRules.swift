/// Who the student is, what they study, when something is due.
enum FactRules {
    static func match(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        name(clause, sentence) ?? studies(clause) ?? role(clause) ?? due(clause) ?? circumstances(clause)
    }

    // MARK: - Names

    private static func name(_ clause: Clause, _ sentence: Utterance.Sentence) -> Recollected? {
        let said = clause.after(
            "my name is", "i am called", "you can call me", "call me", "everyone calls me", "my friends call me")
        if let said, isName(said.prefix { $0 != "by" && $0 != "and" }, most: 3) { return made(clause, Recollected.nameSlot, 0.95) }
        // “I'm Tomasz” is a name where somebody introduces themself; else it may be anything.
        guard let said = clause.after("i am"), introduces(clause, sentence) else { return nil }
        let name = said.prefix { $0 != "by" && $0 != "from" && $0 != "and" }
        guard isName(name, most: 2), isCapitalised(name, in: clause) else { return nil }
        return made(clause, Recollected.nameSlot, 0.85)
    }

    private static func isName(_ words: ArraySlice<String>, most: Int) -> Bool {
        (1...most).contains(words.count) && words.allSatisfy { $0.allSatisfy { $0.isLetter || $0 == "-" || $0 == "'" } }
            && !words.contains(where: { notNames.contains($0) })
    }

    private static func introduces(_ clause: Clause, _ sentence: Utterance.Sentence) -> Bool {
        let all = " " + sentence.clauses.flatMap(\.words).joined(separator: " ") + " "
        return ["hi", "hello", "hey", "hallo", "by the way", "btw", "nice to meet you"].contains { all.contains(" \($0) ") }
    }

    private static func isCapitalised(_ name: ArraySlice<String>, in clause: Clause) -> Bool {
        name.allSatisfy { word in
            zip(clause.words, clause.starts).contains { $0 == word && clause.text[$1].isUppercase }
        }
    }

    private static let notNames: Set<String> = [
        "back", "here", "new", "not", "a", "an", "the", "in", "done", "ready", "maybe", "later", "it", "stupid", "when", "if",
    ]

    // MARK: - Studies and work

    private static func studies(_ clause: Clause) -> Recollected? {
        if let what = clause.after(
            "i study", "i am studying", "i major in", "i am majoring in", "i minor in", "i am minoring in", "my major is",
            "my minor is", "i am enrolled in")
        {
            guard let first = what.first, !notSubjects.contains(first), Int(first) == nil else { return nil }
            return made(clause, nil, 0.9)
        }
        if let what = clause.after("i do", "i am doing") {
            let isDegree = what.contains(where: degrees.contains) || what.contains("at") && what.contains(where: places.contains)
            return isDegree ? made(clause, nil, 0.85) : nil
        }
        return nil
    }

    private static func role(_ clause: Clause) -> Recollected? {
        if let what = clause.after("i am a", "i am an") {
            return what.prefix(6).contains(where: roles.contains) ? made(clause, nil, 0.9) : nil
        }
        if let what = clause.after("i am in my", "i am in the", "i am in") {
            let isStage = what.prefix(3).contains(where: stages.contains)
            return isStage ? made(clause, "study.stage", 0.9) : nil
        }
        return nil
    }

    private static func circumstances(_ clause: Clause) -> Recollected? {
        if clause.after("my native language is", "my first language is", "my mother tongue is") != nil {
            return made(clause, nil, 0.9)
        }
        if let what = clause.after("i speak"),
            clause.has(phrase: "at home") || clause.has(phrase: "first language") || clause.has(phrase: "natively"), !what.isEmpty
        {
            return made(clause, nil, 0.85)
        }
        if let what = clause.after("i work"), let first = what.first,
            ["as", "at", "in", "part-time", "full-time", "nights", "during", "part", "full", "for", "on", "two", "three"].contains(
                first)
        {
            return clause.has(["page", "exercise", "problem", "task"]) ? nil : made(clause, nil, 0.85)
        }
        if let what = clause.after("i can only", "i only have", "i have only"),
            clause.has([
                "study", "learn", "revise", "hours", "minutes", "evenings", "evening", "weekends", "mornings", "day", "week",
            ]), what.count >= 2
        {
            return made(clause, nil, 0.8)
        }
        return nil
    }

    // MARK: - What is due

    private static func due(_ clause: Clause) -> Recollected? {
        if let what = clause.after(
            "i have got", "we have got", "i have", "we have", "i am having", "we are having", "i will have", "we will have",
            "i am writing", "there is")
        {
            let isSet = what.contains(where: events.contains) && !what.contains(where: notEvents.contains)
            guard isSet, clause.has(times) || what.first.map({ ["a", "an", "my", "our", "the", "to"].contains($0) }) ?? false else {
                return nil
            }
            return made(clause, slot(of: what), 0.9)
        }
        if let what = clause.after(
            "i have to give", "i have to hand in", "i have to submit", "i need to hand in", "i need to submit", "i must hand in")
        {
            return clause.has(times) ? made(clause, slot(of: what), 0.85) : nil
        }
        guard let what = clause.after("my", "our"),
            let verb = what.firstIndex(where: { $0 == "is" || $0 == "are" || $0 == "takes" })
        else { return nil }
        let (subject, rest) = (what[..<verb], what[(verb + 1)...])
        guard subject.contains(where: events.contains), subject.count <= 5, rest.contains(where: times.contains) else { return nil }
        return made(clause, slot(of: subject), 0.9)
    }

    /// What it is about tells one exam from another; when it is, may change.
    private static func slot(of words: ArraySlice<String>) -> String? {
        let topic = words.filter {
            !events.contains($0) && !times.contains($0) && !small.contains($0) && $0.first?.isNumber != true
        }
        let event = words.first(where: events.contains) ?? "event"
        return topic.isEmpty ? nil : "due:\(event):" + topic.prefix(3).joined(separator: " ")
    }

    private static func made(_ clause: Clause, _ slot: String?, _ confidence: Double) -> Recollected {
        Recollected(.fact, clause.told, slot: slot, confidence: confidence)
    }

    private static let notSubjects: Set<String> = [
        "for", "with", "every", "a", "hard", "this", "it", "that", "alone", "better", "best", "at", "in", "from", "the", "more",
        "too", "about", "two", "three", "like",
        "much", "my", "your", "chapter", "page", "to", "and", "by", "well",
    ]
    private static let degrees: Set<String> = [
        "degree", "bachelor", "bachelor's", "master", "master's", "masters", "phd", "doctorate", "apprenticeship", "diploma",
        "a-levels",
    ]
    private static let places: Set<String> = ["university", "uni", "college", "tu", "eth", "mit", "school", "institute"]
    private static let roles: Set<String> = [
        "student", "nurse", "teacher", "pupil", "apprentice", "engineer", "freshman", "sophomore", "undergraduate", "undergrad",
        "postgraduate", "postgrad", "trainee",
        "beginner", "intern", "doctor", "developer", "programmer", "graduate", "lawyer", "accountant", "mechanic", "paramedic",
        "pharmacist",
    ]
    private static let stages: Set<String> = ["year", "grade", "semester", "class", "form", "term", "trimester", "kindergarten"]
    static let events: Set<String> = [
        "exam", "exams", "test", "quiz", "midterm", "midterms", "final", "finals", "presentation", "essay", "thesis", "deadline",
        "assignment", "report", "oral",
        "viva", "homework", "project", "paper", "retake", "resit",
    ]
    private static let notEvents: Set<String> = [
        "question", "questions", "problem", "idea", "read", "no", "page", "statistic", "hypothesis", "result", "case",
    ]
    static let times: Set<String> = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "today", "tonight", "week",
        "weeks", "month", "months", "days",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "summer", "autumn", "winter", "spring",
        "due", "semester", "year", "christmas", "easter", "next", "morning", "afternoon",
    ]
    private static let small: Set<String> = [
        "a", "an", "the", "my", "our", "in", "on", "for", "of", "at", "to", "is", "this", "big", "th", "st", "nd", "rd", "by",
        "about",
    ]
}
