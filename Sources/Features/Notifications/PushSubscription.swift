package import Accounts
package import Ambient
package import FoundationEssentials
import WebPush

package enum PushSubscriptionMarker {}
package typealias PushSubscriptionID = Identifier<PushSubscriptionMarker>

/// A browser of a student's that takes pushes.
package struct PushSubscription: Sendable, Hashable {
    package let id: PushSubscriptionID
    package let userID: UserID
    /// The sign-in that it came from, with which it ends.
    package let session: SessionID?
    package let endpoint: String
    package let p256dh: String
    package let auth: String
    package let deviceName: String
    package let createdAt: Date
    package let lastUsedAt: Date?

    var subscriber: PushSubscriber? { PushSubscriber(endpoint: endpoint, p256dh: p256dh, auth: auth) }
}
