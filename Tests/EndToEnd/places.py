"""Every page of the app, for tests that go through them all."""

from __future__ import annotations

import datetime
import pathlib
import re
from collections.abc import Iterable

from papers import note, plain_pdf
from server import PASSWORD, Account

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Web" / "src"


def patterns() -> set[str]:
    """What addresses the areas say that they have pages at: `/c/:course`."""
    found = set()
    for file in SOURCES.glob("*/area.ts"):
        for literal, named in re.findall(r"pattern: (?:\"([^\"]+)\"|paths\.(\w+)), page:", file.read_text()):
            found.add(literal or f"/{named}")
    assert len(found) > 15
    return found


def missed(places: Iterable[str]) -> set[str]:
    """Pages that none of these addresses shows."""
    paths = {re.sub(r"[?#].*", "", place) for place in places}
    return {pattern for pattern in patterns() if not any(_shows(pattern, path) for path in paths)}


def _shows(pattern: str, path: str) -> bool:
    names, parts = pattern.split("/"), path.split("/")
    return len(names) == len(parts) and all(name == part or (name.startswith(":") and part != "") for name, part in zip(names, parts))


class Places:
    """An account with something on every page, and the addresses of the pages by what stands there."""

    def __init__(self, account: Account, words: dict[str, str] | None = None) -> None:
        words = words or ENGLISH
        made = account.client.post("/courses", json={"name": words["course"], "colour": "yellow"})
        assert made.status_code == 201, made.text
        self.course = made.json()["id"]
        self.pdf = account.bring("book.pdf", plain_pdf(words["book"], words["chapter"], words["sentence"]), course_id=self.course)["id"]
        self.text = account.bring("tea.md", note(words["title"], words["text"], words["more"]), course_id=self.course)["id"]
        self.broken = account.upload("broken.pdf", b"%PDF-1.7 nothing else").json()["id"]
        self.talk = account.conversation(document_ids=[self.text], course_id=self.course)
        answer = account.client.post(f"/chat/conversations/{self.talk}/messages", json={"content": words["question"]})
        assert answer.status_code == 200, answer.text
        silence = b"RIFF\xa4\x0c\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\x80\x0c\0\0" + bytes(3200)
        recording = account.client.post("/stt/transcribe", files={"file": ("silence.wav", silence)})
        assert recording.status_code == 202, recording.text
        self.recording = recording.json()["id"]
        asked = account.client.post("/quiz-questions", json={
            "question_text": words["question"], "question_type": "short_answer", "key": {"accepted": [words["answer"]]}, "topic": words["title"],
        })
        assert asked.status_code == 201, asked.text
        quiz = account.client.post("/quizzes", json={"question_ids": [asked.json()["id"]], "title": words["title"], "course_id": self.course})
        assert quiz.status_code == 202, quiz.text
        self.quiz = quiz.json()["id"]
        result = account.client.post(f"/quizzes/{self.quiz}/submissions", json={"answers": {asked.json()["id"]: words["more"]}})
        assert result.status_code == 201, result.text
        self.result = result.json()["id"]
        account.until(self.broken, lambda document: document["status"] == "failed")
        deck = account.client.post("/decks", json={"name": words["course"], "course_id": self.course})
        assert deck.status_code == 201, deck.text
        self.deck = deck.json()["id"]
        card = {"deck_id": self.deck, "front": words["question"], "back": words["text"], "source": {"document_id": self.text, "quote": words["text"]}}
        assert account.client.post("/cards", json=card).status_code == 201
        written = account.client.post("/notes", json={"title": words["title"], "content": words["text"], "course_id": self.course})
        assert written.status_code == 202, written.text
        self.note = written.json()["id"]
        exam = {"title": words["title"], "type": "exam", "start_date": soon(days=4), "course_id": self.course}
        assert account.client.post("/planner/events", json=exam).status_code == 201
        assert account.client.post("/planner/plan", json={"free": [{"weekday": day, "start": "16:00", "end": "18:00"} for day in range(1, 8)]}).status_code == 200
        for work in ({"name": words["title"], "weight": 40, "points": 70}, {"name": words["book"], "weight": 60}):
            assert account.client.post(f"/courses/{self.course}/assessments", json=work).status_code == 201
        assert account.client.put(f"/courses/{self.course}/grade", json={"scale": "percentage", "target": "85"}).status_code == 200
        self.classroom = joined_class(account, words)
        self.query = words["query"]

    @property
    def all(self) -> dict[str, str]:
        course = f"/c/{self.course}"
        return {
            "today": "/", "library": "/library", "courses": "/courses", "course": course, "sources": f"{course}/sources",
            "course's talks": f"{course}/talks", "ask": "/talk", "talk": f"/talk/{self.talk}", "ask in course": f"{course}/talk",
            "talk in course": f"{course}/talk/{self.talk}", "talks": "/talks", "pdf": f"/d/{self.pdf}", "text": f"/d/{self.text}",
            "failed document": f"/d/{self.broken}", "search": "/search", "hits": f"/search?q={self.query}", "notifications": "/notifications",
            "recordings": "/recordings", "recording": f"/recordings/{self.recording}",
            "quizzes": "/quizzes", "questions": "/questions", "practice": f"{course}/practice", "quiz": f"/quiz/{self.quiz}",
            "quiz taken": f"/quiz/{self.quiz}/take", "quiz result": f"/quiz/{self.quiz}/result/{self.result}",
            "notes": "/notes", "note": f"/notes/{self.note}", "course's notes": f"{course}/notes",
            "live": "/live", "live talk": f"/live/{self.talk}", "personas": "/personas",
            "decks": "/cards", "deck": f"/cards/{self.deck}", "review": "/review", "statistics": "/statistics", "review of deck": f"/review/{self.deck}",
            "week": "/planner", "month": "/planner?view=month", "grades": "/grades", "profile": "/profile", "course's grades": f"{course}/grades",
            "classes": "/classes", "class": f"/class/{self.classroom}", "class shared": f"/class/{self.classroom}/shared", "join": "/join",
            "settings": "/settings", **{f"settings {name}": f"/settings/{name}" for name in settings_sections()}, "missing": "/nowhere",
        }

    @property
    def taught(self) -> dict[str, str]:
        """The pages of a class for its teacher, who is the administrator."""
        own = f"/class/{self.classroom}"
        return {"students": own, "shared": f"{own}/shared", "results": f"{own}/results", "invite": f"{own}?sheet=invite-class",
                "share": f"{own}/shared?sheet=share-with-class", "delete": f"{own}?sheet=end-class", "new class": "/classes?sheet=new-class"}

    @property
    def beside(self) -> dict[str, str]:
        """Pages with something beside them."""
        return {"asked": f"/d/{self.text}?panel=talk:{self.talk}", "cited": f"/c/{self.course}/talk/{self.talk}?panel=document:{self.text}"}


#: The administrator's pages.
ADMIN = {"admin": "/admin", "people": "/admin/people", "invitations": "/admin/invitations", "platforms": "/admin/platforms", "health": "/admin/health", "audit": "/admin/audit", "backups": "/admin/backups", "jobs": "/admin/jobs"}

#: What lies over a page, by its address.
SHEETS = {
    "palette": "/?sheet=palette", "new course": "/?sheet=new-course", "more": "/?sheet=more", "shortcuts": "/?sheet=shortcuts",
    "talks": "/talk?sheet=talks", "scope": "/talk?sheet=scope", "new quiz": "/quizzes?sheet=new-quiz", "new note": "/notes?sheet=new-note",
    "new card": "/cards?sheet=new-card", "new deck": "/cards?sheet=new-deck", "study": "/cards?sheet=study",
    "new event": "/planner?sheet=new-event", "plan": "/planner?sheet=plan", "calendar": "/planner?sheet=calendar",
    "bring a calendar": "/planner?sheet=bring-calendar",
}

ENGLISH = {
    "course": "Drinks", "book": "Handbook", "chapter": "Chapter", "sentence": "Coffee is brewed in a pot on the stove.",
    "title": "On tea", "text": "Green tea is steeped for two minutes in water of eighty degrees.",
    "more": "Black tea is steeped for four minutes in boiling water.", "question": "How long is green tea steeped?", "query": "tea",
    "answer": "two minutes",
}

GERMAN = {
    "course": "Warme Getränke", "book": "Handbuch", "chapter": "Kapitel", "sentence": "Kaffee kocht man in einer Kanne auf dem Herd.",
    "title": "Tee", "text": "Grüner Tee zieht zwei Minuten in Wasser von achtzig Grad.",
    "more": "Schwarzer Tee zieht vier Minuten in kochendem Wasser.", "question": "Wie lange zieht grüner Tee?", "query": "Tee",
    "answer": "zwei Minuten",
}


def joined_class(account: Account, words: dict[str, str]) -> str:
    """A class of the administrator's that the account takes part in, with a quiz that it has handed in."""
    def send(path: str, body: dict, token: str) -> dict:
        answer = account.client.post(path, json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code < 300, answer.text
        return answer.json()

    login = account.client.post("/auth/login", json={"email": "administrator@example.org", "password": PASSWORD})
    assert login.status_code == 200, login.text
    token, own = login.json()["access_token"], account.client.headers["Authorization"].removeprefix("Bearer ")
    made = send("/classes", {"name": words["course"], "about": words["text"]}, token)["id"]
    asked = send("/quiz-questions", {
        "question_text": words["question"], "question_type": "short_answer", "key": {"accepted": [words["answer"]]}, "topic": words["title"],
    }, token)["id"]
    given = send("/quizzes", {"question_ids": [asked], "title": words["title"]}, token)["id"]
    send(f"/classes/{made}/shares", {"kind": "quiz", "id": given}, token)
    send("/classes/join", {"code": send(f"/classes/{made}/code", {}, token)["code"]}, own)
    send(f"/quizzes/{given}/submissions", {"answers": {asked: words["more"]}}, own)
    return made


def soon(days: int) -> str:
    """A time some days from now, as the API writes it."""
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:00:00Z")


def settings_sections() -> list[str]:
    page = (SOURCES / "settings" / "SettingsPage.tsx").read_text()
    found = re.search(r"const sections = \{(.*?)\n\}", page, re.DOTALL)
    assert found is not None
    return re.findall(r"(\w+):", found[1])
