"""How YAML is read here: safely, and with the booleans of YAML 1.2, so that `yes` and `no` can be keys."""

from __future__ import annotations

import yaml

__all__ = ["Loader"]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with YAML 1.2's booleans: `yes` and `no` are our keys, not true and false."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()
}
