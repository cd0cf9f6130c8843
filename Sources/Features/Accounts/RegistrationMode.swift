/// Who may make an account on an installation that has one already.
package enum RegistrationMode: String, Sendable, CaseIterable, Codable {
    /// Whoever reaches the server.
    case open
    /// Who has the link of an invitation.
    case invitation
    /// Nobody, also with an invitation.
    case closed

    /// - Parameter text: of the setting. `on` and `off` are what it was before there were invitations.
    init?(setting text: String) {
        switch text.lowercased() {
        case "on", "true", "1", "yes": self = .open
        case "off", "false", "0", "no": self = .closed
        case let text: self.init(rawValue: text)
        }
    }
}
