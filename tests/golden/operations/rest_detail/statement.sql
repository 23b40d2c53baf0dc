SELECT row_to_json(row_5.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT specialists.id AS "id",
          specialists.organization_id AS "organization_id",
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
          to_char(timezone('utc', specialists.deleted_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "deleted_at",
          to_char(timezone('utc', specialists.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "created_at",
          to_char(timezone('utc', specialists.updated_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updated_at",
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT specialties.id AS "id",
                specialties.title AS "title",
                specialties.slug AS "slug"
         FROM specialist_specialties AS specialist_specialties
         JOIN specialties AS specialties ON specialist_specialties.specialty_id = specialties.id
         WHERE specialist_specialties.organization_id = $1::BIGINT
           AND specialties.organization_id = $1::BIGINT
           AND specialist_specialties.specialist_id = specialists.id
         ORDER BY specialties.title ASC,
                  specialties.id ASC) AS row_1) AS "specialties",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT users.id AS "id",
                users.email AS "email",
                users.username AS "username",
                users.role AS "role"
         FROM users AS users
         WHERE users.organization_id = $1::BIGINT
           AND users.id = specialists.user_id) AS row_2) AS "user",
     (SELECT coalesce(json_agg(row_to_json(row_3.*)), '[]') AS coalesce_2
      FROM
        (SELECT weekly_hours.id AS "id",
                weekly_hours.day_of_week AS "day_of_week",
                to_char(weekly_hours.start_time, 'HH24:MI') AS "start_time",
                to_char(weekly_hours.end_time, 'HH24:MI') AS "end_time"
         FROM weekly_hours AS weekly_hours
         WHERE weekly_hours.organization_id = $1::BIGINT
           AND weekly_hours.specialist_id = specialists.id
         ORDER BY weekly_hours.day_of_week ASC,
                  weekly_hours.start_time ASC,
                  weekly_hours.id ASC) AS row_3) AS "weekly_hours",
     (SELECT coalesce(json_agg(row_to_json(row_4.*)), '[]') AS coalesce_3
      FROM
        (SELECT overrides.id AS "id",
                overrides.date AS "date",
                overrides.end_date AS "end_date",
                overrides.is_available AS "is_available",
                to_char(overrides.start_time, 'HH24:MI') AS "start_time",
                to_char(overrides.end_time, 'HH24:MI') AS "end_time",
                overrides.appointment_type_id AS "appointment_type_id",
                overrides.reason AS "reason"
         FROM overrides AS overrides
         WHERE overrides.organization_id = $1::BIGINT
           AND overrides.specialist_id = specialists.id
         ORDER BY overrides.date ASC,
                  overrides.start_time ASC NULLS FIRST,
                  overrides.id ASC) AS row_4) AS "overrides") AS row_5
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
