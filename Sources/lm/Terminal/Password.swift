import Glibc

/// Reads a secret: without echo on a terminal, one line when piped.
enum Password {
    static func ask(_ prompt: String) throws(UsageFailure) -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var saved = termios()
        if isTerminal {
            Terminal.write(prompt, to: STDERR_FILENO)
            tcgetattr(STDIN_FILENO, &saved)
            var quiet = saved
            quiet.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
        }
        let line = readLine()
        if isTerminal {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
            Terminal.write("\n", to: STDERR_FILENO)
        }
        guard let line, !line.isEmpty else { throw UsageFailure("A password is needed on standard input.") }
        return line
    }
}
