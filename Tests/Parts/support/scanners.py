"""Reads wapiti's report: says what was tried and fails where something was found. What it guesses from a status alone is asked again."""

import json
import sys
import urllib.error
import urllib.request


def asked(url: str, method: str = "GET") -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def is_guess(name: str, found: dict, origin: str) -> bool:
    """Two of its modules take an answer that they did not expect for a fault: a method that is none, and the app's page at an address that is none."""
    if name == "Htaccess Bypass":
        return asked(origin + found["path"], "ABC")[0] in (401, 405, 501)
    if name == "Backup file":
        return asked(origin + found["path"]) == asked(origin + "/no-such-place")
    return False


def main(path: str, origin: str) -> int:
    report = json.load(open(path, encoding="utf-8"))
    reported = [(name, each) for name, members in report["vulnerabilities"].items() for each in members]
    found = [(name, each) for name, each in reported if not is_guess(name, each, origin)]
    odd = [(name, each) for name, members in report["anomalies"].items() for each in members]
    print(
        f"scanners: {report['infos'].get('crawled_pages_nbr', '?')} addresses, {len(report['classifications'])} kinds of fault, "
        f"{len(reported)} reported, {len(found)} of them so, {len(odd)} anomalies")
    for name, each in found + odd:
        print(f"  {name}: {each['method']} {each['path']} {each.get('parameter') or ''}: {each['info'][:300]}")
    # An anomaly is an answer of 500 or none: both are faults of ours.
    return 1 if found or odd else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
