SELECT row_to_json(row_5.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT
     (SELECT CASE
                 WHEN (specialties.id != $1::BIGINT) THEN to_json($2::VARCHAR)
                 ELSE row_to_json(row_4.*)
             END AS json
      FROM
        (SELECT coalesce(json_agg(row_to_json(row_2.*)), '[]') AS list0
         FROM
           (SELECT page.id AS "id",
                   page.title AS "title"
            FROM
              (SELECT specialists.id AS "id",
                      specialists.title AS "title"
               FROM specialist_specialties AS specialist_specialties
               JOIN specialists AS specialists ON specialist_specialties.specialist_id = specialists.id
               WHERE specialists.deleted_at IS NULL
                 AND specialist_specialties.organization_id = $3::BIGINT
                 AND specialists.organization_id = $3::BIGINT
                 AND specialist_specialties.specialty_id = specialties.id
                 AND ((specialists.title IS NOT NULL) > false
                      OR (specialists.title IS NOT NULL) = false
                      AND specialists.title IS NULL
                      AND (specialists.id > $4::BIGINT
                           OR false))
               ORDER BY specialists.title IS NOT NULL ASC, specialists.title ASC,
                                                           specialists.id ASC
               LIMIT $5::BIGINT) AS page
            ORDER BY page.title IS NOT NULL DESC, page.title DESC,
                                                  page.id DESC) AS page_2,
              LATERAL
           (SELECT translate(encode(convert_to(CAST(json_build_array($6::VARCHAR, CAST(specialties.id AS TEXT), CAST(page_2.title AS TEXT), CAST(page_2.id AS TEXT)) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') AS "cursor",
              (SELECT row_to_json(row_1.*)
               FROM
                 (SELECT CAST(page_2.id AS TEXT) AS "id",
                         page_2.title AS "title") AS row_1) AS "node") AS row_2) AS lists,
        (SELECT count(*) AS total
         FROM specialist_specialties AS specialist_specialties_2
         JOIN specialists AS specialists_2 ON specialist_specialties_2.specialist_id = specialists_2.id
         WHERE specialists_2.deleted_at IS NULL
           AND specialist_specialties_2.organization_id = $3::BIGINT
           AND specialists_2.organization_id = $3::BIGINT
           AND specialist_specialties_2.specialty_id = specialties.id) AS totals,
           LATERAL
        (SELECT lists.list0 AS "edges",
           (SELECT row_to_json(row_3.*)
            FROM
              (SELECT true AS "hasNextPage",
                              EXISTS
                 (SELECT 1
                  FROM specialist_specialties AS specialist_specialties_3
                  JOIN specialists AS specialists_3 ON specialist_specialties_3.specialist_id = specialists_3.id
                  WHERE specialists_3.deleted_at IS NULL
                    AND specialist_specialties_3.organization_id = $3::BIGINT
                    AND specialists_3.organization_id = $3::BIGINT
                    AND specialist_specialties_3.specialty_id = specialties.id
                    AND ((specialists_3.title IS NOT NULL) > false
                         OR (specialists_3.title IS NOT NULL) = false
                         AND specialists_3.title IS NULL
                         AND (specialists_3.id > $4::BIGINT
                              OR false))
                  LIMIT ALL
                  OFFSET $5::BIGINT) AS "hasPreviousPage",
                                     $5::BIGINT AS "pageSize",
                                     CASE
                                         WHEN ($5::BIGINT > 0) THEN ((totals.total + $5::BIGINT) - 1) / $5::BIGINT
                                         ELSE 0
                                     END AS "totalPages") AS row_3) AS "pageInfo") AS row_4) AS "specialists") AS row_5
WHERE specialties.organization_id = $3::BIGINT
  AND specialties.id = $7::BIGINT
