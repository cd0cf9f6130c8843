import Manuscript
@testable import Reading
import Testing

struct TextTests {
    @Test func `notes keep their lines, wrapped lines become one`() {
        #expect(
            TextReader.read("The liver makes bile\nThe heart pumps blood").lines == ["The liver makes bile\nThe heart pumps blood"])
        let wrapped = """
            The mitochondrion is an organelle found in the cells of most
            eukaryotes, such as animals, plants and fungi. It generates
            most of the chemical energy of the cell.
            """
        #expect(TextReader.read(wrapped).lines == [wrapped.replacing("\n", with: " ")])
    }

    @Test func `figures alone are a text, a typed table is a table`() {
        #expect(TextReader.read("1 200.01\n2 317.50").lines == ["1 200.01\n2 317.50"])
        #expect(TextReader.read("| a | b |\n|---|---|\n| 1 | 2 |").lines == ["table: a | b\n1 | 2"])
        #expect(TextReader.read("Stage\tATP\nGlycolysis\t2").paragraphs.first?.headRows == 1)
    }

    @Test func `code without a mark keeps its lines`() {
        let code = "def area(r):\n    # no heading\n    return 3.14 * r ** 2\n\nprint(area(2))"
        #expect(TextReader.read("How to:\n\n\(code)\n\nThat is all.").lines == ["How to:", "code: \(code)", "That is all."])
    }

    @Test func `nodes of an Info file are read without the ways between them`() {
        let text =
            "This is bc.info.\n\n\u{1F}\nFile: bc.info,  Node: Numbers,  Next: Variables,  Prev: Top,  Up: Top\n\n2 Numbers\n*********\n\nA number has digits."
        #expect(TextReader.read(text).lines == ["This is bc.info.", "2 Numbers\n*********", "A number has digits."])
        #expect(TextReader.read(text).unread.map(\.kind) == [.boilerplate])
    }

    @Test func `RTF says its letters in the code page of their font`() {
        func prepared(_ text: String) -> String { String(decoding: RTFSource.prepared(Array(text.utf8)), as: UTF8.self) }
        let russian = #"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cc\'e8 A\par}"#
        #expect(prepared(russian) == #"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}\f0 {\uc0\u1052 \u1080 } A\par}"#)
        // The font decides, the sign for older readers stays, and a sign of two bytes may end in an ASCII letter.
        #expect(
            prepared(#"{\ansicpg1252{\fonttbl{\f1\fcharset161 A;}}\'e9{\f1 \'e1}\'e9}"#).hasSuffix(
                #"{\uc0\u233 }{\f1 {\uc0\u945 }}{\uc0\u233 }}"#))
        #expect(
            prepared(#"{\ansicpg1251\u1052\'cc\u1052? x\uc0\u-10179 \u-8703 y}"#)
                == #"{\ansicpg1251{\uc0\u1052 \u1052 } x\uc0{\uc0\u128513 }y}"#)
        #expect(prepared(#"{\ansicpg932\'83A\'83\'43}"#) == #"{\ansicpg932{\uc0\u12450 \u12452 }}"#)
        for broken in [#"{\rtf1\'"#, #"\'c"#, "{{{", "}}}", #"\bin99 x"#, "\\"] { #expect(prepared(broken) == broken) }
    }

    @Test func `BibTeX between brackets, with remarks or without an end can be read`() {
        #expect(
            BibTeXSource.prepared("@string(nov = {November})\n@Comment{x}\n@book{a, title={A}}")
                == "@string{nov = {November}}\n\n@book{a, title={A}}")
        #expect(BibTeXSource.prepared("@book{a, title={A\n@misc{b, note={x@y.z}}") == "@book{a, title={A\n}@misc{b, note={x@y.z}}")
        #expect(BibTeXSource.prepared("mail me @ home, a@b.c") == "mail me @ home, a@b.c")
    }

    @Test func `an equation of LaTeX in Markdown is a formula`() {
        #expect(
            MarkdownSource.prepared("So\n\n\\begin{align}\na &= b\n\\end{align}")
                == "So\n\n$$\n\\begin{aligned}\na &= b\n\\end{aligned}\n$$")
        #expect(MarkdownSource.prepared("\\begin{equation*} x \\end{equation*}") == "$$\nx\n$$")
    }

    @Test func `form feeds are pages`() {
        let read = TextReader.read("One.\r\n\r\nStill one.\u{0C}Two.\u{0C}")
        #expect(read.pageCount == 2)
        #expect(read.paragraphs.map(\.page) == [1, 1, 2])
    }

    @Test(arguments: [
        ("a,b\n1,\"x, y\"\n", "table: a | b\n1 | x, y"), ("name;n\nÄ;1,5\n", "table: name | n\nÄ | 1,5"),
        ("sep=;\r\na,b;c\r\n1;2\r\n", "table: a,b | c\n1 | 2"),
        ("a\tb\n\"q\"\"q\"\t2", "table: a | b\nq\"q | 2"),
        ("x,\"two\nlines\"\n1,2", "table: x | two lines\n1 | 2"),
    ])
    func `separated values are a table`(text: String, line: String) throws {
        #expect(try SeparatedReader.read(Array(text.utf8)).lines == [line])
    }

    @Test func `a long table goes on below its head`() throws {
        let rows = (1...200).map { "name \($0),\($0 * 7)" }.joined(separator: "\n")
        let read = try SeparatedReader.read(Array("name,value\n\(rows)".utf8))
        #expect(read.paragraphs.count > 1)
        #expect(read.paragraphs.allSatisfy { $0.text.hasPrefix("name | value\n") && $0.headRows == 1 && $0.text.count < 2_000 })
        #expect(read.paragraphs.reduce(0) { $0 + $1.text.split(separator: "\n").count - 1 } == 200)
    }

    @Test func `subtitles are sentences with their times`() throws {
        let subrip =
            "1\n00:00:01,000 --> 00:00:03,000\n<i>The cell is</i>\n\n2\n00:00:03,200 --> 00:00:05,000\nthe unit of life.\n\n3\n00:01:10,500 --> 00:01:12,000\nNext.\n"
        #expect(try SubtitlesReader.read(Array(subrip.utf8)).lines == ["[0:01] The cell is the unit of life.", "[1:10] Next."])
        let web =
            "WEBVTT\n\nNOTE no\n\nintro\n00:02.000 --> 00:04.000 align:start\n<v Ann>Hello &amp;\n\n00:04.000 --> 00:05.000\n<v Ann>welcome.\n\n00:05.000 --> 00:06.000\n<v Bob>Thanks."
        #expect(try SubtitlesReader.read(Array(web.utf8)).lines == ["[0:02] Ann: Hello & welcome.", "[0:05] Bob: Thanks."])
        let rolling =
            "WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome back\nto week four\n\n00:03.000 --> 00:05.000\nto week four\nof the course."
        #expect(try SubtitlesReader.read(Array(rolling.utf8)).lines == ["[0:01] Welcome back to week four of the course."])
        #expect(throws: ReadingFault.damaged) { try SubtitlesReader.read(Array("No times.".utf8)) }
    }

    @Test func `a message gives its fields, its text and the names of what was attached`() throws {
        let mail = """
            From: =?UTF-8?Q?Ann_M=C3=BCller?= <ann@example.org>\r
            To: bob@example.org\r
            Subject: =?utf-8?B?WmVsbGVu?=\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary="x"\r
            \r
            --x\r
            Content-Type: multipart/alternative; boundary=y\r
            \r
            --y\r
            Content-Type: text/plain\r
            \r
            Plain.\r
            --y\r
            Content-Type: text/html; charset=iso-8859-1\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            <p>Gr=FC=DFe, 25 m<sup>2</sup></p>\r
            --y--\r
            --x\r
            Content-Type: application/pdf; name="notes.pdf"\r
            Content-Disposition: attachment; filename="notes.pdf"\r
            Content-Transfer-Encoding: base64\r
            \r
            AAAA\r
            --x--\r
            """
        let read = try MailReader.read(Array(mail.utf8))
        #expect(read.title == "Zellen")
        #expect(
            read.lines == [
                "heading: Zellen", "From: Ann Müller <ann@example.org>\nTo: bob@example.org", "Grüße, 25 m²",
                "note: Attached: notes.pdf",
            ])
        #expect(read.unread == [.init(.embedded)])
    }
}

struct MarkdownSourceTests {
    @Test func `code without a fence gets one, all else stays`() {
        let source =
            "# Title\n\nSome words (with brackets) here.\n\n#include <stdio.h>\nint main() {\n# no heading\nreturn 0;\n}\n\n- f(x);\n\n    indented(x);\n"
        let fenced =
            "# Title\n\nSome words (with brackets) here.\n\n```\n#include <stdio.h>\nint main() {\n# no heading\nreturn 0;\n}\n```\n\n- f(x);\n\n    indented(x);\n"
        #expect(MarkdownSource.prepared(source) == fenced)
        let already = "```c\nint x;\n\nint y;\n```\n\nx = 1"
        #expect(MarkdownSource.prepared(already) == already)
    }
}
