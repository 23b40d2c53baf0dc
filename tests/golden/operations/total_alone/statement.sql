SELECT row_to_json(row_1.*) AS json,
       totals.total
FROM
  (SELECT count(*) AS total
   FROM specialists AS specialists_2
   WHERE specialists_2.deleted_at IS NULL
     AND specialists_2.organization_id = $1::BIGINT) AS totals,
     LATERAL
  (SELECT totals.total AS "totalCount") AS row_1
