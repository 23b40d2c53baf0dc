insert into specialties (organization_id, title, slug)
values ($1, $2, $3) returning id
;

SELECT row_to_json(row_1.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT CAST(specialties.id AS TEXT) AS "id",
          specialties.title AS "title") AS row_1
WHERE specialties.organization_id = $1::BIGINT
  AND specialties.id = $2::BIGINT
;

select version
from specialties as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

update specialties as record
set title = $1
where record.organization_id = $2
  and record.id = $3
;

SELECT row_to_json(row_1.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT specialties.title AS "title") AS row_1
WHERE specialties.organization_id = $1::BIGINT
  AND specialties.id = $2::BIGINT
;

select version
from specialties as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

select count(*) as holders
from specialist_specialties as link
where link.organization_id = $1
  and link.specialty_id = $2
;

select version
from specialties as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

select count(*) as holders
from specialist_specialties as link
where link.organization_id = $1
  and link.specialty_id = $2
;

delete
from specialties as record
where record.organization_id = $1
  and record.id = $2
