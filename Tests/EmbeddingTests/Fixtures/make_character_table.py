"""Writes Sources/Intelligence/Embedding/CharacterTable+Data.swift: what the tokenizer does with each Unicode scalar.

The Hugging Face tokenizer is asked about every scalar, so that ours agrees with it whatever version of Unicode it was built with.

    python make_character_table.py TOKENIZER_JSON > CharacterTable+Data.swift

Needs the PyPI package `tokenizers`. One run: GAP,LENGTH,CLASS,DELTA; numbers in base 36 without a sign unless negative, GAP is the
distance from the end of the run before. CLASS: d dropped, s space, i stands alone, w within a word; DELTA is added to the scalar.
x: LENGTH is 1, followed by the scalars that it becomes, all within a word. Scalars in no run stay as they are, within a word.
Hangul syllables are left out: they decompose by arithmetic.
"""
import sys
from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(sys.argv[1])
normalize, split = tokenizer.normalizer.normalize_str, tokenizer.pre_tokenizer.pre_tokenize_str


def classify(code):
    """(class, output scalars) of one scalar."""
    raw = normalize("a" + chr(code) + "b")[1:-1]
    if raw == "":
        return "d", ()
    words = [word for word, _ in split("a" + raw + "b")]
    if words == ["a", "b"]:
        return "s", ()
    if len(words) == 1:
        return "w", tuple(map(ord, raw))
    assert len(words) == 3 and len(words[1]) == 1, (hex(code), words)
    return "i", (ord(words[1]),)


def base36(number):
    digits, sign, number = "", "-" if number < 0 else "", abs(number)
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return sign + digits


runs = []  # [start, length, class, delta or outputs]
for code in range(0x110000):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code < 0xAC00 + 11172:
        continue
    kind, outputs = classify(code)
    if kind == "w" and len(outputs) > 1:
        runs.append([code, 1, "x", outputs])
        continue
    delta = outputs[0] - code if outputs else 0
    if kind == "w" and delta == 0:
        continue
    last = runs[-1] if runs else None
    if last and last[0] + last[1] == code and last[2] == kind and last[3] == delta:
        last[1] += 1
    else:
        runs.append([code, 1, kind, delta])

fields, end = [], 0
for start, length, kind, rest in runs:
    tail = ",".join(map(base36, rest)) if kind == "x" else base36(rest)
    fields.append(",".join([base36(start - end), base36(length), kind, tail]))
    end = start + length

print("// Written by Tests/EmbeddingTests/Fixtures/make_character_table.py, which says how to read it; not to be edited.")
print()
print("extension CharacterTable {")
print('    static let data = """')
line = ""
for field in fields:
    if len(line) + len(field) + 1 > 120:
        print("        " + line + " \\")
        line = ""
    line += (" " if line else "") + field
print("        " + line)
print('        """')
print("}")
