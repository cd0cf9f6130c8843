import Ambient

/// What somebody who is signed in shows before what cannot be undone: the password, with a code where one is asked for, or nothing where the
/// session was proved a moment ago.
package struct ShownProof: Sendable {
    var password: String?
    var code: String?
    /// The session that asks.
    var session: SessionID?

    package init(password: String?, code: String? = nil, session: SessionID? = nil) {
        (self.password, self.code, self.session) = (password, code, session)
    }
}
