import Processor
import Testing

@Suite struct CPURequirementsTests {
    @Test func `This machine, which runs the tests, has what is needed`() { #expect(CPURequirements.unmet() == nil) }

    @Test func `A processor without AVX2 is told what it lacks and what to do`() throws {
        let sentence = try #require(CPURequirements.unmet(found: 0xFF & ~0b10))
        #expect(sentence.contains("lacks AVX2,") && sentence.contains("LM_BASELINE=1"))
        #expect(CPURequirements.unmet(found: 0xFF) == nil)
        #expect(CPURequirements.unmet(found: 0) != nil)
    }
}
