"""What makes a run the same run: its inputs, its policy, the version and the moment up to which facts count."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from tieout.settings import Settings
from tieout.version import __version__

# Where configuration and sources lie, how pages look and who is told of a run change no figure; a webhook is a secret.
_NOT_POLICY: dict[str, Any] = {
    "path": True, "source": {"__all__": {"path"}}, "schedule": True, "alerts": True, "reports": True,
}  # fmt: skip


def policy_of(settings: Settings) -> str:
    """The settings that figures depend on, as JSON."""
    return settings.model_dump_json(exclude=_NOT_POLICY)


def run_id(inputs: Sequence[Sequence[str]], policy: str, as_of: str) -> str:
    """Twelve hexadecimal digits; ``inputs``: table, file and sha256 of each source file, in order."""
    content = json.dumps([[list(file) for file in inputs], policy, __version__, as_of])
    return hashlib.sha256(content.encode()).hexdigest()[:12]
