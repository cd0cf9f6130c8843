package import Settings

/// A name that looks like a setting and is none: most likely one that was mistyped, whose default then holds unsaid.
package struct UnknownSetting: Sendable {
    package let name: String
    /// The setting whose name is nearest, if one is near.
    package let nearest: String?

    /// `LM_PROT (LM_PORT?)`
    package var text: String { name + (nearest.map { " (\($0)?)" } ?? "") }

    /// `LM_…` of the environment and all of the settings file.
    package static func all(in source: SettingsSource) throws(SettingsFailure) -> [UnknownSetting] {
        let known = try SettingsCatalogue.entries(of: SettingsSource(environment: [:])).map(\.name) + ["LM_SETTINGS_FILE"]
        // Of the package's own build and tests.
        let others = ["LM_BASELINE", "LM_BINARY", "LM_ONLY", "LM_PEERS", "LM_PEER_MODEL", "LM_TEST_POSTGRES_URL"]
        return source.names(prefix: "LM_").filter { !known.contains($0) && !others.contains($0) }.sorted().map { name in
            let nearest = known.map { (name: $0, distance: distance(Array($0.utf8), Array(name.utf8))) }.min {
                $0.distance < $1.distance
            }
            return UnknownSetting(name: name, nearest: nearest.flatMap { $0.distance <= 3 ? $0.name : nil })
        }
    }

    /// How many letters have to be put in, left out or changed to make one of the other (Levenshtein, 1965).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                (diagonal, row[j + 1]) = (row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1)))
            }
        }
        return row[b.count]
    }
}
