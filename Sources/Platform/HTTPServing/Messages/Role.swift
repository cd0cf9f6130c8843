/// What a person may do on this installation beyond what everyone may, as their account says; a person can have several.
package struct Role: Sendable, Hashable {
    /// Lower case, as tokens and the database have it.
    package let name: String

    package init(_ name: String) { self.name = name }

    /// Looks after the installation.
    package static let administrator = Role("administrator")
    /// Looks after the people on it.
    package static let moderator = Role("moderator")
    /// Has classes.
    package static let teacher = Role("teacher")
    /// Everyone who has an account.
    package static let student = Role("student")
}
