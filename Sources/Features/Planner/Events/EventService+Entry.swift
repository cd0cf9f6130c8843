import Ambient
import Courses
import Database
import FoundationEssentials
import Planning
import TimeZones

extension EventService {
    /// What a line says, with the course that it names.
    func understand(_ line: String, zone: ZoneRules?, user: UserID) async throws -> EntryView {
        let zone = zone ?? .utc
        let draft = EntryReader.read(line, now: zone.wall(ambient.now()))
        let courses = try await database.read(as: .user(user)) {
            try await CourseDirectory().active(of: user, in: $0)
        }
        let type = draft.kind.map(EventType.init) ?? .reminder
        var view = EntryView(
            title: draft.title, type: type, isAllDay: false, rrule: draft.rule,
            courseID: Self.course(in: draft.title, of: courses.map { ($0.id, $0.name.description) }))
        guard let day = draft.day else { return view }
        if let start = draft.start {
            let begin = zone.moment(WallTime(day, second: start))
            view.startDate = begin
            view.endDate = draft.duration.map { begin.addingTimeInterval(Double($0)) }
        } else {
            view.isAllDay = true
            view.startDate = zone.moment(WallTime(day))
            view.endDate = zone.moment(WallTime(day + 1))
        }
        return view
    }

    /// The one course that a word of the title begins: “bio exam” is of Biology.
    static func course(in title: String, of courses: [(id: CourseID, name: String)]) -> CourseID? {
        func words(_ text: String) -> [String] {
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        let said = words(title).filter { $0.count >= 3 }
        let found = courses.filter { course in
            words(course.name).contains { name in
                name.count >= 3 && said.contains { name.hasPrefix($0) || ($0.hasPrefix(name) && name.count >= 5) }
            }
        }
        return found.count == 1 ? found[0].id : nil
    }
}

extension EventType {
    init(_ kind: EntryDraft.Kind) {
        self =
            switch kind {
            case .class: .class
            case .exam: .exam
            case .deadline: .deadline
            case .study: .studyBlock
            case .reminder: .reminder
            }
    }
}
