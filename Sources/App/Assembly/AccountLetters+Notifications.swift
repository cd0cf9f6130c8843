import Accounts
import Notifications

extension AccountLetters {
    /// Letters about accounts, in the words of each language.
    static func by(_ mail: SecretMail) -> AccountLetters {
        AccountLetters { subject, key, user in
            try await mail.send(key: key, to: user) { language, app in
                switch subject {
                case .reset(let token, let minutes): reset(language, "\(app)reset#token=\(token)", minutes)
                }
            }
        }
    }

    private static func reset(_ language: String, _ address: String, _ minutes: Int) -> Letter {
        if language == "de" {
            return Letter(
                title: "Ein neues Passwort für Little Monster",
                paragraphs: [
                    "Für dein Konto wurde ein neues Passwort verlangt. Hier wählst du es:",
                    "Der Link gilt \(minutes) Minuten und einmal. Dein altes Passwort gilt, bis du ein neues gewählt hast.",
                    "Wenn du das nicht warst, tu nichts: ohne diesen Link geschieht nichts.",
                ], link: ("Ein neues Passwort wählen", address))
        }
        return Letter(
            title: "A new password for Little Monster",
            paragraphs: [
                "Somebody asked for a new password of your account. Choose it here:",
                "The link is good for \(minutes) minutes, and once. Your old password holds until you have chosen another.",
                "If it was not you, do nothing: without this link nothing happens.",
            ], link: ("Choose a new password", address))
    }
}
