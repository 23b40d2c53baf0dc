SELECT row_to_json(row_6.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT
     (SELECT row_to_json(row_5.*) AS json
      FROM
        (SELECT coalesce(json_agg(row_to_json(row_3.*)), '[]') AS list0
         FROM
           (SELECT audit_log.id AS "id",
                   audit_log.at AS "at",
                   audit_log.actor_id AS "actor_id",
                   audit_log.session_id AS "session_id",
                   audit_log.request_id AS "request_id",
                   audit_log.action AS "action",
                   audit_log.table_name AS "table_name",
                   audit_log.record_id AS "record_id",
                   audit_log.old_values AS "old_values",
                   audit_log.new_values AS "new_values"
            FROM audit_log AS audit_log
            WHERE true
              AND audit_log.organization_id = $1::BIGINT
              AND audit_log.specialist_id = specialists.id
            ORDER BY audit_log.id DESC
            LIMIT $2::BIGINT
            OFFSET $3::BIGINT) AS page,
              LATERAL
           (SELECT page.id AS "id",
                   to_char(timezone('utc', page.at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "at",
                   page.action AS "action",
                   page.table_name AS "table_name",
                   page.record_id AS "record_id",
                   page.actor_id AS "actor_id",
                   page.session_id AS "session_id",
                   page.request_id AS "request_id",
              (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
               FROM
                 (SELECT field.name AS "name",
                         case
                             when field.name in ('at',
                                                 'created_at',
                                                 'deleted_at',
                                                 'updated_at') then to_char(timezone('utc', cast(page.old_values ->> field.name as timestamptz)), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                             when field.name in ('end_time',
                                                 'start_time') then to_char(cast(page.old_values ->> field.name as time), 'HH24:MI')
                             else page.old_values ->> field.name
                         end AS "old",
                         case
                             when field.name in ('at',
                                                 'created_at',
                                                 'deleted_at',
                                                 'updated_at') then to_char(timezone('utc', cast(page.new_values ->> field.name as timestamptz)), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                             when field.name in ('end_time',
                                                 'start_time') then to_char(cast(page.new_values ->> field.name as time), 'HH24:MI')
                             else page.new_values ->> field.name
                         end AS "new"
                  FROM jsonb_object_keys(coalesce(page.new_values, page.old_values)) AS field(name)
                  ORDER BY field.name) AS row_1) AS "fields",
              (SELECT row_to_json(row_2.*)
               FROM
                 (SELECT users.id AS "id",
                         users.email AS "email",
                         users.username AS "username",
                         users.role AS "role"
                  FROM users AS users
                  WHERE users.organization_id = $1::BIGINT
                    AND users.clerk_id = page.actor_id) AS row_2) AS "actor") AS row_3) AS lists,
        (SELECT count(*) AS total
         FROM audit_log AS audit_log_2
         WHERE true
           AND audit_log_2.organization_id = $1::BIGINT
           AND audit_log_2.specialist_id = specialists.id) AS totals,
           LATERAL
        (SELECT lists.list0 AS "data",
           (SELECT row_to_json(row_4.*)
            FROM
              (SELECT $4::BIGINT AS "page",
                      $2::BIGINT AS "page_size",
                      totals.total AS "total",
                      ((totals.total + $2::BIGINT) - 1) / $2::BIGINT AS "total_pages") AS row_4) AS "meta") AS row_5) AS "history") AS row_6
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $5::BIGINT
