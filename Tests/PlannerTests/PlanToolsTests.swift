import Assembly
import Database
import FoundationEssentials
import HTTPServingTesting
import JSON
@testable import Planner
import Testing

/// Planning by what is said in a conversation.
@Suite(.timeLimit(.minutes(3)))
struct PlanToolsTests {
    @Test(arguments: Dialect.allCases) func `a week is planned once under an id, told, and given back as it was`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            let tools = PlanTools.tools(stage.plans, stage.undos)
            let (today, plan) = (tools[0], tools[1])
            func told() async throws -> String {
                guard case .string(let text) = try await today(.object([]), for: stage.ann)["text"] else { return "" }
                return text
            }
            #expect(try await told().hasPrefix("Nothing is planned."))
            _ = try await stage.client().post(
                "/planner/events", json: #"{"title": "Exam", "type": "exam", "start_date": "2026-03-12T09:00:00Z"}"#)
            let before = try await stage.plans.plan(user: stage.ann).blocks
            #expect(try await told().contains("This comes next:\n\n- **Thursday 5 Mar, 16:00–16:50** Exam – "))
            #expect(try plan.question(.object([]))?.contains("Shall I?") == true)

            // Thursday's block goes by undone.
            stage.clock.advance(days: 4)
            let id = UUID()
            let deed = try #require(try await plan.make(.object([]), as: id, for: stage.ann))
            #expect(deed.kind == "plan" && deed.title.contains("study blocks"))
            let made = try await stage.plans.standing(of: stage.ann).blocks.map(\.id)
            #expect(Set(made).isDisjoint(with: before.map(\.id)))
            // After a crash in between it is asked for again.
            _ = try await plan.make(.object([]), as: id, for: stage.ann)
            #expect(try await stage.plans.standing(of: stage.ann).blocks.map(\.id) == made)
            try await plan.undo(id, for: stage.ann)
            try await plan.undo(id, for: stage.ann)
            let standing = try await stage.plans.standing(of: stage.ann).blocks
            #expect(standing.map(\.id) == before.filter { $0.end > stage.clock.now }.map(\.id))
            // What was missed meanwhile is there again too, to be planned anew.
            #expect(
                try await stage.database.read(as: .user(stage.ann)) { try await EventStore().openBlocks(of: stage.ann, in: $0) }
                    .map(\.id)
                    == before.map(\.id))
        }
    }

    @Test func `hours are free where the student writes events down`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            _ = try await stage.client().post(
                "/planner/events",
                json: #"{"title": "Exam", "type": "exam", "start_date": "2026-03-12T09:00:00Z", "time_zone": "America/New_York"}"#)
            _ = try await PlanTools.tools(stage.plans, stage.undos)[1].make(.object([]), as: UUID(), for: stage.ann)
            // Four in the afternoon there.
            let first = try #require(try await stage.plans.standing(of: stage.ann).blocks.first)
            #expect(Int(first.start.timeIntervalSince(PlannerStage.noon)) % 86_400 == 9 * 3600)
        }
    }

    @Test(
        arguments: [
            ("Plan my week", "week_plan"), ("Please plan my studies for the exam", "week_plan"),
            ("Can you make me a study plan?", "week_plan"),
            ("Plane meine Woche", "week_plan"), ("Erstelle mir einen Lernplan", "week_plan"),
            ("What should I study today?", "study_next"), ("Was soll ich heute lernen?", "study_next"),
            ("How do I make a study plan?", nil), ("What is a study plan?", nil), ("Don't plan my week", nil),
            ("Explain osmosis", nil),
        ] as [(String, String?)]) func `plain words ask for it`(_ text: String, _ tool: String?) async throws
    {
        try await PlannerStage.with(.sqlite) { stage in
            let tools = PlanTools.tools(stage.plans, stage.undos)
            #expect(tools.first { $0.wishes?.wish(in: text) != nil }?.name == tool)
        }
    }
}
