import CPostgreSQL
import Database

/// The names and types of a result's columns, and the decoding of its rows by type.
struct PostgresColumns {
    let indices: [String: Int]
    let types: [Oid]

    init(_ result: PostgresResult) {
        var indices: [String: Int] = [:]
        var types: [Oid] = []
        for index in 0..<PQnfields(result.pointer) {
            let name = PostgresFailure.text(PQfname(result.pointer, index))
            if indices[name] == nil { indices[name] = Int(index) }
            types.append(PQftype(result.pointer, index))
        }
        self.indices = indices
        self.types = types
    }

    /// - Parameter known: the columns of an earlier result of the same prepared statement.
    static func decode(
        _ result: PostgresResult, known: PostgresColumns? = nil
    ) -> (result: StatementResult, columns: PostgresColumns?) {
        let changed = Int(PostgresFailure.text(PQcmdTuples(result.pointer))) ?? 0
        guard PQresultStatus(result.pointer) == PGRES_TUPLES_OK else {
            return (StatementResult(rows: [], changed: changed), nil)
        }
        let columns = known ?? PostgresColumns(result)
        let count = PQntuples(result.pointer)
        var rows: [Row] = []
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            let values = columns.types.indices.map { index -> SQLValue in
                let column = Int32(index)
                guard PQgetisnull(result.pointer, row, column) == 0 else { return .null }
                let bytes = UnsafeRawBufferPointer(
                    start: PQgetvalue(result.pointer, row, column), count: Int(PQgetlength(result.pointer, row, column)))
                return value(bytes, columns.types[index])
            }
            rows.append(Row(columns: columns.indices, values: values))
        }
        // A SELECT's count of rows is no count of changes.
        let isSelect = PostgresFailure.text(PQcmdStatus(result.pointer)).hasPrefix("SELECT")
        return (StatementResult(rows: rows, changed: isSelect ? 0 : changed), columns)
    }

    /// Type numbers as in the server's `pg_type.dat`.
    private static func value(_ bytes: UnsafeRawBufferPointer, _ type: Oid) -> SQLValue {
        if type == 17 { return .blob(unhexed(bytes)) }  // bytea
        let text = String(decoding: bytes, as: UTF8.self)
        switch type {
        case 16: return .boolean(text == "t")
        case 20, 21, 23, 26: return Int64(text).map(SQLValue.integer) ?? .text(text)  // int8, int2, int4, oid
        case 700, 701: return Double(text).map(SQLValue.real) ?? .text(text)  // float4, float8
        case 1700:  // numeric: what sum() and avg() of whole numbers give
            return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
        case 1184: return .text(timestamp(text))  // timestamptz
        default: return .text(text)
        }
    }

    /// `2026-11-21 09:30:00.1+00` in the form that the program writes: `2026-11-21T09:30:00.100000Z`. Others stay as they are.
    private static func timestamp(_ text: String) -> String {
        guard text.utf8.count >= 22, text.hasSuffix("+00"), text.utf8.dropFirst(10).first == UInt8(ascii: " ") else { return text }
        let time = text.dropFirst(11).dropLast(3)
        let fraction = time.dropFirst(9)
        return "\(text.prefix(10))T\(time.prefix(8)).\(fraction)\(String(repeating: "0", count: max(0, 6 - fraction.count)))Z"
    }

    /// `\x0aff…`
    private static func unhexed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard bytes.count >= 2 else { return [] }
        func nibble(_ byte: UInt8) -> UInt8 { byte < 58 ? byte &- 48 : (byte | 0x20) &- 87 }
        return [UInt8](unsafeUninitializedCapacity: bytes.count / 2 - 1) { out, count in
            count = bytes.count / 2 - 1
            for index in 0..<count { out[index] = nibble(bytes[2 + 2 * index]) << 4 | nibble(bytes[3 + 2 * index]) }
        }
    }
}
