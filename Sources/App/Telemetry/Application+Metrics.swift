import HTTPClient
import Telemetry

extension Application {
    /// What metrics tell of the process, its disk and the servers that it asks.
    func measureMachine() {
        let (process, data) = (ProcessMeter(), data)
        metrics.onCollect { metrics in
            process.report(to: metrics)
            OutgoingCalls.shared.report(to: metrics)
            metrics.set(
                "lm_build_info", [("version", Version.number)], to: 1, help: "1, with the version of the program as a label.")
            guard let (free, size) = data.usage else { return }
            let help = "Bytes of the file system that holds the data folder."
            metrics.set("system_filesystem_usage_bytes", [("state", "free")], to: Double(free), help: help)
            metrics.set("system_filesystem_usage_bytes", [("state", "used")], to: Double(size - free), help: help)
        }
    }
}
