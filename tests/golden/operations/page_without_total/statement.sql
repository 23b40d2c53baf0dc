SELECT row_to_json(row_3.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name",
             specialists.created_at AS "created_at"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.created_at DESC,
               specialists.id DESC
      LIMIT $2::BIGINT
      OFFSET $3::BIGINT) AS page,
        LATERAL
     (SELECT page.name AS "name") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT EXISTS
           (SELECT 1
            FROM specialists AS specialists_2
            WHERE specialists_2.deleted_at IS NULL
              AND specialists_2.organization_id = $1::BIGINT
            LIMIT ALL
            OFFSET $2::BIGINT + $3::BIGINT) AS "hasNextPage",
                       $4::BIGINT AS "page") AS row_2) AS "pageInfo") AS row_3
