import App

enum VersionText {
    static let line = "Little Monster \(Version.number)"
}

extension Command {
    static let version = Command(
        name: "version", operands: "", summary: "Print the version.", options: [], details: ""
    ) { _ in
        Terminal.line(VersionText.line)
        return 0
    }
}
