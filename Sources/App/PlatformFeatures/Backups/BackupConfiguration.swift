import Ambient
import Backup
import Concurrency
import Cryptography
import Failures
import FoundationEssentials
import Glibc
import HTTPClient
import Jobs
package import Settings
import Telemetry
import TimeZones

/// Where back-ups go, how they are encrypted and how often they are made.
package struct BackupConfiguration: Sendable {
    /// When back-ups are made.
    struct Schedule: Sendable {
        /// As it was set: `daily`, `hourly`, or what cron would be told.
        let words: String
        let expression: CronExpression

        init?(_ words: String) {
            let meant = ["daily": "30 3 * * *", "hourly": "0 * * * *"][words.lowercased()] ?? words
            guard let expression = try? CronExpression(meant) else { return nil }
            self.words = meant == words ? expression.description : words.lowercased()
            self.expression = expression
        }

        static let daily = Schedule("daily")
    }

    static let location = Setting<BackupLocation?>(
        "LM_BACKUP_URL", default: nil,
        form: "a folder's path, or s3://bucket/prefix?endpoint=https://server&region=name",
        purpose:
            "Where back-ups are kept: a folder (of another disk), or s3://bucket/prefix?endpoint=…&region=…; none are made if unset."
    ) { BackupLocation($0).map { .some($0) } }
    static let accessKey = Setting.optionalText("LM_BACKUP_ACCESS_KEY", purpose: "Signs in to the server of s3://.")
    static let secretKey = Setting.optionalText("LM_BACKUP_SECRET_KEY", purpose: "Belongs to LM_BACKUP_ACCESS_KEY.", isSecret: true)
    static let keyFile = Setting.optionalText(
        "LM_BACKUP_KEY_FILE", purpose: "A file whose bytes encrypt the back-ups; `lm backup key FILE` makes one.")
    static let passphrase = Setting.optionalText(
        "LM_BACKUP_PASSPHRASE", purpose: "Encrypts the back-ups, where no key file does.", isSecret: true)
    static let schedule = Setting<Schedule?>(
        "LM_BACKUP_SCHEDULE", default: Schedule.daily,
        form: "daily, hourly, or five fields as cron has them, such as 30 2 * * MON-FRI",
        purpose:
            "When they are made. daily keeps 7 days, 4 weeks and 12 months; more often keeps each of 7 days and one a day of 30."
    ) { Schedule($0).map { .some($0) } }
    static let continuous = Setting.flag(
        "LM_BACKUP_CONTINUOUS", default: true,
        purpose: "Whether changes of the embedded database are brought there every ten seconds too.")
    static let plainKeys = Setting.flag(
        "LM_BACKUP_PLAIN_KEYS", default: false,
        purpose: "Whether keys and settings are part of back-ups that are not encrypted. Of encrypted ones they always are.")

    static let settings: [any AnySetting] = [
        location, accessKey, secretKey, keyFile, passphrase, schedule, continuous, plainKeys,
    ]

    let place: BackupLocation?
    private let accessKey: String?
    private let secretKey: String?
    private let keyFile: String?
    private let passphrase: String?
    /// As it was set.
    let scheduleWords: String
    /// Nil where none are made.
    let schedule: JobSchedule?
    /// Whether more than one is made a day.
    private let isFrequent: Bool
    private let isContinuous: Bool
    private let hasPlainKeys: Bool

    package init(from source: SettingsSource) throws(SettingsFailure) {
        place = try source.value(Self.location)
        accessKey = try source.value(Self.accessKey)
        secretKey = try source.value(Self.secretKey)
        keyFile = try source.value(Self.keyFile)
        passphrase = try source.value(Self.passphrase)
        let schedule = try source.value(Self.schedule)
        let zone = try source.value(JobsFeature.timeZone) ?? ZoneCatalogue.system.local
        scheduleWords = schedule?.words ?? ""
        self.schedule = place == nil ? nil : schedule.map { .cron($0.expression, in: zone) }
        isFrequent = Self.isFrequent(schedule?.expression)
        isContinuous = try source.value(Self.continuous)
        hasPlainKeys = try source.value(Self.plainKeys)
        if case .bucket = place, accessKey == nil || secretKey == nil {
            throw SettingsFailure(setting: Self.accessKey.name, reason: "is needed, and LM_BACKUP_SECRET_KEY, for a place at s3://")
        }
    }

    var isEncrypted: Bool { keyFile != nil || passphrase != nil }
    /// Whether secrets of the data folder are part of a back-up.
    var hasKeys: Bool { isEncrypted || hasPlainKeys }
    /// Whether the log of the embedded database is kept for the back-ups.
    package var keepsLog: Bool { place != nil && isContinuous }
    var retention: BackupRetention { isFrequent ? .hourly : .daily }

    /// Whether the last back-up is so old that two in a row were not made, though there was time to.
    func isOverdue(_ last: Date, at now: Date) -> Bool {
        guard now.timeIntervalSince(last) > 3 * 3600, let due = schedule?.lastDue(upTo: now, count: 2).last else { return false }
        return last < due
    }

    /// Whether it comes twice within some day of a week that is like any other.
    private static func isFrequent(_ expression: CronExpression?) -> Bool {
        guard let expression, let first = expression.next(after: Date(timeIntervalSince1970: 1_800_000_000), in: .utc),
            let second = expression.next(after: first, in: .utc)
        else { return false }
        return second.timeIntervalSince(first) < 86_400
    }

    func store(ambient: Ambient, logger: Logger) throws -> any BackupStore {
        switch place {
        case nil: throw BackupFailure(.unavailable, "No back-ups are made here: LM_BACKUP_URL is not set.")
        case .folder(let path): return FolderBackupStore(root: path)
        case .bucket(let bucket):
            let client = try HTTPClient(HTTPClientConfiguration(timeouts: .init(total: .seconds(300))), logger: logger)
            return S3BackupStore(
                bucket: bucket, accessKey: accessKey ?? "", secretKey: secretKey ?? "", ambient: ambient, client: client)
        }
    }

    /// What encrypts them. Blocks shortly.
    func key() throws -> BackupKey? {
        guard let keyFile else { return passphrase.map { .passphrase($0) } }
        guard let file = fopen(keyFile, "r") else {
            throw BackupFailure(.unavailable, "The key file \(keyFile) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        guard bytes.count >= 32 else { throw BackupFailure(.unavailable, "The key file \(keyFile) has fewer than 32 bytes.") }
        return .file(bytes)
    }

    /// Writes a new key. Never over a file that is there: what it encrypts could not be read any more.
    package static func makeKey(at path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw BackupFailure(.unavailable, "\(path) cannot be made: \(String(cString: strerror(errno))).")
        }
        defer { close(file) }
        let text = Array((Base64URL.encode(SecureRandom.bytes(32)) + "\n").utf8)
        guard write(file, text, text.count) == text.count, fsync(file) == 0 else {
            throw BackupFailure(.unavailable, "\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
    }
}
