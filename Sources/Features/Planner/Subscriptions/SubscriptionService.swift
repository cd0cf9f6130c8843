package import Ambient
import Courses
package import Database
import Failures
import FoundationEssentials
import Planning
import TimeZones

/// Calendars at addresses that are read again and again.
package struct SubscriptionService: Sendable {
    /// Of one student.
    static let most = 30

    let database: any Database
    private let events: PlannerEvents
    private let file: CalendarFile
    private let address: CalendarUpload
    private let ambient: Ambient
    private let store = SubscriptionStore()

    package init(
        database: any Database, events: PlannerEvents, file: CalendarFile, address: CalendarUpload, ambient: Ambient = .live
    ) {
        self.database = database
        self.events = events
        self.file = file
        self.address = address
        self.ambient = ambient
    }

    func list(of user: UserID) async throws -> [CalendarSubscription] {
        try await database.read(as: .user(user)) { try await store.list(of: user, in: $0) }
    }

    /// Begins with what the calendar has now: one that cannot be read is refused.
    func add(url text: String, name: String?, course: CourseID?, zone: ZoneRules, user: UserID) async throws -> CalendarSubscription
    {
        let url = try CalendarUpload.url(text)
        let count = try await list(of: user)
        guard count.count < Self.most else { throw PlannerFailure.tooManySubscriptions }
        guard !count.contains(where: { $0.url == url }) else { throw PlannerFailure.subscribedAlready }
        let now = ambient.now()
        let draft = CalendarSubscription(
            id: ambient.newID(), userID: user, courseID: course, url: url, name: name ?? "", zone: zone.name, dueAt: now,
            createdAt: now)
        guard let fetched = try await fetch(draft) else { throw PlannerFailure.noCalendarFile }
        return try await database.transaction(as: .user(user)) { transaction in
            if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
            guard try await store.insert(draft, in: transaction) else { throw PlannerFailure.subscribedAlready }
            return try await keep(fetched, of: draft, in: transaction)
        }
    }

    /// Its events go with it.
    func remove(_ id: CalendarSubscriptionID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            let gone = try await EventStore().subscribed(to: id, user: user, in: transaction)
            try await EventStore().delete(gone, of: user, in: transaction)
            guard try await store.delete(id, user: user, in: transaction) else { throw PlannerFailure.noSubscription }
            try await events.appendCalendar(CalendarNews(added: 0, updated: 0, removed: gone.count), user: user, in: transaction)
        }
    }

    /// Reads it now, and says how it stands.
    func refresh(_ id: CalendarSubscriptionID, user: UserID) async throws -> CalendarSubscription {
        try await refresh(id, user: user) { body in try await database.transaction(as: .user(user), body) }
    }

    /// - Parameter keeping: runs the transaction that keeps what came.
    func refresh(
        _ id: CalendarSubscriptionID, user: UserID,
        keeping: (@escaping @Sendable (any Transaction) async throws -> CalendarSubscription) async throws -> CalendarSubscription
    ) async throws -> CalendarSubscription {
        let known = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        guard let known else { throw PlannerFailure.noSubscription }
        let outcome: Result<Fetched?, any Error>
        do {
            outcome = .success(try await fetch(known))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            outcome = .failure(error)
        }
        return try await keeping { [store, ambient] transaction in
            guard var subscription = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw PlannerFailure.noSubscription
            }
            switch outcome {
            case .success(.some(let fetched)): return try await keep(fetched, of: subscription, in: transaction)
            case .success(.none): subscription.note(fetchedAt: ambient.now())
            case .failure(let error):
                // What nobody foresaw is told in the log, and to the student no more than that.
                subscription.note(problem: (error as? any Failure)?.message ?? "It could not be read.", at: ambient.now())
            }
            try await store.update(subscription, in: transaction)
            return subscription
        }
    }

    // MARK: - Reading

    private struct Fetched: Sendable {
        var content: CalendarContent
        var validator: String?
    }

    /// nil where it is as it was.
    private func fetch(_ subscription: CalendarSubscription) async throws -> Fetched? {
        guard case .calendar(let body, let validator) = try await address.fetch(subscription.url, validator: subscription.validator)
        else {
            return nil
        }
        let zone = ZoneCatalogue.system.zone(subscription.zone) ?? .utc
        let content = try await CalendarUpload.told { try await file.read(body, zone: zone, now: ambient.now()) }
        return Fetched(content: content, validator: validator)
    }

    private func keep(
        _ fetched: Fetched, of subscription: CalendarSubscription, in transaction: any Transaction
    ) async throws -> CalendarSubscription {
        var subscription = subscription
        let merge = CalendarMerge(course: subscription.courseID, subscription: subscription.id, ambient: ambient)
        let outcome = try await merge.merge(fetched.content, user: subscription.userID, in: transaction)
        if subscription.name.isEmpty {
            let host = CalendarUpload.host(of: subscription.url)
            subscription.name = fetched.content.name.flatMap { $0.isEmpty ? nil : $0 } ?? host
        }
        subscription.events = fetched.content.groups.count - outcome.count(.cancelled)
        subscription.leftOut = fetched.content.problems.count
        subscription.validator = fetched.validator
        subscription.note(fetchedAt: ambient.now())
        try await store.update(subscription, in: transaction)
        if !outcome.made.isEmpty || !outcome.stood.isEmpty {
            try await events.appendCalendar(CalendarNews(outcome), user: subscription.userID, in: transaction)
        }
        return subscription
    }
}
