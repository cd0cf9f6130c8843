import Ambient
import Courses
import FoundationEssentials
import Planning
import TimeZones

/// An event as it stood, to be brought back.
struct EventSnapshot: Codable, Sendable {
    var id: PlannerEventID
    var courseID: CourseID?
    var seriesID: PlannerEventID?
    var occurrence: Date?
    var type: EventType
    var title: String
    var description: String
    var location: String
    var start: Date
    var end: Date
    var isAllDay: Bool
    var zone: String
    var rule: String?
    var excluded: [Date]
    var added: [Date]
    var isCompleted: Bool
    var studyMinutes: Int?
    var remindBefore: Int?
    var plan: PlannedBlock?
    var origin: EventOrigin
    var createdAt: Date

    init(_ event: PlannerEvent) {
        (id, courseID, seriesID, occurrence) = (event.id, event.courseID, event.seriesID, event.occurrence)
        (type, title, description, location) = (event.type, event.title, event.description, event.location)
        (start, end, isAllDay, zone) = (event.start, event.end, event.isAllDay, event.zone.name)
        (rule, excluded, added) = (event.rule?.text, event.excluded.sorted(), event.added.sorted())
        (isCompleted, studyMinutes, remindBefore) = (event.isCompleted, event.studyMinutes, event.remindBefore)
        (plan, origin, createdAt) = (event.plan, event.origin, event.createdAt)
    }

    /// - Parameter now: when it is brought back; its reminders begin anew from there.
    func event(of user: UserID, now: Date) -> PlannerEvent {
        var event = PlannerEvent(
            id: id, userID: user, courseID: courseID, seriesID: seriesID, occurrence: occurrence, type: type, title: title,
            description: description, location: location, start: start, end: end, isAllDay: isAllDay,
            zone: ZoneCatalogue.system.zone(zone) ?? .utc, rule: rule.flatMap { try? RecurrenceRule($0) }, excluded: Set(excluded),
            added: Set(added), isCompleted: isCompleted, studyMinutes: studyMinutes, remindBefore: remindBefore, plan: plan,
            origin: origin, createdAt: createdAt, updatedAt: now)
        event.remindAt = event.nextReminder(after: now)
        return event
    }
}
