SELECT
  (SELECT row_to_json(answer$3) AS json
   FROM
     (SELECT $1::VARCHAR AS "role",
        (SELECT row_to_json(answer$1)
         FROM
           (SELECT CAST(organizations.id AS TEXT) AS "id",
                   organizations.slug AS "slug",
                   organizations.name AS "name"
            FROM organizations AS organizations
            WHERE organizations.id = $2::BIGINT
              AND organizations.id = $2::BIGINT) AS answer$1) AS "organization",
        (SELECT row_to_json(answer$2)
         FROM
           (SELECT users.username AS "username"
            FROM users AS users
            WHERE users.organization_id = $2::BIGINT
              AND users.clerk_id = $3::VARCHAR) AS answer$2) AS "user") AS answer$3) AS json0,
  (SELECT row_to_json(answer$5) AS json
   FROM
     (SELECT coalesce(json_agg(row_to_json(answer$4)), '[]') AS list0
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
        (SELECT page.name AS "name") AS answer$4) AS lists,
        LATERAL
     (SELECT lists.list0 AS "nodes") AS answer$5) AS json1,
  (SELECT row_to_json(answer$7) AS json
   FROM
     (SELECT coalesce(json_agg(row_to_json(answer$6)), '[]') AS list0
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
        (SELECT page_2.title AS "title") AS answer$6) AS lists_2,
     (SELECT count(*) AS total
      FROM specialties AS specialties_2
      WHERE true
        AND specialties_2.organization_id = $2::BIGINT) AS counted,
        LATERAL
     (SELECT lists_2.list0 AS "nodes",
             counted.total AS "totalCount") AS answer$7) AS json2
