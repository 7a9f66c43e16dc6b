"""A scripted OpenAI-compatible server on loopback: chat completions, models, files, batches and embeddings.

`script` decides every chat answer: a function from the captured request (`Call`) to what goes over the wire (`Reply`).
A `Reply` is itself a script that always says the same, so each of both can stand where the other is asked for:
`server.script = limited(5, 2, honest)`, `server.script = sequence(hang(), error(500, "x", "y"), honest)`.
Faults last as long as the server does; nothing here sleeps past its end. Models to play are in `personalities.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

CHAT = "/v1/chat/completions"
CREATED = 1_781_938_800
Body = bytes | Callable[["Call"], bytes]
Fault = Literal["", "close", "cut", "drip", "stall"]
Units = dict[int, dict[str, list[str]]]


# ---------------------------------------------------------------- the request
@dataclass(frozen=True)
class Call:
    """One request. `body` of an upload is the form's fields, its file as text under `file`; of a GET it is empty."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    task: str
    rung: str
    system: str
    data: str
    units: Units
    mark: str
    at: float
    method: str = "POST"

    @property
    def tool(self) -> str | None:
        """The name of the tool that the request demands to be called."""
        choice, names = self.body.get("tool_choice"), [t["function"]["name"] for t in self.body.get("tools") or ()]
        if isinstance(choice, dict):
            return str(choice["function"]["name"])
        return names[0] if choice == "required" and names else None


def captured(path: str, headers: Mapping[str, str], body: dict[str, Any], method: str = "POST") -> Call:
    said = [(m.get("role"), _content(m)) for m in body.get("messages") or ()]
    system = "\n".join(t for role, t in said if role in ("system", "developer"))
    data = "\n".join(t for role, t in said if role == "user")
    task = re.match(r"Task: *(\S+)", system)
    mark, units = unfold(data)
    lower = {k.lower(): v for k, v in headers.items()}
    return Call(
        path, lower, body, task[1] if task else "", rung_of(body), system, data, units, mark, time.monotonic(), method
    )


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def rung_of(body: Mapping[str, Any]) -> str:
    kind = (body.get("response_format") or {}).get("type")
    if kind in ("json_schema", "json_object"):
        return str(kind)
    return "tool" if body.get("tools") else "plain"


def unfold(data: str) -> tuple[str, Units]:
    """The mark and the units of a user message; each key of a unit has its values in order."""
    first = re.search(r"^@([0-9a-f]{8}) [0-9]+$", data, re.MULTILINE)
    if first is None:
        return "", {}
    mark, units, unit = first[1], Units(), dict[str, list[str]]()
    for line in data[first.start() :].split("\n"):
        if line == f"@{mark} end":
            break
        if begins := re.fullmatch(rf"@{mark} ([0-9]+)", line):
            unit = units.setdefault(int(begins[1]), {})
        else:
            key, _, value = line.partition(":")
            unit.setdefault(key, []).append(value.removeprefix(" "))
    return mark, units


# ----------------------------------------------------------------- the answer
@dataclass(frozen=True)
class Reply:
    """What goes over the wire. A fault: `close` says nothing and ends; `cut` ends after `at` bytes of the body;
    `drip` sends the body a byte at a time, again and again; `stall` sends it (nothing when empty) and never ends."""

    body: Body = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: float = 0.0
    fault: Fault = ""
    at: int = 0

    def __call__(self, call: Call) -> Reply:
        return self

    def wire(self, call: Call) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body(call)


Script = Callable[[Call], Reply]


def completion(
    text: str | None, *, model: str = "scripted", finish: str | None = "stop",
    usage: Mapping[str, Any] | Literal[True] | None = True, reasoning: str | None = None, refusal: str | None = None,
    tool: str | None = None,
) -> Reply:  # fmt: skip
    """A chat completion. `tool` puts the text into the arguments of a call of that tool; usage None leaves it out."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
    if reasoning is not None:
        message["reasoning_content"] = reasoning
    if tool is not None:
        function = {"name": tool, "arguments": text}
        message |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}

    def body(call: Call) -> bytes:
        choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
        said = {"object": "chat.completion", "created": CREATED, "model": model, "choices": [choice]}
        prompt, made = tokens(dumps(call.body.get("messages"))), tokens((text or "") + (reasoning or ""))
        counted = {"prompt_tokens": prompt, "completion_tokens": made, "total_tokens": prompt + made}
        about = {"usage": counted if usage is True else usage} if usage is not None else {}
        return dumps({"id": f"chatcmpl-{_hash(text or '')[:12]}", **said, **about}).encode()

    return Reply(body)


def tokens(text: str) -> int:
    """An estimate: a token is four bytes."""
    return -(-len(text.encode()) // 4)


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: object, status: int = 200) -> Reply:
    return Reply(dumps(value).encode(), status)


def error(
    status: int, code: str | None, message: str, type: str = "invalid_request_error",
    headers: Mapping[str, str] | None = None,
) -> Reply:  # fmt: skip
    shape = {"error": {"message": message, "type": type, "param": None, "code": code}}
    return replace(_json(shape, status), headers=headers or {})


def raw(body: bytes, status: int = 200, content_type: str = "application/json") -> Reply:
    return Reply(body, status, {"Content-Type": content_type})


def hang(before: bytes = b"") -> Reply:
    """Takes the request and says nothing, or the head and `before` and then nothing more."""
    return Reply(before, fault="stall")


def gone() -> Reply:
    """Takes the request and closes the connection."""
    return Reply(fault="close")


def drip(data: bytes) -> Reply:
    return Reply(data, fault="drip")


# ------------------------------------------------------------ scripts of scripts
def cut(n: int, then: Script) -> Script:
    """Closes after `n` bytes of the body that `then` answers with; the length is that of the whole."""
    return lambda call: replace(then(call), fault="cut", at=n)


def slow(seconds: float, then: Script) -> Script:
    return lambda call: replace(reply := then(call), latency=reply.latency + seconds)


def sequence(*scripts: Script) -> Script:
    """One script a call, the last one for all that follow."""
    left, lock = list(scripts), threading.Lock()

    def run(call: Call) -> Reply:
        with lock:
            script = left.pop(0) if len(left) > 1 else left[0]
        return script(call)

    return run


def limited(rate: float, burst: int, then: Script, header: str | None = "Retry-After") -> Script:
    """A token bucket of `burst`, filled with `rate` a second; an empty one answers 429.

    The header tells when the next token comes: in milliseconds when its name ends in -ms; None tells nothing.
    """
    lock, state = threading.Lock(), {"full": float(burst), "at": 0.0}

    def run(call: Call) -> Reply:
        with lock:
            since = max(0.0, call.at - state["at"])
            full = min(float(burst), state["full"] + since * rate)
            state.update(full=full - 1 if full >= 1 else full, at=max(call.at, state["at"]))
        if full >= 1:
            return then(call)
        wait = (1 - full) / rate
        told = {header: str(math.ceil(wait * 1000 if header.endswith("-ms") else wait))} if header else {}
        return error(429, "rate_limit_exceeded", "Rate limit reached for requests.", "requests", told)

    return run


def rungs(allowed: Collection[str], then: Script, status: int = 400) -> Script:
    """Refuses what a request asks its answer by, unless it is in `allowed`."""
    refusals = {
        "json_schema": "This response_format type is unavailable now: json_schema",
        "json_object": "'response_format.type' must be 'json_schema', not json_object",
        "tool": "tools: this model does not support tool calling (tool_choice)",
        "plain": "response_format is required",
    }
    return lambda call: then(call) if call.rung in allowed else error(status, None, refusals[call.rung])


def prefixes(text: str) -> Iterator[str]:
    """Every prefix, from the empty one to the whole."""
    return (text[:n] for n in range(len(text) + 1))


# ------------------------------------------------------------ files and batches
def vector(text: str) -> list[float]:
    """Eight figures of length one, by the text's hash."""
    parts = [x / 255 - 0.5 for x in hashlib.sha256(text.encode()).digest()[:8]]
    return [x / (math.hypot(*parts) or 1.0) for x in parts]


class _Shelf:
    """Files and batches. A batch is answered when it is made, its lines come back in reverse order."""

    def __init__(self, polls: int) -> None:
        self.polls, self.files, self.batches = polls, dict[str, str](), dict[str, dict[str, Any]]()
        self._asked: dict[str, int] = {}

    def keep(self, content: str, filename: str, purpose: str) -> dict[str, Any]:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        size = len(content.encode())
        shape = {"id": name, "object": "file", "bytes": size, "created_at": CREATED, "filename": filename}
        return {**shape, "purpose": purpose, "status": "processed"}

    def make(self, body: Mapping[str, Any], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Reply:
        if (source := body.get("input_file_id")) not in self.files:
            return error(404, "not_found", f"No such File object: {source}")
        lines = [answer(json.loads(line)) for line in self.files[str(source)].split("\n") if line.strip()]
        good = [x for x in lines[::-1] if x["error"] is None and x["response"]["status_code"] == 200]
        bad = [x for x in lines[::-1] if x not in good]
        counts = {"total": len(lines), "completed": len(good), "failed": len(bad)}
        name = f"batch_{len(self.batches) + 1}"
        common = {"id": name, "object": "batch", "created_at": CREATED, "input_file_id": source}
        asked = {k: body.get(k) for k in ("endpoint", "completion_window", "metadata")}
        files = {"output_file_id": self._lines(good), "error_file_id": self._lines(bad)}
        self.batches[name] = {**common, **asked, **files, "status": "completed", "request_counts": counts}
        return _json(self._early(name, "validating"))

    def _lines(self, lines: list[dict[str, Any]]) -> str | None:
        return self.keep("\n".join(map(dumps, lines)), "out.jsonl", "batch_output")["id"] if lines else None

    def _early(self, name: str, status: str) -> dict[str, Any]:
        batch = self.batches[name]
        counts = {"total": batch["request_counts"]["total"], "completed": 0, "failed": 0}
        return {**batch, "status": status, "output_file_id": None, "error_file_id": None, "request_counts": counts}

    def shown(self, name: str) -> Reply:
        if name not in self.batches:
            return error(404, "not_found", f"No such batch: {name}")
        self._asked[name] = self._asked.get(name, 0) + 1
        return _json(self.batches[name] if self._asked[name] > self.polls else self._early(name, "in_progress"))

    def content(self, name: str) -> Reply:
        if name not in self.files:
            return error(404, "not_found", f"No such File object: {name}")
        return raw(self.files[name].encode(), content_type="application/octet-stream")


# ------------------------------------------------------------------ the server
class ModelServer:
    """`log` holds the requests in order of arrival, `batched` the calls that came as lines of batches.

    `models` and `vectors` are what the endpoints of models and embeddings answer with; both may be replaced.
    """

    def __init__(self, script: Script, *, batch_polls: int = 1, pause: float = 0.02) -> None:
        self.script, self.pause = script, pause
        self.log: list[Call] = []
        self.batched: list[Call] = []
        self.models = ["scripted"]
        self.vectors: Callable[[str], list[float]] = vector
        self.stopped = threading.Event()
        self.open: set[socket.socket] = set()
        self._shelf, self._lock = _Shelf(batch_polls), threading.RLock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def calls(self) -> list[Call]:
        return [c for c in list(self.log) if c.path == CHAT]

    def __enter__(self) -> Self:
        self._server = _Quiet(("127.0.0.1", 0), partial(_Handler, self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._server.server_close()

    def arrived(self, method: str, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> Call:
        with self._lock:
            self.log.append(call := captured(path, headers, body, method))
        return call

    def answer(self, call: Call) -> Reply:
        if (call.method, call.path) == ("POST", CHAT):
            return self.script(call)
        with self._lock:
            return self._other(call.method, call.path.removeprefix("/v1/").split("/"), call.body)

    def _other(self, method: str, path: list[str], body: dict[str, Any]) -> Reply:
        match (method, *path):
            case ("GET", "models"):
                return _json({"object": "list", "data": [_model(m) for m in self.models]})
            case ("POST", "embeddings"):
                return _json(self._embedded(body))
            case ("POST", "files"):
                return _json(self._shelf.keep(body["file"], body["filename"], body["purpose"]))
            case ("GET", "files", name, "content"):
                return self._shelf.content(name)
            case ("POST", "batches"):
                return self._shelf.make(body, self._line)
            case ("GET", "batches", name):
                return self._shelf.shown(name)
        return error(404, None, f"Unknown request URL: {method} /{'/'.join(path)}")

    def _line(self, line: dict[str, Any]) -> dict[str, Any]:
        """A line of a batch, answered by the script; what would break a connection fails the line."""
        self.batched.append(call := captured(line["url"], {}, line["body"]))
        reply, name = self.script(call), line["custom_id"]
        shape = {"id": f"batch_req_{len(self.batched)}", "custom_id": name, "response": None, "error": None}
        try:
            body = None if reply.fault else json.loads(reply.wire(call))
        except ValueError:
            body = None
        if body is None:
            return {**shape, "error": {"code": "batch_expired", "message": "This request could not be executed."}}
        return {**shape, "response": {"status_code": reply.status, "request_id": f"req_{name}", "body": body}}

    def _embedded(self, body: Mapping[str, Any]) -> dict[str, Any]:
        given = body["input"]
        texts = [given] if isinstance(given, str) else list(map(str, given))
        packed = body.get("encoding_format") == "base64"
        made = [_packed(v) if packed else v for v in map(self.vectors, texts)]
        used = sum(map(tokens, texts))
        data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(made)]
        usage = {"prompt_tokens": used, "total_tokens": used}
        return {"object": "list", "data": data, "model": body.get("model"), "usage": usage}


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "nobody"}


def _packed(figures: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(figures)}f", *figures)).decode()


class _Quiet(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def __init__(self, model: ModelServer, *args: Any) -> None:
        self.model = model
        super().__init__(*args)

    def setup(self) -> None:
        super().setup()
        self.model.open.add(self.connection)

    def finish(self) -> None:
        self.model.open.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type", "")
        try:
            body = _form(kind, sent) if kind.startswith("multipart/") else json.loads(sent)
        except ValueError:
            body = None
        self._serve(body)

    def _serve(self, body: Any) -> None:
        readable = isinstance(body, dict)
        path, headers = self.path.partition("?")[0], dict(self.headers.items())
        call = self.model.arrived(self.command, path, headers, body if readable else {})
        reply = self.model.answer(call) if readable else error(400, None, "We could not parse the JSON body.")
        if self.model.stopped.wait(reply.latency) or reply.fault:
            self.close_connection = True
        if not self.model.stopped.is_set():
            self._send(reply, reply.wire(call))

    def _send(self, reply: Reply, body: bytes) -> None:
        match reply.fault:
            case "":
                self._say(reply, body, len(body))
            case "cut":
                self._say(reply, body[: reply.at], len(body))
            case "stall":
                if body:
                    self._say(reply, body, None)
                self.model.stopped.wait()
            case "drip":
                self._say(reply, b"", None)
                while body and not self.model.stopped.is_set():
                    self._drip(body)

    def _drip(self, body: bytes) -> None:
        for n in range(len(body)):
            if self.model.stopped.wait(self.model.pause):
                return
            self.wfile.write(body[n : n + 1])

    def _say(self, reply: Reply, body: bytes, length: int | None) -> None:
        """Head and body in one piece; without a length the body ends with the connection."""
        ends = {"Connection": "close"} if length is None else {"Content-Length": str(length)}
        headers = {"Content-Type": "application/json", **ends, **reply.headers}
        lines = [f"HTTP/1.1 {reply.status} X", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + body)


def _form(kind: str, sent: bytes) -> dict[str, Any]:
    """The fields of a multipart form; the file is text under its own field's name, with its `filename`."""
    boundary = kind.partition("boundary=")[2].strip('"').encode()
    fields: dict[str, Any] = {}
    for part in sent.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        names = dict(re.findall(r'\b(name|filename)="([^"]*)"', head.decode()))
        fields[names["name"]] = content.removesuffix(b"\r\n").decode()
        fields |= {"filename": names["filename"]} if "filename" in names else {}
    return fields
