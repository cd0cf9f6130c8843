/// The layers of one of the model's networks, as thinc writes them: a list of nodes, each with its numbers.
struct LayerFile {
    struct Tensor {
        var shape: [Int]
        var values: [Float]
    }

    struct Layer {
        var name: String
        var tensors: [String: Tensor]
        var seed: UInt64
    }

    private let path: String
    private let layers: [Layer]

    init(path: String) throws {
        let file = try PackedFile(path: path)
        self.path = path
        guard let nodes = file.root["nodes"]?.list, let numbers = file.root["params"]?.list,
            let attributes = file.root["attrs"]?.list,
            nodes.count == numbers.count, nodes.count == attributes.count
        else { throw file.damaged("not a list of layers") }
        layers = try nodes.indices.map { index in
            var tensors: [String: Tensor] = [:]
            for (key, value) in numbers[index].map ?? [] {
                guard let name = key.text, let tensor = try Self.tensor(value, file) else { continue }
                tensors[name] = tensor
            }
            let seed = attributes[index]["seed"]?.range.flatMap { $0.count == 1 ? UInt64(file.bytes[$0.lowerBound]) : nil }
            return Layer(name: nodes[index]["name"]?.text ?? "", tensors: tensors, seed: seed ?? 0)
        }
    }

    /// The layers of a kind in their order.
    func layers(named name: String, count: Int) throws -> [Layer] {
        let found = layers.filter { $0.name == name }
        guard found.count == count else {
            throw ParsingFailure(.damagedModel, "\(path): \(found.count) layers \(name) where there should be \(count)")
        }
        return found
    }

    /// - Parameter shape: what the numbers must be arranged in.
    func values(_ name: String, of layer: Layer, shape: [Int]) throws -> [Float] {
        guard let tensor = layer.tensors[name], tensor.shape == shape else {
            throw ParsingFailure(.damagedModel, "\(path): \(layer.name) has no \(name) of \(shape)")
        }
        return tensor.values
    }

    private static func tensor(_ value: PackedValue, _ file: PackedFile) throws -> Tensor? {
        guard let sizes = value["shape"]?.list, let range = value["data"]?.range else { return nil }
        let shape = sizes.compactMap(\.hash).map { Int(clamping: $0) }
        let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard value["type"]?.text ?? "<f4" == "<f4", count >= 0, count <= range.count, count * 4 == range.count else {
            throw file.damaged("numbers of the shape \(shape) in \(range.count) bytes")
        }
        let values = file.bytes.withUnsafeBytes { bytes in
            (0..<count).map { Float(bitPattern: bytes.loadUnaligned(fromByteOffset: range.lowerBound + $0 * 4, as: UInt32.self)) }
        }
        return Tensor(shape: shape, values: values)
    }
}
