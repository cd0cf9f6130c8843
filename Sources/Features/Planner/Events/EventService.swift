package import Ambient
package import Courses
package import Database
package import FoundationEssentials
package import Planning
package import TimeZones

/// What a student does with the calendar.
package struct EventService: Sendable {
    /// Events of one student.
    static let most = 20_000
    /// Occurrences in one answer.
    static let longest = 3000

    let database: any Database
    let events: PlannerEvents
    let ambient: Ambient
    let store = EventStore()

    package init(database: any Database, events: PlannerEvents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.ambient = ambient
    }

    /// What an event is to be. nil leaves a field as it is; `.some(nil)` clears it.
    package struct Change: Sendable {
        package var title: String?
        package var description: String?
        package var location: String?
        package var type: EventType?
        package var start: Date?
        package var end: Date?
        package var isAllDay: Bool?
        package var zone: ZoneRules?
        package var rule: RecurrenceRule??
        package var courseID: CourseID??
        package var isCompleted: Bool?
        package var studyMinutes: Int??
        package var remindBefore: Int??

        package init() {}
    }

    /// All that happens in a range of time, in order.
    package func occurrences(in range: Range<Date>, course: CourseID? = nil, user: UserID) async throws -> [Occurrence] {
        try await database.read(as: .user(user)) {
            try await occurrences(in: range, course: course, user: user, in: $0)
        }
    }

    func occurrences(
        in range: Range<Date>, course: CourseID? = nil, user: UserID, in transaction: any Transaction
    ) async throws -> [Occurrence] {
        var found: [Occurrence] = []
        for event in try await store.touching(range, course: course, user: user, in: transaction) {
            // What began before the range and reaches into it is there too.
            let reach = event.end.timeIntervalSince(event.start)
            let starts = event.recurrence.starts(
                in: range.lowerBound.addingTimeInterval(-reach)..<range.upperBound, limit: Self.longest)
            for start in starts where start >= range.lowerBound || start.addingTimeInterval(reach) > range.lowerBound {
                found.append(Occurrence(event: event.at(start), occurrence: event.comesAgain ? start : event.occurrence))
            }
        }
        found.sort { ($0.event.start, $0.event.id) < ($1.event.start, $1.event.id) }
        return Array(found.prefix(Self.longest))
    }

    package func event(_ id: PlannerEventID, user: UserID) async throws -> PlannerEvent {
        try await database.read(as: .user(user)) { transaction in
            guard let event = try await store.find(id, user: user, in: transaction) else { throw PlannerFailure.noEvent }
            return event
        }
    }

    /// - Parameter id: its own, where it is known before.
    package func create(_ change: Change, as id: PlannerEventID? = nil, user: UserID) async throws -> PlannerEvent {
        guard let title = change.title, let type = change.type, let start = change.start else {
            throw PlannerFailure.invalid("start_date", "must be there")
        }
        let now = ambient.now()
        let draft = PlannerEvent(
            id: id ?? ambient.newID(), userID: user, type: type, title: title, description: change.description ?? "", start: start,
            end: change.end ?? start.addingTimeInterval(Self.usualLength(type)), isAllDay: change.isAllDay ?? false,
            zone: change.zone ?? .utc, excluded: [], isCompleted: change.isCompleted ?? false,
            remindBefore: Self.usualReminder(type), createdAt: now, updatedAt: now)
        return try await database.transaction(as: .user(user)) { transaction in
            guard try await store.count(of: user, in: transaction) < Self.most else { throw PlannerFailure.full }
            var event = draft
            try await apply(change, to: &event, user: user, in: transaction)
            try await store.insert(event, in: transaction)
            try await events.append(PlannerEvents.created, event, in: transaction)
            return event
        }
    }

    /// - Parameter occurrence: the start of the one that changes; nil changes all.
    package func change(
        _ id: PlannerEventID, _ change: Change, occurrence: Date? = nil, user: UserID
    ) async throws -> PlannerEvent {
        try await database.transaction(as: .user(user)) { transaction in
            guard var event = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw PlannerFailure.noEvent
            }
            guard let occurrence, event.comesAgain else {
                let before = event
                try await apply(change, to: &event, user: user, in: transaction)
                try await move(&event, from: before, in: transaction)
                try await store.update(event, in: transaction)
                try await events.append(PlannerEvents.updated, event, in: transaction)
                return event
            }
            guard event.recurrence.has(occurrence) else { throw PlannerFailure.noOccurrence }
            var single = event.at(occurrence)
            single.id = ambient.newID()
            (single.seriesID, single.occurrence, single.rule) = (event.id, occurrence, nil)
            (single.excluded, single.added, single.origin) = ([], [], EventOrigin())
            single.createdAt = ambient.now()
            var own = change
            own.rule = nil
            try await apply(own, to: &single, user: user, in: transaction)
            try await leaveOut(occurrence, of: &event, in: transaction)
            try await store.insert(single, in: transaction)
            try await events.append(PlannerEvents.updated, single, in: transaction)
            return single
        }
    }

    /// - Parameter occurrence: the start of the one that goes; nil deletes all.
    package func delete(_ id: PlannerEventID, occurrence: Date? = nil, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard var event = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw PlannerFailure.noEvent
            }
            if let occurrence, event.comesAgain {
                guard event.recurrence.has(occurrence) else { throw PlannerFailure.noOccurrence }
                try await leaveOut(occurrence, of: &event, in: transaction)
                try await events.append(PlannerEvents.updated, event, in: transaction)
            } else {
                _ = try await store.delete(event, in: transaction)
                try await events.append(PlannerEvents.deleted, event, in: transaction)
            }
        }
    }

    private func leaveOut(_ occurrence: Date, of event: inout PlannerEvent, in transaction: any Transaction) async throws {
        event.excluded.insert(occurrence)
        event.updatedAt = ambient.now()
        event.remindAt = event.nextReminder(after: ambient.now())
        try await store.update(event, in: transaction)
    }

    private func apply(
        _ change: Change, to event: inout PlannerEvent, user: UserID, in transaction: any Transaction
    ) async throws {
        let (length, before) = (event.end.timeIntervalSince(event.start), event)
        if let title = change.title { event.title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        if let description = change.description { event.description = description }
        if let location = change.location { event.location = location.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        if let type = change.type { event.type = type }
        if let zone = change.zone { event.zone = zone }
        if let isAllDay = change.isAllDay { event.isAllDay = isAllDay }
        if let start = change.start {
            event.start = start
            event.end = start.addingTimeInterval(length)
        }
        if let end = change.end { event.end = end }
        if let rule = change.rule { event.rule = rule }
        if let minutes = change.studyMinutes { event.studyMinutes = minutes }
        if let before = change.remindBefore { event.remindBefore = before }
        if let isCompleted = change.isCompleted { event.isCompleted = isCompleted }
        if let course = change.courseID {
            if let course, course != event.courseID { try await CourseDirectory().join(course, user: user, in: transaction) }
            event.courseID = course
        }
        if event.isAllDay {
            let first = event.zone.wall(event.start).day
            let last = max(first + 1, event.zone.wall(event.end.addingTimeInterval(-1)).day + 1)
            event.start = event.zone.moment(WallTime(first))
            event.end = event.zone.moment(WallTime(last))
        }
        guard event.end >= event.start else { throw PlannerFailure.invalid("end_date", "must not be before start_date") }
        guard event.end.timeIntervalSince(event.start) <= Double(CalendarReader.longest) else {
            throw PlannerFailure.invalid("end_date", "must be within a year of start_date")
        }
        // Who moves a block of a plan has decided.
        if event.start != before.start || event.end != before.end { event.plan?.isPinned = true }
        event.updatedAt = ambient.now()
        event.remindAt = event.nextReminder(after: ambient.now())
    }

    /// What was left out of a series moves with it, by the wall.
    private func move(_ event: inout PlannerEvent, from before: PlannerEvent, in transaction: any Transaction) async throws {
        guard event.comesAgain, before.comesAgain, event.start != before.start || event.zone != before.zone else { return }
        let shift = event.zone.wall(event.start).seconds - before.zone.wall(before.start).seconds
        let zone = event.zone
        func moved(_ date: Date) -> Date { zone.moment(WallTime(seconds: before.zone.wall(date).seconds + shift)) }
        event.excluded = Set(event.excluded.map(moved))
        event.added = Set(event.added.map(moved))
        for var exception in try await store.exceptions(of: event.id, user: event.userID, in: transaction) {
            exception.occurrence = exception.occurrence.map(moved)
            try await store.update(exception, in: transaction)
        }
    }

    private static func usualLength(_ type: EventType) -> TimeInterval {
        switch type {
        case .class: 5400
        case .exam: 7200
        case .studyBlock: 3000
        case .deadline, .reminder: 0
        }
    }

    /// Minutes.
    static func usualReminder(_ type: EventType) -> Int? {
        switch type {
        case .exam, .deadline: 1440
        case .reminder: 0
        case .studyBlock: 10
        case .class: nil
        }
    }
}
