import Settings
import Testing

@Suite("Settings")
struct SettingsTests {
    static let port = Setting.integer("LM_PORT", default: 8080, in: 1...65535, purpose: "The port.")
    static let flag = Setting.flag("LM_FLAG", default: true, purpose: "A flag.")

    @Test("The environment wins over the file, the file over the default; empty is unset")
    func order() throws {
        #expect(try SettingsSource(environment: [:]).value(Self.port) == 8080)
        #expect(try SettingsSource(environment: [:], file: ["LM_PORT": "1"]).value(Self.port) == 1)
        let source = SettingsSource(environment: ["LM_PORT": "2"], file: ["LM_PORT": "1"])
        #expect(try source.value(Self.port) == 2)
        #expect(source.origin("LM_PORT") == "environment")
        #expect(try SettingsSource(environment: ["LM_PORT": ""]).value(Self.port) == 8080)
    }

    @Test("A variable that is empty leaves the file's value standing, and the origin says so")
    func emptyVariable() throws {
        let source = SettingsSource(environment: ["LM_PORT": ""], file: ["LM_PORT": "1"])
        #expect(try source.value(Self.port) == 1)
        #expect(source.origin("LM_PORT") == "file")
    }

    @Test("A settings file that was written on Windows reads the same")
    func windowsLines() throws {
        let values = try SettingsSource.parse(file: "# c\r\nA=1\r\n\r\nB=\"two\"\r\n", name: "f")
        #expect(values == ["A": "1", "B": "two"])
        let failure = #expect(throws: SettingsFailure.self) { try SettingsSource.parse(file: "A=1\r\nnonsense\r\n", name: "f") }
        #expect(failure?.setting == "f:2")
    }

    @Test("A value that cannot be used is refused by name, with what a good one looks like", arguments: ["0", "x", "65536", "80 "])
    func refused(text: String) throws {
        let failure = #expect(throws: SettingsFailure.self) { try SettingsSource(environment: ["LM_PORT": text]).value(Self.port) }
        #expect(failure?.message == "LM_PORT must be a whole number from 1 to 65535.")
    }

    @Test(
        "A flag has the words people write",
        arguments: [("on", true), ("Yes", true), ("1", true), ("off", false), ("FALSE", false)])
    func flags(text: String, expected: Bool) throws {
        #expect(try SettingsSource(environment: ["LM_FLAG": text]).value(Self.flag) == expected)
    }

    @Test("A settings file is read with comments, quotes and spaces")
    func file() throws {
        let values = try SettingsSource.parse(file: "# c\n A = 1 \nB=\"two words\"\n\nC='x=y'\n", name: "f")
        #expect(values == ["A": "1", "B": "two words", "C": "x=y"])
        #expect(throws: SettingsFailure.self) { try SettingsSource.parse(file: "nonsense", name: "f") }
    }
}
