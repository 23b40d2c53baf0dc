"""Every token that must not be accepted, with the flaw it is refused for."""

import hashlib
import hmac
import json
from collections.abc import Iterator

from resolvers.identity.identity import Reason
from tests.identity.tokens import ABSENT, HEADER, ISSUER, NOW, SECOND, encoded, jwk, pem, sealed, session, session_of

ORIGIN = "https://app.clinic.example"
HOSTILE: list[tuple[str, str, Reason]] = []

_GOOD = session()
_HEADER, _PAYLOAD, _SIGNATURE = _GOOD.split(".")
_HEADER_BYTES, _PAYLOAD_BYTES = json.dumps(HEADER).encode(), json.dumps(SECOND).encode()


def _signed_by_hmac(secret: str) -> str:
    signing_input = f"{encoded(json.dumps({**HEADER, 'alg': 'HS256'}).encode())}.{_PAYLOAD}"
    return f"{signing_input}.{encoded(hmac.new(secret.encode(), signing_input.encode(), hashlib.sha256).digest())}"


def _unsigned(algorithm: object) -> str:
    return f"{encoded(json.dumps({**HEADER, 'alg': algorithm}).encode())}.{_PAYLOAD}."


def _payload_with(text: str) -> bytes:
    """The good payload with more text in it, just before it ends."""
    return _PAYLOAD_BYTES[:-1] + text.encode() + b"}"


def _organization(**changes: object) -> dict[str, object]:
    return {"o": {"id": "org_north", "slg": "north", "rol": "admin", **changes}}


def _shapes() -> Iterator[tuple[str, str]]:
    yield "empty", ""
    yield "one segment", "token"
    yield "two segments", f"{_HEADER}.{_PAYLOAD}"
    yield "four segments", f"{_GOOD}.{_SIGNATURE}"
    yield "dots alone", ".."
    yield "no signature", f"{_HEADER}.{_PAYLOAD}."
    yield "no payload", f"{_HEADER}..{_SIGNATURE}"
    yield "header not base64", f"!!!.{_PAYLOAD}.{_SIGNATURE}"
    yield "header of impossible length", f"a.{_PAYLOAD}.{_SIGNATURE}"
    yield "signature of impossible length", f"{_HEADER}.{_PAYLOAD}.a"
    yield "standard base64 alphabet", f"{_HEADER}.{_PAYLOAD}.ab+/"
    yield "padding", f"{_HEADER}.{_PAYLOAD}.{_SIGNATURE}=="
    yield "trailing newline", f"{_GOOD}\n"
    yield "leading space", f" {_GOOD}"
    yield "NUL inside", f"{_HEADER}.{_PAYLOAD}\0.{_SIGNATURE}"
    yield "letters beyond ASCII", f"{_HEADER}.{_PAYLOAD}é.{_SIGNATURE}"
    yield "lone surrogate", f"{_HEADER}.{_PAYLOAD}\ud800.{_SIGNATURE}"
    yield "one megabyte", f"{_HEADER}.{_PAYLOAD}.{'a' * 1_000_000}"
    yield "one character too long", session_of(8193)
    yield "header not JSON", f"{encoded(b'{')}.{_PAYLOAD}.{_SIGNATURE}"
    yield "header a list", sealed(b'["RS256"]', _PAYLOAD_BYTES)
    yield "header a string", sealed(b'"RS256"', _PAYLOAD_BYTES)
    yield "header null", sealed(b"null", _PAYLOAD_BYTES)
    yield "header deeply nested", sealed(b'{"alg":' + b"[" * 5000, b"{}")
    yield "header deeply nested and closed", sealed(b'{"x":' + b"[" * 2000 + b"]" * 2000 + b"}", b"{}")
    yield "header not UTF-8", sealed(b'{"alg":"RS256\xff"}', _PAYLOAD_BYTES)
    yield "header in UTF-16", sealed(json.dumps(HEADER).encode("utf-16"), _PAYLOAD_BYTES)
    yield "header with two algorithms", sealed(b'{"alg":"none","alg":"RS256"}', _PAYLOAD_BYTES)
    yield "crit", session(header={"crit": ["exp"]})
    yield "crit empty", session(header={"crit": []})
    yield "crit of a name that is known to libraries", session(header={"crit": ["b64"], "b64": True})
    yield "b64 false", session(header={"b64": False})
    yield "b64 false, payload detached", f"{session(header={'b64': False}).split('.')[0]}..{_SIGNATURE}"
    yield "kid a path", session(header={"kid": "../../../../dev/null"})
    yield "kid with SQL", session(header={"kid": "x' union select 'key"})
    yield "kid a number", session(header={"kid": 1})
    yield "kid null", session(header={"kid": None})
    yield "kid a list", session(header={"kid": ["ins_clinic"]})
    yield "kid empty", session(header={"kid": ""})
    yield "kid too long", session(header={"kid": "k" * 129})
    yield "payload not JSON", sealed(_HEADER_BYTES, b"clinic")
    yield "payload empty object's half", sealed(_HEADER_BYTES, b"{")
    yield "payload a list", sealed(_HEADER_BYTES, b"[]")
    yield "payload a number", sealed(_HEADER_BYTES, b"1")
    yield "payload null", sealed(_HEADER_BYTES, b"null")
    yield "payload not UTF-8", sealed(_HEADER_BYTES, b'{"sub":"\xff"}')
    yield "payload deeply nested", sealed(_HEADER_BYTES, b'{"o":' + b"[" * 5000)
    yield "payload with NaN", sealed(_HEADER_BYTES, _payload_with(',"x":NaN'))
    yield "payload with Infinity", sealed(_HEADER_BYTES, _payload_with(',"x":-Infinity'))
    yield "subject twice", sealed(_HEADER_BYTES, _payload_with(',"sub":"user_2"'))
    yield "expiry twice", sealed(_HEADER_BYTES, _payload_with(f',"exp":{NOW + 9}'))
    yield "organization's id twice", sealed(_HEADER_BYTES, b'{"o":{"id":"org_1","id":"org_2"}}')
    yield "exp of 5,000 digits", sealed(_HEADER_BYTES, b'{"exp":1' + b"0" * 5000 + b"}")


def _times() -> Iterator[tuple[str, str]]:
    for name in ("exp", "nbf", "iat"):
        yield f"{name} missing", session({name: ABSENT})
        yield f"{name} null", session({name: None})
        yield f"{name} a numeric string", session({name: str(SECOND[name])})
        yield f"{name} true", session({name: True})
        yield f"{name} a fraction", session({name: NOW + 0.5})
        yield f"{name} a list", session({name: [NOW]})
        yield f"{name} negative", session({name: -1})
        yield f"{name} of 400 digits", session({name: 10**400})
        yield f"{name} beyond the calendar", session({name: 253_402_300_800})
    yield (
        "exp beyond floating point",
        sealed(_HEADER_BYTES, json.dumps(SECOND).replace(str(NOW + 60), "1e400").encode()),
    )


def _algorithms() -> Iterator[tuple[str, str]]:
    for algorithm in (
        "none",
        "None",
        "nOnE",
        "",
        "HS256",
        "RS384",
        "PS256",
        "ES256",
        "rs256",
        None,
        5,
        ["RS256"],
    ):
        yield f"alg {algorithm!r}", session(header={"alg": algorithm})
    yield "alg missing", session(header={"alg": ABSENT})
    yield "signed with the public key as a secret", _signed_by_hmac(pem())
    yield "signed with an empty secret", _signed_by_hmac("")


def _kinds() -> Iterator[tuple[str, str]]:
    yield "template category", session(header={"cat": "cl_B7d4PD222AAA"})
    yield "machine category", session(header={"cat": "cl_B7d4PD333AAA"})
    yield "category null", session(header={"cat": None})
    yield "category a list", session(header={"cat": []})
    yield "typ of an access token", session(header={"typ": "at+jwt"})
    yield "typ null", session(header={"typ": None})
    yield "no session id", session({"sid": ABSENT})
    yield "session id empty", session({"sid": ""})
    yield "session id a number", session({"sid": 7})
    yield "session id with NUL", session({"sid": "sess_\0"})
    yield "session id too long", session({"sid": "s" * 256})
    yield "no subject", session({"sub": ABSENT})
    yield "subject of a machine", session({"sub": "mch_1"})
    yield "subject a number", session({"sub": 1})
    yield "subject a list", session({"sub": ["user_1"]})
    yield "subject the prefix alone", session({"sub": "user_"})
    yield "subject with NUL", session({"sub": "user_\0"})
    yield "subject with a line break", session({"sub": "user_1\nadmin"})
    yield "subject with a lone surrogate", session({"sub": "user_\ud800"})
    yield "subject turned around", session({"sub": "user_\u202e1"})
    yield "subject with a quotation mark", session({"sub": "user_1'"})
    yield "session with a quotation mark", session({"sid": "sess_1'"})
    yield "subject too long", session({"sub": "user_" + "1" * 251})


def _issuers() -> Iterator[tuple[str, str]]:
    yield "another issuer", session({"iss": "https://clerk.evil.example"})
    yield "issuer's beginning", session({"iss": ISSUER[:-1]})
    yield "issuer as a beginning", session({"iss": f"{ISSUER}.evil.example"})
    yield "issuer as an end", session({"iss": f"https://evil.example/{ISSUER}"})
    yield "issuer with a slash", session({"iss": f"{ISSUER}/"})
    yield "issuer in capitals", session({"iss": ISSUER.upper()})
    yield "issuer over http", session({"iss": ISSUER.replace("https", "http")})
    yield "issuer with NUL", session({"iss": f"{ISSUER}\0"})
    yield "issuer in a list", session({"iss": [ISSUER]})
    yield "issuer null", session({"iss": None})
    yield "issuer missing", session({"iss": ABSENT})


def _organizations() -> Iterator[tuple[str, str]]:
    wrong: tuple[object, ...] = ("x", ["org_north"], 7, True, {})
    for value in wrong:
        yield f"organization {value!r}", session({"o": value})
    yield "organization's id missing", session({"o": {"slg": "north", "rol": "admin"}})
    for name in ("id", "slg", "rol"):
        for value in (7, "", ["x"], "org_\0", "org_\ud800", "org_" + "x" * 256):
            yield f"organization's {name} {value!r:.20}", session(_organization(**{name: value}))
    yield "organization's id a number in words", session(_organization(id="7"))
    first: dict[str, object] = {"v": ABSENT, "o": ABSENT}
    yield "first version's id a number", session({**first, "org_id": 7})
    yield "first version's id without its prefix", session({**first, "org_id": "north"})
    yield "first version's slug with NUL", session({**first, "org_id": "org_north", "org_slug": "nor\0th"})
    yield "first version's role a list", session({**first, "org_id": "org_north", "org_role": ["org:admin"]})


def _parties() -> Iterator[tuple[str, str]]:
    yield "another party", session({"azp": "https://evil.example"})
    yield "party as a beginning", session({"azp": f"{ORIGIN}.evil.example"})
    yield "party over http", session({"azp": ORIGIN.replace("https", "http")})
    yield "party with a slash", session({"azp": f"{ORIGIN}/"})
    yield "party missing", session({"azp": ABSENT})
    yield "party null", session({"azp": None})
    yield "party empty", session({"azp": ""})
    yield "party in a list", session({"azp": [ORIGIN]})
    yield "party in an object", session({"azp": {ORIGIN: 1}})


def _signatures() -> Iterator[tuple[str, str]]:
    yield "signed by a forger", session(owner="forger")
    yield (
        "signed by a forger who brings the key",
        session(header={"jwk": jwk(owner="forger")}, owner="forger"),
    )
    yield (
        "signed by a forger who links the key",
        session(header={"jku": "https://evil.example/jwks.json"}, owner="forger"),
    )
    yield (
        "signed by a forger with a certificate",
        session(header={"x5u": "https://evil.example/cert.pem", "x5c": [encoded(b"certificate")]}, owner="forger"),
    )
    yield "signature cut", f"{_HEADER}.{_PAYLOAD}.{_SIGNATURE[:340]}"
    yield "signature of zeros", f"{_HEADER}.{_PAYLOAD}.{'A' * len(_SIGNATURE)}"
    yield "signature of another token", f"{_HEADER}.{_PAYLOAD}.{session({'sub': 'user_2'}).split('.')[2]}"
    yield "payload of another token", f"{_HEADER}.{session({'sub': 'user_2'}).split('.')[1]}.{_SIGNATURE}"
    yield "header of another token", f"{session(header={'x': 1}).split('.')[0]}.{_PAYLOAD}.{_SIGNATURE}"
    yield "payload replaced by nonsense", f"{_HEADER}.{encoded(b'clinic')}.{_SIGNATURE}"


def _versions() -> Iterator[tuple[str, str]]:
    for version in (0, 3, 10**300, "2", 2.0, True, None, [2]):
        yield f"version {version!r:.10}", session({"v": version})


HOSTILE += [(name, token, Reason.MALFORMED) for name, token in (*_shapes(), *_times())]
HOSTILE += [(name, token, Reason.ALGORITHM) for name, token in _algorithms()]
HOSTILE += [(name, token, Reason.NOT_SESSION) for name, token in _kinds()]
HOSTILE += [(name, token, Reason.ISSUER) for name, token in _issuers()]
HOSTILE += [(name, token, Reason.ORGANIZATION) for name, token in _organizations()]
HOSTILE += [(name, token, Reason.PARTY) for name, token in _parties()]
HOSTILE += [(name, token, Reason.SIGNATURE) for name, token in _signatures()]
HOSTILE += [(name, token, Reason.VERSION) for name, token in _versions()]
HOSTILE += [
    ("unsigned, alg none", _unsigned("none"), Reason.MALFORMED),
    ("unsigned, alg RS256", _unsigned("RS256"), Reason.MALFORMED),
    ("expired", session({"exp": NOW - 6}), Reason.EXPIRED),
    ("expired to the second", session({"exp": NOW - 5}), Reason.EXPIRED),
    ("expired at the beginning of time", session({"exp": 0}), Reason.EXPIRED),
    ("not yet valid", session({"nbf": NOW + 6}), Reason.NOT_YET),
    ("issued in the future", session({"iat": NOW + 6}), Reason.NOT_YET),
    ("pending session", session({"sts": "pending"}), Reason.PENDING),
    ("session status unheard of", session({"sts": "revoked"}), Reason.PENDING),
    ("session status a list", session({"sts": ["active"]}), Reason.PENDING),
]
