/// Routes that share one allowance per caller.
package struct RateLimitClass: Sendable, Hashable {
    package let name: String

    package init(_ name: String) { self.name = name }

    /// Guessing passwords: 60 failures at once, then 20 a minute. Beside it Accounts makes each account wait by itself.
    package static let login = RateLimitClass("login")
    /// Signing in by password, rightly too, since each costs a hash that others wait for: 300 at once, then 120 a minute.
    package static let signIn = RateLimitClass("sign-in")
    /// Guessing the password of one account from one address: 5 failures a minute.
    package static let account = RateLimitClass("account")
    /// Making accounts, and asking for mail without one: 120 at once, then 60 a minute.
    package static let registration = RateLimitClass("registration")
    /// What every page of a browser does before anything else, without an account to count it by: 600 a minute.
    package static let session = RateLimitClass("session")
    /// Everything else: 100 a minute.
    package static let api = RateLimitClass("api")
    /// Speech: 10 a minute.
    package static let voice = RateLimitClass("voice")
    /// Bringing documents: a folder of 200 at once, then 60 a minute.
    package static let upload = RateLimitClass("upload")
    /// Files that a viewer fetches in many small ranges, and what a calendar program asks once it is in: 1,200 a minute.
    package static let files = RateLimitClass("files")
    /// Calendar programs, which sign in with each request: 60 failures at once, then 20 a minute.
    package static let calendar = RateLimitClass("calendar")
    /// Health and metrics: never limited.
    package static let unlimited = RateLimitClass("unlimited")
}
