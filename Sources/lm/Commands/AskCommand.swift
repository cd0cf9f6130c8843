import App
import Glibc

extension Command {
    static let ask = Command(
        name: "ask", operands: "QUESTION", summary: "Ask, and get a cited answer.",
        options: [
            .init("--user", "EMAIL", "Whose library; the first administrator's if not given."),
            .init("--json", nil, "Print the message as JSON."),
        ],
        details: "Example: lm ask \"Why is the membrane potential negative?\""
    ) { arguments in
        let question = arguments.rest.joined(separator: " ")
        guard !question.isEmpty else { throw UsageFailure("Ask something: lm ask \"…\".") }
        let asJSON = arguments.has("--json")
        return try await Session.run { application in
            let owner = try await application.owner(email: arguments["--user"])
            let answer = try await application.ask(question, user: owner.id) { text in
                if !asJSON { Terminal.put(text) }
            }
            if asJSON {
                Terminal.line(answer.json)
            } else {
                Terminal.line("")
                for source in answer.sources {
                    Terminal.line("")
                    Terminal.line(Terminal.bold("[\(source.number)] \(source.place)"))
                    Terminal.line(Terminal.dim("    \(source.quote)"))
                }
            }
            return answer.isComplete ? 0 : 1
        }
    }
}
