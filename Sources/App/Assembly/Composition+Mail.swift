import Assembly
package import Mail
import Notifications
import Settings
import SMTPMail

extension Composition {
    /// What takes mail away: the server of the settings, or the log; nil where neither is set.
    package var mail: (any MailTransport)? {
        get throws {
            let name = try ground.settings.value(NotificationsFeature.mailServer)
            if name == NotificationsFeature.logged { return LoggedMail(logger: ground.logger) }
            guard let server = name.flatMap({ MailServer($0) }) else { return nil }
            return SMTPTransport(server: server, authorities: try ground.settings.value(NotificationsFeature.authorities))
        }
    }

    /// Where the app is on this machine, for links where the operator says nothing else.
    package var ownAddress: String {
        let host = ["0.0.0.0", "::"].contains(configuration.server.host) ? "localhost" : configuration.server.host
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(configuration.server.port)/"
    }
}
