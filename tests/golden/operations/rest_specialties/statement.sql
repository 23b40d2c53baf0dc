SELECT row_to_json(row_3.*) AS json,
       totals.total
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialties.organization_id AS "organization_id",
             specialties.id AS "id",
             specialties.title AS "title",
             specialties.slug AS "slug",
             specialties.created_at AS "created_at",
             specialties.updated_at AS "updated_at"
      FROM specialties AS specialties
      WHERE strpos(lower(specialties.title COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0
        AND specialties.organization_id = $2::BIGINT
      ORDER BY specialties.title ASC,
               specialties.id ASC
      LIMIT $3::BIGINT
      OFFSET $4::BIGINT) AS page,
        LATERAL
     (SELECT page.id AS "id",
             page.organization_id AS "organization_id",
             page.title AS "title",
             page.slug AS "slug",
             to_char(timezone('utc', page.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "created_at",
             to_char(timezone('utc', page.updated_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updated_at") AS row_1) AS lists,
  (SELECT count(*) AS total
   FROM specialties AS specialties_2
   WHERE strpos(lower(specialties_2.title COLLATE "default"), lower($1::VARCHAR COLLATE "default")) > 0
     AND specialties_2.organization_id = $2::BIGINT) AS totals,
     LATERAL
  (SELECT lists.list0 AS "data",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT $5::BIGINT AS "page",
                $3::BIGINT AS "page_size",
                totals.total AS "total",
                ((totals.total + $3::BIGINT) - 1) / $3::BIGINT AS "total_pages") AS row_2) AS "meta") AS row_3
