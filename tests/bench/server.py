"""The first subject: this server as in production, but with a key of development behind its tokens."""

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette

from app import make_app
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.issuer import Issuer
from schema.server.settings import read_settings

NO_FILE = Path("no such file")


def make(url: str, directory: Path) -> Starlette:
    """``url`` is the database's, ``directory`` holds the key."""
    settings = replace(
        read_settings({}, NO_FILE).with_database(url),
        environment="production",
        clerk_issuer=Issuer(DEVELOPMENT_ISSUER),
        clerk_jwt_key=pem(directory),
        graphiql=False,
        log_format="json",
    )
    return make_app(settings)


def pem(directory: Path) -> str:
    """The public key that checks the benchmark's tokens."""
    key = DevelopmentKeys.load_or_create(directory).public_key
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
