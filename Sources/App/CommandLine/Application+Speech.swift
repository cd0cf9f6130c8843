import ReadAloud
package import Settings

extension Application {
    /// Where the models of speech are, or are to be.
    package static func speechFolder(_ source: SettingsSource, data: String) throws -> String {
        try source.value(ReadAloudFeature.folder) ?? ProgramFiles.speechDirectory() ?? data + "/speech-models"
    }
}
