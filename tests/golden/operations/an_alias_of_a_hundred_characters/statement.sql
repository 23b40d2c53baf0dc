SELECT
  (SELECT json_object_agg(pair.key, pair.value) AS json_object_agg_1
   FROM (
         VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
                 to_json(row_3.c0)), ('user',
                                      to_json(row_3.c1)), ('specialties',
                                                           to_json(row_3.c2))) AS pair (key, value)) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT specialists.name AS "c0",
     (SELECT
        (SELECT json_object_agg(pair.key, pair.value) AS json_object_agg_2
         FROM (
               VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
                       to_json(row_1.c0))) AS pair (key, value)) AS anon_1
      FROM
        (SELECT users.email AS "c0"
         FROM users AS users
         WHERE users.organization_id = $1::BIGINT
           AND users.id = specialists.user_id) AS row_1) AS "c1",
     (SELECT coalesce(json_agg(
                                 (SELECT json_object_agg(pair.key, pair.value) AS json_object_agg_3
                                  FROM (
                                        VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', to_json(row_2.c0))) AS pair (key, value))), '[]') AS coalesce_1
      FROM
        (SELECT specialties.title AS "c0"
         FROM specialist_specialties AS specialist_specialties
         JOIN specialties AS specialties ON specialist_specialties.specialty_id = specialties.id
         WHERE specialist_specialties.organization_id = $1::BIGINT
           AND specialties.organization_id = $1::BIGINT
           AND specialist_specialties.specialist_id = specialists.id
         ORDER BY specialties.title ASC,
                  specialties.id ASC) AS row_2) AS "c2") AS row_3
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
