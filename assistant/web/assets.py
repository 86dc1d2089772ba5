"""Static files, read once at start, compressed beforehand, and addressed by a hash so as never to be stale."""

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, the same compressed, and its media type."""

    data: bytes
    gzipped: bytes
    media_type: str


@dataclass(frozen=True)
class Assets:
    """All static files by name, and the hash that changes with any of them."""

    files: Mapping[str, Asset]
    digest: str

    @classmethod
    def read(cls, folder: Path, made: Mapping[str, bytes] = MappingProxyType({})) -> "Assets":
        """Read every file below a folder, and add what was made by name; raises OSError."""
        files = {
            path.relative_to(folder).as_posix(): _asset(path.suffix, path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        files.update({name: _asset(Path(name).suffix, data) for name, data in made.items()})
        digest = sha256()
        for name, asset in files.items():
            digest.update(name.encode() + b"\0" + asset.data)
        return cls(files, digest.hexdigest()[:12])

    def path(self, name: str) -> str:
        """Return the path of a file below the root; raises KeyError for an unknown one."""
        if name not in self.files:
            raise KeyError(f"no static file '{name}'")
        return f"static/{self.digest}/{name}"


@lru_cache(maxsize=64)
def _asset(suffix: str, data: bytes) -> Asset:
    media_type = TYPES.get(suffix) or mimetypes.guess_type(f"file{suffix}")[0] or "application/octet-stream"
    return Asset(data, gzip.compress(data, 9, mtime=0), media_type)
