SELECT row_to_json(answer$1) AS json,
       counted.total
FROM
  (SELECT count(*) AS total
   FROM specialists AS specialists_2
   WHERE specialists_2.deleted_at IS NULL
     AND specialists_2.organization_id = $1::BIGINT) AS counted,
     LATERAL
  (SELECT counted.total AS "totalCount") AS answer$1
