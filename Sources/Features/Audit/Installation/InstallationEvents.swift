package import Events
import HTTPServing

/// What happens to the installation itself, by whoever has the machine.
package enum InstallationEvents {
    /// New keys sign and seal from now on.
    package struct KeysRotated: APIType {
        /// How many stored secrets were wrapped anew.
        package var secrets: Int

        package init(secrets: Int) { self.secrets = secrets }
    }

    /// Settings are others than when the program was started before.
    struct SettingsChanged: APIType {
        /// Their names; what they are is nobody's who reads the log.
        var names: [String]
    }

    package static let keysRotated = EventKind(
        "installation.keys_rotated", "New keys sign tokens and seal secrets.", payload: KeysRotated.self, isSecurity: true)
    static let settingsChanged = EventKind(
        "installation.settings_changed", "The program was started with other settings than before.", payload: SettingsChanged.self,
        isSecurity: true)
    static let all = [keysRotated, settingsChanged]
}
