"""A page in a browser, everything it complains about, and the parts of GraphiQL by what they show."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Visit:
    """``complaints`` are errors of the console, violations of the policy, lost requests and other origins."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    async def listen(self) -> None:
        """Collect what goes wrong from now on."""
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("request", self._on_request)
        await self.page.add_init_script(REPORT_VIOLATIONS)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what a page still loads when it is left
            self.complaints.append(f"lost: {request.url} {request.failure}")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request)
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc and not request.url.startswith("data:"):
            self.complaints.append(f"another origin: {request.url}")

    async def open(self, path: str) -> None:
        await self.page.goto(self.address + path)

    async def open_graphiql(self, path: str = "/graphql") -> None:
        """Open ``path`` and wait for the editors, which the tabs need."""
        await self.open(path)
        await self.answer.wait_for()

    @property
    def answer(self) -> Locator:
        return self.page.locator(".graphiql-response .view-lines")

    @property
    def operation(self) -> Locator:
        return self.page.locator(".graphiql-query-editor .view-lines")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    async def run(self) -> None:
        await self.page.get_by_role("button", name="Execute query").click()

    async def tab(self, name: str) -> None:
        """Open the tab of the operation ``name``."""
        await self.page.get_by_role("tab", name=name).click()

    async def become(self, person: str) -> None:
        """Choose ``person``, such as ``Patient`` or ``South``, in the bar."""
        await self.page.locator(".person label", has_text=person).click()

    async def await_schema(self) -> None:
        """Return as soon as the page has the schema: the documentation lists its root types."""
        await self.page.get_by_role("button", name="Show Documentation Explorer").click()
        await expect(self.page.get_by_role("link", name="Query", exact=True)).to_be_visible()

    def tokens(self) -> list[str]:
        """Return the tokens that the page has sent to the API, in order."""
        tokens = [request.headers.get("authorization") for request in self.requests]
        return [header.removeprefix("Bearer ") for header in tokens if header]

    def paths(self) -> set[str]:
        """Return the paths that the page has sent requests to."""
        return {urlsplit(request.url).path for request in self.requests}

    def operations(self) -> list[str]:
        """Return the operations that the page has sent, without its introspection."""
        posts = [request for request in self.requests if urlsplit(request.url).path == "/graphql" and request.post_data]
        bodies = [str(request.post_data) for request in posts]
        return [body for body in bodies if "IntrospectionQuery" not in body]
