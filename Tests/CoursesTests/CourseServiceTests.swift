import Ambient
@testable import Courses
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CourseServiceTests {
    @Test(arguments: Dialect.allCases) func `a course is made, changed, found and deleted, and each is told`(
        _ dialect: Dialect
    ) async throws {
        try await CourseStage.with(dialect) { stage in
            let made = try await stage.service.create(
                try #require(CourseName(" Cell  Biology ")), colour: .teal, term: "Winter", examDate: CalendarDay("2027-02-12"),
                user: stage.ann)
            let id = made.course.id
            #expect(made.course.name.description == "Cell Biology" && made.course.position == 0)
            var change = CourseService.Change()
            change.examDate = .some(nil)
            change.isArchived = true
            let changed = try await stage.service.change(id, change, user: stage.ann).course
            #expect(changed.examDate == nil && changed.isArchived && changed.term == "Winter" && changed.colour == .teal)
            #expect(try await stage.service.course(id, user: stage.ann).course == changed)
            try await stage.service.delete(id, user: stage.ann)
            let gone = await #expect(throws: CoursesFailure.self) { try await stage.service.course(id, user: stage.ann) }
            #expect(gone?.code == .notFound)
            #expect(try await stage.eventTypes() == ["course.created", "course.updated", "course.deleted"])
        }
    }

    @Test(arguments: Dialect.allCases) func `two courses of one student never have one name`(_ dialect: Dialect) async throws {
        try await CourseStage.with(dialect) { stage in
            let ecology = try await stage.make("Ökologie")
            let taken = await #expect(throws: CoursesFailure.self) { try await stage.make("ökologie ") }
            #expect(taken?.code == .conflict && taken?.details == ["name": "is taken"])
            let physics = try await stage.make("Physics")
            var change = CourseService.Change()
            change.name = CourseName("ÖKOLOGIE")
            await #expect(throws: CoursesFailure.self) { try await stage.service.change(physics.id, change, user: stage.ann) }
            // Its own name in other letters is no clash, and another student has names of their own.
            #expect(
                try await stage.service.change(ecology.id, change, user: stage.ann).course.name.description == "ÖKOLOGIE")
            try await stage.make("Ökologie", as: stage.ben)
        }
    }

    @Test(arguments: Dialect.allCases) func `a course moves among the others, and is shown apart when it is archived`(
        _ dialect: Dialect
    ) async throws {
        try await CourseStage.with(dialect) { stage in
            for name in ["A", "B", "C", "D"] { try await stage.make(name) }
            #expect(try await stage.names() == ["A", "B", "C", "D"])
            func move(_ name: String, to position: Int) async throws {
                let all = try await stage.service.list(user: stage.ann).courses
                let course = try #require(all.first { $0.course.name.description == name })
                var change = CourseService.Change()
                change.position = position
                let moved = try await stage.service.change(course.course.id, change, user: stage.ann)
                #expect(moved.course.position == min(position, 3))
            }
            try await move("D", to: 0)
            #expect(try await stage.names() == ["D", "A", "B", "C"])
            try await move("D", to: 2)
            #expect(try await stage.names() == ["A", "B", "D", "C"])
            try await move("A", to: 900)
            #expect(try await stage.names() == ["B", "D", "C", "A"])
            var change = CourseService.Change()
            change.isArchived = true
            let first = try #require(try await stage.service.list(user: stage.ann).courses.first)
            _ = try await stage.service.change(first.course.id, change, user: stage.ann)
            #expect(try await stage.names(archived: true) == ["B"])
            #expect(try await stage.names(archived: false) == ["D", "C", "A"])
        }
    }

    @Test(arguments: Dialect.allCases) func `another student's course is not there for anything`(_ dialect: Dialect) async throws {
        try await CourseStage.with(dialect) { stage in
            let course = try await stage.make("Biology")
            var change = CourseService.Change()
            change.name = CourseName("Mine")
            change.position = 0
            let sought = change
            await #expect(throws: CoursesFailure.self) { try await stage.service.course(course.id, user: stage.ben) }
            await #expect(throws: CoursesFailure.self) { try await stage.service.change(course.id, sought, user: stage.ben) }
            await #expect(throws: CoursesFailure.self) { try await stage.service.delete(course.id, user: stage.ben) }
            let unknown = await #expect(throws: CoursesFailure.self) {
                try await stage.database.transaction(as: .user(stage.ben)) {
                    try await stage.directory.hold(course.id, user: stage.ben, in: $0)
                }
            }
            #expect(unknown?.code == .unprocessable && unknown?.details["course_id"] != nil)
            #expect(try await stage.service.list(user: stage.ben).total == 0)
            #expect(try await stage.names() == ["Biology"])
        }
    }

    @Test(arguments: Dialect.allCases) func `a course is found by its name, and made once however many ask at once`(
        _ dialect: Dialect
    ) async throws {
        try await CourseStage.with(dialect) { stage in
            let ids = try await withThrowingTaskGroup(of: CourseID.self) { group in
                for spelling in ["Cell Biology", "cell biology", " CELL  BIOLOGY ", "Cell biology"] {
                    group.addTask {
                        let name = try #require(CourseName(spelling))
                        return try await stage.database.transaction(as: .user(stage.ann)) {
                            try await stage.maker.course(named: name, user: stage.ann, in: $0)
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await stage.service.list(user: stage.ann).total == 1)
            #expect(try await stage.eventTypes() == ["course.created"])
        }
    }

    @Test(arguments: Dialect.allCases) func `courses go with their student`(_ dialect: Dialect) async throws {
        try await CourseStage.with(dialect) { stage in
            try await stage.make("Biology")
            try await stage.make("Physics", as: stage.ben)
            try await stage.database.transaction(as: .system) { [ann = stage.ann] in
                try await $0.execute("DELETE FROM users WHERE id = \(ann)")
            }
            #expect(try await stage.service.list(user: stage.ann).total == 0)
            #expect(try await stage.service.list(user: stage.ben).total == 1)
        }
    }
}
