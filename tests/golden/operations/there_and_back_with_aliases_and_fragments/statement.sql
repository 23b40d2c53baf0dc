SELECT row_to_json(row_6.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_5.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name",
             specialists.title AS "title"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.name ASC,
               specialists.id ASC
      LIMIT $2::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "key",
             page.name AS "called",
        (SELECT coalesce(json_agg(row_to_json(row_4.*)), '[]') AS coalesce_1
         FROM
           (SELECT specialties.title AS "called",
                   CAST('Specialty' AS TEXT) AS "what",
              (SELECT row_to_json(row_3.*) AS json
               FROM
                 (SELECT coalesce(json_agg(row_to_json(row_2.*)), '[]') AS list0
                  FROM
                    (SELECT specialists_2.id AS "id",
                            specialists_2.user_id AS "user_id",
                            specialists_2.name AS "name"
                     FROM specialist_specialties AS specialist_specialties
                     JOIN specialists AS specialists_2 ON specialist_specialties.specialist_id = specialists_2.id
                     WHERE specialists_2.deleted_at IS NULL
                       AND specialist_specialties.organization_id = $1::BIGINT
                       AND specialists_2.organization_id = $1::BIGINT
                       AND specialist_specialties.specialty_id = specialties.id
                     ORDER BY specialists_2.name ASC,
                              specialists_2.id ASC
                     LIMIT $3::BIGINT) AS page_2,
                       LATERAL
                    (SELECT CAST(page_2.id AS TEXT) AS "key",
                            page_2.name AS "called",
                       (SELECT row_to_json(row_1.*)
                        FROM
                          (SELECT users.email AS "mail"
                           FROM users AS users
                           WHERE users.organization_id = $1::BIGINT
                             AND users.id = page_2.user_id) AS row_1) AS "who") AS row_2) AS lists,
                 (SELECT count(*) AS total
                  FROM specialist_specialties AS specialist_specialties_2
                  JOIN specialists AS specialists_3 ON specialist_specialties_2.specialist_id = specialists_3.id
                  WHERE specialists_3.deleted_at IS NULL
                    AND specialist_specialties_2.organization_id = $1::BIGINT
                    AND specialists_3.organization_id = $1::BIGINT
                    AND specialist_specialties_2.specialty_id = specialties.id) AS totals,
                    LATERAL
                 (SELECT lists.list0 AS "nodes",
                         totals.total AS "totalCount") AS row_3) AS "colleagues"
            FROM specialist_specialties AS specialist_specialties_3
            JOIN specialties AS specialties ON specialist_specialties_3.specialty_id = specialties.id
            WHERE specialist_specialties_3.organization_id = $1::BIGINT
              AND specialties.organization_id = $1::BIGINT
              AND specialist_specialties_3.specialist_id = page.id
            ORDER BY specialties.title ASC,
                     specialties.id ASC) AS row_4) AS "fields") AS row_5) AS lists_2,
     LATERAL
  (SELECT lists_2.list0 AS "nodes") AS row_6
