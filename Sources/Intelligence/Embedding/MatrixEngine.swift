import CDNNL

// The only file that calls oneDNN.

/// The number format of the linear layers' inputs and weights. Sums are kept in 32 bits either way.
package enum Precision: String, Sendable, CaseIterable {
    case float32
    /// Half the memory, and about twice as fast where the processor multiplies bf16; the vectors differ in the fifth digit.
    case bfloat16

    fileprivate var dataType: dnnl_data_type_t { self == .float32 ? dnnl_f32 : dnnl_bf16 }
    var size: Int { self == .float32 ? 4 : 2 }
}

/// What a linear layer does with its product beside adding the bias.
enum LinearEffect: Hashable, Sendable {
    /// Writes it, in 32 bits.
    case write
    /// Adds it to what stands in the output, in 32 bits: the residual connection.
    case accumulate
    /// Applies GELU, by the error function, and writes it in the inputs' format for the layer behind.
    case gelu
}

/// oneDNN on this machine's processor.
// @unchecked: an engine may be used from any thread (oneDNN, "Engine and stream").
final class MatrixEngine: @unchecked Sendable {
    fileprivate let handle: dnnl_engine_t

    init() throws {
        var engine: dnnl_engine_t?
        try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "engine")
        guard let engine else { throw EmbeddingFailure(.computation, "oneDNN: no engine") }
        handle = engine
    }

    deinit { dnnl_engine_destroy(handle) }

    /// Whether the processor multiplies bf16 in tiles (AMX), where bf16 is many times as fast as f32.
    func hasTiles() -> Bool {
        let shape = LinearShape(inputs: 384, outputs: 384, effect: .write, precision: .bfloat16)
        guard let primitive = try? LinearPrimitive(engine: self, shape: shape, rows: 256, weights: nil) else { return false }
        return primitive.implementation.contains("amx")
    }

    /// Whether bf16 can be computed here at all.
    func supports(_ precision: Precision) -> Bool {
        LinearEffect.all.allSatisfy { effect in
            let shape = LinearShape(inputs: 384, outputs: 384, effect: effect, precision: precision)
            return (try? LinearPrimitive(engine: self, shape: shape, rows: 16, weights: nil)) != nil
        }
    }

    /// Makes OpenMP use the calling thread alone: the embedder has threads of its own.
    static func useCallingThreadOnly() { omp_set_num_threads(1) }

    /// Row-major C = A·B, or A·Bᵀ, in f32; `strides` are the distances between the rows of A, B and C.
    @inline(__always)
    static func multiply(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, transposed: Bool, into c: UnsafeMutablePointer<Float>,
        rows: Int, columns: Int, inner: Int, strides: (Int, Int, Int)
    ) throws {
        let status = dnnl_sgemm(
            CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: transposed ? "T" : "N")), Int64(rows), Int64(columns), Int64(inner), 1, a,
            Int64(strides.0), b, Int64(strides.1), 0, c, Int64(strides.2))
        try check(status, "sgemm")
    }
}

extension LinearEffect {
    fileprivate static let all: [LinearEffect] = [.write, .accumulate, .gelu]
}

struct LinearShape: Hashable, Sendable {
    var inputs: Int
    var outputs: Int
    var effect: LinearEffect
    var precision: Precision
}

/// The weights and bias of a linear layer, in the order in which the matrix kernels read them.
// @unchecked: written in init, then only read.
final class LinearLayer: @unchecked Sendable {
    let shape: LinearShape
    fileprivate let weights: OwnedMemory
    fileprivate let bias: OwnedMemory

    /// - Parameters:
    ///   - weights: [outputs, inputs], row-major, any alignment.
    ///   - bias: [outputs].
    init(engine: MatrixEngine, shape: LinearShape, weights: UnsafeRawPointer, bias: [Float]) throws {
        precondition(bias.count == shape.outputs, "a linear layer has one bias for each output")
        self.shape = shape
        // The order does not depend on how many rows the input has.
        let packed = try LinearPrimitive(engine: engine, shape: shape, rows: 256, weights: nil).weightsDescription
        self.weights = try OwnedMemory(engine: engine, packed)
        self.bias = try OwnedMemory(engine: engine, try describe([1, shape.outputs], dnnl_f32, dnnl_ab))
        bias.withUnsafeBytes { self.bias.bytes.copyMemory(from: $0.baseAddress ?? weights, byteCount: $0.count) }

        // Row-major [outputs, inputs] is column-major [inputs, outputs].
        var source = try describe([shape.inputs, shape.outputs], dnnl_f32, dnnl_ba)
        var target = packed
        let from = try BorrowedMemory(engine: engine, source)
        try from.point(to: UnsafeMutableRawPointer(mutating: weights))
        var description: dnnl_primitive_desc_t?
        try check(
            dnnl_reorder_primitive_desc_create(&description, &source, engine.handle, &target, engine.handle, nil), "reorder")
        defer { dnnl_primitive_desc_destroy(description) }
        var reorder: dnnl_primitive_t?
        try check(dnnl_primitive_create(&reorder, description), "reorder")
        defer { dnnl_primitive_destroy(reorder) }
        var stream: dnnl_stream_t?
        try check(dnnl_stream_create(&stream, engine.handle, dnnl_stream_default_flags.rawValue), "stream")
        defer { dnnl_stream_destroy(stream) }
        let arguments = [
            dnnl_exec_arg_t(arg: DNNL_ARG_FROM, memory: from.handle),
            dnnl_exec_arg_t(arg: DNNL_ARG_TO, memory: self.weights.handle),
        ]
        try check(dnnl_primitive_execute(reorder, stream, Int32(arguments.count), arguments), "reorder")
        try check(dnnl_stream_wait(stream), "reorder")
    }
}

/// Runs linear layers, for one thread at a time: compiled kernels are kept for each shape and number of rows, and oneDNN does not
/// let two threads share one.
final class LinearRunner {
    private struct Key: Hashable {
        var shape: LinearShape
        var rows: Int
    }

    private let engine: MatrixEngine
    private let stream: dnnl_stream_t
    private var primitives: [Key: LinearPrimitive] = [:]
    private var scratchpad = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
    private var scratchpadSize = 64

    init(engine: MatrixEngine) throws {
        self.engine = engine
        var stream: dnnl_stream_t?
        try check(dnnl_stream_create(&stream, engine.handle, dnnl_stream_default_flags.rawValue), "stream")
        guard let stream else { throw EmbeddingFailure(.computation, "oneDNN: no stream") }
        self.stream = stream
    }

    deinit {
        scratchpad.deallocate()
        dnnl_stream_destroy(stream)
    }

    /// - Parameters:
    ///   - rows: how many rows `input` and `output` have. Each number takes a compiled kernel: keep them few.
    ///   - input: [rows, inputs] in the layer's precision.
    ///   - output: [rows, outputs]; see `LinearEffect`.
    func run(_ layer: LinearLayer, rows: Int, from input: UnsafeMutableRawPointer, to output: UnsafeMutableRawPointer) throws {
        let key = Key(shape: layer.shape, rows: rows)
        let primitive: LinearPrimitive
        if let known = primitives[key] {
            primitive = known
        } else {
            primitive = try LinearPrimitive(
                engine: engine, shape: layer.shape, rows: rows, weights: layer.weights.description)
            primitives[key] = primitive
        }
        if primitive.scratchpadSize > scratchpadSize {
            scratchpad.deallocate()
            scratchpadSize = primitive.scratchpadSize
            scratchpad = .allocate(byteCount: scratchpadSize, alignment: 64)
        }
        try primitive.input.point(to: input)
        try primitive.output.point(to: output)
        try primitive.scratchpad.point(to: scratchpad)
        let status = withUnsafeTemporaryAllocation(of: dnnl_exec_arg_t.self, capacity: 5) { arguments in
            arguments[0] = dnnl_exec_arg_t(arg: DNNL_ARG_SRC, memory: primitive.input.handle)
            arguments[1] = dnnl_exec_arg_t(arg: DNNL_ARG_WEIGHTS, memory: layer.weights.handle)
            arguments[2] = dnnl_exec_arg_t(arg: DNNL_ARG_BIAS, memory: layer.bias.handle)
            arguments[3] = dnnl_exec_arg_t(arg: DNNL_ARG_DST, memory: primitive.output.handle)
            arguments[4] = dnnl_exec_arg_t(arg: DNNL_ARG_SCRATCHPAD, memory: primitive.scratchpad.handle)
            return dnnl_primitive_execute(primitive.handle, stream, 5, arguments.baseAddress)
        }
        try check(status, "matmul")
        try check(dnnl_stream_wait(stream), "matmul")
    }
}

/// A matrix product compiled for one shape and number of rows.
private final class LinearPrimitive {
    let handle: dnnl_primitive_t
    let implementation: String
    let weightsDescription: dnnl_memory_desc_t
    let scratchpadSize: Int
    let input: BorrowedMemory
    let output: BorrowedMemory
    let scratchpad: BorrowedMemory

    /// - Parameter weights: the order of the weights; nil lets oneDNN choose.
    init(engine: MatrixEngine, shape: LinearShape, rows: Int, weights: dnnl_memory_desc_t?) throws {
        let type = shape.precision.dataType
        var source = try describe([rows, shape.inputs], type, dnnl_ab)
        var weights = try weights ?? describe([shape.inputs, shape.outputs], type, dnnl_format_tag_any)
        var bias = try describe([1, shape.outputs], dnnl_f32, dnnl_ab)
        var target = try describe([rows, shape.outputs], shape.effect == .gelu ? type : dnnl_f32, dnnl_ab)
        var operation = dnnl_matmul_desc_t()
        try check(dnnl_matmul_desc_init(&operation, &source, &weights, &bias, &target), "matmul")

        var attributes: dnnl_primitive_attr_t?
        try check(dnnl_primitive_attr_create(&attributes), "attributes")
        defer { dnnl_primitive_attr_destroy(attributes) }
        // The library's own scratchpad belongs to the thread that made the primitive; ours belongs to whoever runs it.
        try check(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user), "attributes")
        var after: dnnl_post_ops_t?
        try check(dnnl_post_ops_create(&after), "attributes")
        defer { dnnl_post_ops_destroy(after) }
        switch shape.effect {
        case .write: break
        case .accumulate: try check(dnnl_post_ops_append_sum(after, 1), "attributes")
        case .gelu: try check(dnnl_post_ops_append_eltwise(after, 1, dnnl_eltwise_gelu_erf, 0, 0), "attributes")
        }
        try check(dnnl_primitive_attr_set_post_ops(attributes, after), "attributes")

        var description: dnnl_primitive_desc_t?
        try check(dnnl_primitive_desc_create(&description, &operation, attributes, engine.handle, nil), "matmul \(shape)")
        defer { dnnl_primitive_desc_destroy(description) }
        var name: UnsafePointer<CChar>?
        try check(dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name), "matmul")
        implementation = name.map { String(cString: $0) } ?? ""
        guard let chosen = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0),
            let room = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0)
        else { throw EmbeddingFailure(.computation, "oneDNN: no description of the weights") }
        weightsDescription = chosen.pointee
        scratchpadSize = dnnl_memory_desc_get_size(room)

        var primitive: dnnl_primitive_t?
        try check(dnnl_primitive_create(&primitive, description), "matmul")
        guard let primitive else { throw EmbeddingFailure(.computation, "oneDNN: no matmul") }
        handle = primitive
        do {
            input = try BorrowedMemory(engine: engine, source)
            output = try BorrowedMemory(engine: engine, target)
            scratchpad = try BorrowedMemory(engine: engine, room.pointee)
        } catch {
            dnnl_primitive_destroy(primitive)
            throw error
        }
    }

    deinit { dnnl_primitive_destroy(handle) }
}

/// oneDNN's view of memory that belongs to somebody else.
private final class BorrowedMemory {
    let handle: dnnl_memory_t

    init(engine: MatrixEngine, _ description: dnnl_memory_desc_t) throws {
        var (description, memory) = (description, dnnl_memory_t?.none)
        // A null handle: `point(to:)` gives the address before each use.
        try check(dnnl_memory_create(&memory, &description, engine.handle, nil), "memory")
        guard let memory else { throw EmbeddingFailure(.computation, "oneDNN: no memory object") }
        handle = memory
    }

    deinit { dnnl_memory_destroy(handle) }

    func point(to address: UnsafeMutableRawPointer) throws {
        try check(dnnl_memory_set_data_handle(handle, address), "memory")
    }
}

/// Memory of our own with oneDNN's view of it.
private final class OwnedMemory {
    let description: dnnl_memory_desc_t
    let bytes: UnsafeMutableRawPointer
    private let view: BorrowedMemory
    var handle: dnnl_memory_t { view.handle }

    init(engine: MatrixEngine, _ description: dnnl_memory_desc_t) throws {
        var copy = description
        view = try BorrowedMemory(engine: engine, description)
        bytes = .allocate(byteCount: max(64, dnnl_memory_desc_get_size(&copy)), alignment: 64)
        self.description = description
        try view.point(to: bytes)
    }

    deinit { bytes.deallocate() }
}

private func describe(_ shape: [Int], _ type: dnnl_data_type_t, _ order: dnnl_format_tag_t) throws -> dnnl_memory_desc_t {
    var description = dnnl_memory_desc_t()
    try check(
        dnnl_memory_desc_init_by_tag(&description, Int32(shape.count), shape.map { Int64($0) }, type, order), "shape \(shape)")
    return description
}

private func check(_ status: dnnl_status_t, _ what: @autoclosure () -> String) throws {
    if status == dnnl_success { return }
    throw EmbeddingFailure(.computation, "oneDNN: \(what()): status \(status.rawValue)")
}
