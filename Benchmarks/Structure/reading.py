"""`lm serve` on a fresh data folder, as a reader of PDFs."""
import importlib.util
import pathlib

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "Ingestion" / "run.py"
specification = importlib.util.spec_from_file_location("ingestion", SOURCE)
ingestion = importlib.util.module_from_spec(specification)
specification.loader.exec_module(ingestion)


class Reader:
    def __init__(self, lm, folder):
        self.server = ingestion.Server(lm, pathlib.Path(folder) / "data")

    def __enter__(self):
        self.server.sign_in(True)
        return self

    def __exit__(self, *_):
        self.server.stop()

    def text(self, path):
        _, document = ingestion.ingest_ours(self.server, pathlib.Path(path))
        _, answer = self.server.call("GET", f"/api/v1/documents/{document['id']}/pages?limit=100")
        return "\n".join(page["text"] for page in answer["data"])
