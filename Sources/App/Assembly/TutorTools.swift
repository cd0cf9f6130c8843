import Assembly
import Cards
import Notes
import Planner
import Quizzes

extension Composition {
    /// What the tutor may do for students who wish for it. The first that understands a wish takes it.
    var tutorTools: [AssistantTool] {
        get throws {
            let (quizzes, cards) = (try feature(QuizzesFeature.self), try feature(CardsFeature.self))
            return (try feature(CardMakingFeature.self)).parts.tools + (try feature(NotesFeature.self)).parts.tools
                + quizzes.parts.tools
                + (try feature(PlannerFeature.self)).parts.tools
                + [StandingTool.tool(quizzes.service, cards.reviews)]
        }
    }
}
