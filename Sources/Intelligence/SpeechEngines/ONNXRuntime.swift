import Glibc

/// The functions of ONNX Runtime's C interface that run a model on the processor.
///
/// They stand in a table whose order never changes (new ones are appended): `OrtApi` in onnxruntime_c_api.h, version 20.
struct ONNXRuntime {
    typealias Handle = OpaquePointer
    typealias Status = OpaquePointer?

    private let table: UnsafePointer<UnsafeRawPointer?>
    private let environment: Handle
    private let memory: Handle

    /// - Parameter path: absolute, of `libonnxruntime.so`.
    init(library path: String) throws(SpeechEngineFailure) {
        let library = try DynamicLibrary(path)
        // OrtApiBase: GetApi, GetVersionString.
        let base: @convention(c) () -> UnsafePointer<UnsafeRawPointer?>? = try library.function("OrtGetApiBase")
        guard let first = base()?.pointee else { throw .unusable("\(path) has no interface") }
        let get = unsafeBitCast(first, to: (@convention(c) (UInt32) -> UnsafePointer<UnsafeRawPointer?>?).self)
        guard let table = get(20) else { throw .unusable("\(path) is older than version 20 of its interface") }
        self.table = table
        typealias CreateEnvironment = @convention(c) (CInt, UnsafePointer<CChar>, UnsafeMutablePointer<Handle?>) -> Status
        typealias CreateMemory = @convention(c) (CInt, CInt, UnsafeMutablePointer<Handle?>) -> Status
        environment = try Self.make(table) { Self.function(table, 3, CreateEnvironment.self)(3, "lm", $0) }
        memory = try Self.make(table) { Self.function(table, 69, CreateMemory.self)(1, 0, $0) }
    }

    /// A model that can be run, by several threads at once.
    ///
    /// - Parameter bytes: the model in ONNX's format.
    func session(_ bytes: [UInt8], threads: Int) throws(SpeechEngineFailure) -> Handle {
        typealias Create = @convention(c) (UnsafeMutablePointer<Handle?>) -> Status
        typealias DisableArena = @convention(c) (Handle) -> Status
        typealias SetThreads = @convention(c) (Handle, CInt) -> Status
        typealias CreateSession =
            @convention(c) (
                Handle, UnsafeRawPointer, Int, Handle, UnsafeMutablePointer<Handle?>
            ) -> Status
        let options = try make { function(10, Create.self)($0) }
        defer { release(100, options) }
        // Its arena keeps the most that any sentence needed.
        try check(function(19, DisableArena.self)(options))
        try check(function(24, SetThreads.self)(options, CInt(threads)))
        return try make { function(8, CreateSession.self)(environment, bytes, bytes.count, options, $0) }
    }

    func end(_ session: Handle) { release(95, session) }

    /// What a model is given, or gives.
    enum Tensor {
        case integers([Int64], shape: [Int64])
        case floats([Float], shape: [Int64])
    }

    /// Runs a model; its outputs are of floating point numbers.
    func run(
        _ session: Handle, _ inputs: [(name: String, tensor: Tensor)], outputs: [String]
    ) throws(SpeechEngineFailure) -> [[Float]] {
        var values: [Handle?] = []
        defer { for case let value? in values { release(96, value) } }
        // The runtime reads the numbers where they are, so they must stay there until it has run.
        var kept: [UnsafeMutableRawPointer] = []
        defer { kept.forEach { $0.deallocate() } }
        for input in inputs {
            switch input.tensor {
            case .integers(let numbers, let shape): values.append(try value(numbers, shape, type: 7, &kept))
            case .floats(let numbers, let shape): values.append(try value(numbers, shape, type: 1, &kept))
            }
        }
        typealias Run =
            @convention(c) (
                Handle, Handle?, UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<Handle?>, Int,
                UnsafePointer<UnsafePointer<CChar>?>, Int, UnsafeMutablePointer<Handle?>
            ) -> Status
        var results = [Handle?](repeating: nil, count: outputs.count)
        defer { for case let value? in results { release(96, value) } }
        let status = withPointers(to: inputs.map(\.name.utf8CString)) { names in
            withPointers(to: outputs.map(\.utf8CString)) { wanted in
                function(9, Run.self)(
                    session, nil, names, values, values.count, wanted, outputs.count, &results)
            }
        }
        try check(status)
        var all: [[Float]] = []
        for case let result? in results { all.append(try floats(of: result)) }
        return all
    }

    private func value<Number>(
        _ numbers: [Number], _ shape: [Int64], type: CInt, _ kept: inout [UnsafeMutableRawPointer]
    ) throws(SpeechEngineFailure) -> Handle {
        typealias CreateTensor =
            @convention(c) (
                Handle, UnsafeMutableRawPointer, Int, UnsafePointer<Int64>, Int, CInt, UnsafeMutablePointer<Handle?>
            ) -> Status
        let size = numbers.count * MemoryLayout<Number>.stride
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, size), alignment: 64)
        kept.append(copy)
        numbers.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: size) } }
        return try make { function(49, CreateTensor.self)(memory, copy, size, shape, shape.count, type, $0) }
    }

    private func floats(of value: Handle) throws(SpeechEngineFailure) -> [Float] {
        typealias Shape = @convention(c) (Handle, UnsafeMutablePointer<Handle?>) -> Status
        typealias Count = @convention(c) (Handle, UnsafeMutablePointer<Int>) -> Status
        typealias Numbers = @convention(c) (Handle, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Status
        let shape = try make { function(65, Shape.self)(value, $0) }
        defer { release(99, shape) }
        var count = 0
        try check(function(64, Count.self)(shape, &count))
        var numbers: UnsafeMutableRawPointer?
        try check(function(51, Numbers.self)(value, &numbers))
        guard let numbers else { return [] }
        return Array(UnsafeBufferPointer(start: numbers.assumingMemoryBound(to: Float.self), count: count))
    }

    private func release(_ index: Int, _ handle: Handle) {
        function(index, (@convention(c) (Handle) -> Void).self)(handle)
    }

    private func function<Function>(_ index: Int, _ type: Function.Type) -> Function { Self.function(table, index, type) }

    private static func function<Function>(
        _ table: UnsafePointer<UnsafeRawPointer?>, _ index: Int, _ type: Function.Type
    ) -> Function { unsafeBitCast(table[index], to: type) }

    private func make(_ create: (UnsafeMutablePointer<Handle?>) -> Status) throws(SpeechEngineFailure) -> Handle {
        try Self.make(table, create)
    }

    private static func make(
        _ table: UnsafePointer<UnsafeRawPointer?>, _ create: (UnsafeMutablePointer<Handle?>) -> Status
    ) throws(SpeechEngineFailure) -> Handle {
        var handle: Handle?
        try check(table, create(&handle))
        guard let handle else { throw .unusable("ONNX Runtime made nothing") }
        return handle
    }

    private func check(_ status: Status) throws(SpeechEngineFailure) { try Self.check(table, status) }

    private static func check(_ table: UnsafePointer<UnsafeRawPointer?>, _ status: Status) throws(SpeechEngineFailure) {
        guard let status else { return }
        let message = function(table, 2, (@convention(c) (Handle) -> UnsafePointer<CChar>?).self)(status)
        let text = message.map { String(cString: $0) } ?? "ONNX Runtime failed"
        function(table, 93, (@convention(c) (Handle) -> Void).self)(status)
        throw .refused(text)
    }
}
