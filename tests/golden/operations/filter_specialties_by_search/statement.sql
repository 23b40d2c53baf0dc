SELECT row_to_json(row_2.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialties.id AS "id",
             specialties.title AS "title"
      FROM specialties AS specialties
      WHERE strpos(lower(specialties.title COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0
        AND specialties.organization_id = $2::BIGINT
      ORDER BY specialties.title ASC,
               specialties.id ASC
      LIMIT $3::BIGINT
      OFFSET $4::BIGINT) AS page,
        LATERAL
     (SELECT page.title AS "title") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes") AS row_2
