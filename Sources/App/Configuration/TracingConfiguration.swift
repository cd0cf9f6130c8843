package import Settings

/// Where traces go, and how many. OpenTelemetry's own variables hold where ours are not set.
package struct TracingConfiguration: Sendable {
    package static let urlSetting = Setting.webAddress(
        "LM_OTLP_URL",
        purpose:
            "Of a collector that takes traces by OTLP over HTTP, such as http://127.0.0.1:4318; OTEL_EXPORTER_OTLP_ENDPOINT if "
            + "unset, nowhere if neither is.")
    package static let headersSetting = Setting<[String: String]>(
        "LM_OTLP_HEADERS", default: [:], form: "NAME=VALUE, separated by commas",
        purpose: "Header fields for the collector, such as a key; OTEL_EXPORTER_OTLP_HEADERS if unset.", isSecret: true
    ) { fields($0) }
    package static let ratioSetting = Setting<Double>(
        "LM_TRACE_RATIO", default: 1, form: "a number from 0 to 1",
        purpose: "How many of the traces that begin here are recorded; of those of others, what these say holds."
    ) { text in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }

    static let settings: [any AnySetting] = [urlSetting, headersSetting, ratioSetting]

    /// Where spans are posted to; nil records none.
    package var url: String?
    package var headers: [String: String]
    package var ratio: Double
    /// What collectors call this program.
    package var serviceName: String

    package init(from source: SettingsSource) throws(SettingsFailure) {
        ratio = try source.value(Self.ratioSetting)
        headers = try source.value(Self.headersSetting)
        serviceName = source.text("OTEL_SERVICE_NAME") ?? "little-monster"
        if let given = try source.value(Self.urlSetting) {
            url = Self.traces(below: given)
        } else if let whole = source.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), isWebAddress(whole) {
            url = whole
        } else if let base = source.text("OTEL_EXPORTER_OTLP_ENDPOINT"), isWebAddress(base) {
            url = Self.traces(below: base)
        } else {
            url = nil
        }
        if headers.isEmpty, let text = source.text("OTEL_EXPORTER_OTLP_HEADERS") { headers = Self.fields(text) ?? [:] }
    }

    private static func traces(below base: String) -> String { base + (base.hasSuffix("/") ? "v1/traces" : "/v1/traces") }

    private static func fields(_ text: String) -> [String: String]? {
        var fields: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard parts.count == 2, !parts[0].isEmpty else { return nil }
            fields[String(parts[0])] = String(parts[1])
        }
        return fields
    }
}
