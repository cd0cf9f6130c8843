package import Ambient

/// What classes write to people by mail: a port, since classes know neither mail nor languages.
package struct ClassLetters: Sendable {
    package struct Invitation: Sendable {
        package let token: String
        package let classroom: String
        package let teacher: String
        package let days: Int
    }

    /// Sends at once to an address, in the language of the teacher, and throws where that did not work.
    let send: @Sendable (Invitation, _ key: String, _ address: String, _ teacher: UserID) async throws -> Void

    package init(send: @escaping @Sendable (Invitation, String, String, UserID) async throws -> Void) { self.send = send }
}
