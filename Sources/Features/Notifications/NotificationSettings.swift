import FoundationEssentials
import TimeZones

/// How a student wants to be told, of what, and when not.
package struct NotificationSettings: Sendable, Hashable, Codable {
    /// Of one kind, by which channels.
    package struct Channels: Sendable, Hashable, Codable {
        package var app: Bool
        package var push: Bool
        package var mail: Bool

        package init(app: Bool = true, push: Bool = true, mail: Bool = false) {
            (self.app, self.push, self.mail) = (app, push, mail)
        }

        package subscript(channel: NotificationChannel) -> Bool {
            switch channel {
            case .app: app
            case .push: push
            case .mail: mail
            }
        }
    }

    /// Hours in which neither push nor mail come, by the student's clock; they may go over midnight.
    package struct Quiet: Sendable, Hashable, Codable {
        package var start: String
        package var end: String

        package init(start: String, end: String) { (self.start, self.end) = (start, end) }
    }

    package var language: String
    package var timeZone: String
    package var events: Channels
    package var studyBlocks: Channels
    package var cards: Channels
    /// Who sits at a new device knows of it; the others are told.
    package var devices: Channels
    /// `17:00`: when cards are told of.
    package var cardsAt: String
    package var quiet: Quiet?

    package init(
        language: String = "en", timeZone: String = "UTC", events: Channels = .init(), studyBlocks: Channels = .init(),
        cards: Channels = .init(app: false, push: false), devices: Channels = Self.usualDevices, cardsAt: String = "17:00",
        quiet: Quiet? = nil
    ) {
        (self.language, self.timeZone, self.events, self.studyBlocks) = (language, timeZone, events, studyBlocks)
        (self.cards, self.devices, self.cardsAt, self.quiet) = (cards, devices, cardsAt, quiet)
    }

    package static let usualDevices = Channels(app: false, push: true, mail: true)

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        language = try container.decode(String.self, forKey: .language)
        timeZone = try container.decode(String.self, forKey: .timeZone)
        events = try container.decode(Channels.self, forKey: .events)
        studyBlocks = try container.decode(Channels.self, forKey: .studyBlocks)
        cards = try container.decode(Channels.self, forKey: .cards)
        // What was kept before they were told of has it not.
        devices = try container.decodeIfPresent(Channels.self, forKey: .devices) ?? Self.usualDevices
        cardsAt = try container.decode(String.self, forKey: .cardsAt)
        quiet = try container.decodeIfPresent(Quiet.self, forKey: .quiet)
    }

    package enum CodingKeys: String, CodingKey {
        case language, events, cards, devices, quiet
        case timeZone = "time_zone"
        case studyBlocks = "study_blocks"
        case cardsAt = "cards_at"
    }

    static let languages = ["en", "de"]

    var zone: ZoneRules { ZoneCatalogue.system.zone(timeZone) ?? .utc }

    func channels(of kind: NotificationKind) -> Channels {
        switch kind {
        case .events: events
        case .studyBlocks: studyBlocks
        case .cards: cards
        case .devices: devices
        case .security, .watch, .test: Channels(app: true, push: true, mail: true)
        }
    }

    /// The same without any mail that is not asked for by itself.
    var withoutMail: Self {
        var settings = self
        (settings.events.mail, settings.studyBlocks.mail, settings.cards.mail) = (false, false, false)
        settings.devices.mail = false
        return settings
    }

    /// When the quiet hours that a moment lies in end; nil where it lies in none.
    func quietEnd(at now: Date) -> Date? {
        guard let quiet, let start = Self.second(quiet.start), let end = Self.second(quiet.end), start != end else { return nil }
        let (zone, wall) = (zone, zone.wall(now))
        let isQuiet = start < end ? (start..<end).contains(wall.second) : wall.second >= start || wall.second < end
        guard isQuiet else { return nil }
        let day = wall.second < end ? wall.day : wall.day + 1
        // Never the same moment again, also where clocks are put back.
        return max(zone.moment(WallTime(day, second: end)), now.addingTimeInterval(1))
    }

    /// When cards are told of next; nil where they never are.
    func nextCards(after now: Date) -> Date? {
        guard cards.app || cards.push || cards.mail, let second = Self.second(cardsAt) else { return nil }
        let today = zone.wall(now).day
        return (0...2).lazy.map { zone.moment(WallTime(today + $0, second: second)) }.first { $0 > now }
    }

    /// Seconds since midnight of `17:00`.
    static func second(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 3600 + minute * 60
    }
}
