package import Ambient
package import Database
package import Events
import HTTPServing

/// What is told of sharing, to those who may read and to those who share.
package enum ShareEvents {
    struct Began: APIType {
        var kind: SharedKind
        var id: String
        var title: String
        /// How its owner is called.
        var owner: String
    }

    struct Ended: APIType {
        var kind: SharedKind
        var id: String
    }

    struct Changed: APIType {}

    static let began = EventKind(
        "share.began", "Somebody lets you read a document or a course, or take a quiz.", payload: Began.self,
        isSecurity: true)
    static let ended = EventKind(
        "share.ended", "What somebody let you read is not shared with you any more.", payload: Ended.self,
        isSecurity: true)
    static let changed = EventKind(
        "share.changed", "Something changed in what is shared with you, or with whom your things are.", payload: Changed.self,
        isStored: false)
    package static let all = [began, ended, changed]

    /// Tells people, once the transaction is committed, that what they see of others is to be read anew.
    package static func tell(_ people: Set<UserID>, through bus: EventBus, in transaction: any Transaction) {
        if people.isEmpty { return }
        transaction.afterCommit {
            for person in people.sorted() { bus.publish(PassingNote(changed.name, user: person, [:])) }
        }
    }
}
