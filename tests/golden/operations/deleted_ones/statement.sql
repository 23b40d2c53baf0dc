SELECT row_to_json(row_2.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NOT NULL
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.id ASC
      LIMIT $2::BIGINT
      OFFSET $3::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.name AS "name") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes") AS row_2
