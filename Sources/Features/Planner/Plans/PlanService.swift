package import Ambient
import Concurrency
import Courses
package import Database
package import FoundationEssentials
import Planning
import TimeZones

/// Plans when to study what, and keeps the blocks in the calendar.
package struct PlanService: Sendable {
    private let database: any Database
    private let events: PlannerEvents
    private let calendar: EventService
    private let state: StudyState
    private let ambient: Ambient
    private let settings = PlannerSettingsStore()
    private let store = EventStore()
    private let undos = UndoStore()

    /// Minutes from knowing nothing of a topic to knowing all, where nobody says otherwise.
    private static let minutesOfTopic = 90.0
    private static let minutesOfExam = 300.0
    private static let minutesOfDeadline = 120.0
    /// Days beyond which nothing is planned.
    private static let horizon = 370.0

    package init(
        database: any Database, events: PlannerEvents, calendar: EventService, state: StudyState, ambient: Ambient = .live
    ) {
        self.database = database
        self.events = events
        self.calendar = calendar
        self.state = state
        self.ambient = ambient
    }

    var now: Date { ambient.now() }

    package func settings(of user: UserID) async throws -> PlannerSettings {
        try await database.read(as: .user(user)) { try await settings.settings(of: user, in: $0) ?? PlannerSettings() }
    }

    /// What differs from what the student wanted before; it is kept for the next time.
    package struct Wishes: Sendable {
        package var from: Date?
        package var to: Date?
        package var free: [PlannerSettings.FreeHours]?
        package var timeZone: String?
        package var block: Int?
        package var rest: Int?
        package var daily: Int?

        package init() {}
    }

    package struct Outcome: Sendable {
        package var blocks: [PlannerEvent]
        package var missing: [PlanGap]
        /// By what the plan before it is brought back; nil where this is only looked at.
        package var undo: PlannerUndoID?
    }

    /// Plans anew: what is done, and what the student has put somewhere, stays; all other blocks, missed ones too, are replaced.
    ///
    /// - Parameter undo: by what it can be taken back. Under the same id it is planned once, however often it is called.
    package func plan(_ wishes: Wishes = Wishes(), as undo: PlannerUndoID? = nil, user: UserID) async throws -> Outcome {
        let undo = undo ?? ambient.newID()
        return try await database.transaction(as: .user(user)) { transaction in
            let now = ambient.now()
            if try await undos.has(undo, user: user, in: transaction) {
                return try await standing(user: user, undo: undo, in: transaction)
            }
            var wanted = try await settings.settings(of: user, in: transaction) ?? PlannerSettings()
            wanted.free = wishes.free ?? wanted.free
            // Whoever has a plan made by saying so has never said where they are; their events do.
            if let zone = wishes.timeZone {
                wanted.timeZone = zone
            } else if wanted.timeZone == PlannerSettings().timeZone, let zone = try await store.ownZone(of: user, in: transaction) {
                wanted.timeZone = zone
            }
            wanted.block = wishes.block ?? wanted.block
            wanted.rest = wishes.rest ?? wanted.rest
            wanted.daily = wishes.daily ?? wanted.daily
            try await settings.set(wanted, of: user, in: transaction)

            let zone = ZoneCatalogue.system.zone(wanted.timeZone) ?? .utc
            let start = max(now, wishes.from ?? now)
            let farthest = start.addingTimeInterval(Self.horizon * 86_400)
            let happening = try await calendar.occurrences(
                in: now..<min(farthest, max(farthest, now.addingTimeInterval(1))), user: user, in: transaction)
            let goals = try await goals(happening, zone: zone, now: now, user: user, in: transaction)
            let end = min(farthest, wishes.to ?? goals.map(\.goal.deadline).max() ?? start.addingTimeInterval(28 * 86_400))
            guard start < end else { throw PlannerFailure.invalid("to", "must be after now and after from") }

            let request = PlanRequest(
                now: now, range: start..<end, zone: zone, free: wanted.free.compactMap(\.time),
                busy: happening.map(\.event).filter { Self.isBusy($0, now: now) }.map { $0.start..<$0.end },
                goals: goals.map(\.goal),
                cardsDue: try await cards(from: start, to: end, zone: zone, user: user, in: transaction),
                preferences: wanted.preferences)
            // Some tens of milliseconds in a full term: not on the threads that all tasks share.
            let plan = await BlockingPool.shared.run { PlanOptimiser().plan(request) }

            let replaced = try await store.openBlocks(of: user, in: transaction).filter { !Self.stays($0, now: now) }
            try await store.delete(replaced, of: user, in: transaction)
            let courses = Dictionary(goals.map { ($0.goal.id, $0.course) }) { first, _ in first }
            var blocks: [PlannerEvent] = []
            for block in plan.blocks {
                let event = event(of: block, course: block.goal.flatMap { courses[$0] } ?? nil, zone: zone, now: now, user: user)
                blocks.append(event)
            }
            try await store.insert(blocks, of: user, in: transaction)
            try await undos.keep(
                PlannerUndo(id: undo, kind: .plan, made: blocks.map(\.id), stood: replaced), of: user, now: now,
                oldest: now.addingTimeInterval(-UndoService.days * 86_400), in: transaction)
            let titles = Dictionary(goals.map { ($0.goal.id, $0.goal.title) }) { first, _ in first }
            let gaps = plan.missing.map { PlanGap($0, title: $0.goal.flatMap { titles[$0] } ?? "") }
            try await settings.setGaps(gaps, of: user, in: transaction)
            try await events.appendPlan(
                PlanNews(blocks: blocks.count, missingMinutes: plan.missing.reduce(0) { $0 + $1.missing }), user: user,
                in: transaction)
            return Outcome(blocks: blocks, missing: gaps, undo: undo)
        }
    }

    /// What is planned from now on, and what had no room.
    package func standing(of user: UserID) async throws -> Outcome {
        try await database.read(as: .user(user)) { try await standing(user: user, undo: nil, in: $0) }
    }

    private func standing(user: UserID, undo: PlannerUndoID?, in transaction: any Transaction) async throws -> Outcome {
        let now = ambient.now()
        let blocks = try await store.openBlocks(of: user, in: transaction).filter { $0.end > now }
        return Outcome(blocks: blocks, missing: try await settings.gaps(of: user, in: transaction), undo: undo)
    }

    /// The student has seen what had no room.
    package func dismissGaps(of user: UserID) async throws {
        try await database.transaction(as: .user(user)) { try await settings.setGaps([], of: user, in: $0) }
    }

    /// What a student must be there for, or has put there. Other blocks of the last plan are about to go.
    private static func isBusy(_ event: PlannerEvent, now: Date) -> Bool {
        event.type.takesTime && !event.isAllDay && event.start < event.end && (event.plan == nil || stays(event, now: now))
    }

    /// A block is left alone that is done, that is under way, or that the student has put where it is to come.
    private static func stays(_ block: PlannerEvent, now: Date) -> Bool {
        block.isCompleted || (block.end > now && (block.start < now || block.plan?.isPinned == true))
    }

    // MARK: - Goals

    private func goals(
        _ happening: [Occurrence], zone: ZoneRules, now: Date, user: UserID, in transaction: any Transaction
    ) async throws -> [(goal: StudyGoal, course: CourseID?)] {
        let courses = try await CourseDirectory().active(of: user, in: transaction)
        let grading = try await GradeStore().gradings(of: user, in: transaction)
        let done = try await store.touching(
            now.addingTimeInterval(-Self.horizon * 86_400)..<now.addingTimeInterval(Self.horizon * 86_400), user: user,
            in: transaction
        ).filter { $0.plan != nil && Self.stays($0, now: now) }
        func doneMinutes(_ goal: String) -> Double {
            done.filter { $0.plan?.goal == goal }.reduce(0) { $0 + $1.end.timeIntervalSince($1.start) / 60 }
        }
        var learned: [CourseID: [StudyGoal.Topic]] = [:]
        func topics(of course: CourseID?) async throws -> [StudyGoal.Topic] {
            guard let course else { return [] }
            if let known = learned[course] { return known }
            let found = try await state.mastery(course, user, transaction).prefix(40).map {
                StudyGoal.Topic($0.name, mastery: $0.mastery, minutes: Self.minutesOfTopic)
            }
            learned[course] = found
            return found
        }
        var goals: [(goal: StudyGoal, course: CourseID?)] = []
        for event in happening.map(\.event) where event.type.isGoal && !event.isCompleted && event.start > now {
            let id = event.id.description
            // An exam that comes again is one goal, the next time.
            guard !goals.contains(where: { $0.goal.id == id }) else { continue }
            let isExam = event.type == .exam
            let known = isExam ? try await topics(of: event.courseID) : []
            let minutes =
                event.studyMinutes.map(Double.init)
                ?? (known.isEmpty ? (isExam ? Self.minutesOfExam : Self.minutesOfDeadline) : nil)
            goals.append(
                (
                    StudyGoal(
                        id: id, title: event.title, deadline: event.start,
                        target: event.courseID.flatMap { grading[$0]?.targetShare } ?? 0.85, topics: known, minutes: minutes,
                        doneMinutes: doneMinutes(id)), event.courseID
                ))
        }
        // An exam that only the course knows of.
        let examined = Set(happening.map(\.event).filter { $0.type == .exam && $0.start > now }.compactMap(\.courseID))
        for course in courses where !examined.contains(course.id) {
            guard let day = course.examDate.flatMap({ WallTime(compact: $0.description.filter { $0 != "-" }) }) else { continue }
            let deadline = zone.moment(WallTime(day.day, second: 8 * 3600))
            guard deadline > now, deadline < now.addingTimeInterval(Self.horizon * 86_400) else { continue }
            let (id, known) = (course.id.description, try await topics(of: course.id))
            goals.append(
                (
                    StudyGoal(
                        id: id, title: course.name.description, deadline: deadline, target: grading[course.id]?.targetShare ?? 0.85,
                        topics: known, minutes: known.isEmpty ? Self.minutesOfExam : nil, doneMinutes: doneMinutes(id)), course.id
                ))
        }
        return goals
    }

    private func cards(
        from start: Date, to end: Date, zone: ZoneRules, user: UserID, in transaction: any Transaction
    ) async throws -> [DayNumber: Int] {
        let today = zone.wall(start).day
        return try await state.cardsDue(start..<end, user, transaction).reduce(into: [:]) { counts, date in
            // What waits already is of today.
            counts[max(today, zone.wall(date).day), default: 0] += 1
        }
    }

    private func event(
        of block: StudyPlan.Block, course: CourseID?, zone: ZoneRules, now: Date, user: UserID
    ) -> PlannerEvent {
        let what = block.topic.isEmpty ? block.reason.goal : block.topic
        var event = PlannerEvent(
            id: ambient.newID(), userID: user, courseID: course, type: .studyBlock,
            title: block.activity == .review ? "Cards" : String(what.prefix(200)), description: "", start: block.start,
            end: block.end, isAllDay: false, zone: zone, excluded: [], isCompleted: false,
            remindBefore: EventService.usualReminder(.studyBlock),
            plan: PlannedBlock(goal: block.goal, topic: block.topic, activity: block.activity, reason: block.reason),
            createdAt: now, updatedAt: now)
        event.remindAt = event.nextReminder(after: now)
        return event
    }
}

extension PlannerSettings {
    var preferences: PlanRequest.Preferences {
        var preferences = PlanRequest.Preferences()
        (preferences.block, preferences.rest, preferences.daily) = (block, rest, daily)
        return preferences
    }
}
