import App

extension Command {
    static let openAPI = Command(
        name: "openapi", operands: "", summary: "Print the API's OpenAPI document.", options: [],
        details: "The same as /openapi.json of a running server; made from the routes themselves, and from nothing else."
    ) { _ in
        Terminal.put(try Application.openAPIText())
        return 0
    }
}
