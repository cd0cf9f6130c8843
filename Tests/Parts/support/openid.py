"""Signing in by canaille in a real browser; see Tests/Parts/openid."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import httpx  # noqa: E402
from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from server import PASSWORD, Server, free_port  # noqa: E402

expect.set_options(timeout=30_000)


class Canaille:
    """The provider, with two people."""

    def __init__(self, program: pathlib.Path, folder: pathlib.Path) -> None:
        self.program, self.folder, self.port, self.keys = program, folder, free_port(), []
        self.new_key()
        self.run("install")
        for name, full in (("grace", "Grace Hopper"), ("eve", "Eve")):
            self.run("create", "user", "--user-name", name, "--password", PASSWORD, "--emails", f"{name}@example.org",
                     "--formatted-name", full, "--family-name", full.split()[-1])

    def register(self, redirect: str, algorithm: str) -> dict[str, str]:
        """A client of its own, by dynamic registration."""
        answer = httpx.post(f"{self.issuer}/oauth/register", json={
            "client_name": "Little Monster", "client_uri": redirect, "redirect_uris": [redirect], "grant_types": ["authorization_code"],
            "response_types": ["code"], "scope": "openid email profile", "token_endpoint_auth_method": "client_secret_basic",
            "id_token_signed_response_alg": algorithm})
        assert answer.status_code == 201, answer.text
        return {name: answer.json()[name] for name in ("client_id", "client_secret")}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def new_key(self) -> None:
        """Signs with it alone from the next start on."""
        self.keys = []
        self.write()
        out = self.run("jwk", "create", "rsa")
        self.keys = [json.loads(out[out.index("{"):out.rindex("}") + 1])]
        self.write()

    def write(self) -> None:
        key = ", ".join("{" + ", ".join(f"{name} = {json.dumps(value)}" for name, value in key.items()) + "}" for key in self.keys)
        (self.folder / "canaille.toml").write_text(
            f'SECRET_KEY = "of the test"\nSERVER_NAME = "127.0.0.1:{self.port}"\nPREFERRED_URL_SCHEME = "http"\n'
            f'[CANAILLE]\nNAME = "University"\n[CANAILLE_SQL]\nDATABASE_URI = "sqlite:///{self.folder}/db.sqlite"\n'
            + (f'[CANAILLE_OIDC]\nTRUSTED_DOMAINS = ["elsewhere.example"]\nDYNAMIC_CLIENT_REGISTRATION_OPEN = true\nACTIVE_JWKS = [{key}]\n' if self.keys else ""))

    def run(self, *words: str) -> str:
        done = subprocess.run([str(self.program), *words], env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "CANAILLE_CONFIG": str(self.folder / "canaille.toml")}

    def start(self) -> "Canaille":
        with (self.folder / "canaille.log").open("ab") as log:
            self.process = subprocess.Popen([str(self.program), "run", "--bind", f"127.0.0.1:{self.port}"], env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{self.issuer}/.well-known/openid-configuration", timeout=5).status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline, "canaille does not start"
            time.sleep(0.2)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def step(text: str) -> None:
    print(f"    {text}", file=sys.stderr)


def sign_in_there(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Login").fill(name)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def main(folder: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        here = pathlib.Path(place)
        study = Server(here / "data")
        study.settings["LM_PUBLIC_URL"] = study.url
        provider = Canaille(folder / "venv/bin/canaille", here).start()
        file = here / "providers.json"
        file.write_text(json.dumps([
            {"name": name, "title": title, "issuer": provider.issuer, **provider.register(f"{study.url}/sign-in/{name}", algorithm)}
            # The second's tokens are signed by nobody, which the provider offers too.
            for name, title, algorithm in (("university", "My University", "RS256"), ("careless", "Careless", "none"))]))
        file.chmod(0o600)
        study.settings["LM_SIGN_IN_PROVIDERS"] = str(file)
        study.start()
        study.account("administrator@example.org", "Administrator")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
        try:
            about = httpx.get(f"{provider.issuer}/.well-known/openid-configuration").json()
            assert "none" in about["id_token_signing_alg_values_supported"] and about["authorization_response_iss_parameter_supported"]
            page = browser.new_page()
            page.goto(study.url + "/sign-in")
            page.get_by_role("button", name="Continue with My University").click()
            sign_in_there(page, "grace")
            page.get_by_role("button", name="Accept").click()
            expect(page.get_by_role("navigation", name="Main")).to_be_attached()
            assert "code" not in page.url
            step("a newcomer came in by the pages of sign-in and consent")

            person = page.evaluate("""async () => (await (await fetch('api/v1/auth/refresh', {
                method: 'POST', headers: {'X-LM-Session': 'cookie', 'Content-Type': 'application/json'}, body: '{}'})).json()).user""")
            assert person["email"] == "grace@example.org" and person["display_name"] == "Grace Hopper", person
            step("the account has the name and the address that the provider told")

            provider.stop()
            provider.new_key()
            provider.start()
            # Keys were read a moment ago; they are read anew once five seconds have passed.
            time.sleep(5)
            again = browser.new_page()
            again.goto(study.url + "/sign-in")
            again.get_by_role("button", name="Continue with My University").click()
            sign_in_there(again, "grace")
            accept = again.get_by_role("button", name="Accept")
            main_ = again.get_by_role("navigation", name="Main")
            expect(accept.or_(main_)).to_be_attached()
            if accept.is_visible():
                accept.click()
            expect(main_).to_be_attached()
            step("new keys were taken up")

            other = browser.new_page()
            other.goto(study.url + "/sign-in")
            other.get_by_role("button", name="Continue with My University").click()
            sign_in_there(other, "eve")
            other.get_by_role("button", name="Deny").click()
            expect(other.get_by_text("You said no there")).to_be_visible()
            step("who said no was told so, and no account was made")
            known = httpx.Client(base_url=f"{study.url}/api/v1")
            admin = known.post("/auth/login", json={"email": "administrator@example.org", "password": PASSWORD}).json()["access_token"]
            people = known.get("/admin/users", headers={"Authorization": f"Bearer {admin}"}).json()["data"]
            assert sorted(each["email"] for each in people) == ["administrator@example.org", "grace@example.org"], people

            careless = browser.new_page()
            careless.goto(study.url + "/sign-in")
            careless.get_by_role("button", name="Continue with Careless").click()
            sign_in_there(careless, "eve")
            careless.get_by_role("button", name="Accept").click()
            expect(careless.get_by_text("cannot be believed")).to_be_visible()
            assert "reason=algorithm" in study.tail(400)
            step("a token that the provider left unsigned was refused")

            # An address of ours that the client is not registered with gets no code.
            begun = known.post("/auth/authorize", json={"provider": "university"}).json()["address"]
            answer = careless.goto(begun.replace("sign-in%2Funiversity", "sign-in%2Funiversity%2F"))
            assert answer is not None and answer.status >= 400, answer
            step("another redirect address was refused by the provider")
        except BaseException:
            print(study.tail(), (here / "canaille.log").read_text()[-2000:], file=sys.stderr)
            raise
        finally:
            browser.close()
            study.stop()
            provider.stop()


main(pathlib.Path(sys.argv[1]))
