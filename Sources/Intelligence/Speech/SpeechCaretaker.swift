package import Lifecycle

/// Ends engines of speech that nobody has asked for some minutes: an idle server has none in memory.
package struct SpeechCaretaker: Service {
    private static let idle = Duration.seconds(180)

    package let name = "speech"
    private let equipment: SpeechEquipment

    package init(equipment: SpeechEquipment) { self.equipment = equipment }

    package func run(until shutdown: ShutdownSignal) async throws {
        while !shutdown.isTriggered, !Task.isCancelled {
            await shutdown.wait(atMost: .seconds(30))
            await equipment.retire(afterIdle: Self.idle)
        }
        await equipment.retire(afterIdle: .zero)
    }
}
