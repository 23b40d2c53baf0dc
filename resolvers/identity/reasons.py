"""Why a token was refused, in sentences a client may read."""

from enum import StrEnum


class Reason(StrEnum):
    MISSING = "A session token is required, as Authorization: Bearer <token>"
    NOT_BEARER = "The Authorization header must be one Bearer token"
    MALFORMED = "The session token is not well formed"
    ALGORITHM = "The session token must be signed with RS256"
    NOT_SESSION = "The token is not a session token"
    UNKNOWN_KEY = "The session token is signed with an unknown key"
    SIGNATURE = "The signature of the session token is not valid"
    ISSUER = "The session token comes from another issuer"
    EXPIRED = "The session token has expired"
    NOT_YET = "The session token is not valid yet"
    PARTY = "The session token was issued to another origin"
    PENDING = "The session is pending: its tasks are not finished"
    VERSION = "This version of the session token is not supported"
    ORGANIZATION = "The organization in the session token is not well formed"
