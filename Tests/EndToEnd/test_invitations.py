"""Invitations: a link that makes an account of a role, one that is mailed and stands nowhere else, and what is told of one that is over."""

from __future__ import annotations

import pathlib
import re

from playwright.sync_api import Browser, expect

from app import App
from mail_server import MailServer
from server import PASSWORD


def test_who_has_the_link_makes_an_account_and_nobody_else(serve, browser: Browser) -> None:
    server = serve(LM_REGISTRATION="invitation")
    server.account("ada@example.org", "Ada")
    contexts = [browser.new_context(service_workers="block") for _ in range(2)]
    try:
        ada, new = (App(context.new_page(), server.url) for context in contexts)
        ada.sign_in("ada@example.org").open("/admin/invitations")
        expect(ada.page.get_by_role("heading", name="No invitations")).to_be_visible()
        ada.page.get_by_role("button", name="Invite people").click()
        dialog = ada.page.get_by_role("dialog", name="Invite people")
        dialog.get_by_role("radio", name="Teacher").check()
        dialog.get_by_role("button", name="Make the link").click()
        link = dialog.locator("code").inner_text()
        assert link.startswith(server.url + "/register#invitation="), link
        dialog.get_by_role("button", name="Done").click()
        row = ada.page.get_by_role("list", name="Invitations").get_by_role("listitem")
        expect(row).to_contain_text("used 0 of 1 time")

        # Without it there is no way in.
        new.open("/register")
        expect(new.heading("Sign in")).to_be_visible()
        expect(new.page.get_by_role("link", name="Make an account")).to_have_count(0)
        new.page.goto("about:blank")
        new.page.goto(link)
        expect(new.page.get_by_text("Ada invites you as a teacher")).to_be_visible()
        new.register("tess@example.org", "Tess")
        assert server.sign_in("tess@example.org").client.get("/users/me").json()["role"] == "teacher"
        # It was good once.
        new.page.context.clear_cookies()
        new.page.goto("about:blank")
        new.page.goto(link)
        expect(new.page.get_by_role("alert")).to_contain_text("This invitation was used already.")

        # The other is taken back, and the role as well.
        ada.page.reload()
        expect(row).to_contain_text("used up")
        ada.open("/admin/people")
        ada.page.get_by_role("button", name="What Tess may do").click()
        dialog = ada.page.get_by_role("dialog", name="What Tess may do")
        expect(dialog.get_by_role("radio", name="Teacher")).to_be_checked()
        dialog.get_by_role("radio", name="Moderator").check()
        dialog.get_by_role("button", name="Save the role").click()
        expect(ada.page.get_by_role("listitem").filter(has_text="tess@example.org")).to_contain_text("Moderator")
        # A moderator looks after people, and has no more than that.
        contexts.append(browser.new_context(service_workers="block"))
        tess = App(contexts[-1].new_page(), server.url).sign_in("tess@example.org").open("/admin")
        expect(tess.page.get_by_role("listitem").filter(has_text="ada@example.org")).to_be_visible()
        expect(tess.page.get_by_role("button", name=re.compile("may do|new password"))).to_have_count(0)
        expect(tess.page.get_by_role("link", name="Health")).to_have_count(0)
    finally:
        for context in contexts:
            context.close()


def test_a_mailed_link_stands_in_no_file_and_no_log(serve, tmp_path: pathlib.Path) -> None:
    post = MailServer(tmp_path / "mail").start()
    try:
        server = serve(LM_REGISTRATION="invitation", LM_LOG_LEVEL="debug", **post.settings)
        ada = server.account("ada@example.org", "Ada")
        made = ada.client.post("/admin/invitations", json={"role": "student", "email": "ben@example.org"})
        assert made.status_code == 201, made.text
        assert set(made.json()) == {"invitation"}
        text = post.wait()[0].get_body(("plain",)).get_content()
        assert post.recipients == ["ben@example.org"]
        found = re.search(r"/register#invitation=([\w-]+)", text)
        assert found and "Ada invites you" in text, text
        token = found[1]
        for path in (tmp_path / "data").rglob("*"):
            assert not path.is_file() or token.encode() not in path.read_bytes(), path
        assert token not in server.tail(100_000)
        answer = ada.client.post("/auth/invitation", json={"token": token}).json()
        assert answer["email"] == "ben@example.org" and answer["invited_by"] == "Ada"
        registered = ada.client.post(
            "/auth/register", json={"email": "ben@example.org", "password": PASSWORD, "display_name": "Ben", "invitation": token})
        assert registered.status_code == 202 and registered.json()["mailed"], registered.text
        # It is used up with the account, not before.
        assert ada.client.get("/admin/invitations").json()["data"][0]["state"] == "open"
        confirmed = ada.client.post(
            "/auth/confirm-sign-up", json={"token": post.sign_up_token("ben@example.org"), "password": PASSWORD})
        assert confirmed.status_code == 201, confirmed.text
        assert ada.client.get("/admin/invitations").json()["data"][0]["state"] == "spent"
    finally:
        post.stop()
