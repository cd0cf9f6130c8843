package import Database

/// What of a table's rows travels with a person to another installation, column by column.
///
/// An export writes the rows as they are; an import makes them anew for whoever asked for it: with ids of their own, with references that
/// lead to what came along, and only where the feature that keeps the table can read them.
package struct PortableTable: Sendable {
    package struct Column: Sendable {
        package enum Form: Sendable {
            case text, flag, time
            /// JSON as text.
            case json
            case integer(ClosedRange<Int>)
            case real(ClosedRange<Double>)
            case bytes
            /// What the row is known by.
            case id
            /// A row of this table or of one before it. A row that needs it does not come without it.
            case reference(to: String, isNeeded: Bool)
            /// What need not be there any more, and is told from others by its id alone.
            case mention
            /// A file of a store, by its SHA-256; or nothing.
            case file(store: String)
            /// Does not travel: what it is at the other end.
            case fixed(SQLValue)
        }

        package let name: String
        package let form: Form

        package init(_ name: String, _ form: Form) { (self.name, self.form) = (name, form) }

        package static func text(_ name: String) -> Column { Column(name, .text) }
        package static func flag(_ name: String) -> Column { Column(name, .flag) }
        package static func time(_ name: String) -> Column { Column(name, .time) }
        package static func json(_ name: String) -> Column { Column(name, .json) }
        package static func bytes(_ name: String) -> Column { Column(name, .bytes) }
        package static func mention(_ name: String) -> Column { Column(name, .mention) }
        package static func integer(_ name: String, _ range: ClosedRange<Int> = 0...(1 << 52)) -> Column {
            Column(name, .integer(range))
        }
        package static func real(_ name: String, _ range: ClosedRange<Double> = -1e9...1e9) -> Column { Column(name, .real(range)) }
        package static func fixed(_ name: String, _ value: SQLValue) -> Column { Column(name, .fixed(value)) }
        package static func file(_ name: String, in store: String) -> Column { Column(name, .file(store: store)) }
        package static let id = Column("id", .id)

        /// What the row belongs to.
        package static func owner(_ name: String, in table: String) -> Column {
            Column(name, .reference(to: table, isNeeded: true))
        }

        /// What the row refers to where it came along.
        package static func link(_ name: String, to table: String) -> Column {
            Column(name, .reference(to: table, isNeeded: false))
        }
    }

    package let name: String
    /// All of the table's but `user_id`, which is whoever takes the rows in.
    package let columns: [Column]
    /// The columns of its primary key but `user_id`.
    package let key: [String]
    /// Other columns by which a person has a row once only: what is there already is then taken for what comes.
    package let natural: [[String]]
    /// Whether rows come in from the last made to the first: where older ones refer to newer.
    package let isNewestFirst: Bool
    /// Whether a person would count its rows: cards are things, their pictures' uses are not.
    package let isCounted: Bool
    /// Changes a row before it is read and kept, or refuses it: what was in hand on the other installation is not here.
    package let arriving: (@Sendable (inout [String: SQLValue]) throws -> Void)?
    /// Throws where the feature cannot read the row.
    package let reading: @Sendable (Row) throws -> Void
    /// The lock that removals of a file's content respect, taken before a row with it is kept.
    package let holding: (@Sendable (_ sha256: String, any Transaction) async throws -> Void)?
    /// What a file's content must be, by its first bytes; the columns that say so are set by it.
    package let looking: (@Sendable (_ head: [UInt8], inout [String: SQLValue]) throws -> Void)?

    package init(
        _ name: String, counted: Bool = false, key: [String] = ["id"], natural: [[String]] = [], newestFirst: Bool = false,
        _ columns: [Column],
        arriving: (@Sendable (inout [String: SQLValue]) throws -> Void)? = nil,
        holding: (@Sendable (_ sha256: String, any Transaction) async throws -> Void)? = nil,
        looking: (@Sendable (_ head: [UInt8], inout [String: SQLValue]) throws -> Void)? = nil,
        reading: @escaping @Sendable (Row) throws -> Void
    ) {
        self.name = name
        self.columns = columns
        self.key = key
        self.natural = natural
        isNewestFirst = newestFirst
        isCounted = counted
        self.arriving = arriving
        self.holding = holding
        self.looking = looking
        self.reading = reading
    }

    /// The stores whose files its rows name.
    package var stores: Set<String> {
        columns.reduce(into: []) { if case .file(let store) = $1.form { $0.insert(store) } }
    }
}

/// A row that came along cannot be taken.
package struct RefusedRow: Error {
    package init() {}
}

extension Row {
    /// The row with other names for some of its columns, and with more columns, as a query that joins would give it.
    package func with(names: [String: String] = [:], _ more: [String: SQLValue] = [:]) -> Row {
        var columns: [String: Int] = [:]
        for (name, index) in self.columns { columns[names[name] ?? name] = index }
        var values = values
        for (name, value) in more {
            columns[name] = values.count
            values.append(value)
        }
        return Row(columns: columns, values: values)
    }
}
