SELECT row_to_json(row_3.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.email AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[count(*)] AS end_cursor
   FROM
     (SELECT users.id AS "id",
             users.email AS "email"
      FROM users AS users
      WHERE true
        AND users.organization_id = $2::BIGINT
        AND (users.email IS NOT NULL,
                            users.email,
                            users.id) < (true,
                                         $3::VARCHAR COLLATE "C",
                                                             $4::BIGINT)
      ORDER BY users.email IS NOT NULL DESC, users.email DESC,
                                             users.id DESC
      LIMIT $5::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.email AS "email") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT EXISTS
           (SELECT 1
            FROM users AS users_2
            WHERE true
              AND users_2.organization_id = $2::BIGINT
              AND (users_2.email IS NOT NULL,
                                    users_2.email,
                                    users_2.id) < (true,
                                                   $3::VARCHAR COLLATE "C",
                                                                       $4::BIGINT)
            LIMIT ALL
            OFFSET $5::BIGINT) AS "hasNextPage",
                       lists.end_cursor AS "endCursor") AS row_2) AS "pageInfo") AS row_3
