package import Embedding
import Glibc

/// Finds what ships with the program: the web app and the embedding model.
///
/// Looked for in `../share/little-monster` beside the program, then upwards from it, so a checkout's `.build/release/lm` finds the
/// checkout's `Web/dist` and `.models` whatever folder it is started from.
package enum ProgramFiles {
    /// The folder of an embedding model.
    package static func directory(of model: EmbeddingModel) -> String? {
        find(
            model == .miniLM ? "model" : model.rawValue, inCheckout: ".models/\(model.rawValue)", holding: model.mainFile)
    }

    /// The folder of another model, such as `english-parser`.
    /// - Parameter model: the folder of the embedding model, where a setting names it; others are beside it.
    package static func directory(of name: String, holding file: String, beside model: String?) -> String? {
        guard let model else { return find(name, inCheckout: ".models/\(name)", holding: file) }
        let folder = "\(model)/../\(name)"
        return access(folder + "/" + file, R_OK) == 0 ? folder : nil
    }

    /// The folder with `index.html`.
    package static func webDirectory() -> String? { find("web", inCheckout: "Web/dist", holding: "index.html") }

    /// The folder with the models of speech, where a release carries them or `make test` put them.
    package static func speechDirectory() -> String? { find("speech", inCheckout: ".models/speech", holding: "whisper.bin") }

    private static func find(_ shared: String, inCheckout: String, holding file: String) -> String? {
        var folder = executableFolder
        let installed = folder + "/../share/little-monster/" + shared
        if access(installed + "/" + file, R_OK) == 0 { return installed }
        for _ in 0..<6 {
            let candidate = folder + "/" + inCheckout
            if access(candidate + "/" + file, R_OK) == 0 { return candidate }
            guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { return nil }
            folder = String(folder[..<slash])
        }
        return nil
    }

    private static var executableFolder: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { raw in
            guard let base = raw.baseAddress else { return -1 }
            return readlink("/proc/self/exe", base.assumingMemoryBound(to: CChar.self), raw.count)
        }
        guard count > 0 else { return "." }
        let path = String(decoding: buffer[..<count], as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
