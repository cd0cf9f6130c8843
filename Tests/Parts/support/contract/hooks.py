"""How schemathesis signs in, and which answers to valid data it may expect."""
import itertools
import json
import os
import re
import urllib.error
import urllib.request

import schemathesis

origin = os.environ["LM_ORIGIN"]
password = "correct moss 81 lamp"
document = json.load(urllib.request.urlopen(f"{origin}/openapi.json"))
numbers = itertools.count()
current = {}


def post(path, body):
    request = urllib.request.Request(f"{origin}/api/v1{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


@schemathesis.auth(refresh_interval=1)
class SignedIn:
    """A student, who signs in anew each second: some operations end sessions. Who can no longer is followed by another."""

    def get(self, case, context):
        if "email" in current:
            try:
                return post("/auth/login", {"email": current["email"], "password": password})["access_token"]
            except urllib.error.HTTPError:
                pass
        current["email"] = f"student-{os.getpid()}-{next(numbers)}@example.org"
        return post("/auth/register", {"email": current["email"], "password": password, "display_name": "S"})["access_token"]

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def filter_case(context, case):
    # A parameter that nobody declares is read over, as RFC 9110 leaves it to a server: links carry such.
    return not (case.query and "x-schemathesis-unknown-property" in case.query)


def resolved(schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].split("/")[-1]]
    return schema


def checked_fields(operation):
    """Fields with a rule that no schema can say: which there are, what must stand beside them, what is right as a password."""
    found = set()

    def walk(schema, path):
        if len(path.split(".")) > 4:
            return
        if schema.get("x-checked") or schema.get("writeOnly"):
            found.add(path)
        whole = resolved(schema)
        for one in whole.get("anyOf", []):
            walk(one, path)
        if "items" in whole:
            walk(whole["items"], path)
        for name, inner in whole.get("properties", {}).items():
            walk(inner, f"{path}.{name}" if path else name)

    for parameter in operation.get("parameters", []):
        if parameter["schema"].get("x-checked"):
            found.add(parameter["name"])
    for content in operation.get("requestBody", {}).get("content", {}).values():
        walk(content.get("schema", {}), "")
    return found


@schemathesis.check
def valid_data_is_taken(context, response, case):
    """400 for data that the schema allows is a fault, but where the document marks the field as one with further rules."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    fields = [re.sub(r"\[\d+\]", "", field) for field in response.json().get("details", {})]
    known = checked_fields(document["paths"].get(case.path, {}).get(case.method.lower(), {}))
    # A feature names a field from where it reads it, without the list or object that it stands in.
    last = {one.split(".")[-1] for one in known if one}
    if "key" in last:
        last |= {"options", "gaps", "pairs", "items", "answer", "number", "unit", "tolerance"}  # Of a question's key, by its kind.
    left = [field for field in fields if not last & set(field.split("."))]
    if not fields and "multipart" in (response.request.headers.get("Content-Type") or ""):
        return  # Names with control characters make a part's head a broken line.
    assert fields and not left, f"valid data refused: {response.json().get('details')}"
