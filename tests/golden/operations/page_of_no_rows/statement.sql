SELECT row_to_json(row_3.*) AS json,
       totals.total
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.created_at AS "created_at"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.created_at DESC,
               specialists.id DESC
      LIMIT $2::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id") AS row_1) AS lists,
  (SELECT count(*) AS total
   FROM specialists AS specialists_2
   WHERE specialists_2.deleted_at IS NULL
     AND specialists_2.organization_id = $1::BIGINT) AS totals,
     LATERAL
  (SELECT lists.list0 AS "nodes",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT EXISTS
           (SELECT 1
            FROM specialists AS specialists_3
            WHERE specialists_3.deleted_at IS NULL
              AND specialists_3.organization_id = $1::BIGINT
            LIMIT ALL
            OFFSET $2::BIGINT) AS "hasNextPage",
                       false AS "hasPreviousPage",
                                $2::BIGINT AS "pageSize",
                                CASE
                                    WHEN ($2::BIGINT > 0) THEN ((totals.total + $2::BIGINT) - 1) / $2::BIGINT
                                    ELSE 0
                                END AS "totalPages") AS row_2) AS "pageInfo",
          totals.total AS "totalCount") AS row_3
