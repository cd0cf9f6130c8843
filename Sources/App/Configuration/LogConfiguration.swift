package import Settings
package import Telemetry

/// What is written to standard error.
package struct LogConfiguration: Sendable {
    package static let levelSetting = Setting(
        "LM_LOG_LEVEL", default: LogLevel.notice, form: "one of trace, debug, info, notice, warning, error",
        purpose: "The least level that is written."
    ) { LogLevel(rawValue: $0.lowercased()) }
    package static let formatSetting = Setting(
        "LM_LOG_FORMAT", default: LogSink.Format.text, form: "text or json", purpose: "For a person, or for a collector."
    ) { LogSink.Format(rawValue: $0.lowercased()) }

    static let settings: [any AnySetting] = [
        levelSetting, formatSetting,
    ]

    package var level: LogLevel
    package var format: LogSink.Format

    package init(from source: SettingsSource) throws(SettingsFailure) {
        level = try source.value(Self.levelSetting)
        format = try source.value(Self.formatSetting)
    }
}
