import Classes
import Notifications

extension ClassLetters {
    /// Invitations to classes, in the words of each language.
    static func by(_ mail: SecretMail) -> ClassLetters {
        ClassLetters { invitation, key, address, teacher in
            try await mail.send(key: key, to: teacher, at: address) { language, app in
                letter(language, "\(app)join#token=\(invitation.token)", invitation)
            }
        }
    }

    private static func letter(_ language: String, _ address: String, _ invitation: Invitation) -> Letter {
        let (teacher, classroom, days) = (invitation.teacher, invitation.classroom, invitation.days)
        if language == "de" {
            return Letter(
                title: "\(teacher) lädt dich in die Klasse \(classroom) ein",
                paragraphs: [
                    "\(teacher) lädt dich bei Little Monster in die Klasse \(classroom) ein. Hier siehst du, was das heißt, und trittst bei:",
                    "Der Link gilt \(days == 1 ? "einen Tag" : "\(days) Tage") und einmal.",
                    "Wenn du das nicht möchtest, tu nichts: ohne diesen Link geschieht nichts.",
                ], link: ("Der Klasse beitreten", address))
        }
        return Letter(
            title: "\(teacher) invites you to the class \(classroom)",
            paragraphs: [
                "\(teacher) invites you to the class \(classroom) on Little Monster. See what that means, and join it here:",
                "The link is good for \(days == 1 ? "a day" : "\(days) days"), and once.",
                "If you would rather not, do nothing: without this link nothing happens.",
            ], link: ("Join the class", address))
    }
}
