import Glibc
import Settings

/// A file or folder with secrets that others on the machine can open.
package struct FileExposure: Sendable {
    let path: String
    let mode: mode_t
    private let isFolder: Bool

    /// nil if it is not there, or its owner alone can open it.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        mode = status.st_mode & 0o777
        // A folder that can only be gone through shows nothing but what is known by name, such as `little-monster.db`.
        guard mode & (isFolder ? 0o077 : 0o066) != 0 else { return nil }
        self.path = path
    }

    /// Of the settings file and of the data folder.
    package static func found(in configuration: Configuration) -> [FileExposure] {
        [configuration.source.path, configuration.storage.dataDirectory].compactMap { $0 }.compactMap { FileExposure(of: $0) }
    }

    package var text: String { "others on this machine can open \(path) (mode \(String(mode, radix: 8)))" }
    package var remedy: String { "chmod \(isFolder ? "700" : "600") \(path)" }
}
