import Planning

/// What an event of another program is, as far as its words and its shape tell.
enum EventGuess {
    /// - Returns: what the file says it is where it is one of ours, else nil.
    static func told(_ draft: CalendarDraft) -> EventType? {
        draft.categories.lazy.compactMap { EventType(rawValue: $0.lowercased()) }.first
    }

    static func type(of draft: CalendarDraft) -> EventType {
        if let told = told(draft) { return told }
        let words = Set(
            (draft.title + " " + draft.categories.joined(separator: " ")).lowercased().split { !$0.isLetter }.map(String.init))
        if !words.isDisjoint(with: exams) { return .exam }
        // Canvas names what is to be handed in so; Moodle's ends “… is due”.
        if draft.isTask || draft.uid.hasPrefix("event-assignment-") || !words.isDisjoint(with: deadlines) { return .deadline }
        if draft.isFree || draft.isAllDay || draft.start == draft.end { return .reminder }
        return .class
    }

    private static let exams: Set<String> = [
        "exam", "exams", "examination", "midterm", "midterms", "final", "finals", "klausur", "klausuren", "prüfung", "prüfungen",
        "abschlussprüfung", "nachklausur", "testat",
    ]
    private static let deadlines: Set<String> = [
        "due", "deadline", "assignment", "assignments", "homework", "submission", "abgabe", "abgabetermin", "fällig", "hausaufgabe",
        "hausarbeit", "einreichung", "closes", "endet",
    ]
}
