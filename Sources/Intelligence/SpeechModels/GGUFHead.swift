import FoundationEssentials

/// The head of a file in GGUF, ggml's format, version 3: keys with their values, then the tensors' names, sizes and places. The tensors'
/// own bytes follow it, each padded to `alignment`.
///
/// Source of the format: ggml, `docs/gguf.md`.
struct GGUFHead {
    enum Value {
        case number(Int)
        case real(Float)
        case flag(Bool)
        case text(String)
        case texts([String])
        case numbers([Int])
    }

    private static let alignment = 32
    private var (keys, keyCount) = (Data(), 0)
    private var (tensors, tensorCount) = (Data(), 0)
    /// Where the next tensor is, from the end of the head.
    private var place = 0

    /// Zeros that follow so many bytes.
    static func padding(after count: Int) -> Data { Data(repeating: 0, count: (alignment - count % alignment) % alignment) }

    mutating func put(_ key: String, _ value: Value) {
        keyCount += 1
        keys.append(counted: key)
        switch value {
        case .number(let number):
            keys.append(integer: UInt32(4))
            keys.append(integer: UInt32(number))
        case .real(let number):
            keys.append(integer: UInt32(6))
            keys.append(floats: [number])
        case .flag(let flag):
            keys.append(integer: UInt32(7))
            keys.append(flag ? 1 : 0)
        case .text(let text):
            keys.append(integer: UInt32(8))
            keys.append(counted: text)
        case .texts(let texts):
            keys.append(integer: UInt32(9))
            keys.append(integer: UInt32(8))
            keys.append(integer: UInt64(texts.count))
            for text in texts { keys.append(counted: text) }
        case .numbers(let numbers):
            keys.append(integer: UInt32(9))
            keys.append(integer: UInt32(5))
            keys.append(integer: UInt64(numbers.count))
            for number in numbers { keys.append(int: number) }
        }
    }

    /// - Parameters:
    ///   - sizes: the innermost dimension first.
    ///   - type: ggml's number of how its numbers are written.
    ///   - count: of its bytes.
    mutating func put(tensor name: String, sizes: [Int], type: Int, bytes count: Int) {
        tensorCount += 1
        tensors.append(counted: name)
        tensors.append(integer: UInt32(sizes.count))
        for size in sizes { tensors.append(integer: UInt64(size)) }
        tensors.append(integer: UInt32(type))
        tensors.append(integer: UInt64(place))
        place += count + Self.padding(after: count).count
    }

    func encoded() -> Data {
        var head = Data("GGUF".utf8)
        head.append(integer: UInt32(3))
        head.append(integer: UInt64(tensorCount))
        head.append(integer: UInt64(keyCount))
        head += keys + tensors
        return head + Self.padding(after: head.count)
    }
}

extension Data {
    fileprivate mutating func append(integer value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// A text after its length.
    fileprivate mutating func append(counted text: String) {
        append(integer: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
