import Ambient
@testable import Courses
import Testing

struct CourseNameTests {
    @Test(arguments: [
        ("Cell Biology", " cell  biology\n"), ("Ökologie", "ökologie"), ("Ökologie", "O\u{308}kologie"), ("ΦΥΣΙΚΉ", "φυσική"),
    ])
    func `case, spaces and composition make no other course`(one: String, other: String) throws {
        #expect(try #require(CourseName(one)).key == #require(CourseName(other)).key)
    }

    @Test func `accents and digits do`() throws {
        #expect(CourseName("Analysis 1")?.key != CourseName("Analysis 2")?.key)
        #expect(CourseName("Resume")?.key != CourseName("Résumé")?.key)
    }

    @Test func `a name stands on one line, and is cut where it is too long`() throws {
        #expect(CourseName(" Cell\t Biology \n")?.description == "Cell Biology")
        #expect(CourseName(" \n\t") == nil)
        #expect(CourseName(String(repeating: "é", count: 300))?.description.unicodeScalars.count == 100)
    }

    @Test func `the colour that is used least comes next`() {
        #expect(CourseColour.leastUsed(beside: []) == .blue)
        #expect(CourseColour.leastUsed(beside: [.blue, .green]) == .purple)
        #expect(CourseColour.leastUsed(beside: CourseColour.allCases + [.blue]) == .green)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T00:00:00Z", ""])
    func `a day that is none is refused`(text: String) { #expect(CalendarDay(text) == nil) }
}
