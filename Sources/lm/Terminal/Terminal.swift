import Glibc

/// What a person at the terminal sees: errors on standard error, progress where there is a terminal and plain lines where not.
enum Terminal {
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let base = rest.baseAddress, rest.count > 0 {
                let written = Glibc.write(descriptor, base, rest.count)
                if written < 0, errno == EINTR { continue }
                if written <= 0 { return lost(descriptor, errno) }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }

    /// Whoever reads our output may have had enough (`lm ask … | head`). On a full disk the rest would be missing unsaid.
    private static func lost(_ descriptor: Int32, _ reason: Int32) {
        guard descriptor == STDOUT_FILENO, reason != EPIPE else { return }
        complain("The output cannot be written: \(String(cString: strerror(reason))).")
        exit(1)
    }

    /// Standard output, as it is and with a line end.
    static func put(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func complain(_ text: String) { write("lm: \(text)\n", to: STDERR_FILENO) }
    static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    static func bold(_ text: String) -> String { outputIsTerminal ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    static func dim(_ text: String) -> String { outputIsTerminal ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
    static func green(_ text: String) -> String { outputIsTerminal ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
    static func red(_ text: String) -> String { outputIsTerminal ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
    static func yellow(_ text: String) -> String { outputIsTerminal ? "\u{1B}[33m\(text)\u{1B}[0m" : text }
}
