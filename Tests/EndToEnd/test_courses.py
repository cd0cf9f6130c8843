"""Courses as scripts use them, over plain HTTP to the real program."""

from __future__ import annotations

from conftest import unique_email
from papers import note
from server import Account, Server

FOX = note("Foxes", "The fennec fox cools itself with ears that are half as long as its body.", "It drinks almost nothing.")
WHALE = note("Whales", "The blue whale cools itself through its tongue and its fins.", "It drinks no sea water.")


def course(account: Account, name: str, **fields: object) -> dict:
    answer = account.client.post("/courses", json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_course_holds_documents_and_conversations(account: Account) -> None:
    zoology = course(account, "Zoology", term="Winter", exam_date="2027-02-12")
    assert zoology["colour"] and zoology["document_count"] == 0 and not zoology["is_archived"]
    assert account.client.post("/courses", json={"name": " zoology "}).status_code == 409
    fox = account.bring("fox.md", FOX, course_id=zoology["id"])
    assert fox["course_id"] == zoology["id"] and fox["subject"] == "Zoology"
    # What an older program sends: a subject finds the course of that name, or makes one.
    whale = account.bring("whale.md", WHALE, subject="Marine  biology")
    marine = whale["course_id"]
    assert marine != zoology["id"] and whale["subject"] == "Marine biology"
    listed = account.client.get("/courses").json()["data"]
    assert [(each["name"], each["document_count"]) for each in listed] == [("Zoology", 1), ("Marine biology", 1)]

    inside = account.client.get("/documents", params={"course_id": zoology["id"]}).json()
    assert [each["id"] for each in inside["data"]] == [fox["id"]] and inside["pagination"]["total"] == 1
    hits = account.client.post("/documents/search", json={"query": "cools itself", "course_id": marine}).json()["data"]
    assert hits and {each["document_id"] for each in hits} == {whale["id"]}

    talk = account.conversation(course_id=marine)
    answer = account.client.post(f"/chat/conversations/{talk}/messages", json={"content": "How does the blue whale cool itself?"}).json()
    assert answer["citations"] and {each["document_id"] for each in answer["citations"]} == {whale["id"]}
    account.conversation(title="Elsewhere")
    found = account.client.get("/chat/conversations", params={"q": "BLUE whale"}).json()["data"]
    assert [each["id"] for each in found] == [talk] and found[0]["course_id"] == marine

    moved = account.client.post("/documents/move", json={"ids": [fox["id"], whale["id"]], "course_id": marine}).json()["data"]
    assert [each["course_id"] for each in moved] == [marine, marine]
    changed = account.client.patch(f"/courses/{marine}", json={"name": "Animals", "position": 0, "exam_date": None}).json()
    assert (changed["name"], changed["position"], changed["document_count"], changed["conversation_count"]) == ("Animals", 0, 2, 1)
    assert account.document(fox["id"])["subject"] == "Animals"

    assert account.client.delete(f"/courses/{marine}").status_code == 204
    assert "course_id" not in account.document(whale["id"])
    assert "course_id" not in account.client.get(f"/chat/conversations/{talk}").json()
    assert [each["name"] for each in account.client.get("/courses").json()["data"]] == ["Zoology"]


def test_another_student_sees_none_of_it(server: Server, account: Account) -> None:
    mine = course(account, "Zoology")["id"]
    other = server.account(unique_email())
    assert other.client.get("/courses").json()["data"] == []
    for answer in (
        other.client.get(f"/courses/{mine}"), other.client.patch(f"/courses/{mine}", json={"name": "Mine"}),
        other.client.delete(f"/courses/{mine}"), other.client.get("/documents", params={"course_id": mine}),
        other.client.get("/chat/conversations", params={"course_id": mine}),
    ):
        assert answer.status_code == 404, answer.text
    for answer in (
        other.upload("fox.md", FOX, course_id=mine), other.client.post("/chat/conversations", json={"course_id": mine}),
        other.client.post("/documents/search", json={"query": "fox", "course_id": mine}),
    ):
        assert answer.status_code == 422 and "course_id" in answer.json()["details"], answer.text


def test_a_file_that_is_not_what_its_name_says_is_refused(account: Account) -> None:
    text = account.upload("slides.pdf", b"not a pdf")
    assert text.status_code == 415 and "“slides.pdf” is plain text, not a PDF file" in text.json()["message"]
    page = account.upload("slides.pdf", b"<!doctype html><title>Sign in</title><p>Sign in to download")
    assert page.status_code == 415 and "web page" in page.json()["message"]
    assert account.client.get("/documents").json()["data"] == []
    assert account.upload("slides.txt", b"Not a PDF, and named so.").status_code == 202
