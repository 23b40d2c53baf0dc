"""Make HTML pages with one stylesheet, no script and nothing from other servers."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from schema.http.static_document import StaticDocument

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
STYLE_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
CONTENT_SECURITY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>{style}</style>
</head>
<body class="{name}">
{body}
</body>
</html>
"""


def page(name: str, title: str, body: str) -> StaticDocument:
    """Return a page around ``body``, which is markup; ``name`` is its class in the stylesheet."""
    html = TEMPLATE.format(title=escape(title), style=STYLE, name=escape(name), body=body)
    return StaticDocument(html, "text/html", {"content-security-policy": CONTENT_SECURITY})
