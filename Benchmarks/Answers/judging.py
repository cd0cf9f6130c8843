"""What `real.py` holds of an answer: its verdict, and whether what it cites holds what it says."""
import re

# What an answer opens with that says that the documents do not hold it. The last goes on with the nearest passage all the same.
REFUSALS = re.compile(
    r"(I (could not|couldn't|cannot|can't) (find|answer)|Your documents (say no more|do not|don't)|(None|Nothing|Neither) (of|in) your documents)")
# Words: more than this is no answer but a page to search.
MOST = 260
VERDICTS = ["right", "partly", "wrong", "declined"]


def plain(answer):
    """Without citations, emphasis and escapes, on one line."""
    answer = re.sub(r"\s*\[\d+\]", "", answer).replace("**", "").replace("’", "'").replace("‘", "'")
    answer = re.sub(r"\\([_*#<>|~`\[\]])", r"\1", answer)
    return re.sub(r"\s+", " ", answer).strip()


def refuses(answer):
    return answer is None or REFUSALS.match(plain(answer)) is not None


def verdict(question, answer):
    """right, partly, wrong or declined.

    Right holds every phrase of `must`, none of `not`, and no more words than one reads for an answer. An answer that doubts itself and
    then gives the passage is judged by the passage, and counted among the refusals nevertheless.
    """
    if question["kind"] == "none":
        return "declined" if refuses(answer) else "wrong"
    text = plain(answer or "")
    held = [re.search(phrase, text, re.I) is not None for phrase in question["must"]]
    if any(re.search(phrase, text, re.I) for phrase in question.get("not", [])):
        return "wrong"
    if all(held):
        return "right" if len(text.split()) <= MOST else "partly"
    if refuses(answer):
        return "declined"
    return "partly" if any(held) else "wrong"


def words(text):
    """Words of three letters and more and numbers; signs of scripts without spaces one by one.

    The tutor's own “From “a section”” is none of them.
    """
    text = re.sub(r"From “[^”]*”", "", text)
    text = re.sub(r"\\([_*#<>|~`\[\]])", r"\1", text).replace("’", "'").replace("\u00ad", "").lower()
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]{3,}|\d+", text)


def citations(message, texts):
    """For each mark of the answer whether the text in front of it stands in what it cites.

    A mark stands behind what was told since the mark before it in the same paragraph. Held: nine of ten of these words are in the
    cited passage, its section or its title.

    - Parameter texts: of the passages, by the citation's number.
    """
    held = []
    for paragraph in re.split(r"\n\s*\n", message["content"]):
        told = ""
        for part in re.split(r"(\[\d+\])", paragraph):
            mark = re.fullmatch(r"\[(\d+)\]", part)
            if not mark:
                told += part
                continue
            if int(mark.group(1)) not in texts:
                continue
            said, cited = words(told), set(words(texts[int(mark.group(1))]))
            if said:
                held.append((sum(word in cited for word in said) >= .9 * len(said), int(mark.group(1)), told.strip()))
                told = ""
            elif held:
                # A second mark behind the same words.
                said = words(held[-1][2])
                held.append((sum(word in cited for word in said) >= .9 * len(said), int(mark.group(1)), held[-1][2]))
    return held
