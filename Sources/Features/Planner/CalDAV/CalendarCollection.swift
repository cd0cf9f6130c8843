package import Ambient
import Concurrency
package import Database
import FoundationEssentials
import Planning
import TimeZones

/// A student's calendar as CalDAV sees it: one resource for each event, with what stands for its single times.
package struct CalendarCollection: Sendable {
    struct Resource: Sendable {
        var name: String
        var event: PlannerEvent
        var singles: [PlannerEvent]

        /// Grows with each change of anything in it.
        var revision: Int { singles.reduce(event.revision) { max($0, $1.revision) } }
        var etag: String { "\"\(revision)\"" }
        /// What is read from elsewhere cannot be written here.
        var isForeign: Bool { event.origin.subscriptionID != nil }
    }

    /// What a program wants to be so, before it writes.
    struct Precondition: Sendable {
        var match: String?
        var noneMatch: String?

        func isMet(by etag: String?) -> Bool {
            func names(_ list: String) -> Bool {
                list == "*"
                    || list.split(separator: ",").contains { part in
                        let tag = part.filter { $0 != " " }
                        return tag == etag || tag == "W/\(etag ?? "")"
                    }
            }
            if let match { guard etag != nil, names(match) else { return false } }
            if let noneMatch { guard etag == nil || !names(noneMatch) else { return false } }
            return true
        }
    }

    private let database: any Database
    private let events: PlannerEvents
    private let file: CalendarFile
    private let ambient: Ambient
    private let store = EventStore()
    private let revisions = RevisionStore()

    package init(database: any Database, events: PlannerEvents, file: CalendarFile, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.file = file
        self.ambient = ambient
    }

    /// All that is there, in order, and the number of the last change.
    func all(of user: UserID) async throws -> (resources: [Resource], revision: Int) {
        try await database.read(as: .user(user)) { transaction in
            // The number first: what is written between the two comes once more the next time.
            let revision = try await revisions.current(of: user, in: transaction)
            return (Self.resources(try await store.all(of: user, in: transaction)), revision)
        }
    }

    func revision(of user: UserID) async throws -> Int {
        try await database.read(as: .user(user)) { try await revisions.current(of: user, in: $0) }
    }

    /// What changed after a number, and the names of what went.
    func changes(after revision: Int, of user: UserID) async throws -> (changed: [Resource], gone: [String], revision: Int) {
        try await database.read(as: .user(user)) { transaction in
            let now = try await revisions.current(of: user, in: transaction)
            let all = Self.resources(try await store.all(of: user, in: transaction))
            let there = Set(all.map(\.name))
            let gone = try await revisions.removals(after: revision, user: user, in: transaction).filter { !there.contains($0) }
            return (all.filter { $0.revision > revision }, gone, now)
        }
    }

    func resource(_ name: String, of user: UserID) async throws -> Resource? {
        try await database.read(as: .user(user)) { try await resource(name, of: user, in: $0) }
    }

    private func resource(
        _ name: String, of user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> Resource? {
        guard let event = try await store.find(resource: name, user: user, locking: locking, in: transaction) else { return nil }
        return Resource(
            name: event.resource, event: event,
            singles: try await store.exceptions(of: event.id, user: user, in: transaction))
    }

    private static func resources(_ events: [PlannerEvent]) -> [Resource] {
        let singles = Dictionary(grouping: events.filter { $0.seriesID != nil }) { $0.seriesID }
        return events.filter { $0.seriesID == nil }.map {
            Resource(name: $0.resource, event: $0, singles: singles[$0.id] ?? [])
        }
    }

    /// The resource as an iCalendar file.
    func text(of resource: Resource) -> String {
        CalendarWriter.text(
            of: CalendarService.entries([resource.event] + resource.singles, withReminders: true), named: nil, now: ambient.now())
    }

    /// All of them as one file.
    func text(of resources: [Resource]) async -> String {
        let (events, now) = (resources.flatMap { [$0.event] + $0.singles }, ambient.now())
        return await BlockingPool.shared.run {
            CalendarWriter.text(of: CalendarService.entries(events, withReminders: true), named: "Little Monster", now: now)
        }
    }

    // MARK: - Writing

    /// - Returns: whether it is new.
    func put(_ body: [UInt8], as name: String, if precondition: Precondition, user: UserID) async throws -> Bool {
        let settings = try await database.read(as: .user(user)) { try await PlannerSettingsStore().settings(of: user, in: $0) }
        let zone = settings.flatMap { ZoneCatalogue.system.zone($0.timeZone) } ?? .utc
        let parts = AsyncStream { stream in
            stream.yield(body)
            stream.finish()
        }
        let content = try await file.read(parts, zone: zone, now: ambient.now())
        if let problem = content.problems.first(where: { !$0.isPassedOver }) {
            throw PlannerFailure.calendarData("“\(problem.title)” \(problem.reason)")
        }
        guard content.groups.count == 1, let group = content.groups.first else {
            throw PlannerFailure.calendarData("there must be one event in it")
        }
        guard !group.event.isTask else { throw PlannerFailure.notAnEvent }
        let merge = CalendarMerge(isWhole: true, ambient: ambient)
        return try await database.transaction(as: .user(user)) { transaction in
            let known = try await resource(name, of: user, locking: true, in: transaction)
            guard precondition.isMet(by: known?.etag) else { throw PlannerFailure.changedMeanwhile }
            if let known {
                guard !known.isForeign else { throw PlannerFailure.readOnly }
                guard known.event.uid == group.event.uid else { throw PlannerFailure.otherUID }
            } else if try await merge.known(group.event.uid, user: user, in: transaction) != nil {
                throw PlannerFailure.otherUID
            }
            let outcome = try await merge.merge(content, user: user, in: transaction)
            if known == nil, let id = outcome.made.first, var event = try await store.find(id, user: user, in: transaction) {
                event.origin.resource = name
                try await store.update(event, in: transaction)
                try await events.append(PlannerEvents.created, event, in: transaction)
            } else if let event = known?.event {
                try await events.append(
                    outcome.count(.cancelled) > 0 ? PlannerEvents.deleted : PlannerEvents.updated, event, in: transaction)
            }
            return known == nil
        }
    }

    func delete(_ name: String, if precondition: Precondition, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard let known = try await resource(name, of: user, locking: true, in: transaction) else {
                throw PlannerFailure.noEvent
            }
            guard precondition.isMet(by: known.etag) else { throw PlannerFailure.changedMeanwhile }
            guard !known.isForeign else { throw PlannerFailure.readOnly }
            try await store.delete(known.event, in: transaction)
            try await events.append(PlannerEvents.deleted, known.event, in: transaction)
        }
    }
}
