import Ambient
import Courses
import Cryptography
import Database
import FoundationEssentials
import Planning
import TimeZones

/// Puts what a calendar file tells into a student's calendar: what is there already is changed, and nothing is there twice.
///
/// What the student made of an event stays, whatever the file says later: its course, its type, that it is done, the time it takes to
/// get ready for it. Where the file says the same as the last time, the event is left alone.
struct CalendarMerge: Sendable {
    enum Fate: String, Sendable, Hashable, Codable, CaseIterable { case new, changed, same, cancelled }

    struct Entry: Sendable {
        var draft: CalendarDraft
        var type: EventType
        var courseID: CourseID?
        var fate: Fate
    }

    struct Outcome: Sendable {
        var entries: [Entry] = []
        /// Of a subscription: what the calendar no longer has.
        var removed = 0
        var made: [PlannerEventID] = []
        var stood: [PlannerEvent] = []

        func count(_ fate: Fate) -> Int { entries.count { $0.fate == fate } }
    }

    var course: CourseID?
    var subscription: CalendarSubscriptionID?
    /// What is brought in is all that there is to the event: an alarm or a single time that is not there is none any more.
    var isWhole = false
    /// Only says what would happen.
    var isPreview = false
    let ambient: Ambient
    private let store = EventStore()

    init(
        course: CourseID? = nil, subscription: CalendarSubscriptionID? = nil, isWhole: Bool = false, isPreview: Bool = false,
        ambient: Ambient
    ) {
        self.course = course
        self.subscription = subscription
        self.isWhole = isWhole
        self.isPreview = isPreview
        self.ambient = ambient
    }

    func merge(_ content: CalendarContent, user: UserID, in transaction: any Transaction) async throws -> Outcome {
        if let course, !isPreview { try await CourseDirectory().join(course, user: user, in: transaction) }
        let courses = try await CourseDirectory().active(of: user, in: transaction).map { ($0.id, $0.name.description) }
        let known = try await store.named(content.groups.map(\.event.uid), user: user, in: transaction)
        var outcome = Outcome()
        var fresh: [PlannerEvent] = []
        for group in content.groups {
            let event: PlannerEvent?
            if let named = known[group.event.uid] {
                event = named
            } else {
                event = try await own(group.event.uid, user: user, in: transaction)
            }
            let guess = EventGuess.type(of: group.event)
            var entry = Entry(draft: group.event, type: event?.type ?? guess, courseID: event?.courseID, fate: .same)
            if group.event.isCancelled {
                entry.fate = .cancelled
                if let event { try await remove(event, &outcome, in: transaction) }
            } else if let event {
                let print = Self.fingerprint(group)
                if isWhole || event.origin.fingerprint != print
                    || event.origin.subscriptionID != subscription && subscription != nil
                {
                    entry.fate = .changed
                    try await change(event, to: group, print, &outcome, in: transaction)
                }
            } else {
                entry.fate = .new
                let words = ([group.event.title] + group.event.categories).joined(separator: " ")
                entry.courseID = course ?? EventService.course(in: words, of: courses)
                fresh += made(group, type: guess, course: entry.courseID, user: user)
            }
            outcome.entries.append(entry)
        }
        if let subscription {
            let named = Set(content.groups.map(\.event.uid))
            for event in try await store.subscribed(to: subscription, user: user, in: transaction)
            where !named.contains(event.uid) && (event.endsAt ?? .distantFuture) > ambient.now() {
                outcome.removed += 1
                try await remove(event, &outcome, in: transaction)
            }
        }
        guard !isPreview else { return outcome }
        if !fresh.isEmpty {
            let count = try await store.count(of: user, in: transaction)
            guard count + fresh.count <= EventService.most else { throw PlannerFailure.full }
            try await store.insert(fresh, of: user, in: transaction)
            outcome.made += fresh.map(\.id)
        }
        return outcome
    }

    /// The event that has a UID.
    func known(_ uid: String, user: UserID, in transaction: any Transaction) async throws -> PlannerEvent? {
        if let named = try await store.named([uid], user: user, in: transaction)[uid] { return named }
        return try await own(uid, user: user, in: transaction)
    }

    /// An event of this program that comes back, as its own file named it.
    private func own(_ uid: String, user: UserID, in transaction: any Transaction) async throws -> PlannerEvent? {
        guard uid.hasSuffix("@little-monster"), let id = PlannerEventID(String(uid.dropLast("@little-monster".count))) else {
            return nil
        }
        return try await store.find(id, user: user, in: transaction)
    }

    private func remove(_ event: PlannerEvent, _ outcome: inout Outcome, in transaction: any Transaction) async throws {
        outcome.stood.append(event)
        outcome.stood += try await store.exceptions(of: event.id, user: event.userID, in: transaction)
        if !isPreview { try await store.delete(event, in: transaction) }
    }

    // MARK: - New

    private func made(_ group: CalendarContent.Group, type: EventType, course: CourseID?, user: UserID) -> [PlannerEvent] {
        var event = blank(type: type, course: course, user: user)
        event.origin = EventOrigin(
            uid: group.event.uid, subscriptionID: subscription, fingerprint: Self.fingerprint(group), resource: nil)
        event.remindBefore = EventService.usualReminder(type)
        apply(group, to: &event)
        return [event]
            + group.replacements.map { draft in
                var single = blank(type: type, course: course, user: user)
                (single.seriesID, single.occurrence) = (event.id, draft.replaces)
                single.remindBefore = event.remindBefore
                apply(draft, to: &single)
                return single
            }
    }

    private func blank(type: EventType, course: CourseID?, user: UserID) -> PlannerEvent {
        let now = ambient.now()
        return PlannerEvent(
            id: ambient.newID(), userID: user, courseID: course, type: type, title: "", description: "", start: now, end: now,
            isAllDay: false, zone: .utc, excluded: [], isCompleted: false, createdAt: now, updatedAt: now)
    }

    // MARK: - Changed

    private func change(
        _ event: PlannerEvent, to group: CalendarContent.Group, _ print: String, _ outcome: inout Outcome,
        in transaction: any Transaction
    ) async throws {
        let singles = try await store.exceptions(of: event.id, user: event.userID, in: transaction)
        outcome.stood.append(event)
        outcome.stood += singles
        guard !isPreview else { return }
        var changed = event
        if let told = EventGuess.told(group.event) { changed.type = told }
        apply(group, to: &changed)
        changed.origin.fingerprint = print
        // Who moves a block of a plan has decided.
        if changed.start != event.start || changed.end != event.end { changed.plan?.isPinned = true }
        if let subscription { changed.origin.subscriptionID = subscription }
        // Times that the student moved by hand stay moved; those of the file follow the file.
        for single in singles {
            guard let occurrence = single.occurrence else { continue }
            if let draft = group.replacements.first(where: { $0.replaces == occurrence }) {
                var moved = single
                apply(draft, to: &moved)
                try await store.update(moved, in: transaction)
            } else if isWhole || single.origin.fingerprint != nil {
                try await store.delete(single, in: transaction)
            } else {
                changed.excluded.insert(occurrence)
            }
        }
        try await store.update(changed, in: transaction)
        let there = Set(singles.compactMap(\.occurrence))
        for draft in group.replacements {
            guard let occurrence = draft.replaces, !there.contains(occurrence) else { continue }
            var single = blank(type: changed.type, course: changed.courseID, user: changed.userID)
            (single.seriesID, single.occurrence, single.remindBefore) = (changed.id, occurrence, changed.remindBefore)
            apply(draft, to: &single)
            try await store.insert(single, in: transaction)
            outcome.made.append(single.id)
        }
    }

    private func apply(_ group: CalendarContent.Group, to event: inout PlannerEvent) {
        apply(group.event, to: &event)
        event.excluded.formUnion(group.replacements.compactMap(\.replaces))
        event.remindAt = event.nextReminder(after: ambient.now())
    }

    private func apply(_ draft: CalendarDraft, to event: inout PlannerEvent) {
        (event.title, event.description, event.location) = (draft.title, draft.description, draft.location)
        (event.start, event.end, event.isAllDay, event.zone) = (draft.start, draft.end, draft.isAllDay, draft.zone)
        (event.rule, event.excluded, event.added) = (draft.rule, draft.excluded, draft.added)
        if event.seriesID != nil { event.origin.fingerprint = "file" }
        if let isCompleted = draft.isCompleted { event.isCompleted = isCompleted }
        if draft.remindBefore != nil || isWhole { event.remindBefore = draft.remindBefore }
        event.updatedAt = ambient.now()
        event.remindAt = event.nextReminder(after: ambient.now())
    }

    /// Of all that the file says of an event.
    static func fingerprint(_ group: CalendarContent.Group) -> String {
        func text(_ draft: CalendarDraft) -> String {
            let moments = { (dates: [Date]) in dates.map { String($0.timeIntervalSince1970) }.joined(separator: ",") }
            var parts = [draft.title, draft.description, draft.location, draft.categories.joined(separator: ","), draft.zone.name]
            parts += [draft.rule?.text ?? "", draft.isAllDay ? "day" : "", draft.isCompleted.map { "\($0)" } ?? ""]
            parts.append(draft.remindBefore.map { "\($0)" } ?? "")
            parts.append(moments([draft.start, draft.end] + [draft.replaces].compactMap(\.self)))
            parts += [moments(draft.excluded.sorted()), moments(draft.added.sorted())]
            return parts.joined(separator: "\u{1F}")
        }
        return Hexadecimal.encode(SHA256.hash(([group.event] + group.replacements).map(text).joined(separator: "\u{1E}")))
    }
}
