/// A database in memory could not be made or written: mostly for want of memory.
package struct PackingFailure: Error {
    package let reason: String
}
