import Ambient
import Database
import Events
import FoundationEssentials
import Places

extension AccountsService {
    /// Tells where somebody signs in on the like of what they never did before. The first device of all is no news.
    func notice(
        _ userAgent: String, from origin: SignInOrigin, of user: UserID, at now: Date, in transaction: any Transaction
    ) async throws {
        let digest = DeviceKind.digest(userAgent, country: origin.place?.country, of: user)
        guard try await devices.isNew(digest, of: user, at: now, in: transaction) else { return }
        try await outbox.append(
            EventDraft(
                type: AccountsEvents.newDevice.name, userID: user,
                payload: AccountsEvents.NewDevice(
                    userID: user.description, userAgent: userAgent, country: origin.place?.country, city: origin.place?.city,
                    at: now)), in: transaction)
    }
}
