package import Ambient
package import Courses
import Database
package import FoundationEssentials
package import Planning
package import TimeZones

package enum PlannerEventKind {}
package typealias PlannerEventID = Identifier<PlannerEventKind>

/// What an event is; it says whether it takes time and whether there is something to study for.
package enum EventType: String, Sendable, Hashable, Codable, CaseIterable, SQLCodable {
    case `class`, exam, deadline, reminder
    case studyBlock = "study_block"

    /// Whoever is there cannot study.
    var takesTime: Bool { self == .class || self == .exam || self == .studyBlock }
    var isGoal: Bool { self == .exam || self == .deadline }
}

/// Something in a student's calendar, once or again and again.
package struct PlannerEvent: Sendable, Hashable {
    package var id: PlannerEventID
    package var userID: UserID
    package var courseID: CourseID?
    /// The event one of whose occurrences this stands for, and the start that it had there.
    package var seriesID: PlannerEventID?
    package var occurrence: Date?
    package var type: EventType
    package var title: String
    package var description: String
    package var location = ""
    package var start: Date
    package var end: Date
    package var isAllDay: Bool
    package var zone: ZoneRules
    package var rule: RecurrenceRule?
    package var excluded: Set<Date>
    /// Starts besides those of the rule.
    package var added: Set<Date> = []
    package var isCompleted: Bool
    /// Minutes that it takes to get ready for it; nil where that is reckoned from topics.
    package var studyMinutes: Int?
    /// Minutes before its start at which it is told of; nil never.
    package var remindBefore: Int?
    package var remindAt: Date?
    /// nil unless it is a block of a plan.
    package var plan: PlannedBlock?
    package var origin = EventOrigin()
    /// Grows with each change of anything in the student's calendar.
    package var revision = 0
    package var createdAt: Date
    package var updatedAt: Date

    package var recurrence: Recurrence { Recurrence(start: start, zone: zone, rule: rule, excluded: excluded, added: added) }

    /// Whether it is a series: then each of its times is named by its start.
    package var comesAgain: Bool { rule != nil || !added.isEmpty }

    /// As calendar programs name it: what they call it themselves, or its id.
    var uid: String { origin.uid ?? "\(id)@little-monster" }
    /// As CalDAV's collection names it.
    var resource: String { origin.resource ?? "\(id).ics" }

    /// The last moment that it can touch; nil where it never ends or has to be counted out.
    var endsAt: Date? {
        let last = (added.max() ?? start).addingTimeInterval(end.timeIntervalSince(start))
        guard let rule else { return max(last, end) }
        guard case .until(let second, _) = rule.end else { return nil }
        // A wall is a day from Greenwich at most.
        return max(last, Date(timeIntervalSince1970: Double(second) + 86_400).addingTimeInterval(end.timeIntervalSince(start)))
    }

    /// The event as it is at one of its starts.
    func at(_ moment: Date) -> PlannerEvent {
        guard moment != start else { return self }
        var event = self
        event.start = moment
        // A day's length by the wall, hours by the clock: a whole day stays one when clocks are changed.
        let wall = zone.wall(end).seconds - zone.wall(start).seconds
        event.end =
            isAllDay
            ? zone.moment(WallTime(seconds: zone.wall(moment).seconds + wall))
            : moment.addingTimeInterval(end.timeIntervalSince(start))
        return event
    }

    /// When it is told of next, after a moment.
    func nextReminder(after now: Date) -> Date? {
        guard let remindBefore, !isCompleted else { return nil }
        let lead = Double(remindBefore) * 60
        let first = now.addingTimeInterval(lead + 0.001)
        return recurrence.starts(in: first..<first.addingTimeInterval(3 * 366 * 86_400), limit: 1).first?.addingTimeInterval(-lead)
    }
}

/// What a block of a plan is for.
package struct PlannedBlock: Sendable, Hashable, Codable {
    /// The exam: an event's id, or a course's.
    package var goal: String?
    package var topic: String
    package var activity: StudyPlan.Activity
    package var reason: PlanReason
    /// The student has put it where it is: plans to come leave it there.
    package var isPinned: Bool?
}

/// One time that an event happens.
package struct Occurrence: Sendable, Hashable {
    /// As it is then.
    package var event: PlannerEvent
    /// The start that names it within its series; nil where the event comes once.
    package var occurrence: Date?
}
