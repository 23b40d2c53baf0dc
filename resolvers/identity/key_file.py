"""A private key in a file, made on first use."""

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


def private_key_at(path: Path) -> RSAPrivateKey:
    """Return the RSA key in ``path``; it is made if the file does not exist, by one process only.

    Raises ``ValueError`` if the file holds something else.
    """
    if not path.exists():
        _create(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(f"There is no RSA key in {path}; delete the file and a new one will be made")
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = _written(path)
    try:
        # A link appears at once and never replaces: of two that start together, the first one's key stays.
        os.link(whole, path)
    except FileExistsError:
        return
    finally:
        whole.unlink()


def _written(path: Path) -> Path:
    pem = generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    with open(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(descriptor)
    return Path(name)
