import Embedding
import FoundationEssentials
import Glibc
import Processor
import Vectors

// intelligence-bench: measures the embedder and the vector index, and prints one JSON object. `run.py` sets it beside its peer.

/// `--name value` after the subcommand.
func option(_ name: String) -> String? {
    guard let at = CommandLine.arguments.firstIndex(of: "--\(name)"), at + 1 < CommandLine.arguments.count else { return nil }
    return CommandLine.arguments[at + 1]
}

let usage = """
    usage: intelligence-bench embed --model DIRECTORY [--workers N] [--precision float32|bfloat16] [--batch N] < texts.json
           intelligence-bench rank --model DIRECTORY [--precision …] [--limit N] < texts.json   (the nearest texts of each query)
           intelligence-bench search [--chunks N] [--windows N]

    texts.json: {"queries": [text, …], "texts": [text, …]}

    """

func fail(_ text: String) -> Never {
    var bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, &bytes, bytes.count)
    exit(2)
}

if let unmet = CPURequirements.unmet() { fail(unmet + "\n") }
let arguments = CommandLine.arguments
switch arguments.count > 1 ? arguments[1] : "" {
case "embed": try await EmbedBenchmark(usage: usage).run()
case "rank": try await EmbedBenchmark(usage: usage).printRanks()
case "search": try await SearchBenchmark().run()
default: fail(usage)
}
