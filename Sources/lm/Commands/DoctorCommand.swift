import App
import Settings
import Telemetry

extension Command {
    static let doctor = Command(
        name: "doctor", operands: "", summary: "Check every part, and say how to mend what is wrong.", options: [],
        details: "Changes nothing that is there. Exit code 0 if all is well, 2 if something needs mending."
    ) { _ in
        let findings: [Finding]
        do throws(SettingsFailure) {
            let source = try Configuration.source()
            let configuration = try Configuration(from: source)
            findings = await Doctor(configuration: configuration, source: source, logger: .silent).findings()
        } catch {
            findings = [Doctor.finding(of: error)]
        }
        for finding in findings {
            let mark =
                switch finding.verdict {
                case .good: Terminal.green("ok")
                case .advice: Terminal.yellow("look")
                case .broken: Terminal.red("mend")
                }
            Terminal.line("\(mark)\t\(finding.part): \(finding.text)")
            if let remedy = finding.remedy { Terminal.line("\t\(remedy)") }
        }
        return findings.contains { $0.verdict == .broken } ? 2 : 0
    }
}
