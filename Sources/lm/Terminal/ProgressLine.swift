import Glibc

/// Progress of one piece of work: a bar redrawn in place on a terminal, a line for each stage when piped.
struct ProgressLine {
    private let label: String
    private var lastStage = ""
    private var drawn = false

    init(label: String) { self.label = label }

    mutating func show(stage: String, done: Int, total: Int) {
        guard Terminal.errorIsTerminal else {
            if stage != lastStage { Terminal.say("\(label): \(stage)") }
            lastStage = stage
            return
        }
        lastStage = stage
        drawn = true
        var line = "\(label): \(stage)"
        if total > 0 {
            let cells = 24
            let full = min(cells, done * cells / total)
            line += " [" + String(repeating: "#", count: full) + String(repeating: ".", count: cells - full) + "] \(done)/\(total)"
        }
        Terminal.write("\r\u{1B}[2K" + String(line.prefix(Terminal.width - 1)), to: STDERR_FILENO)
    }

    /// Ends the line with a last word.
    mutating func finish(_ text: String) {
        Terminal.write((drawn ? "\r\u{1B}[2K" : "") + "\(label): \(text)\n", to: STDERR_FILENO)
        drawn = false
    }
}
