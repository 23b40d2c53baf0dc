select version,
       deleted_at,
       name,
       title,
       scheduling_timezone
from specialists as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

update specialists as specialist
set deleted_at = case
                     when cast($1 as boolean) then now()
                 end
where specialist.organization_id = $2
  and specialist.id = $3
;

SELECT row_to_json(row_1.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT CAST(specialists.id AS TEXT) AS "id",
          to_char(timezone('utc', specialists.deleted_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "deletedAt") AS row_1
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
;

select version,
       deleted_at,
       name,
       title,
       scheduling_timezone
from specialists as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

select version,
       deleted_at,
       name,
       title,
       scheduling_timezone
from specialists as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

update specialists as specialist
set deleted_at = case
                     when cast($1 as boolean) then now()
                 end
where specialist.organization_id = $2
  and specialist.id = $3
;

SELECT row_to_json(row_1.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT CAST(specialists.id AS TEXT) AS "id",
          to_char(timezone('utc', specialists.deleted_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "deletedAt") AS row_1
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
