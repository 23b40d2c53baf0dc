SELECT row_to_json(row_5.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT CAST(specialists.id AS TEXT) AS "id",
          CAST(specialists.organization_id AS TEXT) AS "organizationId",
          CAST(specialists.user_id AS TEXT) AS "userId",
          specialists.name AS "name",
          specialists.title AS "title",
          specialists.description AS "description",
          specialists.slug AS "slug",
          specialists.signature_url AS "signatureUrl",
          specialists.avatar_url AS "avatarUrl",
          specialists.scheduling_timezone AS "schedulingTimezone",
          specialists.scheduling_active AS "schedulingActive",
          specialists.minicrm_name AS "minicrmName",
          to_char(timezone('utc', specialists.deleted_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "deletedAt",
          to_char(timezone('utc', specialists.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt",
          to_char(timezone('utc', specialists.updated_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updatedAt",
          CAST(specialists.version AS TEXT) AS "version",
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT CAST(specialties.id AS TEXT) AS "id",
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
        (SELECT CAST(users.id AS TEXT) AS "id",
                users.email AS "email",
                users.username AS "username",
                users.role AS "role"
         FROM users AS users
         WHERE users.organization_id = $1::BIGINT
           AND users.id = specialists.user_id) AS row_2) AS "user",
     (SELECT coalesce(json_agg(row_to_json(row_3.*)), '[]') AS coalesce_2
      FROM
        (SELECT CAST(weekly_hours.id AS TEXT) AS "id",
                weekly_hours.day_of_week AS "dayOfWeek",
                to_char(weekly_hours.start_time, 'HH24:MI') AS "startTime",
                to_char(weekly_hours.end_time, 'HH24:MI') AS "endTime"
         FROM weekly_hours AS weekly_hours
         WHERE weekly_hours.organization_id = $1::BIGINT
           AND weekly_hours.specialist_id = specialists.id
         ORDER BY weekly_hours.day_of_week ASC,
                  weekly_hours.start_time ASC,
                  weekly_hours.id ASC) AS row_3) AS "weeklyHours",
     (SELECT coalesce(json_agg(row_to_json(row_4.*)), '[]') AS coalesce_3
      FROM
        (SELECT CAST(overrides.id AS TEXT) AS "id",
                overrides.date AS "date",
                overrides.end_date AS "endDate",
                overrides.is_available AS "isAvailable",
                to_char(overrides.start_time, 'HH24:MI') AS "startTime",
                to_char(overrides.end_time, 'HH24:MI') AS "endTime",
                CAST(overrides.appointment_type_id AS TEXT) AS "appointmentTypeId",
                overrides.reason AS "reason"
         FROM overrides AS overrides
         WHERE overrides.organization_id = $1::BIGINT
           AND overrides.specialist_id = specialists.id
         ORDER BY overrides.date ASC,
                  overrides.start_time ASC NULLS FIRST,
                  overrides.id ASC) AS row_4) AS "overrides") AS row_5
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
