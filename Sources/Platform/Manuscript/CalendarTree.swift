/// A calendar file (iCalendar, RFC 5545) as it is parsed in the sandbox: its components within each other, with the lines where they begin.
package struct CalendarTree: Sendable, Codable, Hashable {
    /// `VEVENT`, `VTIMEZONE`, `DAYLIGHT`; of the file as a whole nothing.
    package var name: String
    /// In the file, from 1.
    package var line: Int
    package var properties: [Property]
    package var components: [CalendarTree]
    /// Lines within it that are no property, and 0 where the file ends before it does.
    package var faults: [Int]

    package init(name: String, line: Int, properties: [Property] = [], components: [CalendarTree] = [], faults: [Int] = []) {
        self.name = name
        self.line = line
        self.properties = properties
        self.components = components
        self.faults = faults
    }

    /// `DTSTART;TZID=Europe/Berlin:20261130T090000`
    package struct Property: Sendable, Codable, Hashable {
        package var name: String
        package var line: Int
        /// Names and values in turn.
        package var parameters: [String]
        /// As it was written, its escapes too.
        package var value: String

        package init(name: String, line: Int, parameters: [String] = [], value: String) {
            self.name = name
            self.line = line
            self.parameters = parameters
            self.value = value
        }

        package subscript(_ parameter: String) -> String? {
            stride(from: 0, to: parameters.count - 1, by: 2).first { parameters[$0] == parameter }.map { parameters[$0 + 1] }
        }
    }

    package func first(_ name: String) -> Property? { properties.first { $0.name == name } }
    package func all(_ name: String) -> [Property] { properties.filter { $0.name == name } }
}
