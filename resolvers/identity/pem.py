"""A public key as people put it into a setting."""

import base64
import os
import re
from pathlib import Path
from typing import TypeGuard

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

KEY_BITS = range(2048, 8192 + 1)  # shorter is breakable, longer takes too long to check

_AROUND = " \r\n\t\"'"
_PEM = re.compile(r"(?:-----BEGIN(?: RSA)? PUBLIC KEY-----)?([A-Za-z0-9+/=\s]+)(?:-----END[A-Z ]+-----)?")


def read_public_key(setting: str) -> RSAPublicKey:
    """Return the RSA key in ``setting``: a PEM on one line or many, its middle alone, or the path of one.

    Raises ``ValueError`` if it is none of these.
    """
    text = _content(setting.strip(_AROUND)).replace("\\n", "\n")
    match = _PEM.fullmatch(text.strip(_AROUND))
    key = _loaded(match[1]) if match else None
    if key is None:
        raise ValueError("The key must be an RSA public key of 2,048 to 8,192 bits, or the path of one")
    return key


def is_usable(key: object) -> TypeGuard[RSAPublicKey]:
    """Tell whether ``key`` is an RSA public key of a good size."""
    return isinstance(key, RSAPublicKey) and key.key_size in KEY_BITS


def _content(text: str) -> str:
    # os.path.isfile, for it says no to what is too long to be a path; Path.is_file raises.
    return Path(text).read_text("ascii", "replace") if os.path.isfile(text) else text


def _loaded(body: str) -> RSAPublicKey | None:
    try:
        key = load_der_public_key(base64.b64decode("".join(body.split()), validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if is_usable(key) else None
