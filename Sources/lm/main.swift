import Failures
import Glibc
import Lifecycle

// Writing to a closed socket or pipe is an error to handle, not a reason to die.
signal(SIGPIPE, SIG_IGN)
// A crash must not write what is in it to a disk.
ProcessMemory.keepPrivate()

let words = CommandLine.arguments.dropFirst()
let name = words.first ?? ""

func find(_ name: String) -> Command? { Command.all.first { $0.name == name } }

switch name {
case "", "--help", "-h", "help":
    if let topic = words.dropFirst().first {
        guard let command = find(topic) else {
            Terminal.complain("There is no command \(topic). `lm help` lists them.")
            exit(64)
        }
        Terminal.put(command.help())
    } else {
        Terminal.put(Command.overview())
    }
    exit(0)
case "--version": Terminal.line(VersionText.line)
default:
    guard let command = find(name) else {
        Terminal.complain("There is no command \(name). `lm help` lists them.")
        exit(64)
    }
    let given = words.dropFirst()
    if given.contains("--help") || given.contains("-h") {
        Terminal.put(command.help())
        exit(0)
    }
    do {
        let arguments = try Arguments(given, knowing: command.options)
        if command.operands.isEmpty, let stray = arguments.rest.first { throw UsageFailure("\(name) takes no “\(stray)”.") }
        exit(try await command.run(arguments))
    } catch let failure as UsageFailure {
        Terminal.complain(failure.message + " `lm help \(name)` says more.")
        exit(64)
    } catch let failure as any Failure {
        Terminal.complain(failure.message)
        for (field, reason) in failure.details.sorted(by: { $0.key < $1.key }) where !failure.message.contains(reason) {
            Terminal.complain("  \(field): \(reason)")
        }
        if failure.code == .internal { Terminal.complain("  \(failure)") }
        exit(failure.code == .unavailable ? 69 : 1)
    } catch is CancellationError {
        Terminal.complain("Stopped.")
        exit(130)
    } catch {
        Terminal.complain("\(error)")
        exit(1)
    }
}
