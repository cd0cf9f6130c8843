package import Ambient
import Cryptography
import Database
import Events
import FoundationEssentials
import Telemetry

extension AccountsService {
    /// What an authenticator app is given.
    struct NewSecondFactor: Sendable {
        /// In base 32, to be typed.
        let secret: String
        /// `otpauth://…`, to be read from a picture.
        let address: String
    }

    /// Whether one is on, and how many codes on paper are left.
    func secondFactor(of user: UserID) async throws -> (since: Date?, codesLeft: Int) {
        try await database.read(as: .user(user)) { transaction in
            guard let since = try await factors.find(user, in: transaction)?.confirmedAt else { return (nil, 0) }
            return (since, try await factors.codesLeft(of: user, in: transaction))
        }
    }

    /// Makes the secret that an app is to share; it is asked for nowhere before the app's first code has come.
    func beginSecondFactor(of id: UserID, password: String?, session: SessionID? = nil) async throws -> NewSecondFactor {
        let user =
            if let password { try await confirm(id, password, field: "password") } else {
                try await confirm(id, ShownProof(password: nil, session: session))
            }
        let made = OneTimePassword.random()
        try await database.transaction(as: .user(id)) { transaction in
            if try await factors.find(id, locking: true, in: transaction)?.confirmedAt != nil {
                throw AccountsFailure.hasSecondFactor
            }
            let sealed = seal.seal(made.secret, place: SecondFactor.place(id))
            try await factors.begin(
                SecondFactor(userID: id, secret: sealed, confirmedAt: nil, lastStep: nil), in: transaction)
        }
        return NewSecondFactor(
            secret: Base32.encode(made.secret), address: made.address(issuer: "Little Monster", account: user.email))
    }

    /// Turns it on with the app's first code; every other session ends.
    /// - Returns: the codes on paper, which are shown this once.
    func confirmSecondFactor(of id: UserID, code: String, keeping session: SessionID?) async throws -> [String] {
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.random() }
        try await database.transaction(as: .user(id)) { transaction in
            guard let factor = try await factors.find(id, locking: true, in: transaction) else {
                throw AccountsFailure.noSecondFactor
            }
            guard factor.confirmedAt == nil else { throw AccountsFailure.hasSecondFactor }
            guard try await spend(code, of: factor, in: transaction) else { throw AccountsFailure.invalid("code", "is not right") }
            try await factors.confirm(id, at: ambient.now(), in: transaction)
            try await factors.setCodes(codes, of: id, in: transaction)
            try await forget(try await sessionStore.endAll(of: id, except: session, in: transaction), in: transaction)
            try await tell(id, isOn: true, in: transaction)
        }
        return codes
    }

    /// New codes on paper in place of the old ones.
    func renewRecoveryCodes(of id: UserID, _ shown: ShownProof) async throws -> [String] {
        _ = try await confirm(id, shown)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.random() }
        try await database.transaction(as: .user(id)) { transaction in
            guard try await factors.find(id, locking: true, in: transaction)?.confirmedAt != nil else {
                throw AccountsFailure.noSecondFactor
            }
            try await factors.setCodes(codes, of: id, in: transaction)
        }
        return codes
    }

    func removeSecondFactor(of id: UserID, _ shown: ShownProof) async throws {
        _ = try await confirm(id, shown)
        try await database.transaction(as: .user(id)) { transaction in
            if try await factors.remove(id, in: transaction) { try await tell(id, isOn: false, in: transaction) }
        }
    }

    /// The way back in for who lost both app and paper, by whoever looks after the installation.
    ///
    /// - Throws: `notFound` if there is no such account.
    package func removeSecondFactor(of id: UserID, by actor: UserID? = nil) async throws {
        try await database.transaction(as: .system) { transaction in
            guard try await store.user(id, in: transaction) != nil else { throw AccountsFailure.noSuchUser }
            if try await factors.remove(id, in: transaction) { try await tell(id, isOn: false, in: transaction) }
        }
        logger.notice("second factor removed", ["user_id": "\(id)", "by": actor?.description ?? "command line"])
    }

    // MARK: - Checking

    /// Passes where none is on; else the code must be right, and is spent.
    ///
    /// - Parameter refusal: what a code that is missing, or not right, is answered with, by its reason.
    func checkCode(
        _ code: String?, of user: UserID, in transaction: any Transaction, else refusal: (String) -> AccountsFailure
    ) async throws {
        guard let factor = try await factors.find(user, locking: true, in: transaction), factor.confirmedAt != nil else { return }
        guard let code, !code.isEmpty else { throw refusal("is required") }
        guard try await spend(code, of: factor, in: transaction) else { throw refusal("is not right") }
    }

    /// A code of the app or one on paper.
    private func spend(_ code: String, of factor: SecondFactor, in transaction: any Transaction) async throws -> Bool {
        let plain = code.filter { !$0.isWhitespace }
        if plain.utf8.count == 6, plain.utf8.allSatisfy({ (48...57).contains($0) }) {
            let app = OneTimePassword(secret: try seal.open(factor.secret, place: SecondFactor.place(factor.userID)))
            guard let step = app.step(of: plain, at: ambient.now(), after: factor.lastStep) else { return false }
            try await factors.spend(step, of: factor.userID, in: transaction)
            return true
        }
        guard plain.utf8.count <= 40 else { return false }
        return try await factors.spendCode(plain, of: factor.userID, in: transaction)
    }

    private func tell(_ user: UserID, isOn: Bool, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: AccountsEvents.secondFactorChanged.name, userID: user,
                payload: AccountsEvents.SecondFactorChanged(userID: user.description, isOn: isOn)), in: transaction)
    }
}
