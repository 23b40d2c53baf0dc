SELECT row_to_json(row_4.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT specialties.id AS "id",
          specialties.organization_id AS "organization_id",
          specialties.title AS "title",
          specialties.slug AS "slug",
          to_char(timezone('utc', specialties.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "created_at",
          to_char(timezone('utc', specialties.updated_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updated_at",
     (SELECT row_to_json(row_3.*) AS json
      FROM
        (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
         FROM
           (SELECT specialists.organization_id AS "organization_id",
                   specialists.id AS "id",
                   specialists.user_id AS "user_id",
                   specialists.name AS "name",
                   specialists.title AS "title",
                   specialists.description AS "description",
                   specialists.slug AS "slug",
                   specialists.signature_url AS "signature_url",
                   specialists.avatar_url AS "avatar_url",
                   specialists.scheduling_timezone AS "scheduling_timezone",
                   specialists.scheduling_active AS "scheduling_active",
                   specialists.minicrm_name AS "minicrm_name",
                   specialists.deleted_at AS "deleted_at",
                   specialists.created_at AS "created_at",
                   specialists.updated_at AS "updated_at"
            FROM specialist_specialties AS specialist_specialties
            JOIN specialists AS specialists ON specialist_specialties.specialist_id = specialists.id
            WHERE specialists.deleted_at IS NULL
              AND specialist_specialties.organization_id = $1::BIGINT
              AND specialists.organization_id = $1::BIGINT
              AND specialist_specialties.specialty_id = specialties.id
            ORDER BY specialists.name ASC,
                     specialists.id ASC
            LIMIT $2::BIGINT
            OFFSET $3::BIGINT) AS page,
              LATERAL
           (SELECT page.id AS "id",
                   page.organization_id AS "organization_id",
                   page.user_id AS "user_id",
                   page.name AS "name",
                   page.title AS "title",
                   page.description AS "description",
                   page.slug AS "slug",
                   page.signature_url AS "signature_url",
                   page.avatar_url AS "avatar_url",
                   page.scheduling_timezone AS "scheduling_timezone",
                   page.scheduling_active AS "scheduling_active",
                   page.minicrm_name AS "minicrm_name",
                   to_char(timezone('utc', page.deleted_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "deleted_at",
                   to_char(timezone('utc', page.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "created_at",
                   to_char(timezone('utc', page.updated_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updated_at") AS row_1) AS lists,
        (SELECT count(*) AS total
         FROM specialist_specialties AS specialist_specialties_2
         JOIN specialists AS specialists_2 ON specialist_specialties_2.specialist_id = specialists_2.id
         WHERE specialists_2.deleted_at IS NULL
           AND specialist_specialties_2.organization_id = $1::BIGINT
           AND specialists_2.organization_id = $1::BIGINT
           AND specialist_specialties_2.specialty_id = specialties.id) AS totals,
           LATERAL
        (SELECT lists.list0 AS "data",
           (SELECT row_to_json(row_2.*)
            FROM
              (SELECT $4::BIGINT AS "page",
                      $2::BIGINT AS "page_size",
                      totals.total AS "total",
                      ((totals.total + $2::BIGINT) - 1) / $2::BIGINT AS "total_pages") AS row_2) AS "meta") AS row_3) AS "specialists") AS row_4
WHERE specialties.organization_id = $1::BIGINT
  AND specialties.id = $5::BIGINT
