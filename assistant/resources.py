"""Where flows and templates are: inside the installed package, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `flows` or `templates` that belongs to this installation; raises FileNotFoundError."""
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"the installation has no folder '{name}'; install the package again")


def static_folder() -> Path:
    """Return the folder of the static files, which are always inside the package."""
    return _PACKAGE / "web" / "static"


def locales_folder() -> Path:
    """Return the folder of the command line's words, which are always inside the package."""
    return _PACKAGE / "locales"


def beginning_folder() -> Path:
    """Return the folder of the flow that `assistant new` begins with, by language; always inside the package."""
    return _PACKAGE / "beginning"


def explanations_folder() -> Path:
    """Return the folder of what the checker's codes mean, which is always inside the package."""
    return _PACKAGE / "flow" / "explanations"
