import Ambient
package import FoundationEssentials

/// Moments as the command line says and takes them.
package enum BackupText {
    /// `2026-11-30 20:15:30 UTC`
    package static func time(_ date: Date) -> String { Timestamp.text(date).prefix(19).replacing("T", with: " ") + " UTC" }

    /// RFC 3339, or without a zone (then UTC), or without a time of day; nil if it is none of them.
    package static func moment(_ text: String) -> Date? {
        for form in [text, text + "Z", text + ":00Z", text + "T00:00:00Z"] {
            if let date = Timestamp.parse(form) { return date }
        }
        return nil
    }
}
