package import Settings

/// A queue of jobs with its width: how many of its jobs run side by side in one process. So slow work of one kind (speech) never
/// keeps quick work of another waiting.
package struct WorkQueue: Sendable {
    package enum Width: Sendable {
        case fixed(Int)
        case setting(Setting<Int>)
    }

    package let name: String
    let width: Width

    package init(_ name: String, width: Int) {
        self.name = name
        self.width = .fixed(width)
    }

    package init(_ name: String, width setting: Setting<Int>) {
        self.name = name
        width = .setting(setting)
    }

    package func width(in source: SettingsSource) throws(SettingsFailure) -> Int {
        switch width {
        case .fixed(let width): width
        case .setting(let setting): try source.value(setting)
        }
    }
}
