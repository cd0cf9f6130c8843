import App
import Glibc
import Synchronization

/// Progress of one piece of work: a bar redrawn in place on a terminal, a line for each stage when piped.
final class ProgressLine: Sendable {
    private let label: String
    private let state = Mutex((lastStage: "", drawn: false))

    init(label: String) { self.label = label.safeForTerminal }

    func show(stage: String, done: Int, total: Int) {
        guard Terminal.errorIsTerminal else {
            let isNew = state.withLock { state in
                defer { state.lastStage = stage }
                return state.lastStage != stage
            }
            if isNew { Terminal.say("\(label): \(stage)") }
            return
        }
        state.withLock { $0 = (stage, true) }
        var line = "\(label): \(stage)"
        if total > 0 {
            let cells = 24
            let full = min(cells, done * cells / total)
            line += " [" + String(repeating: "#", count: full) + String(repeating: ".", count: cells - full) + "] \(done)/\(total)"
        }
        Terminal.write("\r\u{1B}[2K" + String(line.prefix(Terminal.width - 1)), to: STDERR_FILENO)
    }

    /// Ends the line with a last word.
    func finish(_ text: String) {
        let drawn = state.withLock { $0.drawn }
        Terminal.write((drawn ? "\r\u{1B}[2K" : "") + "\(label): \(text)\n", to: STDERR_FILENO)
    }
}
