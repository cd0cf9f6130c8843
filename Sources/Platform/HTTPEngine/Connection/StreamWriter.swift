import HTTPServing

/// The handler's end of a streamed response. Of no use once its exchange is over.
struct StreamWriter: HTTPBodyWriter {
    let connection: Connection
    let number: UInt64

    func write(_ bytes: [UInt8]) async throws { try await connection.write(bytes, number) }
}
