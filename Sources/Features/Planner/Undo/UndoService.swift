package import Ambient
import Courses
package import Database
import FoundationEssentials

/// Takes an import or a plan back.
package struct UndoService: Sendable {
    /// Days for which that can be done.
    static let days = 30.0

    private let database: any Database
    private let events: PlannerEvents
    private let ambient: Ambient
    private let store = EventStore()
    private let undos = UndoStore()

    package init(database: any Database, events: PlannerEvents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.ambient = ambient
    }

    /// Brings back what stood before. What the student has ticked off since stays, and so does what has been put in its place.
    package func undo(_ id: PlannerUndoID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard let kept = try await undos.take(id, user: user, in: transaction) else { throw PlannerFailure.noUndo }
            let now = ambient.now()
            var going: [PlannerEvent] = []
            for id in kept.made {
                guard let event = try await store.find(id, user: user, locking: true, in: transaction) else { continue }
                if kept.kind == .calendar || !event.isCompleted { going.append(event) }
            }
            try await store.delete(going, of: user, in: transaction)
            let taken = try await store.named(kept.stood.compactMap(\.origin.uid), user: user, in: transaction)
            for snapshot in kept.stood {
                var event = snapshot.event(of: user, now: now)
                if let course = event.courseID, !(try await isThere(course, user: user, in: transaction)) { event.courseID = nil }
                if try await store.find(event.id, user: user, in: transaction) != nil {
                    try await store.update(event, in: transaction)
                } else if let series = event.seriesID, try await store.find(series, user: user, in: transaction) == nil {
                    continue
                } else if event.origin.uid.flatMap({ taken[$0] }) == nil {
                    try await store.insert(event, in: transaction)
                }
            }
            switch kept.kind {
            case .plan:
                try await events.appendPlan(PlanNews(blocks: kept.stood.count, missingMinutes: 0), user: user, in: transaction)
            case .calendar:
                try await events.appendCalendar(
                    CalendarNews(added: 0, updated: kept.stood.count, removed: going.count), user: user, in: transaction)
            }
        }
    }

    private func isThere(_ course: CourseID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        do {
            try await CourseDirectory().join(course, user: user, in: transaction)
            return true
        } catch is CoursesFailure {
            return false
        }
    }
}
