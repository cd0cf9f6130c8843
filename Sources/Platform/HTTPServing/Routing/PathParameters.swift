/// The decoded values of a path's parameters, in order.
struct PathParameters: Sendable {
    private(set) var fields: [(name: String, value: String)] = []

    init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
