SELECT row_to_json(row_4.*) AS json,
       totals.total
FROM
  (SELECT coalesce(json_agg(row_to_json(row_2.*)), '[]') AS list0,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.created_at AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[1] AS start_cursor,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.created_at AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[count(*)] AS end_cursor
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name",
             specialists.created_at AS "created_at"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $2::BIGINT
      ORDER BY specialists.created_at DESC,
               specialists.id DESC
      LIMIT $3::BIGINT
      OFFSET $4::BIGINT) AS page,
        LATERAL
     (SELECT translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.created_at AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') AS "cursor",
        (SELECT row_to_json(row_1.*)
         FROM
           (SELECT page.name AS "name") AS row_1) AS "node") AS row_2) AS lists,
  (SELECT count(*) AS total
   FROM specialists AS specialists_2
   WHERE specialists_2.deleted_at IS NULL
     AND specialists_2.organization_id = $2::BIGINT) AS totals,
     LATERAL
  (SELECT lists.list0 AS "edges",
     (SELECT row_to_json(row_3.*)
      FROM
        (SELECT EXISTS
           (SELECT 1
            FROM specialists AS specialists_3
            WHERE specialists_3.deleted_at IS NULL
              AND specialists_3.organization_id = $2::BIGINT
            LIMIT ALL
            OFFSET $3::BIGINT + $4::BIGINT) AS "hasNextPage",
                       $5::BIGINT > 1
         AND (EXISTS
                (SELECT 1
                 FROM specialists AS specialists_4
                 WHERE specialists_4.deleted_at IS NULL
                   AND specialists_4.organization_id = $2::BIGINT)) AS "hasPreviousPage",
             lists.start_cursor AS "startCursor",
             lists.end_cursor AS "endCursor",
             $5::BIGINT AS "page",
             $3::BIGINT AS "pageSize",
             ((totals.total + $3::BIGINT) - 1) / $3::BIGINT AS "totalPages") AS row_3) AS "pageInfo",
          totals.total AS "totalCount") AS row_4
