SELECT
  (SELECT row_to_json(row_1.*) AS "json"
   FROM specialists AS specialists,
        LATERAL
     (SELECT specialists.name AS "name") AS row_1
   WHERE specialists.organization_id = $1::BIGINT
     AND specialists.slug = $2::VARCHAR COLLATE "C") AS json0,
  (SELECT row_to_json(row_4.*) AS "json"
   FROM specialties AS specialties,
        LATERAL
     (SELECT specialties.title AS "title",
        (SELECT row_to_json(row_3.*) AS json
         FROM
           (SELECT coalesce(json_agg(row_to_json(row_2.*)), '[]') AS list0
            FROM
              (SELECT specialists_2.id AS "id",
                      specialists_2.name AS "name"
               FROM specialist_specialties AS specialist_specialties
               JOIN specialists AS specialists_2 ON specialist_specialties.specialist_id = specialists_2.id
               WHERE specialists_2.deleted_at IS NULL
                 AND specialist_specialties.organization_id = $1::BIGINT
                 AND specialists_2.organization_id = $1::BIGINT
                 AND specialist_specialties.specialty_id = specialties.id
               ORDER BY specialists_2.name ASC,
                        specialists_2.id ASC
               LIMIT $3::BIGINT) AS page,
                 LATERAL
              (SELECT page.name AS "name") AS row_2) AS lists,
              LATERAL
           (SELECT lists.list0 AS "nodes") AS row_3) AS "specialists") AS row_4
   WHERE specialties.organization_id = $1::BIGINT
     AND specialties.slug = $4::VARCHAR COLLATE "C") AS json1
