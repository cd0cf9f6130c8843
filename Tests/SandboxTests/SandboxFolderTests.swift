import FoundationEssentials
import Glibc
@testable import Sandbox
import Testing

struct SandboxFolderTests {
    @Test func `the folder of a run goes with it, and the original stays`() throws {
        let place = try TemporaryFolder()
        try place.write("in", "hello")
        let command = SandboxCommand("cat", ["in"]).reading(place.path + "/in", as: "in")
        var folder: SandboxFolder? = try SandboxFolder(for: command, as: nil, in: place.path)
        let path = try #require(folder?.path)
        #expect(
            FileManager.default.contents(atPath: path + "/input/in") == FileManager.default.contents(atPath: place.path + "/in"))
        folder = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["in"])
        #expect(place.read("in") == "hello")
    }

    @Test func `folders that a killed process left are removed, and none that is in use`() throws {
        let place = try TemporaryFolder()
        let folder = try SandboxFolder(for: SandboxCommand("cat", []), as: nil, in: place.path)
        let left = place.path + "/lm-sandbox-abcdef"
        try FileManager.default.createDirectory(atPath: left + "/input", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: place.path + "/other", withIntermediateDirectories: true)
        // An hour ago; a folder that was made this minute may not be locked yet.
        var times = [timeval(tv_sec: time(nil) - 3600, tv_usec: 0), timeval(tv_sec: time(nil) - 3600, tv_usec: 0)]
        for path in [left, folder.path, place.path + "/other"] { #expect(utimes(path, &times) == 0) }
        SandboxFolder.sweep(place.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
        #expect(names == [String(folder.path.dropFirst(place.path.count + 1)), "other"].sorted())
    }

    @Test(.enabled(if: SandboxUser.here == .dedicated)) func `root's copy belongs to the run's user alone`() throws {
        let place = try TemporaryFolder()
        try place.write("in", "hello")
        let command = SandboxCommand("cat", ["in"]).reading(place.path + "/in", as: "in")
        let folder = try SandboxFolder(for: command, as: 1_900_000_000, in: place.path)
        var about = stat()
        #expect(stat(folder.input + "/in", &about) == 0)
        #expect(about.st_uid == 1_900_000_000 && about.st_mode & 0o777 == 0o400)
        #expect(stat(folder.input, &about) == 0 && about.st_uid == 0 && about.st_mode & 0o777 == 0o711)
    }
}
