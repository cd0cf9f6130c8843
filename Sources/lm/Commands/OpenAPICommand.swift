import App

extension Command {
    static let openAPI = Command(
        name: "openapi", operands: "", summary: "Print the API's OpenAPI document.", options: [],
        details: "The same as /openapi.json of a running server; made from the routes themselves."
    ) { _ in
        let configuration = try Configuration(from: Configuration.source())
        let application = try await Application(configuration: configuration, logger: Session.logger(configuration))
        Terminal.line(application.openAPIText)
        await application.close()
        return 0
    }
}
