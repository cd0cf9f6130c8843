package import Ambient

package enum PlannerUndoKind {}
package typealias PlannerUndoID = Identifier<PlannerUndoKind>

/// What an import or a plan has made of many events, and what stood there before.
struct PlannerUndo: Sendable {
    enum Kind: String, Sendable { case calendar, plan }

    var id: PlannerUndoID
    var kind: Kind
    var made: [PlannerEventID] = []
    /// What was changed or went; a series before what stands for its single times.
    var stood: [PlannerEvent] = []
}
