SELECT
  (SELECT row_to_json(row_3.*) AS json
   FROM
     (SELECT $1::VARCHAR AS "role",
        (SELECT row_to_json(row_1.*)
         FROM
           (SELECT CAST(organizations.id AS TEXT) AS "id",
                   organizations.slug AS "slug",
                   organizations.name AS "name"
            FROM organizations AS organizations
            WHERE organizations.id = $2::BIGINT) AS row_1) AS "organization",
        (SELECT row_to_json(row_2.*)
         FROM
           (SELECT users.username AS "username"
            FROM users AS users
            WHERE users.organization_id = $2::BIGINT
              AND users.clerk_id = $3::VARCHAR) AS row_2) AS "user") AS row_3) AS json0,
  (SELECT row_to_json(row_5.*) AS json
   FROM
     (SELECT coalesce(json_agg(row_to_json(row_4.*)), '[]') AS list0
      FROM
        (SELECT specialists.id AS "id",
                specialists.name AS "name",
                specialists.created_at AS "created_at"
         FROM specialists AS specialists
         WHERE specialists.deleted_at IS NULL
           AND specialists.organization_id = $2::BIGINT
         ORDER BY specialists.created_at DESC,
                  specialists.id DESC
         LIMIT $4::BIGINT
         OFFSET $5::BIGINT) AS page,
           LATERAL
        (SELECT page.name AS "name") AS row_4) AS lists,
        LATERAL
     (SELECT lists.list0 AS "nodes") AS row_5) AS json1,
  (SELECT row_to_json(row_7.*) AS json
   FROM
     (SELECT coalesce(json_agg(row_to_json(row_6.*)), '[]') AS list0
      FROM
        (SELECT specialties.id AS "id",
                specialties.title AS "title"
         FROM specialties AS specialties
         WHERE true
           AND specialties.organization_id = $2::BIGINT
         ORDER BY specialties.title ASC,
                  specialties.id ASC
         LIMIT $6::BIGINT
         OFFSET $7::BIGINT) AS page_2,
           LATERAL
        (SELECT page_2.title AS "title") AS row_6) AS lists_2,
     (SELECT count(*) AS total
      FROM specialties AS specialties_2
      WHERE true
        AND specialties_2.organization_id = $2::BIGINT) AS totals,
        LATERAL
     (SELECT lists_2.list0 AS "nodes",
             totals.total AS "totalCount") AS row_7) AS json2
