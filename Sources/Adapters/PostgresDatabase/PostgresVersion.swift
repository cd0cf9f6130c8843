/// A server's version as libpq counts: 150004 is 15.4, and 90624 was 9.6.24.
enum PostgresVersion {
    static func text(_ number: Int32) -> String {
        number >= 100_000 ? "\(number / 10_000).\(number % 10_000)" : "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
