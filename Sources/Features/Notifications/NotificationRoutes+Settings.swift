import FoundationEssentials
import HTTPServing

struct NotificationChannelsView: APIType, Equatable {
    var app: Bool
    var push: Bool
    var mail: Bool

    static var schemaName: String { "NotificationChannels" }

    static var constraints: [Constraint<NotificationChannelsView>] {
        [
            .describe("app", "By the event stream, in the app that is open."),
            .describe("push", "By the browsers that are subscribed."), .describe("mail", "To the account's address."),
        ]
    }

    init(_ channels: NotificationSettings.Channels) { (app, push, mail) = (channels.app, channels.push, channels.mail) }
    var channels: NotificationSettings.Channels { .init(app: app, push: push, mail: mail) }
}

struct QuietHoursView: APIType, Equatable {
    var start: String
    var end: String

    static var schemaName: String { "QuietHours" }

    static var constraints: [Constraint<QuietHoursView>] {
        [
            .example("start", "22:00"), .example("end", "07:00"),
            .check("start") { NotificationSettings.second($0.start) == nil ? "must be a time like 22:00" : nil },
            .check("end") { NotificationSettings.second($0.end) == nil ? "must be a time like 07:00" : nil },
        ]
    }
}

/// How a student wants to be told.
struct NotificationSettingsView: APIType, Equatable {
    var language: String
    var timeZone: String
    var events: NotificationChannelsView
    var studyBlocks: NotificationChannelsView
    var cards: NotificationChannelsView
    /// As usual if it is left out.
    var devices: NotificationChannelsView?
    var cardsAt: String
    var quiet: QuietHoursView?

    enum CodingKeys: String, CodingKey {
        case language, events, cards, devices, quiet
        case timeZone = "time_zone"
        case studyBlocks = "study_blocks"
        case cardsAt = "cards_at"
    }

    static var schemaName: String { "NotificationSettings" }

    static var constraints: [Constraint<NotificationSettingsView>] {
        [
            .choices(\.language, "language", NotificationSettings.languages), .length(\.timeZone, "time_zone", 1...64),
            .checked("time_zone"), .describe("time_zone", "Of the times here, and of those in messages."),
            .example("time_zone", "Europe/Berlin"),
            .describe("devices", "Sign-ins on a kind of device, or in a country, where there was none before."),
            .describe("cards_at", "When cards that wait are told of, once a day."), .example("cards_at", "17:00"),
            .check("cards_at") { NotificationSettings.second($0.cardsAt) == nil ? "must be a time like 17:00" : nil },
            .describe("quiet", "When neither pushes nor mail come; they wait for the end, if they are of use then."),
            .nested(\.quiet, "quiet"),
        ]
    }

    init(_ settings: NotificationSettings) {
        (language, timeZone, cardsAt) = (settings.language, settings.timeZone, settings.cardsAt)
        (events, studyBlocks, cards) = (.init(settings.events), .init(settings.studyBlocks), .init(settings.cards))
        devices = .init(settings.devices)
        quiet = settings.quiet.map { QuietHoursView(start: $0.start, end: $0.end) }
    }

    var settings: NotificationSettings {
        NotificationSettings(
            language: language, timeZone: timeZone, events: events.channels, studyBlocks: studyBlocks.channels,
            cards: cards.channels, devices: devices?.channels ?? NotificationSettings.usualDevices,
            cardsAt: cardsAt, quiet: quiet.map { .init(start: $0.start, end: $0.end) })
    }
}

struct NotificationStateView: APIType {
    var settings: NotificationSettingsView
    var hasMail: Bool
    var address: String
    var mailProblem: String?

    enum CodingKeys: String, CodingKey {
        case settings, address
        case hasMail = "has_mail"
        case mailProblem = "mail_problem"
    }

    static var schemaName: String { "NotificationState" }

    static var constraints: [Constraint<NotificationStateView>] {
        [
            .describe("has_mail", "Whether this server sends mail."), .describe("address", "Where mail goes."),
            .describe("mail_problem", "Why the newest message could not be sent; left out where it was."),
        ]
    }

    init(_ state: NotificationService.State) {
        (settings, hasMail, address) = (.init(state.settings), state.hasMail, state.address)
        mailProblem = state.mailProblem
    }
}
