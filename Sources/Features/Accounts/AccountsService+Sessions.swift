package import Ambient
import Database
import Failures

extension AccountsService {
    /// Ends the session of a refresh token; one that is not known is as good as signed out.
    package func logOut(refreshToken: String) async throws {
        try await database.transaction(as: .system) { transaction in
            guard let session = try await refreshTokens.session(of: refreshToken, in: transaction) else { return }
            _ = try await sessionStore.end(session, of: nil, in: transaction)
            try await forget([session], in: transaction)
        }
    }

    /// Ends one of the user's sessions. Throws `notFound` if it is not theirs.
    package func endSession(_ session: SessionID, of user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await sessionStore.end(session, of: user, in: transaction) else {
                throw AccountsFailure(.notFound, "There is no such session.")
            }
            try await forget([session], in: transaction)
        }
    }

    /// Ends all of the user's sessions, or all but one.
    package func logOutEverywhere(_ user: UserID, except kept: SessionID? = nil) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            try await forget(try await sessionStore.endAll(of: user, except: kept, in: transaction), in: transaction)
        }
    }

    package func sessions(of user: UserID) async throws -> [Session] {
        try await database.read(as: .user(user)) { try await sessionStore.list(of: user, at: ambient.now(), in: $0) }
    }
}
