/// The decoded values of a path's parameters, in order.
struct PathParameters: Sendable {
    private let names: [String]
    private let values: [String]

    init(names: [String] = [], values: [String] = []) {
        self.names = names
        self.values = values
    }

    subscript(_ name: String) -> String? {
        for (index, known) in names.enumerated() where known == name && index < values.count { return values[index] }
        return nil
    }
}
