SELECT row_to_json(row_3.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0,
          (array_agg(translate(encode(convert_to(CAST(json_build_array($1::VARCHAR, CAST(page.title AS TEXT), CAST(page.name AS TEXT), CAST(page.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_')))[count(*)] AS end_cursor
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name",
             specialists.title AS "title"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $2::BIGINT
        AND ((specialists.title IS NOT NULL) < false
             OR (specialists.title IS NOT NULL) = false
             AND specialists.title IS NULL
             AND (specialists.name > $3::VARCHAR COLLATE "C"
                  OR specialists.name = $3::VARCHAR COLLATE "C"
                  AND (specialists.id > $4::BIGINT
                       OR false)))
      ORDER BY specialists.title IS NOT NULL DESC, specialists.title DESC,
                                                   specialists.name ASC,
                                                   specialists.id ASC
      LIMIT $5::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.title AS "title",
             page.name AS "name") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT lists.end_cursor AS "endCursor") AS row_2) AS "pageInfo") AS row_3
