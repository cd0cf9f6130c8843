import Accounts
import Notifications

extension AccountLetters {
    /// Letters about accounts, in the words of each language.
    static func by(_ mail: SecretMail) -> AccountLetters {
        AccountLetters { subject, key, user in
            if case .signUp(let token, let hours, let address, let language) = subject {
                return try await mail.send(key: key, at: address, in: language) { app in
                    signUp(language, "\(app)confirm-sign-up#token=\(token)", hours)
                }
            }
            guard let user else { return }
            try await mail.send(key: key, to: user, at: address(of: subject)) { language, app in
                switch subject {
                case .reset(let token, let minutes): reset(language, "\(app)reset#token=\(token)", minutes)
                case .verify(let token, let hours): verify(language, "\(app)confirm-email#token=\(token)", hours)
                case .change(let token, let minutes, _): change(language, "\(app)confirm-email#token=\(token)", minutes)
                case .signUp(let token, let hours, _, _): signUp(language, "\(app)confirm-sign-up#token=\(token)", hours)
                case .accountExists: exists(language, "\(app)sign-in")
                case .addressInUse: inUse(language)
                case .emailChanged: changed(language)
                case .invitation(let token, let inviter, let role, let days, _):
                    invitation(language, "\(app)register#invitation=\(token)", inviter, role, days)
                }
            }
        }
    }

    /// Where it goes, if not to the account's own address.
    private static func address(of subject: Subject) -> String? {
        switch subject {
        case .reset, .verify, .accountExists: nil
        case .signUp(_, _, let address, _), .change(_, _, let address), .addressInUse(let address), .emailChanged(let address),
            .invitation(_, _, _, _, let address):
            address
        }
    }

    private static func invitation(
        _ language: String, _ address: String, _ inviter: String, _ role: UserRole, _ days: Int
    ) -> Letter {
        if language == "de" {
            let what = [.teacher: " Du kannst dort Klassen haben.", .moderator: " Du kannst dort Leute einladen."][role] ?? ""
            return Letter(
                title: "\(inviter) lädt dich zu Little Monster ein",
                paragraphs: [
                    "\(inviter) lädt dich ein, mit Little Monster zu lernen.\(what) Hier legst du dein Konto an:",
                    days == 1 ? "Der Link gilt einen Tag und für ein Konto." : "Der Link gilt \(days) Tage und für ein Konto.",
                    "Wenn du das nicht möchtest, tu nichts: ohne diesen Link geschieht nichts.",
                ], link: ("Ein Konto anlegen", address))
        }
        let what = [.teacher: " You can have classes there.", .moderator: " You can invite people there."][role] ?? ""
        return Letter(
            title: "\(inviter) invites you to Little Monster",
            paragraphs: [
                "\(inviter) invites you to study with Little Monster.\(what) Make your account here:",
                "The link is good for \(days == 1 ? "a day" : "\(days) days"), and for one account.",
                "If you would rather not, do nothing: without this link nothing happens.",
            ], link: ("Make an account", address))
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

    private static func verify(_ language: String, _ address: String, _ hours: Int) -> Letter {
        if language == "de" {
            return Letter(
                title: "Bestätige deine Adresse für Little Monster",
                paragraphs: [
                    "Jemand hat mit dieser Adresse ein Konto bei Little Monster angelegt. Wenn du das warst, bestätige sie hier:",
                    "Der Link gilt \(hours) Stunden und einmal.",
                    "Wenn du das nicht warst, tu nichts.",
                ], link: ("Die Adresse bestätigen", address))
        }
        return Letter(
            title: "Confirm your address for Little Monster",
            paragraphs: [
                "Somebody made an account of Little Monster with this address. If it was you, confirm it here:",
                "The link is good for \(hours) hours, and once.",
                "If it was not you, do nothing.",
            ], link: ("Confirm the address", address))
    }

    private static func signUp(_ language: String, _ address: String, _ hours: Int) -> Letter {
        if language == "de" {
            return Letter(
                title: "Bestätige deine Adresse für Little Monster",
                paragraphs: [
                    "Jemand möchte mit dieser Adresse ein Konto bei Little Monster anlegen. Wenn du das bist, geht es hier weiter:",
                    "Der Link gilt \(hours) Stunden und einmal. Du brauchst dazu das Passwort, das du gewählt hast.",
                    "Wenn du das nicht warst, tu nichts: ohne diesen Link gibt es kein Konto.",
                ], link: ("Das Konto anlegen", address))
        }
        return Letter(
            title: "Confirm your address for Little Monster",
            paragraphs: [
                "Somebody wants to make an account of Little Monster with this address. If it is you, go on here:",
                "The link is good for \(hours) hours, and once. You need the password that you chose.",
                "If it was not you, do nothing: without this link there is no account.",
            ], link: ("Make the account", address))
    }

    private static func exists(_ language: String, _ address: String) -> Letter {
        if language == "de" {
            return Letter(
                title: "Du hast schon ein Konto bei Little Monster",
                paragraphs: [
                    "Jemand wollte mit dieser Adresse ein Konto bei Little Monster anlegen. Du hast schon eines. Hier meldest du dich an:",
                    "Wenn du dein Passwort nicht mehr weißt, wähle dort „Passwort vergessen?“.",
                    "Wenn du das nicht warst, musst du nichts tun: an deinem Konto hat sich nichts geändert.",
                ], link: ("Anmelden", address))
        }
        return Letter(
            title: "You have an account of Little Monster already",
            paragraphs: [
                "Somebody wanted to make an account of Little Monster with this address. You have one already. Sign in here:",
                "If you do not know your password any more, choose “Forgot your password?” there.",
                "If it was not you, there is nothing to do: your account is as it was.",
            ], link: ("Sign in", address))
    }

    private static func change(_ language: String, _ address: String, _ minutes: Int) -> Letter {
        if language == "de" {
            return Letter(
                title: "Deine neue Adresse für Little Monster",
                paragraphs: [
                    "Ein Konto bei Little Monster soll diese Adresse bekommen. Wenn es deines ist, bestätige sie hier:",
                    "Der Link gilt \(minutes) Minuten und einmal. Bis dahin bleibt die alte Adresse.",
                    "Wenn du das nicht warst, tu nichts: ohne diesen Link geschieht nichts.",
                ], link: ("Die neue Adresse bestätigen", address))
        }
        return Letter(
            title: "Your new address for Little Monster",
            paragraphs: [
                "An account of Little Monster is to have this address. If it is yours, confirm it here:",
                "The link is good for \(minutes) minutes, and once. Until then the old address stays.",
                "If it was not you, do nothing: without this link nothing happens.",
            ], link: ("Confirm the new address", address))
    }

    private static func inUse(_ language: String) -> Letter {
        if language == "de" {
            return Letter(
                title: "Diese Adresse hat schon ein Konto bei Little Monster",
                paragraphs: [
                    "Jemand wollte einem anderen Konto bei Little Monster diese Adresse geben. Sie gehört schon zu einem Konto, und dabei bleibt es.",
                    "Wenn du das warst, melde dich mit dieser Adresse an. Sonst musst du nichts tun.",
                ])
        }
        return Letter(
            title: "This address has an account of Little Monster already",
            paragraphs: [
                "Somebody wanted to give this address to another account of Little Monster. It belongs to an account already, and stays there.",
                "If it was you, sign in with this address. Else there is nothing to do.",
            ])
    }

    private static func changed(_ language: String) -> Letter {
        if language == "de" {
            return Letter(
                title: "Dein Konto bei Little Monster hat eine andere Adresse",
                paragraphs: [
                    "Du meldest dich jetzt mit einer anderen Adresse an; dorthin gehen auch alle Nachrichten.",
                    "Wenn du das nicht warst, schreib sofort denen, die diesen Server betreiben.",
                ])
        }
        return Letter(
            title: "Your account of Little Monster has another address",
            paragraphs: [
                "You sign in with another address now, and mail goes there.",
                "If it was not you, write to whoever runs this server at once.",
            ])
    }
}
