/// What Windows and Outlook call the time zones where most people live. Others are known by their rules.
enum WindowsZones {
    /// nil where the name is not one of them.
    static func name(of windows: String) -> String? { names[windows] }

    private static let names: [String: String] = [
        "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
        "W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest",
        "Romance Standard Time": "Europe/Paris", "Central European Standard Time": "Europe/Warsaw",
        "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev", "GTB Standard Time": "Europe/Bucharest",
        "Turkey Standard Time": "Europe/Istanbul", "Israel Standard Time": "Asia/Jerusalem", "Egypt Standard Time": "Africa/Cairo",
        "South Africa Standard Time": "Africa/Johannesburg", "W. Central Africa Standard Time": "Africa/Lagos",
        "E. Africa Standard Time": "Africa/Nairobi", "Morocco Standard Time": "Africa/Casablanca",
        "Russian Standard Time": "Europe/Moscow", "Belarus Standard Time": "Europe/Minsk", "Arab Standard Time": "Asia/Riyadh",
        "Arabian Standard Time": "Asia/Dubai", "Iran Standard Time": "Asia/Tehran", "Pakistan Standard Time": "Asia/Karachi",
        "India Standard Time": "Asia/Kolkata", "Sri Lanka Standard Time": "Asia/Colombo", "Nepal Standard Time": "Asia/Kathmandu",
        "Bangladesh Standard Time": "Asia/Dhaka", "SE Asia Standard Time": "Asia/Bangkok", "China Standard Time": "Asia/Shanghai",
        "Taipei Standard Time": "Asia/Taipei", "Singapore Standard Time": "Asia/Singapore", "Korea Standard Time": "Asia/Seoul",
        "Tokyo Standard Time": "Asia/Tokyo", "W. Australia Standard Time": "Australia/Perth",
        "Cen. Australia Standard Time": "Australia/Adelaide", "E. Australia Standard Time": "Australia/Brisbane",
        "AUS Eastern Standard Time": "Australia/Sydney", "New Zealand Standard Time": "Pacific/Auckland",
        "Hawaiian Standard Time": "Pacific/Honolulu", "Alaskan Standard Time": "America/Anchorage",
        "Pacific Standard Time": "America/Los_Angeles", "US Mountain Standard Time": "America/Phoenix",
        "Mountain Standard Time": "America/Denver", "Central Standard Time": "America/Chicago",
        "Canada Central Standard Time": "America/Regina", "Central Standard Time (Mexico)": "America/Mexico_City",
        "Eastern Standard Time": "America/New_York", "US Eastern Standard Time": "America/Indianapolis",
        "SA Pacific Standard Time": "America/Bogota", "Atlantic Standard Time": "America/Halifax",
        "Newfoundland Standard Time": "America/St_Johns", "E. South America Standard Time": "America/Sao_Paulo",
        "Argentina Standard Time": "America/Buenos_Aires", "Pacific SA Standard Time": "America/Santiago",
    ]

    /// Where a zone is looked for that is known by its rules alone: one of each kind, the most peopled first.
    static let common = [
        "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
        "America/Phoenix", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Australia/Brisbane",
        "Australia/Adelaide", "Australia/Perth", "Europe/Helsinki", "Europe/Istanbul", "Europe/Moscow", "America/Sao_Paulo",
        "America/Halifax", "America/St_Johns", "America/Anchorage", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Jerusalem",
        "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok", "Africa/Lagos", "Africa/Nairobi", "Africa/Cairo",
        "America/Bogota", "America/Santiago", "Asia/Kathmandu", "Asia/Tehran", "Atlantic/Reykjavik",
    ]
}
