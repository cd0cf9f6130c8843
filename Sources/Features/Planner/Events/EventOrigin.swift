package import Ambient

package enum CalendarSubscriptionKind {}
package typealias CalendarSubscriptionID = Identifier<CalendarSubscriptionKind>

/// Where an event comes from, if another program made it.
package struct EventOrigin: Sendable, Hashable, Codable {
    /// What that program calls it; nil where it was made here.
    package var uid: String?
    /// The calendar that it is read from again and again.
    package var subscriptionID: CalendarSubscriptionID?
    /// Of what the file said of it the last time, so that what did not change there leaves alone what changed here.
    package var fingerprint: String?
    /// The name that a program gave it in CalDAV's collection.
    package var resource: String?
}
