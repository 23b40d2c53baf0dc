"""What ``make run`` prints: where the server is, and three requests to try."""

from resolvers.identity.development import DevelopmentKeys, demo_organization_id, demo_user_id
from schema.settings import Settings

TOKEN_SECONDS = 3_600
QUERY = "{ specialists(pageSize: 3) { totalCount nodes { name specialties { title } user { email } } } }"
CREATE = '{"name": "Dr. Ada Moreau", "slug": "dr-ada-moreau", "scheduling_timezone": "Europe/Paris"}'


def development_token(settings: Settings, role: str, slug: str, ttl: int = TOKEN_SECONDS) -> str:
    """A token of the demo user of that role, as Clerk would sign it."""
    return DevelopmentKeys.at(settings.data_dir).token(
        user_id=demo_user_id(slug, role),
        organization_id=demo_organization_id(slug),
        organization_slug=slug,
        role=role,
        ttl=ttl,
    )


def welcome(settings: Settings) -> str:
    address = f"http://{settings.host}:{settings.port}"
    sign = f"-H 'Authorization: Bearer {development_token(settings, 'admin', 'north')}'"
    json_type = "-H 'Content-Type: application/json'"
    return f"""
  Serving on {address}  (Ctrl-C stops everything)

  GraphQL    {address}/graphql{"  (GraphiQL in a browser)" if settings.graphiql else ""}
  REST       {address}/docs

  A nested GraphQL query:
    curl -s {address}/graphql {sign} {json_type} -d '{{"query": "{QUERY}"}}'

  A REST list with its relations:
    curl -s '{address}/v1/specialists?page_size=2&include=specialties,user' {sign}

  A create, as admin:
    curl -s {address}/v1/specialists {sign} {json_type} -d '{CREATE}'

  These tokens hold for an hour. Another one:
    .venv/bin/python app.py token --role patient
"""
