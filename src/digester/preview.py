"""A web server for a look at the built site: files of one folder, on this machine unless told otherwise.

Nothing outside the folder is served, links that lead out of it included; there are no listings; what is missing is the
site's own 404 page. The folder is found again for each request, since a build may turn its link to the next generation.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from digester.domain.errors import DigesterError, NotFound

TYPES = {
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".md": "text/markdown; charset=utf-8",
    ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".bib": "text/plain; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
}  # fmt: skip


class _Handler(SimpleHTTPRequestHandler):
    server_version = "digester"
    sys_version = ""
    extensions_map: ClassVar[dict[str, str]] = TYPES | {"": "application/octet-stream"}  # type: ignore[misc]

    def send_head(self) -> Any:
        root = Path(self.directory).resolve()
        name = self.translate_path(self.path)
        path = root if "\0" in name else Path(name).resolve()
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if path.is_file() and path.is_relative_to(root):
            return self._send(path, HTTPStatus.OK)
        missing = root / "404.html"
        if missing.is_file():
            return self._send(missing, HTTPStatus.NOT_FOUND)
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _send(self, path: Path, status: HTTPStatus) -> Any:
        body = path.open("rb")
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(path.stat().st_size))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        return body

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is noted of who read what."""


class Preview(ThreadingHTTPServer):
    """Raises NotFound without a built site and DigesterError when the port is taken."""

    daemon_threads = True

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 0) -> None:
        if not (folder / "index.html").is_file():
            raise NotFound(f"there is no site in {folder}", hint="`digester site build` makes it")
        try:
            super().__init__((host, port), partial(_Handler, directory=str(folder)))
        except OSError as err:
            raise DigesterError(f"cannot listen on {host}:{port}: {err.strerror}", hint="try another --port") from err

    @property
    def address(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}/"
