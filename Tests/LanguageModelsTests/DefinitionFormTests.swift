@testable import LanguageModels
import Testing

@Suite("What makes a sentence a definition, an instruction, or none")
struct DefinitionFormTests {
    private func fit(_ text: String, _ subject: [String]) -> Double {
        DefinitionForm(subject: subject, asksForRole: false).fit(text)
    }

    @Test(
        "A definition has the thing as its subject, or names it",
        arguments: [
            ("Osmosis is the net movement of water.", ["osmosi"]),
            ("LVM, the Logical Volume Manager, is another approach to storage.", ["lvm"]),
            ("In astronomy, the zenith is the point overhead.", ["zenith"]),
            ("The angle above the horizon is called the altitude.", ["altitud"]),
            ("RAID-1 This level, also known as mirroring, is the simplest.", ["raid", "1"]),
            ("Equity is defined by assets and liabilities.", ["equity"]),
            ("The bootloader is a program that loads the kernel.", ["boot", "loader"]),
        ])
    func definitions(text: String, subject: [String]) { #expect(fit(text, subject) >= 0.7, "\(fit(text, subject))") }

    @Test(
        "A mention is no definition",
        arguments: [
            ("RAID-1 volumes are often created to be used as a new disk.", ["raid", "1"]),
            ("VPNs are often used to join networks.", ["vpn"]),
            ("The longitudinal angle is called the ecliptic latitude.", ["ecliptic"]),
            ("The accounting equation is the very heart of bookkeeping.", ["account", "equation"]),
            ("In double entry accounting, two accounts always change.", ["double", "entry", "account"]),
            ("Nothing is said of it.", ["osmosi"]),
        ])
    func mentions(text: String, subject: [String]) { #expect(fit(text, subject) < 0.7, "\(fit(text, subject))") }

    @Test("The thing is what stands before what it is said of")
    func head() {
        #expect(Question("What is the principal of a loan?").head == ["principal"])
        #expect(Question("What is the celestial sphere?").head == ["celestial", "spher"])
    }

    @Test(
        "A question's aim",
        arguments: [
            ("How do I remove a package?", Question.Aim.steps), ("How is the magnification calculated?", .calculation),
            ("What is the purpose of fermentation?", .role), ("How long does it take?", .duration),
            ("When was Neptune discovered?", .date), ("What is osmosis?", .plain),
        ])
    func aims(text: String, aim: Question.Aim) { #expect(Question(text).aim == aim) }

    @Test("A cross-reference in parentheses is left out")
    func references() {
        #expect(Discourse.withoutReferences("Use it (see Section 5.4, “More”) here.") == "Use it here.")
        #expect(Discourse.withoutReferences("Water (H2O) moves.") == "Water (H2O) moves.")
    }
}
