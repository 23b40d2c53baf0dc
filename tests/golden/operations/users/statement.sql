SELECT row_to_json(row_2.*) AS json,
       totals.total
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT users.id AS "id",
             users.email AS "email",
             users.username AS "username",
             users.role AS "role"
      FROM users AS users
      WHERE (strpos(lower(users.email COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0
             OR strpos(lower(users.username COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0)
        AND users.role = $2::VARCHAR
        AND users.organization_id = $3::BIGINT
      ORDER BY users.id ASC
      LIMIT $4::BIGINT
      OFFSET $5::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.email AS "email",
             page.username AS "username",
             page.role AS "role") AS row_1) AS lists,
  (SELECT count(*) AS total
   FROM users AS users_2
   WHERE (strpos(lower(users_2.email COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0
          OR strpos(lower(users_2.username COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0)
     AND users_2.role = $2::VARCHAR
     AND users_2.organization_id = $3::BIGINT) AS totals,
     LATERAL
  (SELECT lists.list0 AS "nodes",
          totals.total AS "totalCount") AS row_2
