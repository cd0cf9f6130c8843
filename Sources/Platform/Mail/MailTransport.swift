/// What takes messages to the servers of those they are for.
package protocol MailTransport: Sendable {
    /// Returns when a server has taken the message over. Throws `MailFailure`.
    func send(_ message: MailMessage) async throws
}
