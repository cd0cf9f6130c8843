import FoundationEssentials
import TimeZones

/// The words of notices in one language. A new language is one more value here and a name in `NotificationSettings.languages`.
struct NoticeWords: Sendable {
    let today: String
    let tomorrow: String
    let weekdays: [String]
    let months: [String]
    /// `Monday, 2 March`
    let day: @Sendable (_ weekday: String, _ day: Int, _ month: String) -> String
    /// `Today, 14:00`
    let moment: @Sendable (_ day: String, _ time: String) -> String
    let due: @Sendable (_ moment: String) -> String
    let study: @Sendable (_ title: String) -> String
    let cards: @Sendable (_ count: Int) -> String
    let cardsWhy: String
    let device: String
    let deviceWhy: String
    let test: String
    let testWhy: String
    let late: String
    let open: String
    let why: String
    let unsubscribe: String
    let security: String
    let watch: String
    /// What happened, by the name of the anomaly; the last is for one that has no words yet.
    let anomalies: [String: String]
    let somethingOdd: String
    /// Why mail about the safety of an account comes.
    let securityWhy: String

    static func of(_ language: String) -> NoticeWords { language == "de" ? german : english }

    static let english = NoticeWords(
        today: "Today", tomorrow: "Tomorrow",
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December",
        ],
        day: { "\($0), \($1) \($2)" }, moment: { "\($0), \($1)" }, due: { "Due: \($0)" }, study: { "Time to study: \($0)" },
        cards: { $0 == 1 ? "1 card waits for you" : "\($0) cards wait for you" },
        cardsWhy: "Learn them today, just before you would forget them.", device: "You signed in on a new device",
        deviceWhy: "If it was not you, sign that device out and choose another password.", test: "It works",
        testWhy: "This is what a notification of Little Monster looks like.",
        late: "This comes late: the server was away, or could not reach you.", open: "Open Little Monster",
        why: "You get this because you asked to be reminded by mail.", unsubscribe: "No more reminders by mail",
        security: "Something about your account",
        watch: "Something about an account of this server",
        anomalies: [
            "anomaly.sign_in_failures":
                "Somebody tried many passwords and none was right. Choose a new password if yours is short or used elsewhere.",
            "anomaly.token_reused":
                "A sign-in was used that somebody must have copied. It is over. Choose a new password and look at the devices that are signed in.",
            "anomaly.mass_download":
                "Within minutes far more documents were opened than anybody reads. If it was not you, sign out all devices and choose a new password.",
        ],
        somethingOdd: "Something is not as it always is.",
        securityWhy: "You get this because it concerns the safety of an account.")

    static let german = NoticeWords(
        today: "Heute", tomorrow: "Morgen",
        weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
        ],
        day: { "\($0), \($1). \($2)" }, moment: { "\($0), \($1) Uhr" }, due: { "Fällig: \($0)" },
        study: { "Zeit zu lernen: \($0)" },
        cards: { $0 == 1 ? "1 Karte wartet auf dich" : "\($0) Karten warten auf dich" },
        cardsWhy: "Lerne sie heute, kurz bevor du sie vergessen würdest.", device: "Du hast dich auf einem neuen Gerät angemeldet",
        deviceWhy: "Wenn du das nicht warst, melde dieses Gerät ab und wähle ein neues Passwort.", test: "Es klappt",
        testWhy: "So sieht eine Mitteilung von Little Monster aus.",
        late: "Das kommt verspätet: Der Server war weg oder konnte dich nicht erreichen.", open: "Little Monster öffnen",
        why: "Du bekommst das, weil du per Mail erinnert werden wolltest.", unsubscribe: "Keine Erinnerungen per Mail mehr",
        security: "Etwas zu deinem Konto",
        watch: "Etwas zu einem Konto dieses Servers",
        anomalies: [
            "anomaly.sign_in_failures":
                "Jemand hat viele Passwörter probiert, und keines stimmte. Wähle ein neues, wenn deines kurz ist oder auch anderswo gilt.",
            "anomaly.token_reused":
                "Eine Anmeldung wurde benutzt, die jemand kopiert haben muss. Sie gilt nicht mehr. Wähle ein neues Passwort und sieh nach, welche Geräte angemeldet sind.",
            "anomaly.mass_download":
                "In wenigen Minuten wurden weit mehr Dokumente geöffnet, als jemand liest. Wenn du das nicht warst, melde alle Geräte ab und wähle ein neues Passwort.",
        ],
        somethingOdd: "Etwas ist nicht wie sonst.",
        securityWhy: "Du bekommst das, weil es um die Sicherheit eines Kontos geht.")

    func anomaly(_ name: String) -> String { anomalies[name] ?? somethingOdd }

    /// A moment as the student reads it at another.
    func moment(_ date: Date, isAllDay: Bool, seenAt now: Date, zone: ZoneRules) -> String {
        let (wall, today) = (zone.wall(date), zone.wall(now).day)
        let civil = wall.day.civil
        let name =
            switch wall.day {
            case today: self.today
            case today + 1: tomorrow
            default: day(weekdays[wall.day.weekday.rawValue], civil.day, months[civil.month - 1])
            }
        return isAllDay ? name : moment(name, Self.clock(wall.second))
    }

    private static func clock(_ second: Int) -> String {
        let (hour, minute) = (second / 3600, second % 3600 / 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
