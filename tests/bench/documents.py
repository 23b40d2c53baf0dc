"""The GraphQL documents of the benchmark; each operation is named as the benchmark names it."""

# what the REST API answers for the same list, field by field
RECORD = """
      id organizationId userId name title description slug signatureUrl avatarUrl schedulingTimezone
      schedulingActive minicrmName deletedAt createdAt updatedAt
      specialties { id title slug }
      user { id email username role }
"""

EVERY_FIELD = f"""{RECORD}
      version
      weeklyHours {{ id dayOfWeek startTime endTime }}
      overrides {{ id date endDate isAvailable startTime endTime appointmentTypeId reason }}
"""

LIST_25 = f"""
query list25($page: Int!) {{
  specialists(page: $page, pageSize: 25) {{
    totalCount
    nodes {{ {RECORD} }}
  }}
}}
"""

LIST_100 = f"""
query list100($page: Int!) {{
  specialists(page: $page, pageSize: 100) {{
    totalCount
    nodes {{ {EVERY_FIELD} }}
  }}
}}
"""

ONE = f"query one($id: ID!) {{ specialist(id: $id) {{ {EVERY_FIELD} }} }}"

WRITE_SELECTION = "id name title slug userId schedulingActive specialties { id title } user { id email }"

CREATE = f"""
mutation create($input: CreateSpecialistInput!) {{ createSpecialist(input: $input) {{ {WRITE_SELECTION} }} }}
"""

UPDATE = f"""
mutation update($id: ID!, $input: UpdateSpecialistInput!) {{
  updateSpecialist(id: $id, input: $input) {{ {WRITE_SELECTION} version }}
}}
"""

FIRST_SEEN = LIST_25.replace("minicrmName", "%s: minicrmName")  # distinct by this alias

AFTER = """
query after($after: String) {
  specialists(first: 50, after: $after) {
    nodes { id name title slug specialties { id title slug } user { id email } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

LAST_CURSOR = "query cursor($page: Int!) { specialists(page: $page, pageSize: 50) { pageInfo { endCursor } } }"
