import CPostgreSQL
import Database

/// SQLSTATE codes (https://www.postgresql.org/docs/15/errcodes-appendix.html) in the terms of the port.
enum PostgresFailure {
    /// Of an error result.
    static func make(_ result: PostgresResult) -> DatabaseFailure {
        let state = text(PQresultErrorField(result.pointer, Int32(UInt8(ascii: "C"))))
        let message = text(PQresultErrorField(result.pointer, Int32(UInt8(ascii: "M"))))
        // The detail may hold a row's values, so it stays out of the log.
        let constraint = text(PQresultErrorField(result.pointer, Int32(UInt8(ascii: "n"))))
        guard !state.isEmpty else { return DatabaseFailure(.connection, text(PQresultErrorMessage(result.pointer))) }
        let kind = kind(state, message)
        return DatabaseFailure(kind, "\(message) (SQLSTATE \(state)\(constraint.isEmpty ? "" : ", \(constraint)"))")
    }

    /// Of a connection on which a call failed.
    static func make(_ handle: OpaquePointer, lost: Bool = false) -> DatabaseFailure {
        let isLost = lost || PQstatus(handle) == CONNECTION_BAD
        return DatabaseFailure(isLost ? .connection : .statement, text(PQerrorMessage(handle)))
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer else { return "" }
        var text = String(cString: pointer)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }

    private static func kind(_ state: String, _ message: String) -> DatabaseFailure.Kind {
        switch state {
        case "23505": .unique
        case "23503": .reference
        case "42501": .denied
        case "40001", "40P01", "55P03": .contention
        // A prepared statement that is unknown or no longer fits: the transaction succeeds on a fresh connection.
        case "26000": .contention
        case "0A000" where message.contains("cached plan"): .contention
        case "53100": .full
        // A standby, or a server that was set so.
        case "25006": .readOnly
        case "57014": .timeout
        case "53300", "57P01", "57P02", "57P03", "57P05", "25P03", "3D000": .connection
        default:
            switch state.prefix(2) {
            case "23": .constraint
            // 53: it lacks memory or room for a session; 58: its disk.
            case "08", "28", "53", "58": .connection
            default: .statement
            }
        }
    }
}
