/// The words after a command's name: options with and without a value, and the rest in order.
struct Arguments {
    /// An option that a command knows.
    struct Option {
        let name: String
        /// What stands for its value in the help, `PORT`; nil for a switch.
        let value: String?
        let purpose: String

        init(_ name: String, _ value: String? = nil, _ purpose: String) {
            self.name = name
            self.value = value
            self.purpose = purpose
        }
    }

    private(set) var values: [String: [String]] = [:]
    private(set) var rest: [String] = []

    /// Reads `--name value`, `--name=value`, `--switch`; after `--` everything is the rest.
    init(_ words: some Sequence<String>, knowing options: [Option]) throws(UsageFailure) {
        var iterator = words.makeIterator()
        var literal = false
        while let word = iterator.next() {
            if literal || !word.hasPrefix("-") || word == "-" {
                rest.append(word)
                continue
            }
            if word == "--" {
                literal = true
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else { throw UsageFailure("There is no option \(name).") }
            if option.value == nil {
                guard parts.count == 1 else { throw UsageFailure("\(name) takes no value.") }
                values[name, default: []].append("")
            } else if parts.count == 2 {
                values[name, default: []].append(String(parts[1]))
            } else if let next = iterator.next() {
                values[name, default: []].append(next)
            } else {
                throw UsageFailure("\(name) wants a value.")
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    subscript(_ name: String) -> String? { values[name]?.last }
    func all(_ name: String) -> [String] { values[name] ?? [] }
}

/// The command line cannot be understood; exit code 64.
struct UsageFailure: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
