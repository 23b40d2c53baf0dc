SELECT row_to_json(row_5.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT
     (SELECT CASE
                 WHEN (specialists.id != $1::BIGINT) THEN to_json($2::VARCHAR)
                 ELSE row_to_json(row_4.*)
             END AS json
      FROM
        (SELECT coalesce(json_agg(row_to_json(row_2.*)), '[]') AS list0
         FROM
           (SELECT audit_log.id AS "id",
                   audit_log.action AS "action",
                   audit_log.table_name AS "table_name",
                   audit_log.old_values AS "old_values",
                   audit_log.new_values AS "new_values"
            FROM audit_log AS audit_log
            WHERE true
              AND audit_log.organization_id = $3::BIGINT
              AND audit_log.specialist_id = specialists.id
              AND (audit_log.id) < ($4::BIGINT)
            ORDER BY audit_log.id DESC
            LIMIT $5::BIGINT) AS page,
              LATERAL
           (SELECT upper(page.action) AS "action",
                   upper(page.table_name) AS "tableName",
              (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
               FROM
                 (SELECT substr(replace(initcap(replace('0' || field.name, '_', ' ')), ' ', ''), 2) AS "changed"
                  FROM jsonb_object_keys(coalesce(page.new_values, page.old_values)) AS field(name)
                  ORDER BY field.name) AS row_1) AS "fields") AS row_2) AS lists,
           LATERAL
        (SELECT lists.list0 AS "nodes",
           (SELECT row_to_json(row_3.*)
            FROM
              (SELECT EXISTS
                 (SELECT 1
                  FROM audit_log AS audit_log_2
                  WHERE true
                    AND audit_log_2.organization_id = $3::BIGINT
                    AND audit_log_2.specialist_id = specialists.id
                    AND (audit_log_2.id) < ($4::BIGINT)
                  LIMIT ALL
                  OFFSET $5::BIGINT) AS "hasNextPage",
                             true AS "hasPreviousPage") AS row_3) AS "pageInfo") AS row_4) AS "history") AS row_5
WHERE specialists.organization_id = $3::BIGINT
  AND specialists.id = $6::BIGINT
