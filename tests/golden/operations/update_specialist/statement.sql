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

select exists
  (select
   from overrides as override
   where override.organization_id = $1
     and override.specialist_id = $2
     and override.appointment_type_id is not null) as has_typed
;

select cast($1 as bigint) is null
or exists
  (select
   from users as member
   where member.organization_id = $2
     and member.id = cast($1 as bigint)) as user_exists,
  (select count(*)
   from specialties as specialty
   where specialty.organization_id = $2
     and specialty.id = any(cast($3 as bigint[]))) as specialties
;

with old_links as
  (delete
   from specialist_specialties as link
   where link.organization_id = $1
     and link.specialist_id = $2
     and link.specialty_id <> all(cast($3 as bigint[])) returning 1),
     new_links as
  (insert into specialist_specialties (organization_id, specialist_id, specialty_id) select $1,
                                                                                            $2,
                                                                                            specialty.id
   from unnest(cast($3 as bigint[])) as specialty (id) on conflict do nothing returning 1),
     old_words as
  (delete
   from specialist_words as old_word
   where old_word.organization_id = $1
     and old_word.specialist_id = $2
     and old_word.word <> all(cast($4 as text[]))),
     new_words as
  (insert into specialist_words (organization_id, word, specialist_id) select $1,
                                                                              new_word.word,
                                                                              $2
   from unnest(cast($4 as text[])) as new_word (word) on conflict do nothing)
update specialists as specialist
set name = $5,
    title = $6,
    scheduling_timezone = $7,
    version = version + (exists
                           (select
                            from old_links)
                         or exists
                           (select
                            from new_links))::int
where specialist.organization_id = $1
  and specialist.id = $2
;

SELECT row_to_json(row_2.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT CAST(specialists.id AS TEXT) AS "id",
          specialists.name AS "name",
          specialists.title AS "title",
          specialists.scheduling_timezone AS "schedulingTimezone",
          CAST(specialists.version AS TEXT) AS "version",
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT specialties.title AS "title"
         FROM specialist_specialties AS specialist_specialties
         JOIN specialties AS specialties ON specialist_specialties.specialty_id = specialties.id
         WHERE specialist_specialties.organization_id = $1::BIGINT
           AND specialties.organization_id = $1::BIGINT
           AND specialist_specialties.specialist_id = specialists.id
         ORDER BY specialties.title ASC,
                  specialties.id ASC) AS row_1) AS "specialties") AS row_2
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
