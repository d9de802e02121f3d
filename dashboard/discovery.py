"""Find the plug-in modules of a package: a new layer or format is one new module."""

import importlib
import pkgutil
from types import ModuleType


def find_modules(package: str) -> tuple[ModuleType, ...]:
    """Import every module directly inside `package` and give them in order of name."""
    parent = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(parent.__path__))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)
