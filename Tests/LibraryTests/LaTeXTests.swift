import Foundation
@testable import Library
import Sandbox
import Testing

/// LaTeX through pandoc in the sandbox.
@Suite(.timeLimit(.minutes(3)))
struct LaTeXTests {
    private func read(_ body: String) async throws -> ExtractedDocument {
        let source = "\\documentclass{article}\n\\title{On \\pkg{vegan}}\n\\begin{document}\n\(body)\n\\end{document}\n"
        return try await ScratchText(source).use {
            try await DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
                .extract(path: $0, format: .latex) { _, _ in }
        }
    }

    @Test func `words within commands that nobody defines are kept`() async throws {
        let document = try await read(
            """
            \\section{Use of \\proglang{R}}
            Function \\code{taxa2dist} of \\pkg[2.6]{vegan} finds \\emph{the \\dfn{distance}} of taxa. \\todo{Say \\term{why} here.}
            \\vspace{2mm}\\noindent It is \\scalebox{2}{large}. See \\fact{one}{two $x^2$}.\\setcounter{page}{7}

            \\begin{tabular}{ll} \\code{renyi} & order \\\\ \\code{fisher} & $\\alpha$ \\\\ \\end{tabular}

            \\begin{remarkbox}
            Whittaker \\person{divided} diversity.
            \\end{remarkbox}
            """)
        let text = document.pages.map(\.text).joined(separator: "\n\n")
        #expect(document.title == "On vegan")
        #expect(document.pages[0].headings.map(\.title) == ["1 Use of R"])
        for words in [
            "Function taxa2dist of vegan finds the distance of taxa. Say why here.", "It is large. See one two $x^2$.",
            "renyi | order",
            "Whittaker divided diversity.",
        ] {
            #expect(text.contains(words), "\(text)")
        }
        for setting in ["2mm", "7", "2.6"] { #expect(!text.contains(setting), "\(text)") }
    }

    @Test func `commands that the document defines are what it says, citations name their works`() async throws {
        let document = try await read(
            """
            \\newcommand{\\key}[1]{the \\textbf{#1} species}
            Whittaker counts \\key{rare} \\citep{Whittaker60}, and \\citet{Hill73} \\key{common}.
            \\begin{thebibliography}{1}\\bibitem[Hill(1973)]{Hill73} M. Hill, Diversity. \\end{thebibliography}
            """)
        let text = document.pages.map(\.text).joined(separator: "\n\n")
        #expect(text.contains("Whittaker counts the rare species (Whittaker60), and Hill (1973) the common species."), "\(text)")
        #expect(text.contains("M. Hill, Diversity."), "\(text)")
    }

    @Test func `the works that are cited come from the BibTeX file beside it`() async throws {
        let source = """
            \\documentclass{article}\\usepackage{natbib}\\begin{document}
            \\citet{Whittaker60} divided diversity \\citep{Mueller_2001}. So says \\citet{Nobody99}.
            \\bibliographystyle{plain}\\bibliography{refs}
            \\end{document}
            """
        let entries = """
            @article{Whittaker60, author={Whittaker, R. H.}, title={Vegetation of mountains}, journal={Ecological Monographs}, year=1960}
            @book{Mueller_2001, author={M{\\"u}ller, Karl and Gauch, H. and Smith, J.}, title={Order \\& 100\\% of it}, publisher={Springer}, date={2001-05}}
            @misc{Uncited, author={Hill, M.}, title={Not in the paper}, year={1973}}
            """
        #expect(LaTeXBibliography.files(namedIn: Array(source.utf8)) == ["refs.bib"])
        let extractor = DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
        let works = try await ScratchText(entries).use { try await extractor.works(path: $0) }
        let document = try await ScratchText(source).use {
            try await extractor.extract(path: $0, format: .latex, citing: works) { _, _ in }
        }
        let text = document.pages.map(\.text).joined(separator: "\n\n")
        #expect(text.contains("Whittaker (1960) divided diversity (Müller et al. 2001)."), "\(text)")
        #expect(text.contains("R. H. Whittaker. Vegetation of mountains. Ecological Monographs, 1960."), "\(text)")
        #expect(text.contains("Order & 100% of it"), "\(text)")
        #expect(!text.contains("Not in the paper") && text.contains("Nobody99"), "\(text)")
    }

    @Test func `an abstract comes first, and the lines of the source mean nothing`() async throws {
        let text = try await read("\\begin{abstract}\nIn short,\nit grows.\n\\end{abstract}\n\\maketitle\nShort lines\nof prose.\n")
            .pages[0].text
        #expect(text == "In short, it grows.\n\nShort lines of prose.")
    }

    @Test func `a file beside it that we have not is told`() async throws {
        let document = try await read("Words.\n\n\\input{chapter2}\n")
        #expect(document.notes.map(\.kind) == [.parts])
    }
}
