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

    private func body(_ source: String, class name: String = "article", preamble: String = "") -> String {
        let head = "\\documentclass{\(name)}\(preamble)\\begin{document}"
        return String(LaTeXSource.prepared(head + source).dropFirst(head.count))
    }

    @Test func `sections count as LaTeX counts them`() {
        #expect(
            body(
                #"\section{A}\label{a}\subsection[x]{B}\label{b}\section*{C}\section{D}\appendix\section{E}\label{e} \ref{a} \ref{b} \ref{e}"#
            )
                == #"\section{1 A}\subsection{1.1 B}\section*{C}\section{2 D}\appendix\section{A E} 1 1.1 A"#)
        #expect(
            body(
                #"\chapter{A}\section{B}\subsection{C}\subsubsection{D}\begin{equation}x\label{e}\end{equation}\eqref{e}"#,
                class: "book")
                == #"\chapter{1 A}\section{1.1 B}\subsection{1.1.1 C}\subsubsection{D}\begin{equation}x \qquad (1.1) \end{equation}(1.1)"#
        )
        #expect(
            body(#"\section{A}\begin{frame}\ref{x}\end{frame}"#, class: "beamer") == #"\section{A}\begin{frame}\ref{x}\end{frame}"#)
    }

    @Test(arguments: [
        (#"\begin{equation}\label{e}x=1\end{equation}\eqref{e}"#, #"\begin{equation}x=1 \qquad (1) \end{equation}(1)"#),
        (
            #"\begin{align}a\label{a}\\b\nonumber\\c\label{c}\end{align}\ref{c}"#,
            #"\begin{align}a \qquad (1) \\b\\c \qquad (2) \end{align}2"#
        ),
        (#"\begin{align*}a\\b\end{align*}"#, #"\begin{align*}a\\b\end{align*}"#),
        (#"\begin{equation}x\tag{$*$}\label{s}\end{equation}\eqref{s}"#, #"\begin{equation}x \qquad ($*$) \end{equation}($*$)"#),
        (#"\begin{multline}a\\b\label{m}\end{multline}\ref{m}"#, #"\begin{multline}a\\b \qquad (1) \end{multline}1"#),
        (
            #"\begin{equation}\begin{split}a\\b\end{split}\end{equation}"#,
            #"\begin{equation}\begin{split}a\\b\end{split} \qquad (1) \end{equation}"#
        ),
        (
            #"\begin{subequations}\label{p}\begin{align}a\\b\label{b}\end{align}\end{subequations}\ref{p} \ref{b}"#,
            #"\begin{subequations}\begin{align}a \qquad (1a) \\b \qquad (1b) \end{align}\end{subequations}1 1b"#
        ),
    ])
    func `equations have their numbers beside them`(source: String, words: String) {
        #expect(body(source) == words)
    }

    @Test func `figures, tables, items and theorems are referred to by number`() {
        let figure = #"\begin{figure}\caption[s]{A cat.}\label{f}\end{figure}"#
        #expect(body(figure + #" \autoref{f} \cref{f} \Cref{f}"#).hasSuffix("Figure~1 figure~1 Figure~1"))
        #expect(body(figure).contains(#"\caption{Figure 1: A cat.}"#))
        #expect(body(figure, preamble: #"\usepackage[ngerman]{babel}"#).contains("Abbildung 1: A cat."))
        #expect(body(#"\begin{table}\caption{T}\label{t}\end{table}\ref{t}"#).hasSuffix("Table 1: T}\\end{table}1"))
        let list = #"\begin{enumerate}\item a\item b\begin{enumerate}\item c\label{c}\end{enumerate}\label{b}\end{enumerate}"#
        #expect(body(list + #"\ref{b} \ref{c}"#).hasSuffix("2 2a"))
        #expect(body(#"\begin{enumerate}[label=(\roman*)]\item a\item\label{i} b\end{enumerate}\ref{i}"#).hasSuffix("(ii)"))
        #expect(body(#"\begin{enumerate}[label=\alph*), nosep]\item a\end{enumerate}"#).hasPrefix(#"\begin{enumerate}[a)]\item a"#))
        let theorems = #"\newtheorem{thm}{Theorem}[section]\newtheorem{lem}[thm]{Lemma}"#
        #expect(
            body(#"\section{A}\begin{thm}x\end{thm}\begin{lem}[Zorn]\label{z}y\end{lem}\cref{z}"#, preamble: theorems)
                == "\\section{1 A}\n\n\\textbf{Theorem 1.1}. x\n\n\n\n\\textbf{Lemma 1.2} (Zorn). y\n\nlemma~1.2")
    }

    @Test func `a writer's own commands for references and equations are seen`() {
        let preamble = #"\newcommand{\be}{\begin{equation}}\def\ee{\end{equation}}\newcommand{\fig}[1]{Fig.~\ref{#1}}"#
        #expect(
            body(#"\be x \label{e} \ee \fig{f} \begin{figure}\caption{C}\label{f}\end{figure} \ref{e}"#, preamble: preamble)
                == #"\begin{equation} x   \qquad (1) \end{equation} Fig.~1 \begin{figure}\caption{Figure 1: C}\end{figure} 1"#)
    }

    @Test func `what nobody labels is left as it is, also in what never ends`() {
        for source in [
            #"\ref{gone}"#, #"\begin{align} a \\"#, #"\begin{figure}\caption"#, #"\section"#, #"\item"#, #"\setcounter{x}"#,
            #"\newtheorem"#,
        ] {
            #expect(body(source) == source)
        }
    }
}
