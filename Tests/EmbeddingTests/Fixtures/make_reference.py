"""Writes the references that the tests compare with: what the Hugging Face tokenizer and sentence-transformers make of a set of texts.

    python make_reference.py MODEL_DIRECTORY

Needs the PyPI packages `sentence-transformers` and `torch`. Writes beside itself:
- texts.json: the texts, ours, of every kind that a student's documents hold and of many that a tokenizer may stumble over.
- pieces.json: each text's ids, whole, without [CLS] and [SEP].
- vectors.f32: for each of the first 200 texts its vector of 384 little-endian floats, of length 1, cut at 256 pieces.
"""
import json
import pathlib
import random
import sys

import numpy
import torch
from sentence_transformers import SentenceTransformer

VECTORS = 200
random.seed(20261121)

sentences = """The mitochondrion is the powerhouse of the cell.
Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.
A derivative is the limit of the difference quotient as the step goes to zero.
The French Revolution began in 1789 with the storming of the Bastille.
Supply and demand meet where the market clears.
Newton's second law says that force equals mass times acceleration.
Ribosomes read messenger RNA three letters at a time.
The treaty was signed by both parties in the spring.
Every continuous function on a closed interval attains its maximum.
Osmosis moves water through a membrane towards the higher concentration.
A binary search halves the interval at each step.
The poem turns on the word "nevertheless" in its last line.
Inflation eats the value of savings when interest is lower.
Plate tectonics explains why the same fossils occur on two continents.
An acid gives away a proton, and a base takes it.
The keynote speaker, Dr. O'Neill, couldn't attend; her talk (on Bayes' rule) was read aloud.
To compile the program, run `make` and then look at the warnings.
A transformer attends to all positions of its input at once.
Opportunity cost is what one gives up by choosing something else.
The immune system remembers an infection by keeping a few of its cells.""".splitlines()

words = sorted({word.strip('.,;()"`').lower() for line in sentences for word in line.split()})


def paragraph(count):
    return " ".join(random.choice(sentences) for _ in range(count))


texts = [
    "", " ", "\n\t ", "a", "Cell", "photosynthesis", "antidisestablishmentarianism", "the", "42", "3.14159", "...", "?", "#", "##", "##ing",
    "[CLS]", "a [SEP] b", "what [MASK] that", "[UNK]", "[pad]", "[PAD]x", "x[CLS]y", "[CLS", "[[SEP]]", "[mask]",
    "Größe, Übermut und Straße", "café naïve résumé Ångström", "ÉCOLE Ñandú ÇA", "İstanbul ışık", "ΑΒΓ Ωμέγα ὈΔΥΣΣΕΎΣ ς", "Москва́ и Ёлка",
    "שָׁלוֹם עולם", "السلام عليكم", "नमस्ते दुनिया", "ภาษาไทย", "한국어 텍스트", "각", "日本語のテキスト", "中文分词测试", "漢字kanji混ぜる", "ﷺ ﬁne ﬂow",
    "x² + y² = z²", "∫₀^∞ e^{-x²} dx = √π/2", "∀ε>0 ∃δ>0: |x−a|<δ ⇒ |f(x)−L|<ε", "E = mc²; ΔG° = −RT ln K", "H₂SO₄ + 2 NaOH → Na₂SO₄ + 2 H₂O",
    "≠ ≤ ≥ ≮ ∉", "½ ¾ ⅓ Ⅳ ①", "𝔸𝕓𝒸 𝟘𝟙", "🙂", "I ❤️ study groups 🎓📚", "👩‍🔬👨‍👩‍👧‍👦🇸🇪", "naïve" + "\u200b" + "zero", "soft\u00adhyphen", "no\u00a0break\u2009thin\u3000wide",
    "\ufeffbyte order mark", "null\u0000byte", "bell\u0007 and \u001b[0m", "line\rcarriage\r\nreturn\vvertical\fform", "\u2028line\u2029paragraph",
    "repl\ufffdacement", "\ue000private\uf8ff", "combining e\u0301 o\u0308 n\u0303", "\u0301\u0302\u0303", "Zalgo T̷̢̛͎͓e̸̡̢x̵̨̛t̴", "\U0001F1E9\U0001F1EA", "\U000E0041tag",
    "for (int i = 0; i < n; ++i) { sum += a[i] * b[i]; }", "def f(x):\n    return x**2 if x > 0 else -x", "SELECT name, COUNT(*) FROM users GROUP BY name HAVING COUNT(*) > 1;",
    "let xs = [1, 2, 3].map { $0 * 2 }", "<html><body class=\"main\">Hello &amp; welcome</body></html>", "https://example.org/path?q=1&r=two#frag", "mail@example.com, C:\\Users\\me, /usr/local/bin",
    "\\frac{\\partial L}{\\partial w} = \\sum_i x_i (y_i - \\hat{y}_i)", "snake_case camelCase PascalCase kebab-case SCREAMING_CASE", "don't won't can't I'll they've o'clock", "“curly” ‘quotes’ — dashes – and… ellipsis", "«guillemets» „low“",
    "e.g., i.e., etc., Fig. 3(b), p < .05, 10%", "$5.00 €3,50 £7 ¥900 ₹10", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "ab" * 60 + " after", "한" * 40, "supercalifragilisticexpialidocious" * 3,
    "tab\tseparated\tvalues", "ALL CAPS SHOUTING", "MiXeD cAsE", "1234567890" * 12, "1,000,000.00", "2026-11-21T09:30:00Z", "+49 (0)30 123-456", "~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./", "DŽ Dž dž ǅ", "ſ K Å ẞ", "ΐ ΰ", "ᾳ ᾼ Ὰ", "ﬀ ﬆ",
    "Ⓐ ⓐ Ａｂｃ １２３", "ア゙ ガ ｶﾞ", "𠀀𠀁 㐀 豈 更", "·•‣∙", "˜ˆ¨´`¸", "؟ ، ؛ ।॥", "𐐀𐐨 Ꭰ ꭰ ა Ა", "ꙮ ⸻ ⁂ ‰ ‱", "℃ ℉ Ω K", "⟨ψ|φ⟩ ⊗ ℏ ∇²",
]
while len(texts) < VECTORS - 46:
    texts.append(random.choice(sentences) if random.random() < 0.5 else " ".join(random.choices(words, k=random.randint(1, 24))))
texts += [paragraph(count) for count in [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 30, 40, 60, 100]]
texts += [f"# {random.choice(sentences)}\n\n- {random.choice(sentences)}\n- {random.choice(sentences)}\n\n| a | b |\n|---|---|\n| {index} | {index ** 3} |" for index in range(18)]
assert len(texts) == VECTORS, len(texts)
# Only for the tokenizer: single scalars of all planes between letters, and words made of them.
pool = [chr(code) for code in range(0x80, 0x30000) if not 0xD800 <= code < 0xE000]
texts += [" ".join("a" + random.choice(pool) + "b" for _ in range(40)) for _ in range(60)]
texts += ["".join(random.choices(pool, k=60)) for _ in range(20)]
texts += ["".join(random.choices([chr(code) for code in range(128)], k=200)) for _ in range(20)]

here = pathlib.Path(__file__).parent
torch.set_num_threads(2)
model = SentenceTransformer(sys.argv[1], device="cpu")
assert model.max_seq_length == 256
fast = model.tokenizer.backend_tokenizer
fast.no_truncation()
fast.no_padding()
pieces = [fast.encode(text, add_special_tokens=False).ids for text in texts]
vectors = model.encode(texts[:VECTORS], normalize_embeddings=True, batch_size=8, convert_to_numpy=True).astype("<f4")
(here / "texts.json").write_text(json.dumps(texts) + "\n")
(here / "pieces.json").write_text(json.dumps(pieces, separators=(",", ":")) + "\n")
(here / "vectors.f32").write_bytes(numpy.ascontiguousarray(vectors).tobytes())
print(vectors.shape, max(map(len, pieces)))
