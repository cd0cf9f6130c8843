import Glibc

/// A library that is opened at run time, since it is fetched after the program was built.
struct DynamicLibrary {
    private let handle: UnsafeMutableRawPointer
    private let path: String

    /// - Throws: `SpeechEngineFailure.unusable` with what the loader says.
    init(_ path: String) throws(SpeechEngineFailure) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .unusable(dlerror().map { String(cString: $0) } ?? "\(path) cannot be opened")
        }
        self.handle = handle
        self.path = path
    }

    /// A function of the library, whose type only its documentation tells.
    func function<Function>(_ name: String, as type: Function.Type = Function.self) throws(SpeechEngineFailure) -> Function {
        guard let symbol = dlsym(handle, name) else { throw .unusable("\(path) has no \(name)") }
        return unsafeBitCast(symbol, to: type)
    }
}
