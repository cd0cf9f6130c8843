import Ambient
import Classes
import LearningPlatforms
import Quizzes

extension PlatformClasses {
    /// Classes and what is handed in of quizzes, as the features that keep them tell it.
    static func of(_ classes: ClassDesk, _ quizzes: QuizService) -> PlatformClasses {
        PlatformClasses(
            make: { try await classes.make($0, teacher: $1, in: $2) },
            share: { try await classes.share($0, $1, with: $2, teacher: $3, in: $4) },
            title: { try await classes.title(of: $0, $1, owner: $2, in: $3) },
            show: { group, user, transaction in
                try await classes.show(group, to: user, in: transaction).map {
                    Shown(name: $0.name, teacher: $0.teacher, isMember: $0.isMember, isTeacher: $0.isTeacher)
                }
            },
            join: { try await classes.join($0, user: $1, in: $2) },
            handedIn: { quiz, owner, student, since, transaction in
                try await quizzes.handedIn(QuizID(quiz), owner: owner, since: [student: since], in: transaction).map { each in
                    HandedIn(
                        at: each.at, score: each.score, maximum: each.totalPoints,
                        isDecided: each.shares.values.allSatisfy { $0 != nil })
                }
            })
    }
}
