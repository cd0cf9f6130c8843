@testable import Reading
import Testing

struct LaTeXSourceTests {
    private let works = """
        \\begin{thebibliography}{9}
        \\bibitem[Hill(1973)]{Hill73} M. Hill.
        \\bibitem[{May et~al.(1975)May and Day}]{May75} R. May.
        \\end{thebibliography}
        """

    @Test(arguments: [
        (#"as \citep[see][p.~3]{Hill73,May75} say"#, "as (see Hill 1973; May et~al. 1975, p.~3) say"),
        (#"\citet{Hill73} says"#, "Hill (1973) says"), (#"\citet[ch.~2]{Hill73}"#, "Hill (1973, ch.~2)"),
        (#"\citeauthor{Hill73} in \citeyear{Hill73}"#, "Hill in 1973"),
        (#"\citep{Un_known}"#, #"(Un\_known)"#), (#"\citet[web appendix]{Chiu14}"#, "Chiu14 (web appendix)"),
        (#"a\nocite{Hill73} b"#, "a b"), (#"\verb|\citep{a}| % \citep{b}"#, #"\verb|\citep{a}| % \citep{b}"#),
        (#"\cite is a command"#, #"\cite is a command"#),
    ])
    func `citations become words`(source: String, words: String) {
        #expect(LaTeXSource.prepared(source + "\n" + works).hasPrefix(words + "\n"))
    }

    @Test func `works without names are cited by their numbers`() {
        let source = "\\cite{b}\n\\begin{thebibliography}{9}\\bibitem{a} First. \\bibitem{b} Second.\\end{thebibliography}"
        let prepared = LaTeXSource.prepared(source)
        #expect(prepared.hasPrefix("{[}2{]}\n\\section*{References}"))
        #expect(prepared.contains("\n\n{[}1{]}  First. \n\n{[}2{]}  Second."))
    }

    @Test func `chunks of code are code, unless they are not to be shown`() {
        let source = "Text\n<<>>=\nH <- diversity(BCI)\n@\nmore\n<<fig=true, echo=FALSE>>=\nplot(R)\n@\nend"
        #expect(LaTeXSource.prepared(source) == "Text\n\\begin{verbatim}\nH <- diversity(BCI)\n\\end{verbatim}\n\nmore\n\nend")
    }

    @Test func `broken sources are let through`() {
        for source in [#"\citep{never closed"#, #"\citep[a]["#, #"\verb"#, #"\begin{verbatim} \citep{a}"#, "\\", #"\bibitem"#] {
            #expect(LaTeXSource.prepared(source) == source)
        }
    }
}
