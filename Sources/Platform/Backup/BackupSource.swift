/// A database that can be copied as it is at one moment, while it is written to.
package protocol CopyableDatabase: Sendable {
    var form: BackupDatabaseForm { get }

    /// Writes a copy into a new file.
    ///
    /// - Parameters:
    ///   - whenAbout: called just before the moment that the copy shows.
    ///   - whenStanding: called as soon as it stands; what is committed from then on is not in it. Both are called again when the copy has to
    ///     begin anew.
    ///   - onProgress: told of bytes, where they are known. May throw to stop.
    /// - Returns: how many rows each table has at that moment.
    func copy(
        to path: String, whenAbout: @Sendable () async throws -> Void, whenStanding: @Sendable () async throws -> Void,
        onProgress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
    ) async throws -> [String: Int]
}

/// Files by their digests, of which more come while they are read: a folder of the data folder.
package protocol CopyableFiles: Sendable {
    /// The folder's name: `blobs`.
    var name: String { get }

    /// Digests and sizes of what is there.
    func all() async throws -> [String: Int]

    /// Keeps files from being removed until what it returns goes away.
    func held() async throws -> any Sendable

    func path(of sha256: String) -> String
}

/// A database that a copy can be put into.
package protocol RestorableDatabase: Sendable {
    var form: BackupDatabaseForm { get }

    /// Throws unless there is nothing in it.
    func checkEmpty() async throws

    /// Takes a copy, whole or not at all, and checks it.
    /// - Returns: how many rows each table has.
    func restore(from path: String) async throws -> [String: Int]
}

/// What a back-up is made of.
package struct BackupSource: Sendable {
    package let database: any CopyableDatabase
    package let files: [any CopyableFiles]
    /// Small files with secrets, by their names in the data folder.
    package let keys: [String: String]
    /// Where copies lie until they are in place: on the file system of the files.
    package let scratch: String
    package let program: String

    /// - Parameter keys: paths by name. Empty if they are not to be part of it.
    package init(
        database: any CopyableDatabase, files: [any CopyableFiles], keys: [String: String], scratch: String, program: String
    ) {
        self.database = database
        self.files = files
        self.keys = keys
        self.scratch = scratch
        self.program = program
    }
}
