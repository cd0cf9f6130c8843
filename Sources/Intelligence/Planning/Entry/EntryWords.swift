import TimeZones

/// The words of natural entry, English and German side by side: whoever writes both is understood in both.
enum EntryWords {
    static let weekdays: [String: Weekday] = [
        "monday": .monday, "mon": .monday, "tuesday": .tuesday, "tue": .tuesday, "tues": .tuesday, "wednesday": .wednesday,
        "wed": .wednesday, "thursday": .thursday, "thu": .thursday, "thur": .thursday, "thurs": .thursday, "friday": .friday,
        "fri": .friday, "saturday": .saturday, "sat": .saturday, "sunday": .sunday, "sun": .sunday, "montag": .monday,
        "dienstag": .tuesday, "mittwoch": .wednesday, "donnerstag": .thursday, "freitag": .friday, "samstag": .saturday,
        "sonnabend": .saturday, "sonntag": .sunday, "mo": .monday, "di": .tuesday, "mi": .wednesday, "do": .thursday, "fr": .friday,
        "sa": .saturday, "so": .sunday,
    ]

    /// German abbreviations that are English or German words too: days only where a time or a date stands by, or “am” before.
    static let doubtfulDays: Set<String> = ["do", "so", "di", "mi", "mo", "fr", "sa", "sun", "sat", "mon", "wed"]

    static let months: [String: Int] = [
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
        "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11,
        "nov": 11, "december": 12, "dec": 12, "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "maerz": 3, "mai": 5, "juni": 6,
        "juli": 7, "oktober": 10, "okt": 10, "dezember": 12, "dez": 12,
    ]

    /// Days from today.
    static let relative: [String: Int] = [
        "today": 0, "tonight": 0, "tomorrow": 1, "heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2,
    ]

    /// Seconds since midnight.
    static let times: [String: Int] = [
        "noon": 43_200, "midday": 43_200, "mittag": 43_200, "mittags": 43_200, "midnight": 86_340, "mitternacht": 86_340,
    ]

    /// What kind of event a word tells, the strongest first.
    static let kinds: [(kind: EntryDraft.Kind, words: Set<String>)] = [
        (
            .exam,
            [
                "exam", "exams", "midterm", "midterms", "final", "finals", "test", "quiz", "klausur", "prüfung", "pruefung",
                "examen",
                "testat", "abitur",
            ]
        ),
        (
            .deadline,
            [
                "deadline", "due", "submit", "submission", "assignment", "homework", "hand-in", "abgabe", "fällig", "abgeben",
                "einreichen", "hausaufgabe", "hausarbeit", "frist",
            ]
        ),
        (.reminder, ["remind", "reminder", "remember", "erinnere", "erinnerung", "erinnern"]),
        (.study, ["study", "revise", "revision", "review", "learn", "lernen", "wiederholen", "üben", "pauken"]),
        (
            .class,
            [
                "class", "lecture", "seminar", "lab", "tutorial", "lesson", "vorlesung", "übung", "praktikum", "tutorium",
                "unterricht", "kurs",
            ]
        ),
    ]

    static let every: Set<String> = ["every", "each", "jeden", "jede", "jedes"]
    static let next: Set<String> = [
        "next", "nächsten", "nächste", "nächster", "nächstes", "naechsten", "naechste", "kommenden", "kommende",
    ]
    static let this: Set<String> = ["this", "coming", "diesen", "diese", "dieser"]
    /// Words before a date or a time that say nothing else.
    static let fillers: Set<String> = ["on", "at", "by", "am", "um", "bis", "the", "den", "dem", "ab", "gegen", "from", "von"]
    static let joiners: Set<String> = ["-", "–", "to", "until", "till", "bis"]
    static let days: Set<String> = ["day", "days", "tag", "tage", "tagen"]
    static let weeks: Set<String> = ["week", "weeks", "woche", "wochen"]
    static let monthWords: Set<String> = ["month", "months", "monat", "monate", "monaten"]
    static let hours: Set<String> = ["h", "hour", "hours", "hr", "hrs", "stunde", "stunden", "std"]
    static let minutes: Set<String> = ["min", "mins", "minute", "minutes", "minuten"]
    static let numbers: [String: Int] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ein": 1, "eine": 1, "einer": 1,
        "einem": 1,
        "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "other": 2, "zweite": 2, "zweiten": 2,
    ]
    static let rhythms: [String: String] = [
        "daily": "DAILY", "täglich": "DAILY", "weekly": "WEEKLY", "wöchentlich": "WEEKLY", "monthly": "MONTHLY",
        "monatlich": "MONTHLY", "yearly": "YEARLY", "jährlich": "YEARLY",
    ]
    /// Parts of a day after which a bare hour is one of the afternoon.
    static let afternoons: Set<String> = ["tonight", "evening", "abend", "abends", "afternoon", "nachmittag", "nachmittags"]
    static let mornings: Set<String> = ["morning", "früh", "vormittag", "vormittags", "morgens"]
}
