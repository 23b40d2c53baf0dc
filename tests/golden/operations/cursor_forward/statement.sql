SELECT row_to_json(row_3.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.created_at AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[1] AS start_cursor,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.created_at AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[count(*)] AS end_cursor
   FROM
     (SELECT specialists.id AS "id",
             specialists.created_at AS "created_at"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $2::BIGINT
        AND (specialists.created_at,
             specialists.id) < ($3::TIMESTAMP WITH TIME ZONE,
                                                        $4::BIGINT)
      ORDER BY specialists.created_at DESC,
               specialists.id DESC
      LIMIT $5::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             to_char(timezone('utc', page.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT EXISTS
           (SELECT 1
            FROM specialists AS specialists_2
            WHERE specialists_2.deleted_at IS NULL
              AND specialists_2.organization_id = $2::BIGINT
              AND (specialists_2.created_at,
                   specialists_2.id) < ($3::TIMESTAMP WITH TIME ZONE,
                                                                $4::BIGINT)
            LIMIT ALL
            OFFSET $5::BIGINT) AS "hasNextPage",
                       true AS "hasPreviousPage",
                               lists.start_cursor AS "startCursor",
                               lists.end_cursor AS "endCursor") AS row_2) AS "pageInfo") AS row_3
