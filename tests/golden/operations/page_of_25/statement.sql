SELECT row_to_json(row_4.*) AS json,
       totals.total
FROM
  (SELECT coalesce(json_agg(row_to_json(row_3.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.user_id AS "user_id",
             specialists.name AS "name",
             specialists.title AS "title",
             specialists.slug AS "slug",
             specialists.created_at AS "created_at"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.created_at DESC,
               specialists.id DESC
      LIMIT $2::BIGINT
      OFFSET $3::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.name AS "name",
             page.title AS "title",
             page.slug AS "slug",
        (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
         FROM
           (SELECT CAST(specialties.id AS TEXT) AS "id",
                   specialties.title AS "title"
            FROM specialist_specialties AS specialist_specialties
            JOIN specialties AS specialties ON specialist_specialties.specialty_id = specialties.id
            WHERE specialist_specialties.organization_id = $1::BIGINT
              AND specialties.organization_id = $1::BIGINT
              AND specialist_specialties.specialist_id = page.id
            ORDER BY specialties.title ASC,
                     specialties.id ASC) AS row_1) AS "specialties",
        (SELECT row_to_json(row_2.*)
         FROM
           (SELECT CAST(users.id AS TEXT) AS "id",
                   users.email AS "email"
            FROM users AS users
            WHERE users.organization_id = $1::BIGINT
              AND users.id = page.user_id) AS row_2) AS "user") AS row_3) AS lists,
  (SELECT count(*) AS total
   FROM specialists AS specialists_2
   WHERE specialists_2.deleted_at IS NULL
     AND specialists_2.organization_id = $1::BIGINT) AS totals,
     LATERAL
  (SELECT lists.list0 AS "nodes",
          totals.total AS "totalCount") AS row_4
