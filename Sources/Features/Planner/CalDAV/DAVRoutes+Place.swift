import HTTPServing

/// What an address of CalDAV names.
enum DAVPlace: Sendable, Hashable {
    case root, principal, home, calendar
    case event(String)

    /// nil where there is nothing.
    init?(path: String) {
        guard path == "/dav" || path.hasPrefix("/dav/") else { return nil }
        let parts = path.dropFirst(5).split(separator: "/").map(String.init)
        switch parts.count {
        case 0: self = .root
        case 1 where parts[0] == "principal": self = .principal
        case 1 where parts[0] == "calendars": self = .home
        case 2 where parts[0] == "calendars" && parts[1] == "planner": self = .calendar
        case 3 where parts[0] == "calendars" && parts[1] == "planner":
            guard let name = PercentCoding.decode(parts[2][...]), (1...255).contains(name.utf8.count), !name.contains("/") else {
                return nil
            }
            self = .event(name)
        default: return nil
        }
    }

    var href: String {
        switch self {
        case .root: "/dav/"
        case .principal: "/dav/principal/"
        case .home: "/dav/calendars/"
        case .calendar: "/dav/calendars/planner/"
        case .event(let name): "/dav/calendars/planner/" + PercentCoding.encode(name)
        }
    }
}
