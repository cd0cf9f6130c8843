import App

extension Command {
    static let settings = Command(
        name: "settings", operands: "", summary: "List every setting, its value and where it comes from.", options: [],
        details:
            "Values come from the environment, then from settings.env in the data folder (or LM_SETTINGS_FILE), then from defaults."
    ) { _ in
        for entry in try SettingsCatalogue.entries(of: Configuration.source()) {
            Terminal.line(Terminal.bold("\(entry.name)=\(entry.value)") + Terminal.dim("  (\(entry.origin))"))
            Terminal.line("    \(entry.purpose)")
        }
        return 0
    }
}
